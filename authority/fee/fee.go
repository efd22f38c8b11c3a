// Package fee keeps what a party code owes the authority: fee items as they
// arise, who bears them, the collective invoices (samlingsfaktura, R16) they
// are put on, and what is paid, credited, disputed and reminded of.
//
// A fee charged in an enforcement case is the respondent's first; what he has
// not paid is passed on to the filer (UB 17:5, AvgF §16 a). The package must
// not know why a fee is due; the services say what and how much.
package fee

import (
	"context"

	"filtjanst/authority/party"
	"filtjanst/authority/store"
)

// Fees charges fee items and invoices them. Its methods are safe for use by
// several goroutines.
type Fees struct {
	db       *store.DB
	items    *store.IDs
	invoices *store.IDs
	parties  *party.Register
	config   Config
}

// New returns the room over its tables with the default settings.
func New(db *store.DB) *Fees { return over(db, Config{}.filled()) }

// Open returns the room over its tables with the given settings, or says what
// is wrong with them.
func Open(db *store.DB, c Config) (*Fees, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return over(db, c.filled()), nil
}

func over(db *store.DB, c Config) *Fees {
	return &Fees{db: db, items: db.IDs("fee_item"), invoices: db.IDs("fee_invoice"), parties: party.New(db), config: c}
}

// NewIDs returns the first of n item ids in a row. It is called before the
// transaction that charges them.
func (f *Fees) NewIDs(ctx context.Context, n int) (int64, error) { return f.items.Next(ctx, n) }
