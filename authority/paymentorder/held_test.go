package paymentorder_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// before is the key of an application that is not read in yet.
func before(f service.File, d service.Document) filing.CaseKey {
	return filing.CaseKey{Sequence: f.Sequence, Reference: filed(d).Reference}
}

// unread settles one line for an application that is not read in yet.
func (b *bench) unread(f service.File, c filing.Content) service.Judgement {
	b.Helper()
	return b.settle(filing.BFWithdrawal, []service.Document{{Number: 1, Content: c, Unread: f.ID}})
}

func (b *bench) waiting(all ...filing.Application) (service.File, []service.Document) {
	b.Helper()
	b.files++
	for i := range all {
		all[i].Reference = fmt.Sprintf("26-%07d", i+1)
	}
	return b.fileOf(b.files, all...)
}

func TestHeldLowersTheClaim(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1), claim(2))
		for _, c := range []filing.Content{
			&filing.Reduction{CaseKey: before(f, docs[0]), Part: 1, Kind: filing.ReduceBy, Amount: 100_00},
			&filing.Reduction{CaseKey: before(f, docs[0]), Part: 1, Kind: filing.ReduceTo, Amount: 700_00},
			&filing.Reduction{CaseKey: before(f, docs[0]), Part: 1, Kind: filing.ReduceTo, Amount: 5000_00},
			&filing.Withdrawal{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: filed(docs[1]).Reference,
				Respondent: filed(docs[1]).Respondents[1].Identity}, OneRespondent: true},
		} {
			if j := b.unread(f, c); len(j.Errors) > 0 || j.Notes[1].Effect != service.Held || j.Notes[1].CaseNumber != "" {
				b.Errorf("%+v: %+v", c, j)
			}
		}
		b.must(b.apply(f, docs))
		_, head, lines := b.confirmation(f)
		if !lines[0].HeldRefused || lines[0].HeldCode == "" || lines[1].HeldRefused || lines[1].HeldCode != "" {
			b.Errorf("what was refused is confirmed as %+v", lines)
		}
		if lines[0].Sum != 880_00 || lines[0].State != filing.StateRegistered || lines[1].Sum != 1180_00 || head.Sum != 600_00 {
			b.Errorf("confirmed: %+v, %+v", head, lines)
		}
		b.wantStates(lines[1].CaseNumber, paymentorder.Registered, paymentorder.Registered, paymentorder.Discontinued, paymentorder.Discontinued)
		var refused bool
		for _, e := range b.story(lines[0].CaseNumber) {
			refused = refused || e.Kind == "held_not_applicable"
		}
		if !refused {
			b.Errorf("a held reduction that does not fit is not noted: %+v", b.story(lines[0].CaseNumber))
		}
		if n := b.count(`SELECT COUNT(*) FROM paymentorder_held`); n != 0 {
			b.Errorf("%d documents are still held", n)
		}
		b.checkDeadlines()
	})
}

// However many reductions are held for one application, its file is read in.
func TestManyReductionsHeldForOneApplication(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1))
		for range 60 { // none fits, and each is noted
			b.approved(b.unread(f, &filing.Reduction{CaseKey: before(f, docs[0]), Part: 1, Kind: filing.ReduceTo, Amount: 5000_00}))
		}
		b.must(b.apply(f, docs))
		_, _, lines := b.confirmation(f)
		if n := len(b.story(lines[0].CaseNumber)); n < 60 || lines[0].State != filing.StateRegistered {
			b.Errorf("%d events, confirmed %+v", n, lines[0])
		}
	})
}

func TestHeldTwice(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1))
		k := before(f, docs[0])
		b.approved(b.unread(f, &filing.Withdrawal{CaseKey: k}))
		if j := b.unread(f, &filing.Withdrawal{CaseKey: k}); j.Notes[1].Effect != service.Already {
			b.Errorf("a second withdrawal: %+v", j)
		}
		if j := b.unread(f, &filing.Reduction{CaseKey: k, Part: 1, Kind: filing.ReduceBy, Amount: 1}); len(j.Errors) != 1 || j.Errors[0].Code != "D352" {
			b.Errorf("a reduction after the withdrawal: %+v", j)
		}
		if n := b.count(`SELECT COUNT(*) FROM paymentorder_held`); n != 1 {
			b.Errorf("%d are held", n)
		}
	})
}

// A withdrawal that names somebody who is no party turns out not to fit when the
// application is read in. Until then it takes nothing from one that does.
func TestHeldAfterOneThatDoesNotFit(t *testing.T) {
	stranger := filingtest.Number("19900909981")
	for name, wrong := range map[string]filing.Withdrawal{
		"applicant":      {CaseKey: filing.CaseKey{Applicant: stranger}},
		"respondent":     {CaseKey: filing.CaseKey{Respondent: stranger}},
		"one respondent": {CaseKey: filing.CaseKey{Respondent: stranger}, OneRespondent: true},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(b *bench) {
				f, docs := b.waiting(claim(1), claim(1))
				for _, d := range docs {
					w := wrong
					w.Sequence, w.Reference = f.Sequence, filed(d).Reference
					b.approved(b.unread(f, &w))
				}
				for _, lower := range []filing.Content{
					&filing.Withdrawal{CaseKey: before(f, docs[0])},
					&filing.Reduction{CaseKey: before(f, docs[1]), Part: 1, Kind: filing.ReduceBy, Amount: 100_00},
				} {
					if j := b.unread(f, lower); len(j.Errors) > 0 || j.Notes[1].Effect != service.Held {
						b.Errorf("%T after one that does not fit: %+v", lower, j)
					}
				}
				b.must(b.apply(f, docs))
				_, _, lines := b.confirmation(f)
				if lines[0].State != filing.StateDiscontinued || lines[1].Sum != 1080_00 || !lines[0].HeldRefused || !lines[1].HeldRefused {
					b.Errorf("confirmed: %+v", lines)
				}
			})
		})
	}
}

// The same within one file.
func TestHeldTogetherWithOneThatDoesNotFit(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1))
		wrong, right := &filing.Withdrawal{CaseKey: before(f, docs[0])}, &filing.Withdrawal{CaseKey: before(f, docs[0])}
		wrong.Applicant = filingtest.Number("19900909981")
		j := b.settle(filing.BFWithdrawal, []service.Document{{Number: 1, Content: wrong, Unread: f.ID}, {Number: 2, Content: right, Unread: f.ID}})
		if len(j.Errors) > 0 || j.Notes[2].Effect != service.Held {
			b.Errorf("a withdrawal after one that does not fit: %+v", j)
		}
		b.must(b.apply(f, docs))
		if _, _, lines := b.confirmation(f); lines[0].State != filing.StateDiscontinued {
			b.Errorf("confirmed: %+v", lines)
		}
	})
}

// A case is known to its own code and to the main code above it, and to no other.
func TestKnownCases(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1))
		f.CodeID = 71 // a sub-code of 7
		b.must(b.apply(f, docs))
		_, _, lines := b.confirmation(f)
		number := lines[0].CaseNumber
		b.read(func(r store.Reader) error {
			for _, test := range []struct {
				code, main int64
				want       []string
			}{{71, 7, []string{number}}, {7, 7, []string{number}}, {72, 7, nil}, {8, 8, nil}} {
				known, err := b.orders.KnownCases(r, service.File{CodeID: test.code, MainCodeID: test.main}, []string{number, "1999-0000001"})
				if err != nil {
					return err
				}
				if diff := cmp.Diff(test.want, known); diff != "" {
					b.Errorf("code %d under %d: %s", test.code, test.main, diff)
				}
			}
			return nil
		})
	})
}

func TestStop(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1), claim(1), claim(1))
		b.must(b.orders.Stop(b.Context(), by, f.ID, filed(docs[1]).Reference))
		b.must(b.apply(f, docs[:2]))
		b.refusedWith(b.orders.Stop(b.Context(), by, f.ID), "read_in")
		b.refusedWith(b.orders.Stop(b.Context(), by, f.ID, filed(docs[0]).Reference), "read_in")
		b.refusedWith(b.orders.Stop(b.Context(), service.Officer{Name: "x"}, f.ID), "no_reason")
		b.must(b.orders.Stop(b.Context(), by, f.ID, filed(docs[2]).Reference))
		b.must(b.apply(f, docs[2:]))
		_, _, lines := b.confirmation(f)
		for i, want := range []filing.ConfirmedState{filing.StateRegistered, filing.StateDiscontinued, filing.StateDiscontinued} {
			if lines[i].State != want {
				b.Errorf("line %d is %s, want %s", i+1, lines[i].State, want)
			}
		}
		whole, all := b.waiting(claim(1), claim(1))
		b.must(b.orders.Stop(b.Context(), by, whole.ID))
		b.must(b.apply(whole, all[:1]))
		b.must(b.apply(whole, all[1:]))
		_, _, lines = b.confirmation(whole)
		for _, line := range lines {
			b.wantStates(line.CaseNumber, paymentorder.Discontinued, paymentorder.Discontinued)
			if story := b.story(line.CaseNumber); story[0].By != by {
				b.Errorf("nobody stopped it: %+v", story)
			}
		}
	})
}

// While the evening reads a file in, withdrawals of its applications come: each
// either finds its case or is held in time, and none is lost.
func TestWithdrawalsDuringReadIn(t *testing.T) {
	each(t, func(b *bench) {
		const n = 60
		b.files++
		f, docs := b.fileOf(b.files, filingtest.New(3).Applications(n)...)
		var work sync.WaitGroup
		for i := range 4 {
			work.Go(func() {
				for k := i; k < n; k += 4 {
					w := service.File{ID: int64(2_000_000 + k), TransactionID: fmt.Sprint("w", k), PartyCode: "ABC", CodeID: 7, MainCodeID: 7,
						Transaction: filing.BFWithdrawal, Arrived: b.clock.Now()}
					var j service.Judgement
					err := b.settleFile(w, []service.Document{{Number: 1, Unread: f.ID, Content: &filing.Withdrawal{CaseKey: before(f, docs[k])}}}, &j)
					if err != nil || len(j.Errors) > 0 {
						b.Errorf("withdrawal %d: %v, %+v", k, err, j.Errors)
					}
				}
			})
		}
		work.Go(func() {
			for k := 0; k < n; k += 5 {
				if err := b.apply(f, docs[k:k+5]); err != nil {
					b.Error(err)
				}
			}
		})
		work.Wait()
		if left := b.count(`SELECT COUNT(*) FROM paymentorder_state WHERE state <> 'discontinued'`); left != 0 {
			b.Errorf("%d pairs go on though every case was withdrawn", left)
		}
		if held := b.count(`SELECT COUNT(*) FROM paymentorder_held`); held != 0 {
			b.Errorf("%d withdrawals are still held", held)
		}
		if open := b.count(`SELECT COUNT(*) FROM paymentorder_case WHERE closed IS NULL OR purge_after IS NULL`); open != 0 {
			b.Errorf("%d cases are not closed", open)
		}
		b.checkDeadlines()
	})
}

// Reading in and withdrawing at the same moment, one of them halted before its
// commit: whichever is first, the withdrawal finds its case.
func TestWithdrawalMeetsReadIn(t *testing.T) {
	each(t, func(b *bench) {
		for _, withdrawalFirst := range []bool{false, true} {
			f, docs := b.waiting(claim(1))
			line := []service.Document{{Number: 1, Unread: f.ID, Content: &filing.Withdrawal{CaseKey: before(f, docs[0])}}}
			w := service.File{ID: 3_000_000 + f.ID, TransactionID: "w", PartyCode: "ABC", CodeID: 7, MainCodeID: 7,
				Transaction: filing.BFWithdrawal, Arrived: b.clock.Now()}
			readIn, err := b.orders.Apply(b.Context(), f, docs)
			b.must(err)
			withdrawal, err := b.prepare(w, line, nil)
			b.must(err)
			judged := func(tx store.Tx) error {
				j, err := b.orders.Verify(tx, w, line)
				if err == nil && len(j.Errors) > 0 {
					err = errors.New(j.Errors[0].English)
				}
				return errors.Join(err, withdrawal(tx))
			}
			first, second := readIn, service.Work(judged)
			if withdrawalFirst {
				first, second = second, first
			}
			b.overlap(first, second)
			if left := b.count(`SELECT COUNT(*) FROM paymentorder_state s JOIN paymentorder_case c ON c.id = s.case_id
				WHERE c.file = $1 AND s.state <> 'discontinued'`, f.ID); left != 0 {
				b.Errorf("withdrawal first %t: %d pairs go on", withdrawalFirst, left)
			}
		}
	})
}

// overlap halts the first work before its commit while the second begins.
func (b *bench) overlap(first, second service.Work) {
	b.Helper()
	var once sync.Once
	done := make(chan struct{})
	var both sync.WaitGroup
	both.Go(func() {
		err := b.db.Do(b.Context(), func(tx store.Tx) error {
			if err := first(tx); err != nil {
				return err
			}
			once.Do(func() { close(done) })
			time.Sleep(100 * time.Millisecond) // the second is under way
			return nil
		})
		if err != nil {
			b.Error(err)
		}
	})
	<-done
	if err := b.db.Do(b.Context(), second); err != nil {
		b.Error(err)
	}
	both.Wait()
}
