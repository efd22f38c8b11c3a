package restructuring

import (
	"context"
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// block is what was set aside for a file, so that document n gets the nth id
// and number however often its reading is broken off.
type block struct {
	file        int64
	codeID      int64
	code        string
	name        string
	sequence    int64
	documents   int64
	firstReport int64
	series      string
	firstSerial int64
	registered  calendar.Day
	outgoing    bool // sc.confirmation is switched on
}

func (b block) id(document int64) int64 { return b.firstReport + document - 1 }

func (b block) number(document int64) string { return number(b.series, b.firstSerial+document-1) }

// setAside returns the block of the file, and makes it when there is none.
// Workers that come at once get the same.
func (m *Matters) setAside(ctx context.Context, f service.File) (block, error) {
	b, found, err := m.blockOf(ctx, f.ID)
	if err != nil || found {
		return b, err
	}
	day := calendar.Today(m.clock)
	b = block{
		file: f.ID, codeID: f.CodeID, code: f.PartyCode, name: f.Name, sequence: f.Sequence, documents: f.Documents,
		series: yearSeries(m.prefixes.Claim, day), registered: day,
	}
	if b.firstReport, err = m.ids.Next(ctx, int(f.Documents)); err != nil {
		return block{}, err
	}
	err = m.db.Do(ctx, func(tx store.Tx) error { return m.insertBlock(tx, &b) })
	if _, twice := store.IsUnique(err); twice {
		b, _, err = m.blockOf(ctx, f.ID)
		return b, err
	}
	if err != nil {
		return block{}, fmt.Errorf("restructuring: set claim numbers aside for file %d: %w", f.ID, err)
	}
	return b, nil
}

func (m *Matters) insertBlock(tx store.Tx, b *block) (err error) {
	if b.firstSerial, err = service.Series(filing.Restructuring).Take(tx, b.series, b.documents); err != nil {
		return err
	}
	if b.outgoing, err = m.extension(tx, b.codeID, confirmation); err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO restructuring_file (file, code_id, code, name, sequence, documents, first_report, series,
		first_serial, registered, applied, outgoing) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)`,
		b.file, b.codeID, b.code, b.name, b.sequence, b.documents, b.firstReport, b.series, b.firstSerial, b.registered, b.outgoing)
	return err
}

func (m *Matters) blockOf(ctx context.Context, file int64) (b block, found bool, err error) {
	err = m.db.Read(ctx, func(r store.Reader) error {
		b, found, err = readBlock(r, file)
		return err
	})
	return b, found, err
}

func readBlock(r store.Reader, file int64) (block, bool, error) {
	b := block{file: file}
	err := r.QueryRow(`SELECT code_id, code, name, sequence, documents, first_report, series, first_serial, registered, outgoing
		FROM restructuring_file WHERE file = $1`, file).
		Scan(&b.codeID, &b.code, &b.name, &b.sequence, &b.documents, &b.firstReport, &b.series, &b.firstSerial, &b.registered, &b.outgoing)
	if errors.Is(err, store.ErrNoRows) {
		return block{}, false, nil
	}
	if err != nil {
		return block{}, false, fmt.Errorf("restructuring: read what is set aside for file %d: %w", file, err)
	}
	return b, true, nil
}
