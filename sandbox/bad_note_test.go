package sandbox

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
	"filtjanst/money"
)

// deviation is a cover note that differs from its file in one field.
type deviation struct {
	name   string
	change func(*filing.Note)
	want   filing.Code
}

func deviations() []deviation {
	return []deviation{
		{"code", func(n *filing.Note) { n.PartyCode = "DEF" }, "F251"},
		{"sequence number", func(n *filing.Note) { n.Sequence++ }, "F252"},
		{"number", func(n *filing.Note) { *n.Documents++ }, "F253"},
		{"sum", func(n *filing.Note) { *n.Sum += money.Amount(1) }, "F254"},
		{"date", func(n *filing.Note) { *n.Date-- }, "F255"},
	}
}

var forms = []filing.Form{filing.TextForm, filing.XMLForm}

// TestNoteThatDiffers: any one deviation rejects the file, spends both halves
// (R34, R35) and keeps the number for the next.
func TestNoteThatDiffers(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	sequence := int64(1)
	for _, form := range forms {
		for _, d := range deviations() {
			t.Run(string(form)+" "+d.name, func(t *testing.T) {
				b := batch{code: "ABC", sequence: sequence, cases: 2, seed: 5, form: form}
				n := b.facts()
				d.change(&n)
				p.mustSend(t, b.asFile(b.file(t)), b.asNote(noteOf(t, form, n)))
				r := p.oneReceipt(t)
				rejectedFor(t, r, d.want)
				if diff := cmp.Diff(map[filing.Code]int{d.want: 1}, r.Counts); diff != "" {
					t.Errorf("errors (-want +got):\n%s", diff)
				}
				if r.Expected != sequence || r.Digest == "" || r.NoteDigest == "" {
					t.Errorf("receipt %+v", r.Receipt)
				}
				want := standing{Expected: sequence, Approved: int(sequence - 1), ToReadIn: int(sequence - 1)}
				if diff := cmp.Diff(want, standingOf(t, s, "ABC")); diff != "" {
					t.Errorf("left behind (-want +got):\n%s", diff)
				}
				bothAgain(t, s, p, b)
				sequence++
			})
		}
	}
}

// bothAgain: the right note alone does not help; with its file it does.
func bothAgain(t *testing.T, s *Sandbox, p *outside, b batch) {
	t.Helper()
	p.mustSend(t, b.asNote(b.note(t)))
	if receipts, confirms := p.receipts(t); len(receipts) != 0 || confirms != 1 {
		t.Errorf("a note alone gets %d receipts", len(receipts))
	}
	if n := standingOf(t, s, b.code).Waiting; n != 1 {
		t.Errorf("%d halves wait, want the note", n)
	}
	p.mustSend(t, b.asFile(b.file(t)))
	if r := p.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != b.sequence+1 {
		t.Errorf("both again: %s, next %d", r.Outcome, r.Expected)
	}
}

// TestNoteThatCannotBeRead: a fault of the note rejects the file beside it.
func TestNoteThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	for _, c := range []struct {
		name  string
		form  filing.Form
		spoil func(string) string
		want  filing.Code
	}{
		{"cut", filing.TextForm, first(60), "F111"},
		{"cut", filing.XMLForm, first(300), "F119"},
		{"another transaction", filing.TextForm, replaced("50BFANS", "50BFXXX"), "F131"},
		{"date that does not exist", filing.TextForm, replaced("20261123", "20261131"), "F129"},
	} {
		t.Run(string(c.form)+" "+c.name, func(t *testing.T) {
			b := batch{code: "ABC", sequence: 1, cases: 2, seed: 5, form: c.form}
			p.mustSend(t, b.asFile(b.file(t)), b.asNote(latin1(c.spoil(fromLatin1(b.note(t))))))
			r := p.oneReceipt(t)
			rejectedFor(t, r, c.want)
			if got := standingOf(t, s, "ABC"); r.Expected != 1 || got != (standing{Expected: 1}) {
				t.Errorf("next %d, standing %+v", r.Expected, got)
			}
		})
	}
}

// TestNoteThatIsNone: what does not show that it is a note is rejected by
// itself, and the file waits for its note.
func TestNoteThatIsNone(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	for i, c := range []struct {
		name  string
		form  filing.Form
		spoil func(string) string
		want  filing.Code
	}{
		{"empty", filing.TextForm, first(0), "F101"},
		{"bomb", filing.XMLForm, replaced("<MissivFil", "<!DOCTYPE a [<!ENTITY b \"c\">]><MissivFil"), "F141"},
	} {
		b := batch{code: "ABC", sequence: int64(i + 1), cases: 2, seed: 5, form: c.form}
		p.mustSend(t, b.asFile(b.file(t)), b.asNote(latin1(c.spoil(fromLatin1(b.note(t))))))
		r := p.oneReceipt(t)
		rejectedFor(t, r, c.want)
		if got := standingOf(t, s, "ABC"); r.FileName != "ABC.ANSOKAN.MISSIV" || got != (standing{Expected: b.sequence, Approved: i, Waiting: 1, ToReadIn: i}) {
			t.Errorf("%s: receipt for %s, standing %+v", c.name, r.FileName, got)
		}
		p.mustSend(t, b.asNote(b.note(t)))
		if r := p.oneReceipt(t); r.Outcome != filing.Approved {
			t.Errorf("%s: with its note: %+v", c.name, r.Receipt)
		}
	}
}

// TestAlone: a half without the other is rejected after its time, and says
// which is missing (R63).
func TestAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, code string
		form       filing.Form
		file       bool
		want       filing.Code
	}{
		{"file over SHS", "ABC", filing.TextForm, true, "F260"},
		{"note over SHS", "ABC", filing.XMLForm, false, "F261"},
		{"file over e-transport", "DEF", filing.XMLForm, true, "F260"},
		{"note over e-transport", "DEF", filing.TextForm, false, "F261"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := opened(t)
			p := outsideOf(t, s.Ready(), c.code)
			b := batch{code: c.code, sequence: 1, cases: 2, seed: 5, form: c.form}
			half, other := b.asNote(b.note(t)), b.asFile(b.file(t))
			if c.file {
				half, other = other, half
			}
			put := p.put(c.code == "DEF")
			put(t, half)
			advance(t, s, 24*time.Hour-time.Second)
			if got := standingOf(t, s, c.code); got != (standing{Expected: 1, Waiting: 1}) {
				t.Errorf("just before its time: %+v", got)
			}
			advance(t, s, time.Second)
			r := p.oneReceipt(t)
			rejectedFor(t, r, c.want)
			if got := standingOf(t, s, c.code); r.Expected != 1 || got != (standing{Expected: 1}) {
				t.Errorf("next %d, standing %+v", r.Expected, got)
			}
			put(t, other) // too late: it waits for a new one
			put(t, half)
			if r := p.oneReceipt(t); r.Outcome != filing.Approved {
				t.Errorf("both again: %+v", r.Receipt)
			}
		})
	}
}

func advance(t *testing.T, s *Sandbox, by time.Duration) {
	t.Helper()
	if _, err := testWorld(s).Advance(t.Context(), by); err != nil {
		t.Fatal(err)
	}
}

// TestTwoNotes: the later replaces the earlier, which gets a receipt of its
// own; the same note twice is one.
func TestTwoNotes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		transport  bool
		same       bool
		code       string
		superseded int
	}{
		{"two over SHS", false, false, "ABC", 1},
		{"the same twice over SHS", false, true, "ABC", 0},
		{"two over e-transport", true, false, "DEF", 1},
		{"the same twice over e-transport", true, true, "DEF", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := opened(t)
			p := outsideOf(t, s.Ready(), c.code)
			put := p.put(c.transport)
			b := batch{code: c.code, sequence: 1, cases: 2, seed: 5, form: filing.TextForm}
			wrong := b.facts()
			if !c.same {
				*wrong.Documents = 7
			}
			put(t, b.asNote(noteOf(t, b.form, wrong)))
			put(t, b.asNote(b.note(t)))
			receipts, _ := p.receipts(t)
			if len(receipts) != c.superseded {
				t.Fatalf("%d receipts, want %d", len(receipts), c.superseded)
			}
			for _, r := range receipts {
				if r.Outcome != filing.Superseded || r.ErrorCount != 0 || r.NoteDigest == "" {
					t.Errorf("the earlier note: %+v", r.Receipt)
				}
			}
			if got := standingOf(t, s, c.code); got != (standing{Expected: 1, Waiting: 1}) {
				t.Errorf("standing %+v", got)
			}
			put(t, b.asFile(b.file(t)))
			if r := p.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != 2 {
				t.Errorf("with the later note: %+v", r.Receipt)
			}
		})
	}
}

// TestTwoNotesInOneMessage: the file goes with the note that agrees in code and
// number; the other waits for a file of its own, and is answered in time.
func TestTwoNotesInOneMessage(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	b := batch{code: "ABC", sequence: 1, cases: 2, seed: 5, form: filing.TextForm}
	wrong := b.facts()
	*wrong.Documents = 7
	p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)), b.asNote(noteOf(t, b.form, wrong)))
	if r := p.oneReceipt(t); r.Outcome != filing.Approved {
		t.Errorf("receipt %+v", r.Receipt)
	}
	advance(t, s, 24*time.Hour)
	var rejected []answer
	for _, m := range p.drained(t) {
		if r, err := filing.ReadReceipt(bytes.NewReader(m.body), filing.Own(), filing.BFApplicationReceipt); err == nil {
			rejected = append(rejected, answer{r, m.body})
		}
	}
	if len(rejected) != 1 || rejected[0].Expected != 2 {
		t.Fatalf("receipts after a day: %+v", rejected)
	}
	rejectedFor(t, rejected[0], "F261")
}
