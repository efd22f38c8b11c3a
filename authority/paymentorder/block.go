package paymentorder

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// block is what was set aside for a file.
type block struct {
	file        int64
	code        string
	name        string
	sequence    int64
	documents   int64
	firstCase   int64
	series      string
	firstSerial int64
	registered  calendar.Day // when its read-in began; what is done later is dated by its own day
	fee         money.Amount // of each case
}

func (b block) caseID(document int64) int64 { return b.firstCase + document - 1 }

func (b block) number(document int64) string {
	return formatNumber(b.series, b.firstSerial+document-1)
}

// setAside returns the block of the file, and makes it when there is none.
// Workers that come at once get the same.
func (o *Orders) setAside(ctx context.Context, f service.File) (block, error) {
	b, found, err := o.blockOf(ctx, f.ID)
	if err != nil || found {
		return b, err
	}
	if b, err = o.newBlock(ctx, f); err != nil {
		return block{}, err
	}
	err = o.db.Do(ctx, func(tx store.Tx) error {
		if b.firstSerial, err = service.Series(filing.PaymentOrder).Take(tx, b.series, b.documents); err != nil {
			return err
		}
		return insertBlock(tx, b)
	})
	if _, twice := store.IsUnique(err); twice {
		b, _, err = o.blockOf(ctx, f.ID)
		return b, err
	}
	if err != nil {
		return block{}, fmt.Errorf("paymentorder: set case numbers aside for file %d: %w", f.ID, err)
	}
	return b, nil
}

func (o *Orders) newBlock(ctx context.Context, f service.File) (block, error) {
	day := calendar.Today(o.clock)
	amount, _, err := o.statute.Amount(statute.ApplicationFee, day.Time())
	if err != nil {
		return block{}, fmt.Errorf("paymentorder: the application fee on %s: %w", day, err)
	}
	first, err := o.cases.Next(ctx, int(f.Documents))
	if err != nil {
		return block{}, err
	}
	return block{
		file: f.ID, code: f.PartyCode, name: f.Name, sequence: f.Sequence, documents: f.Documents,
		firstCase: first, series: o.numbers.series(day), registered: day, fee: money.Amount(amount),
	}, nil
}

func insertBlock(tx store.Tx, b block) error {
	_, err := tx.Exec(`INSERT INTO paymentorder_file
		(file, code, name, sequence, documents, first_case, series, first_serial, registered, fee)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		b.file, b.code, b.name, b.sequence, b.documents, b.firstCase, b.series, b.firstSerial, b.registered, int64(b.fee))
	return err
}

func (o *Orders) blockOf(ctx context.Context, file int64) (b block, found bool, err error) {
	err = o.db.Read(ctx, func(r store.Reader) error {
		b, found, err = readBlock(r, file)
		return err
	})
	return b, found, err
}

func readBlock(r store.Reader, file int64) (block, bool, error) {
	b := block{file: file}
	var fee int64
	err := r.QueryRow(`SELECT code, name, sequence, documents, first_case, series, first_serial, registered, fee
		FROM paymentorder_file WHERE file = $1`, file).
		Scan(&b.code, &b.name, &b.sequence, &b.documents, &b.firstCase, &b.series, &b.firstSerial, &b.registered, &fee)
	b.fee = money.Amount(fee)
	if errors.Is(err, store.ErrNoRows) {
		return block{}, false, nil
	}
	if err != nil {
		return block{}, false, fmt.Errorf("paymentorder: read what is set aside for file %d: %w", file, err)
	}
	return b, true, nil
}
