package extracttest

import (
	"context"
	"fmt"

	"filtjanst/authority/extract"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Questions asks for n persons of the country, spread over it, for collection.
func (s Size) Questions(n int) []service.Document {
	docs := make([]service.Document, n)
	for i := range docs {
		docs[i] = service.Document{Number: int64(i + 1), Content: &filing.ExtractRequest{
			Reference: fmt.Sprintf("Q-%07d", i+1), Identity: s.Person(i * (s.Persons / n)), UnderCollection: true, Purpose: filing.PurposeCollection,
		}}
	}
	return docs
}

// Ask enters a file of questions.
func Ask(ctx context.Context, db *store.DB, a *extract.Answers, f service.File, docs []service.Document) error {
	for len(docs) > 0 {
		n := min(len(docs), service.ChunkSize)
		work, err := a.Apply(ctx, f, docs[:n])
		if err != nil {
			return err
		}
		if err := db.Do(ctx, work); err != nil {
			return err
		}
		docs = docs[n:]
	}
	return nil
}

// Deliver makes the delivery of a subscription that is due, as the evening
// does.
func Deliver(ctx context.Context, db *store.DB, c *extract.Credit, subscription int64) error {
	due := []service.Deadline{{Service: filing.CreditExtract, Subject: subscription, Kind: "delivery"}}
	work, err := c.Due(ctx, due)
	if err != nil {
		return err
	}
	return db.Do(ctx, work)
}

// RowsOfAnswers selects by SQL alone what the answers to a file of questions
// are made of, and returns how many rows it read: the floor that answering is
// held against.
func RowsOfAnswers(ctx context.Context, db *store.DB, file int64) (n int64, err error) {
	err = db.Read(ctx, func(r store.Reader) error {
		n, err = scanAll(10)(r.Query(`SELECT q.document, q.reference, q.identity, x.kind, x.title, x.amount, x.established, x.due, x.received, x.limitation
			FROM extract_lookup q LEFT JOIN extract_public_case x ON x.identity = q.identity
			WHERE q.file = $1 ORDER BY q.document, x.number`, file))
		return err
	})
	return n, err
}

// RowsOfLines selects by SQL alone the lines of a record that hold now, in the
// order of an extract: the floor that a full extract is held against.
func RowsOfLines(ctx context.Context, db *store.DB, record string) (n int64, err error) {
	err = db.Read(ctx, func(r store.Reader) error {
		n, err = scanAll(11)(r.Query(`SELECT identity, fact, name, number, text_1, text_2, text_3, text_4, count_1, amount_1, day_1
			FROM extract_line WHERE record = $1 AND +rev_to = 9223372036854775807 ORDER BY record, identity, fact`, record))
		return err
	})
	return n, err
}

// RowsOfCases selects by SQL alone the public cases that have been noticed, in
// the order of persons: the floor that refreshing the lines is held against.
func RowsOfCases(ctx context.Context, db *store.DB) (n int64, err error) {
	err = db.Read(ctx, func(r store.Reader) error {
		n, err = scanAll(10)(r.Query(`SELECT x.identity, x.number, x.kind, x.notice, x.fund_type, x.term, x.year, x.amount, x.registered, p.name
			FROM extract_public_case x LEFT JOIN extract_person p ON p.identity = x.identity
			WHERE x.notice <> '' ORDER BY x.identity, x.number`))
		return err
	})
	return n, err
}

// scanAll reads all rows of so many columns to their end.
func scanAll(columns int) func(rows *store.Rows, err error) (int64, error) {
	return func(rows *store.Rows, err error) (n int64, _ error) {
		dest := make([]any, columns)
		for i := range dest {
			dest[i] = new(any)
		}
		for row, err := range store.Each(rows, err) {
			if err != nil {
				return n, err
			}
			if err := row.Scan(dest...); err != nil {
				return n, err
			}
			n++
		}
		return n, nil
	}
}
