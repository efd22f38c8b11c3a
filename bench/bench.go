package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

// sizes say how much is measured.
type sizes struct {
	turns       int // of work and floor
	check       int // applications in a file that is checked
	small, many int // applications of the memory measurement
	receipts    int // files in all, for each number of filers
	large       int // applications in the large file
	evening     int // cases
	slowTurns   int // of large and evening
	load        time.Duration
	persons     int // in the registers that extracts are made of
	publicCases int
	year        int // cases of which a year is played
	yearDays    int
}

func fullSizes() sizes {
	return sizes{
		turns: 7, check: 100_000, small: 10_000, many: 1_000_000, receipts: 6_400,
		large: 100_000, evening: 100_000, slowTurns: 3, load: 10 * time.Second, persons: 1_000_000, publicCases: 3_000_000,
		year: 10_000, yearDays: 400,
	}
}

func quickSizes() sizes {
	return sizes{
		turns: 3, check: 5_000, small: 2_000, many: 20_000, receipts: 640,
		large: 5_000, evening: 5_000, slowTurns: 2, load: time.Second, persons: 10_000, publicCases: 30_000,
		year: 500, yearDays: 100,
	}
}

// bench is one run of the command.
type bench struct {
	sizes
	out     io.Writer
	print   printer
	dir     string // on the disk that is measured
	engines []engine
	engine  engine // of the line under way
	turns   int    // 0: as the sizes say
	profile string
	samples *os.File // of the profile
	missed  int
}

// turnsOr is how many turns a line takes that wants n.
func (b *bench) turnsOr(n int) int {
	if b.turns > 0 {
		return b.turns
	}
	return n
}

func (b *bench) all(ctx context.Context, chosen []line) error {
	if err := b.openProfile(); err != nil {
		return err
	}
	for _, l := range chosen {
		if err := b.one(ctx, l); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", l.name, err), b.closeProfile())
		}
	}
	if err := b.closeProfile(); err != nil {
		return err
	}
	if b.missed > 0 {
		return fmt.Errorf("%w: %d figures", errShortOff, b.missed)
	}
	return nil
}

func (b *bench) one(ctx context.Context, l line) error {
	if !l.database {
		return l.measure(ctx, b)
	}
	for _, b.engine = range b.engines {
		if err := l.measure(ctx, b); err != nil {
			return fmt.Errorf("on %s: %w", b.engine.name, err)
		}
	}
	b.engine = engine{}
	return nil
}

func (b *bench) tell(f Figure) error {
	f.Engine = b.engine.name
	if !f.Reached {
		b.missed++
	}
	return b.print(b.out, f)
}

// workplace makes an empty directory on the disk that is measured. The caller
// removes it.
func (b *bench) workplace() (string, error) { return os.MkdirTemp(b.dir, "filtjanst-bench-*") }

// openProfile makes sure that the profile can be written before work begins.
func (b *bench) openProfile() (err error) {
	if b.profile == "" {
		return nil
	}
	b.samples, err = os.Create(b.profile)
	return err
}

func (b *bench) closeProfile() error {
	if b.samples == nil {
		return nil
	}
	return b.samples.Close()
}

// timed does the work and tells how long it took, after tidying up what came
// before. It is the part that a profile is taken of; a profile holds the last
// work that was timed.
func (b *bench) timed(work func() error) (time.Duration, error) {
	runtime.GC()
	if b.samples != nil {
		if err := b.sampling(); err != nil {
			return 0, err
		}
		defer pprof.StopCPUProfile()
	}
	begun := time.Now()
	err := work()
	return time.Since(begun), err
}

func (b *bench) sampling() error {
	if err := b.samples.Truncate(0); err != nil {
		return err
	}
	if _, err := b.samples.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return pprof.StartCPUProfile(b.samples)
}
