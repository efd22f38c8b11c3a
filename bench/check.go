package main

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const megabyte = 1e6

// checkText holds the check of a text file to reading its lines.
func checkText(_ context.Context, b *bench) error {
	return b.checkFile(filing.TextForm, readLines, func(size int64, turns []sample) error {
		if err := b.tell(against("check text: processor time", "s", atMost(20), turns)); err != nil {
			return err
		}
		return b.tell(alone("check text: speed on one core", "MB/s", atLeast(200), speeds(size, turns)))
	})
}

// checkXML holds the check of an XML file to encoding/xml. The floor reads the
// same text in UTF-8, so that it need not convert it; both times are of the
// same documents.
func checkXML(_ context.Context, b *bench) error {
	return b.checkFile(filing.XMLForm, tokenize, func(size int64, turns []sample) error {
		rates := make([]sample, len(turns))
		for i, t := range turns {
			rates[i] = sample{float64(size) / t.work / megabyte, float64(size) / t.floor / megabyte}
		}
		return b.tell(against("check XML: speed on one core", "MB/s", atLeast(5), rates))
	})
}

func speeds(size int64, turns []sample) []float64 {
	var all []float64
	for _, t := range turns {
		all = append(all, float64(size)/t.work/megabyte)
	}
	return all
}

// checkFile gives the processor seconds of the check and of its floor, on one
// core.
func (b *bench) checkFile(form filing.Form, floor func(path string) error, tell func(int64, []sample) error) error {
	dir, err := b.workplace()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path, size, err := applicationFile(dir, form, b.check)
	if err != nil {
		return err
	}
	plain := path
	if form == filing.XMLForm {
		if plain, err = inUTF8(path); err != nil {
			return err
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	turns, err := b.takeTurns(func() error { return checkOne(path) }, func() error { return floor(plain) })
	if err != nil {
		return err
	}
	return tell(size, turns)
}

// takeTurns measures processor seconds, which other work on the machine
// disturbs less than the clock.
func (b *bench) takeTurns(work, floor func() error) ([]sample, error) {
	var turns []sample
	for range b.turnsOr(b.sizes.turns) {
		f, err := processorSeconds(floor)
		if err != nil {
			return nil, err
		}
		var w float64
		_, err = b.timed(func() error {
			w, err = processorSeconds(work)
			return err
		})
		if err != nil {
			return nil, err
		}
		turns = append(turns, sample{w, f})
	}
	return turns, nil
}

func processorSeconds(work func() error) (float64, error) {
	runtime.GC()
	before, err := processorTime()
	if err != nil {
		return 0, err
	}
	if err := work(); err != nil {
		return 0, err
	}
	after, err := processorTime()
	return (after - before).Seconds(), err
}

// checkOne checks a file that must be approved.
func checkOne(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	v, _, err := filing.Check(f, filing.Own(), filing.Expect{Today: filingtest.Today})
	if err == nil && v.Outcome != filing.Approved {
		err = fmt.Errorf("the file is %s: %v", v.Outcome, v.Errors[:min(1, len(v.Errors))])
	}
	return err
}

func readLines(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for s.Scan() {
	}
	return s.Err()
}

func tokenize(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	d := xml.NewDecoder(bufio.NewReaderSize(f, 1<<16))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
