package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"filtjanst/filing"
)

const kibibytes = 1024.0 // in a mebibyte

// memory measures the peak of a check in processes of their own.
func memory(ctx context.Context, b *bench) error {
	for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
		small, err := b.peaks(ctx, form, b.small)
		if err != nil {
			return err
		}
		many, err := b.peaks(ctx, form, b.manyFor(form))
		if err != nil {
			return err
		}
		if err := b.tellMemory(form, small, many); err != nil {
			return err
		}
	}
	return nil
}

// manyFor keeps the file below the limit in bytes of its profile: an
// application in XML is about twice as long as in text.
func (b *bench) manyFor(form filing.Form) int {
	if form == filing.XMLForm {
		return b.many / 2
	}
	return b.many
}

func (b *bench) tellMemory(form filing.Form, small, many []float64) error {
	more := make([]float64, len(small))
	for i := range small {
		more[i] = many[i] - small[i]
	}
	name := func(n int) string { return fmt.Sprintf("memory of a check, %s, %d", form, n) }
	return errors.Join(
		b.tell(alone(name(b.small), "MiB", atMost(48), small)),
		b.tell(alone(name(b.manyFor(form)), "MiB", atMost(48), many)),
		b.tell(alone(fmt.Sprintf("memory of a check, %s, difference", form), "MiB", atMost(16), more)))
}

// peaks checks a file of n applications a few times and gives the peaks in MiB.
func (b *bench) peaks(ctx context.Context, form filing.Form, n int) ([]float64, error) {
	dir, err := b.workplace()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path, _, err := applicationFile(dir, form, n)
	if err != nil {
		return nil, err
	}
	var all []float64
	for range b.turnsOr(b.slowTurns) {
		peak, err := peakOfCheck(ctx, path)
		if err != nil {
			return nil, err
		}
		all = append(all, peak)
	}
	return all, nil
}

// childCheck makes this program check a file and print its own peak.
const childCheck = "-child-check"

func peakOfCheck(ctx context.Context, path string) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	var out, words bytes.Buffer
	c := exec.CommandContext(ctx, self, childCheck, path)
	c.Stdout, c.Stderr = &out, &words
	if err := c.Run(); err != nil {
		return 0, fmt.Errorf("check in a process of its own: %w: %s", err, words.String())
	}
	kib, err := strconv.ParseFloat(strings.TrimSpace(out.String()), 64)
	return kib / kibibytes, err
}

// runChild does what the program was started for by itself; false if it was
// started by another.
func runChild(args []string) bool {
	if len(args) != 2 || args[0] != childCheck {
		return false
	}
	err := checkOne(args[1])
	var peak int64
	if err == nil {
		peak, err = peakKiB()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	fmt.Println(peak)
	return true
}
