package service

import (
	"context"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// Stops are approved files that their filers have taken back before they are
// read in or answered, whole or line by line. What a stopped line becomes is the
// service's to say.
type Stops struct {
	db    *store.DB
	files Files
}

// NewStops returns the stops of a world. Without files a stop is not held
// against the file that it names.
func NewStops(db *store.DB, files Files) *Stops { return &Stops{db: db, files: files} }

// Stop is the filer's wish, entered by an officer.
type Stop struct {
	File       int64
	References []string // own references of lines; none: the whole file
	By         Officer
	At         time.Time
}

// lines are the references as they are kept: "" is the whole file.
func (s Stop) lines() []string {
	if len(s.References) == 0 {
		return []string{""}
	}
	return s.References
}

// Order keeps a stop, unless any of it has been read in already: table is the
// service's own, in which what has been stands by file and reference, and guard
// keeps the evening from it. What is stopped already stays as it was.
func (s *Stops) Order(ctx context.Context, stop Stop, table string, guard func(tx store.Tx) error) error {
	if err := stop.By.Check(); err != nil {
		return err
	}
	if err := s.stoppable(ctx, stop); err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx store.Tx) error {
		if _, err := takeGate(tx, stop.File, len(stop.lines())); err != nil {
			return err
		}
		if err := guard(tx); err != nil {
			return err
		}
		if err := stop.notReadIn(tx, table); err != nil {
			return err
		}
		for _, reference := range stop.lines() {
			err := tx.Later(`INSERT INTO service_stop (file, reference, officer, reason, at) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (file, reference) DO NOTHING`, stop.File, reference, stop.By.Name, stop.By.Reason, store.Micros(stop.At))
			if err != nil {
				return fmt.Errorf("service: stop file %d: %w", stop.File, err)
			}
		}
		return nil
	})
}

// stoppable refuses what the door knows better: a file that does not wait, and
// references that it does not hold.
func (s *Stops) stoppable(ctx context.Context, stop Stop) error {
	if s.files == nil {
		return nil
	}
	waits := false
	err := s.db.Read(ctx, func(r store.Reader) (err error) {
		waits, err = s.files.Waits(r, stop.File)
		return err
	})
	if err != nil {
		return err
	}
	if !waits {
		return Refuse("file_not_waiting", "Filen är redan inläst eller besvarad, eller finns inte.",
			"The file has been read in or answered, or does not exist.")
	}
	missing := map[string]bool{}
	for _, wanted := range stop.References {
		missing[wanted] = true
	}
	for own, err := range s.files.References(ctx, stop.File) {
		if err != nil {
			return err
		}
		if delete(missing, own.Reference); len(missing) == 0 {
			return nil
		}
	}
	for _, wanted := range stop.References {
		if missing[wanted] {
			return Refuse("unknown_reference", fmt.Sprintf("Filen har ingen handling med egen referens %s.", wanted),
				fmt.Sprintf("The file has no document with the own reference %s.", wanted))
		}
	}
	return nil
}

// notReadIn refuses to stop what is in the table already.
func (s Stop) notReadIn(r store.Reader, table string) error {
	n, err := s.countIn(r, table)
	if err != nil {
		return fmt.Errorf("service: count what is read in of file %d: %w", s.File, err)
	}
	if n == 0 {
		return nil
	}
	return Refuse("read_in", fmt.Sprintf("%d av handlingarna är redan inlästa; återkalla dem i stället.", n),
		fmt.Sprintf("%d of the documents are read in already; withdraw them instead.", n))
}

func (s Stop) countIn(r store.Reader, table string) (n int64, err error) {
	query := `SELECT COUNT(*) FROM ` + table + ` WHERE file = $1`
	if len(s.References) == 0 {
		err = r.QueryRow(query, s.File).Scan(&n)
		return n, err
	}
	for some := range store.Chunks(s.References) {
		var more int64
		places, args := store.Among(2, some)
		if err := r.QueryRow(query+` AND reference IN (`+places+`)`, append([]any{s.File}, args...)...).Scan(&more); err != nil {
			return 0, err
		}
		n += more
	}
	return n, nil
}

// Stopped are the stopped lines of a file, by own reference, and who entered
// each; under "" the whole file.
type Stopped map[string]Officer

// Of tells whether the line is stopped, by itself or with its file.
func (s Stopped) Of(reference string) (by Officer, stopped bool) {
	if by, stopped = s[reference]; !stopped {
		by, stopped = s[""]
	}
	return by, stopped
}

// Take tells what is stopped of a file to whom reads a part of it in, or answers
// it. Until the commit nobody stops more of it.
func (s *Stops) Take(tx store.Tx, file int64) (Stopped, error) {
	n, err := takeGate(tx, file, 0)
	if err != nil || n == 0 {
		return nil, err
	}
	return s.Known(tx, file)
}

// Known tells what is stopped of a file so far.
func (*Stops) Known(r store.Reader, file int64) (Stopped, error) {
	stopped := Stopped{}
	for row, err := range store.Each(r.Query(`SELECT reference, officer, reason FROM service_stop WHERE file = $1`, file)) {
		if err != nil {
			return nil, fmt.Errorf("service: read what is stopped of file %d: %w", file, err)
		}
		var reference string
		var by Officer
		if err := row.Scan(&reference, &by.Name, &by.Reason); err != nil {
			return nil, err
		}
		stopped[reference] = by
	}
	return stopped, nil
}

// Purge deletes the stops entered before a day, in whatever service, and the
// guards of files of which nothing is stopped. A guard that has stops is held
// before it goes, so that none is ordered meanwhile.
func (*Stops) Purge(tx store.Tx, before calendar.Day) error {
	at := store.Micros(before.At(0, 0))
	const old = `file IN (SELECT file FROM service_stop WHERE at < $1)`
	for _, step := range []struct {
		text string
		args []any
	}{
		{`DELETE FROM service_gate WHERE stops = 0`, nil},
		{`UPDATE service_gate SET stops = stops WHERE ` + old, []any{at}},
		{`DELETE FROM service_gate WHERE ` + old + ` AND NOT EXISTS
			(SELECT 1 FROM service_stop s WHERE s.file = service_gate.file AND s.at >= $1)`, []any{at}},
		{`DELETE FROM service_stop WHERE at < $1`, []any{at}},
	} {
		if _, err := tx.Exec(step.text, step.args...); err != nil {
			return fmt.Errorf("service: delete stops from before %s: %w", before, err)
		}
	}
	return nil
}

// takeGate takes the guard of what is stopped of a file.
func takeGate(tx store.Tx, file int64, more int) (n int64, err error) {
	err = tx.QueryRow(`INSERT INTO service_gate (file, stops) VALUES ($1, $2)
		ON CONFLICT (file) DO UPDATE SET stops = service_gate.stops + $2 RETURNING stops`, file, more).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("service: take the guard of what is stopped of file %d: %w", file, err)
	}
	return n, nil
}
