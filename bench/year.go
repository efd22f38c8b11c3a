package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"filtjanst/authority"
	"filtjanst/calendar"
	desk "filtjanst/filer"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/sandbox"
)

// yearAtMost is the time within which a year must be played.
const yearAtMost = 60

// year plays the time after an evening in which the claims of a filer are read
// in, with debtors of all kinds, by the clock of a sandbox. The floor is to keep
// what was done one by one: for each act of a debtor, evening and file put out,
// write a page, fsync. It does not fall when more is committed together.
func year(ctx context.Context, b *bench) error {
	var turns []sample
	var seconds []float64
	var cases int64
	for range b.turnsOr(1) {
		p, err := b.oneYear(ctx)
		if err != nil {
			return err
		}
		floor, err := b.kept(p.moved.Batches + int64(p.moved.Acts+p.moved.Evenings))
		if err != nil {
			return err
		}
		turns, cases = append(turns, sample{p.took.Seconds(), floor.Seconds()}), p.moved.Cases()
		seconds = append(seconds, p.took.Seconds())
	}
	name := fmt.Sprintf("%d days of %d cases", b.sizes.yearDays, b.sizes.year)
	if err := b.tell(alone(name, "s", atMost(yearAtMost), seconds)); err != nil {
		return err
	}
	f := against(name+", acts kept", "s", atMost(20), turns)
	f.Note = fmt.Sprintf("%.0f events in cases/s", float64(cases)/f.Work.Median)
	return b.tell(f)
}

// played is a year that was played.
type played struct {
	took  time.Duration
	moved authority.Moved
}

func (b *bench) oneYear(ctx context.Context) (p played, err error) {
	dir, err := b.workplace()
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	s, err := sandbox.Open(ctx, sandbox.Options{Dir: dir, Begin: filingtest.Today.At(9, 0), Logger: log})
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	serving, stop := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() { served <- s.Serve(serving) }()
	defer func() {
		stop()
		err = errors.Join(err, <-served)
	}()
	if err := claimed(ctx, s, b.sizes.year); err != nil {
		return p, err
	}
	world := s.Authority.World(authority.Test)
	p.took, err = b.timed(func() (err error) {
		p.moved, err = world.Advance(ctx, time.Duration(b.sizes.yearDays)*24*time.Hour)
		return err
	})
	if err == nil && p.moved.Documents != int64(b.sizes.year) {
		err = fmt.Errorf("%d of %d cases were read in", p.moved.Documents, b.sizes.year)
	}
	return p, err
}

// claimed sends so many made-up claims of the sandbox's filer.
func claimed(ctx context.Context, s *sandbox.Sandbox, cases int) error {
	d, err := s.Desk(ctx, "ABC", nil)
	if err != nil {
		return err
	}
	defer d.Close()
	var list bytes.Buffer
	claims := sandbox.Claims{Seed: 1, Cases: cases, Today: calendar.Of(s.Now()), Clients: []sandbox.Client{{Number: "1042"}}}
	if _, err := claims.WriteCSV(&list); err != nil {
		return err
	}
	if _, err := d.Build(ctx, desk.BuildRequest{From: &list, Form: filing.TextForm}); err != nil {
		return err
	}
	_, err = d.Send(ctx, desk.SendRequest{})
	return err
}

// kept is the least that it costs to keep so many things one after the other.
func (b *bench) kept(n int64) (took time.Duration, err error) {
	dir, err := b.workplace()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	f, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	page := make([]byte, 4096)
	begun := time.Now()
	for range n {
		if _, err := f.Write(page); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
	}
	return time.Since(begun), nil
}
