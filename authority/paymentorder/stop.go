package paymentorder

import (
	"context"
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Stop takes back an approved application file before the evening, or lines of it
// by own reference: the filer's own wish, entered by an officer. The cases are
// registered and discontinued at once, as after a withdrawal (R70); the fees are
// owed. A file whose reading-in has begun is not stopped as a whole, and no line
// that is a case already: those are withdrawn.
func (o *Orders) Stop(ctx context.Context, by service.Officer, file int64, references ...string) error {
	if err := by.Check(); err != nil {
		return err
	}
	if err := o.stoppable(ctx, file, references); err != nil {
		return err
	}
	if len(references) == 0 {
		references = []string{""}
	}
	first, err := o.held.Next(ctx, len(references))
	if err != nil {
		return err
	}
	f := o.frame()
	return o.db.Do(ctx, func(tx store.Tx) error {
		s := o.within(tx, f)
		s.held = nil
		for i, reference := range references {
			s.held = append(s.held, holding{id: first + int64(i), file: file, reference: reference, kind: holdStop, by: by})
		}
		if _, err := takeGate(tx, file, 0); err != nil {
			return err
		}
		if err := notReadIn(tx, file, references); err != nil {
			return err
		}
		return s.saveHeld()
	})
}

// stoppable refuses what the door knows better: a file that does not wait, and
// references that it does not hold.
func (o *Orders) stoppable(ctx context.Context, file int64, references []string) error {
	if o.files == nil {
		return nil
	}
	waits := false
	err := o.db.Read(ctx, func(r store.Reader) (err error) {
		waits, err = o.files.Waits(r, file)
		return err
	})
	if err != nil {
		return err
	}
	if !waits {
		return service.Refuse("file_not_waiting", "Filen är redan inläst eller finns inte.", "The file has been read in or does not exist.")
	}
	missing := slices.Clone(references)
	if len(missing) == 0 {
		return nil
	}
	for own, err := range o.files.References(ctx, file) {
		if err != nil {
			return err
		}
		missing = slices.DeleteFunc(missing, func(wanted string) bool { return wanted == own.Reference })
	}
	if len(missing) > 0 {
		return service.Refuse("unknown_reference", fmt.Sprintf("Filen har ingen ansökan med egen referens %s.", missing[0]),
			fmt.Sprintf("The file has no application with the own reference %s.", missing[0]))
	}
	return nil
}

// notReadIn refuses what has become a case already.
func notReadIn(tx store.Tx, file int64, references []string) error {
	where, args := `TRUE`, []any{file}
	if references[0] != "" {
		places, more := store.Among(2, references)
		where, args = `reference IN (`+places+`)`, append(args, more...)
	}
	var n int64
	if err := tx.QueryRow(`SELECT COUNT(*) FROM paymentorder_case WHERE file = $1 AND `+where, args...).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return service.Refuse("read_in", fmt.Sprintf("%d av ansökningarna är redan mål; återkalla dem i stället.", n),
			fmt.Sprintf("%d of the applications are cases already; withdraw them instead.", n))
	}
	return nil
}
