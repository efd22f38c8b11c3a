package enforcement

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// series is the name of the series of case numbers in which the day lies: each
// year begins a new one.
func (e *Enforcements) series(day calendar.Day) string {
	return fmt.Sprintf("%s-%04d", e.config.Prefix, day.Year())
}

// formatNumber is the case number (målnummer) of a serial number.
func formatNumber(series string, serial int64) string { return fmt.Sprintf("%s-%07d", series, serial) }

// berth is what was set aside for cases that are to be registered.
type berth struct {
	documents, cases int64
	firstApplication int64
	firstCase        int64
	series           string
	firstSerial      int64
}

// newBerth fetches ids for applications and cases.
func (e *Enforcements) newBerth(ctx context.Context, documents, cases int64) (b berth, err error) {
	b = berth{documents: documents, cases: cases, series: e.series(calendar.Today(e.clock))}
	if b.firstApplication, err = e.applications.Next(ctx, int(documents)); err != nil {
		return b, err
	}
	b.firstCase, err = e.cases.Next(ctx, int(cases))
	return b, err
}

// setAside sets case numbers aside for cases that come from no file. They are
// lost if the cases never come to be.
func (e *Enforcements) setAside(ctx context.Context, applications, cases int64) (berth, error) {
	b, err := e.newBerth(ctx, applications, cases)
	if err != nil {
		return b, err
	}
	err = e.db.Do(ctx, func(tx store.Tx) (err error) {
		b.firstSerial, err = service.Series(filing.Enforcement).Take(tx, b.series, cases)
		return err
	})
	if err != nil {
		return b, fmt.Errorf("enforcement: set %d case numbers aside: %w", cases, err)
	}
	return b, nil
}

// setAsideFor does it for a chunk of a file, once: a chunk that begins at the
// same document finds what was set aside before, if it is no larger.
func (e *Enforcements) setAsideFor(ctx context.Context, file, document, documents, cases int64) (berth, error) {
	b, err := e.berthOf(ctx, file, document)
	if err != nil || b.documents >= documents && b.cases >= cases {
		return b, err
	}
	if b, err = e.newBerth(ctx, documents, cases); err != nil {
		return b, err
	}
	err = e.db.Do(ctx, func(tx store.Tx) error {
		if b.firstSerial, err = service.Series(filing.Enforcement).Take(tx, b.series, cases); err != nil {
			return err
		}
		_, err := tx.Exec(`INSERT INTO enforcement_chunk
			(file, document, documents, cases, first_application, first_case, series, first_serial)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (file, document) DO UPDATE SET documents = $3, cases = $4, first_application = $5, first_case = $6,
				series = $7, first_serial = $8 WHERE enforcement_chunk.cases < $4 OR enforcement_chunk.documents < $3`,
			file, document, documents, cases, b.firstApplication, b.firstCase, b.series, b.firstSerial)
		return err
	})
	if err != nil {
		return b, fmt.Errorf("enforcement: set case numbers aside for file %d from document %d: %w", file, document, err)
	}
	return e.berthOf(ctx, file, document) // another worker may have been faster
}

func (e *Enforcements) berthOf(ctx context.Context, file, document int64) (b berth, err error) {
	var all []berth
	err = e.db.Read(ctx, func(r store.Reader) error {
		all, err = store.Collect(scanBerth)(r.Query(`SELECT documents, cases, first_application, first_case,
			series, first_serial FROM enforcement_chunk WHERE file = $1 AND document = $2`, file, document))
		return err
	})
	if err != nil || len(all) == 0 {
		return berth{}, err
	}
	return all[0], nil
}

func scanBerth(rows *store.Rows) (b berth, err error) {
	err = rows.Scan(&b.documents, &b.cases, &b.firstApplication, &b.firstCase, &b.series, &b.firstSerial)
	return b, err
}
