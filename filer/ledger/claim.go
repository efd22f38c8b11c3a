package ledger

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"

	"filtjanst/identity"
)

// Digest stands for a claim: creditor, invoice and debtor, keyed with the book's
// own key, so that the book holds no personal numbers.
type Digest [16]byte

// Digester makes digests of claims.
type Digester struct{ key []byte }

// Value stores the digest; the zero one as NULL.
func (d Digest) Value() (driver.Value, error) {
	if d == (Digest{}) {
		return nil, nil
	}
	return d[:], nil
}

// Scan reads what Value stored.
func (d *Digest) Scan(src any) error {
	bytes, _ := src.([]byte)
	if src != nil && len(bytes) != len(d) {
		return fmt.Errorf("ledger: a digest of %d bytes", len(bytes))
	}
	*d = Digest{}
	copy(d[:], bytes)
	return nil
}

// Digester returns the digester of the book. Its key is drawn once for each
// book and never leaves it; digests of two books cannot be compared.
func (l *Ledger) Digester(ctx context.Context) (Digester, error) {
	d, err := claimKey(ctx, l.db)
	if !errors.Is(err, sql.ErrNoRows) {
		return d, err
	}
	err = l.do(ctx, func(tx *sql.Tx) error {
		var err error
		if d, err = claimKey(ctx, tx); !errors.Is(err, sql.ErrNoRows) {
			return err // another process was first
		}
		d.key = make([]byte, sha256.Size)
		if _, err := rand.Read(d.key); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES ('claim_key', $1)`, d.key)
		return err
	})
	return d, err
}

func claimKey(ctx context.Context, q querier) (d Digester, err error) {
	err = q.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = 'claim_key'`).Scan(&d.key)
	return d, err
}

// Claim is the digest of a claim of the creditor on the debtor by an invoice.
func (d Digester) Claim(creditor identity.Number, invoice string, debtor identity.Number) Digest {
	return d.of(d.person(creditor), []byte(invoice), d.person(debtor))
}

// Debtor is the digest of a debtor; that of the zero number is the zero Digest.
func (d Digester) Debtor(who identity.Number) Digest {
	if who.IsZero() {
		return Digest{}
	}
	return Digest(d.person(who))
}

func (d Digester) person(who identity.Number) []byte {
	digest := d.of([]byte(who.Full()))
	return digest[:]
}

func (d Digester) of(parts ...[]byte) Digest {
	mac := hmac.New(sha256.New, d.key)
	for _, part := range parts {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return Digest(mac.Sum(nil)[:len(Digest{})])
}

// Earlier is a document that claims what another does.
type Earlier struct {
	Digest   Digest   `json:"-"`
	File     File     `json:"file"`
	Document Document `json:"document"`
}

// Claimed returns the documents before a file that hold one of the claims, but
// for files that were rejected or given up and documents that were refused.
func (l *Ledger) Claimed(ctx context.Context, claims []Digest, before int64) ([]Earlier, error) {
	var all []Earlier
	for some := range slices.Chunk(claims, mostAsked) {
		args := []any{before}
		for _, c := range some {
			args = append(args, c)
		}
		found, err := collect(ctx, l.db, scanEarlier, `SELECT c.digest, `+fileColumnsOfF+`, d.position, d.reference, d.sum_ore, d.error_code, d.error_text,
			d.error_en, d.case_number, d.registered, d.fee_ore, d.act, d.part, d.until, d.result, d.respondents, d.opted_out
			FROM claim c JOIN file f ON f.id = c.file_id JOIN document d ON d.file_id = c.file_id AND d.position = c.position
			WHERE f.id < $1 AND f.state NOT IN ('rejected', 'discarded') AND d.error_code = '' AND c.digest IN `+places(len(some), 1)+`
			ORDER BY f.id DESC, d.position`, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

func scanEarlier(rows *sql.Rows) (e Earlier, err error) {
	return e, rows.Scan(append(append([]any{&e.Digest}, e.File.fields()...), e.Document.fields()...)...)
}
