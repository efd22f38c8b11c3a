package demo

import (
	"context"
	"errors"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/sandbox"

	"github.com/google/go-cmp/cmp"
)

// The main road is told in both languages, step by step, and its files come where
// they should.
func TestMainRoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	world, err := sandbox.Open(t.Context(), sandbox.Options{Dir: dir, Begin: Begin()})
	if err != nil {
		t.Fatal(err)
	}
	serving, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- world.Serve(serving) }()
	var told []Line
	result, err := MainRoad(t.Context(), world, Options{Dir: dir, Keep: true, Form: filing.TextForm, Narrate: func(l Line) { told = append(told, l) }}, 2)
	stop()
	if err := errors.Join(err, <-served, world.Close()); err != nil {
		t.Fatal(err)
	}
	if result.Receipt.Outcome != filing.Approved || result.Confirmation.Matched != 2 || result.Rejected.Outcome != filing.Rejected ||
		result.Corrected.Outcome != filing.Approved || result.Corrected.Sequence != result.Rejected.Sequence || result.Kept != dir {
		t.Errorf("%+v", result)
	}
	expectTold(t, told)
}

func expectTold(t *testing.T, told []Line) {
	t.Helper()
	steps, same := 0, 0
	for _, l := range told {
		if l.Step != 0 {
			if steps++; l.Step != steps {
				t.Errorf("step %d is told as %d", steps, l.Step)
			}
			if l.Swedish == l.English {
				t.Errorf("told in one language: %s", l.Swedish)
			}
		}
		if l.Swedish == l.English {
			same++
		}
		if strings.Contains(l.Swedish+l.English, "%!") || l.Swedish == "" {
			t.Errorf("%+v", l)
		}
	}
	if steps < 10 || same == 0 {
		t.Errorf("%d steps, %d lines of files and paths", steps, same)
	}
}

func TestTexts(t *testing.T) {
	t.Parallel()
	got := []text{
		textf("%s av %d: %s", "%s of %d: %s", counted(1, "fil", "filer", "file", "files"), 3, text{"godkänd", "approved"}),
		counted(2, "fil", "filer", "file", "files"), deeds(0), deeds(1),
	}
	want := []text{
		{"1 fil av 3: godkänd", "1 file of 3: approved"}, {"2 filer", "2 files"},
		{"gäldenärerna gör inget", "the debtors do nothing"}, {"gäldenärerna handlar 1 gång", "the debtors act 1 time"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(text{})); diff != "" {
		t.Error(diff)
	}
}

func TestParted(t *testing.T) {
	t.Parallel()
	whole, part := parted("Ärendenr;Belopp;Skäl\n1;10,00;betalt\n2;5,00;\n3;7,00;betalt\n")
	if whole != "Ärendenr;Belopp;Skäl\n1;10,00;betalt\n3;7,00;betalt\n" || part != "Ärendenr;Belopp;Skäl\n2;5,00;\n" {
		t.Errorf("%q, %q", whole, part)
	}
}
