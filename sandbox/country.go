package sandbox

import (
	"bytes"
	"context"
	"fmt"

	"filtjanst/authority"
	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// country is the small made-up country of which extracts tell from the
// beginning: persons with test numbers, public cases, bankruptcies and
// reorganisations, in the years before the day.
func country(today calendar.Day) extracttest.Size {
	return extracttest.Size{Persons: 400, Cases: 900, Today: today, Seed: 1}
}

// populate imports the registers of the country, as an operator does, once.
func populate(ctx context.Context, w *authority.World) error {
	there, err := seenIn(ctx, w, placeCountry)
	if err != nil || there != 0 {
		return err
	}
	size := country(calendar.Today(w.Clock))
	for _, f := range extract.Formats() {
		var file bytes.Buffer
		if err := extracttest.Register(&file, f.Kind, size); err != nil {
			return err
		}
		if _, err := w.Extracts.Import(ctx, f.Kind, bytes.NewReader(file.Bytes()), nil); err != nil {
			return fmt.Errorf("importing %s: %w", f.Kind, err)
		}
	}
	return w.DB.Do(ctx, func(tx store.Tx) error { return see(tx, placeCountry, 1) })
}

func seenIn(ctx context.Context, w *authority.World, place string) (id int64, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) (err error) {
		id, err = seen(r, place)
		return err
	})
	return id, err
}
