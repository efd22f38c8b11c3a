package sandbox

import (
	"testing"

	"filtjanst/authority"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// TestAnothersCode: the sender is told, the owner of the code hears nothing
// and keeps its number.
func TestAnothersCode(t *testing.T) {
	t.Parallel()
	s := opened(t)
	abc, def := outsideOf(t, s.Ready(), "ABC"), outsideOf(t, s.Ready(), "DEF")
	for _, c := range []struct {
		code string
		want filing.Code
	}{{"DEF", "F271"}, {"ZZZ", "F270"}} {
		for _, form := range forms {
			b := batch{code: c.code, sequence: 1, cases: 2, seed: 5, form: form}
			abc.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
			refusedTo(t, abc, c.want)
			last := abc.mustUpload(t, b.asFile(b.file(t)))
			if last.Outcomes[0] != string(filing.Rejected) {
				t.Errorf("%s over e-transport: %s", c.code, last.Text)
			}
			refusedTo(t, abc, c.want)
		}
	}
	if letters := def.drained(t); len(letters) > 0 {
		t.Errorf("the owner of the code got %d messages", len(letters))
	}
	if got := standingOf(t, s, "DEF"); got != (standing{Expected: 1}) {
		t.Errorf("standing %+v", got)
	}
}

func refusedTo(t *testing.T, p *outside, want filing.Code) {
	t.Helper()
	r := p.oneReceipt(t)
	rejectedFor(t, r, want)
	if r.Expected != 0 {
		t.Errorf("%s: told that the next number is %d", want, r.Expected)
	}
}

// enter writes in the registers of the test world.
func enter(t *testing.T, s *Sandbox, do func(store.Tx) error) {
	t.Helper()
	if err := testWorld(s).DB.Do(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

func codeOf(t *testing.T, s *Sandbox, code string) (c party.Code) {
	t.Helper()
	w := testWorld(s)
	err := w.DB.Read(t.Context(), func(r store.Reader) (err error) {
		c, _, err = w.Parties.ByCode(r, code)
		return err
	})
	if err != nil || c.ID == 0 {
		t.Fatalf("code %s: %v", code, err)
	}
	return c
}

// represent lets ABC's organisation act for DEF, last day included.
func represent(t *testing.T, s *Sandbox, from, last calendar.Day) int64 {
	t.Helper()
	w := testWorld(s)
	id, err := w.Parties.NewIDs(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	a := party.Representative{ID: id, CodeID: codeOf(t, s, "DEF").ID, Organisation: organisationOf("ABC"), From: from, Last: last}
	enter(t, s, func(tx store.Tx) error { return w.Parties.AddRepresentative(tx, a) })
	return id
}

// TestMandate: a representative files as long as its mandate lasts, and not a
// day longer (R50).
func TestMandate(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	today := calendar.Of(s.Now())
	id := represent(t, s, today.AddDays(-10), today)
	b := batch{code: "DEF", sequence: 1, cases: 2, seed: 5, form: filing.TextForm}
	p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
	if r := p.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != 2 {
		t.Fatalf("on the last day: %+v", r.Receipt)
	}
	b.sequence = 2
	p.mustSend(t, b.asFile(b.file(t))) // and the note will be late
	enter(t, s, func(tx store.Tx) error { return testWorld(s).Parties.EndRepresentative(tx, id, today.AddDays(-1)) })
	p.mustSend(t, b.asNote(b.note(t)))
	refusedTo(t, p, "F271")
	p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
	refusedTo(t, p, "F271")
	if got := standingOf(t, s, "DEF"); got != (standing{Expected: 2, Approved: 1, Waiting: 1, ToReadIn: 1}) {
		t.Errorf("standing %+v", got)
	}
	owner := outsideOf(t, s.Ready(), "DEF")
	owner.mustUpload(t, b.asFile(b.file(t)))
	owner.mustUpload(t, b.asNote(b.note(t)))
	if r := owner.oneReceipt(t); r.Outcome != filing.Approved || r.Expected != 3 {
		t.Errorf("the owner itself: %+v", r.Receipt)
	}
}

// TestPermit: without an open permit nothing is taken, and the number stays.
func TestPermit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		act  func(*permit.Permits, store.Tx, int64, permit.Act) error
		want filing.Code
	}{
		{"revoked", (*permit.Permits).Revoke, "F272"},
		{"suspended", (*permit.Permits).Suspend, "F274"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := opened(t)
			w, p := testWorld(s), outsideOf(t, s.Ready(), "ABC")
			b := batch{code: "ABC", sequence: 1, cases: 2, seed: 5, form: filing.XMLForm}
			p.mustSend(t, b.asFile(b.file(t))) // waits while the permit ends
			decide(t, s, c.act)
			p.mustSend(t, b.asNote(b.note(t)))
			rejectedFor(t, p.oneReceipt(t), c.want)
			p.mustSend(t, b.asFile(b.file(t)), b.asNote(b.note(t)))
			r := p.oneReceipt(t)
			rejectedFor(t, r, c.want)
			if got := standingOf(t, s, "ABC"); r.Expected != 1 || got.Expected != 1 || got.Approved != 0 || got.ToReadIn != 0 {
				t.Errorf("next %d, standing %+v", r.Expected, got)
			}
			if moved, err := w.AdvanceToEvening(t.Context()); err != nil || read(moved) > 0 {
				t.Errorf("the evening did %+v, %v", moved.Steps, err)
			}
		})
	}
}

// read counts the files that were read in.
func read(m authority.Moved) (files int64) {
	for _, step := range m.Steps {
		files += step.Evening.Files
	}
	return files
}

// decide takes a decision on the permit of ABC.
func decide(t *testing.T, s *Sandbox, act func(*permit.Permits, store.Tx, int64, permit.Act) error) {
	t.Helper()
	w, code := testWorld(s), codeOf(t, s, "ABC")
	id, err := w.Permits.NewIDs(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var own permit.Permit
	err = w.DB.Read(t.Context(), func(r store.Reader) (err error) {
		own, _, err = w.Permits.Of(r, code.ID, filing.PaymentOrder)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	enter(t, s, func(tx store.Tx) error {
		return act(w.Permits, tx, own.ID, permit.Act{ID: id, Reason: "test", By: "officer", At: s.Now()})
	})
}
