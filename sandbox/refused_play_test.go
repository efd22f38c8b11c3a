package sandbox

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
	"filtjanst/identity"
)

// refusedFile is a file that is not to be approved as it stands, or hardly.
type refusedFile struct {
	name string
	docs func(*cast) []filing.Content
	want said
}

// cast is the cases that files are about.
type cast struct {
	t     *testing.T
	fresh []string          // untouched; each is given once
	known map[string]string // what has become something, by own reference

	linked [][]string // untouched cases of joint debtors; each is given once
}

// one is a case that no file has been about.
func (c *cast) one() string {
	c.t.Helper()
	return given(c.t, &c.fresh)
}

// joint are the cases of a joint debt that no file has been about.
func (c *cast) joint() []string {
	c.t.Helper()
	return given(c.t, &c.linked)
}

// given takes away the first of some.
func given[T any](t *testing.T, some *[]T) T {
	t.Helper()
	if len(*some) == 0 {
		t.Fatalf("the cast has no %T left", *some)
	}
	first := (*some)[0]
	*some = (*some)[1:]
	return first
}

func docs(all ...filing.Content) func(*cast) []filing.Content {
	return func(*cast) []filing.Content { return all }
}

// beside makes files of a good application and one that is changed for the
// worse, of different debtors.
func beside[A filing.Content](made func(reference string, debtors ...identity.Number) A) func(change func(A)) func(*cast) []filing.Content {
	return func(change func(A)) func(*cast) []filing.Content {
		bad := made("B2", debtor(silent, 2))
		change(bad)
		return docs(made("B1", debtor(silent, 1)), bad)
	}
}

// holdsBack: one bad application holds the whole file back, and the same number
// then takes the file mended; sent once more it is warned of as a repeat, in the
// receipt too where that says so.
func (l lodger) holdsBack(t *testing.T, tx filing.Transaction, files []refusedFile, mended filing.Content, repeated string, receipt said) {
	t.Helper()
	l.play(t, tx, &cast{}, files)
	evening(t, l.s)
	if made := l.confirmed(t); len(made) > 0 {
		t.Errorf("rejected files became cases: %v", made)
	}
	if made := l.registered(t, tx, mended); len(made[mended.OwnReference()]) != 1 {
		t.Errorf("the mended file became %v", made)
	}
	number := l.next(t, tx)
	l.sayings(t, l.lodge(t, tx, filing.XMLForm, mended), number, receipt)
	evening(t, l.s)
	var warnings []string
	l.eachConfirmed(t, func(c confirmedLine) { warnings = append(warnings, c.warning) })
	if diff := cmp.Diff([]string{repeated}, warnings); diff != "" {
		t.Errorf("the confirmation: %s", diff)
	}
}

// play sends each file in both forms, and sees that what was refused has left
// its case as it was and what was applied has not.
func (l lodger) play(t *testing.T, tx filing.Transaction, c *cast, files []refusedFile) {
	t.Helper()
	for _, f := range files {
		for _, form := range forms {
			t.Run(string(form)+" "+f.name, func(t *testing.T) {
				c.t = t
				l.playOne(t, tx, form, f.docs(c), f.want)
			})
		}
	}
}

func (l lodger) playOne(t *testing.T, tx filing.Transaction, form filing.Form, all []filing.Content, want said) {
	t.Helper()
	before := l.states(t, all)
	number := l.next(t, tx)
	l.sayings(t, l.lodge(t, tx, form, all...), number, want)
	after := l.states(t, all)
	moved := map[string]bool{}
	for i, d := range all {
		if want.applied(i + 1) {
			moved[numberIn(d)] = true
		}
	}
	for number := range before {
		if moved[number] != (before[number] != after[number]) {
			t.Errorf("case %s, applied %v:\n%s\n%s", number, moved[number], before[number], after[number])
		}
	}
}

func numberIn(d filing.Content) string {
	if keyed, ok := d.(filing.Keyed); ok {
		return keyed.Key().CaseNumber
	}
	return ""
}

func (l lodger) states(t testing.TB, all []filing.Content) map[string]string {
	t.Helper()
	states := map[string]string{}
	for _, d := range all {
		if number := numberIn(d); number != "" {
			states[number] = l.state(t, number)
		}
	}
	return states
}

// applied tells whether the document is among those that took effect.
func (s said) applied(document int) bool {
	return slices.Contains(s.Applied, fmt.Sprintf("%d %s", document, filing.Applied))
}

// rejected, partly and approved say what a receipt is to say.
func rejected(errors ...string) said { return said{Outcome: filing.Rejected, Errors: errors} }

func partly(errors, applied []string) said {
	return said{Outcome: filing.ApprovedInPart, Errors: errors, Applied: applied}
}

func approved(applied ...string) said { return said{Outcome: filing.Approved, Applied: applied} }
