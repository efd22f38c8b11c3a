package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSpread(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		values []float64
		want   Spread
	}{
		{nil, Spread{}},
		{[]float64{4}, Spread{4, 4, 4}},
		{[]float64{3, 1, 2}, Spread{2, 1, 3}},
		{[]float64{4, 1, 3, 2}, Spread{2, 1, 4}},
	} {
		if diff := cmp.Diff(test.want, spreadOf(test.values)); diff != "" {
			t.Errorf("%v: %s", test.values, diff)
		}
	}
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(i + 1)
	}
	if got := percentile(hundred, 99); got != 99 {
		t.Errorf("p99 of 1 to 100 is %g", got)
	}
	if got := percentile(hundred[:10], 99); got != 10 {
		t.Errorf("p99 of 1 to 10 is %g", got)
	}
}

// The ratio is taken turn by turn: a turn that was slow in both tells nothing.
func TestAgainst(t *testing.T) {
	t.Parallel()
	turns := []sample{{2, 1}, {40, 10}, {3, 1}}
	f := against("line", "s", atMost(3), turns)
	if diff := cmp.Diff(Spread{3, 2, 4}, *f.Ratio); diff != "" || !f.Reached {
		t.Errorf("reached %t, %s", f.Reached, diff)
	}
	if f := against("line", "/s", atLeast(3.5), turns); f.Reached {
		t.Error("a ratio of 3 reaches 3.5")
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	if _, err := choose("receipts,nothing"); err == nil || !strings.Contains(err.Error(), `"nothing"`) {
		t.Errorf("an unknown line gives %v", err)
	}
	if chosen, err := choose("evening,large"); err != nil || len(chosen) != 2 || chosen[0].name != "evening" {
		t.Errorf("got %v, %v", chosen, err)
	}
}

// Every line but memory, which needs a program of its own, is measured whole
// in a very small size.
func TestLinesMeasure(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	b := &bench{
		sizes: sizes{turns: 1, check: 50, receipts: 64, large: 200, evening: 200, slowTurns: 1, load: 200 * time.Millisecond, persons: 1000, publicCases: 3000,
			year: 40, yearDays: 10},
		out: &out, dir: t.TempDir(), engines: []engine{embedded()}, turns: 1,
		print: func(w io.Writer, f Figure) error { _, err := io.WriteString(w, f.Line+"\n"); return err },
	}
	for _, l := range lines() {
		if l.name == "memory" {
			continue
		}
		out.Reset()
		if err := b.one(t.Context(), l); err != nil {
			t.Errorf("%s: %v", l.name, err)
		}
		if out.Len() == 0 {
			t.Errorf("%s told no figure", l.name)
		}
	}
}
