package paymentorder_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// invoiced is the claim of the tests by another invoice.
func invoiced(invoice string) filing.Application {
	a := claim(1)
	a.Parts[0].InvoiceNumber = invoice
	return a
}

// registered reads applications in together, as a filer with the main code, and
// gives the number of each with that of the case that it is said to repeat.
func (b *bench) registered(main int64, all ...filing.Application) (numbers, repeats []string) {
	b.Helper()
	f, docs := b.waiting(all...)
	f.CodeID, f.MainCodeID = main, main
	b.must(b.apply(f, docs))
	_, _, lines := b.confirmation(f)
	for _, c := range lines {
		if warned := c.Warning == "W431"; warned != (c.Repeats != "") {
			b.Errorf("warned by %q of %q", c.Warning, c.Repeats)
		}
		if c.State == filing.StateRegistered && (c.Repeats != "") != b.toldOf(c.CaseNumber, c.Repeats) {
			b.Errorf("the story of %s, which repeats %q, is %+v", c.CaseNumber, c.Repeats, b.story(c.CaseNumber))
		}
		numbers, repeats = append(numbers, c.CaseNumber), append(repeats, c.Repeats)
	}
	return numbers, repeats
}

// toldOf tells whether the story of a case names the one that it repeats.
func (b *bench) toldOf(number, repeats string) (told bool) {
	for _, e := range b.story(number) {
		told = told || e.Kind == "claim_repeated" && e.Text == repeats
	}
	return told
}

// A claim of the same creditor, invoice and debtor that the filer has lodged
// already is warned of in confirmation and story, but not once it is withdrawn,
// nor to another filer.
func TestRepeatedClaimsAreWarnedOf(t *testing.T) {
	each(t, func(b *bench) {
		want := func(what string, got []string, want ...string) {
			if diff := cmp.Diff(want, got); diff != "" {
				b.Errorf("%s: %s", what, diff)
			}
		}
		unnamed, both := claim(1), claim(2)
		unnamed.Parts[0].InvoiceNumber = ""
		another := invoiced("18")
		another.Applicants[0].Identity = filingtest.Number("16559999303")
		first, repeats := b.registered(7, both, invoiced("18"), claim(1), unnamed, unnamed, another)
		want("in one file", repeats, "", "", first[0], "", "", "")
		_, repeats = b.registered(7, claim(1), invoiced("19"), invoiced("18"))
		want("in a later file", repeats, first[0], "", first[1])
		_, repeats = b.registered(8, claim(1), invoiced("18"))
		want("another filer", repeats, "", "")
		b.withdraw(first[0])
		_, repeats = b.registered(7, claim(1))
		want("the oldest that stands", repeats, first[2])

		f, docs := b.waiting(claim(1), invoiced("20"), invoiced("20"))
		b.must(b.orders.Stop(b.Context(), by, f.ID, filed(docs[0]).Reference, filed(docs[1]).Reference))
		b.must(b.apply(f, docs))
		_, _, lines := b.confirmation(f)
		want("stopped", []string{lines[0].Repeats, lines[1].Repeats, lines[2].Repeats}, "", "", "")
	})
}

// The claim of a decided case is lodged already too.
func TestDecidedClaimsAreWarnedOf(t *testing.T) {
	each(t, func(b *bench) {
		number := b.decided(claim(1))
		b.wantStates(number, paymentorder.VerdictGiven, paymentorder.VerdictGiven)
		if _, repeats := b.registered(7, claim(1)); repeats[0] != number {
			b.Errorf("repeats %q", repeats[0])
		}
	})
}

// A claim that was assigned is one of its new creditor.
func TestAssignedClaimsAreWarnedOf(t *testing.T) {
	each(t, func(b *bench) {
		sold, theirs := claim(1), claim(1)
		buyer := &theirs.Applicants[0]
		buyer.Name, buyer.Identity = "Köparen AB", filingtest.Number("16559999000")
		sale := filing.PartyChange{Kind: filing.ChangedCreditor, NewCreditor: buyer, Assignment: &filing.Assignment{
			From: filing.Person{Identity: sold.Applicants[0].Identity, Name: sold.Applicants[0].Name},
			To:   filing.Person{Identity: buyer.Identity, Name: buyer.Name}, Date: calendar.Today(b.clock)}}
		numbers, _ := b.registered(7, sold)
		sale.CaseKey = key(numbers[0])
		b.approved(b.changes(&sale))
		if _, repeats := b.registered(7, claim(1), theirs); repeats[0] != "" || repeats[1] != numbers[0] {
			b.Errorf("repeats %q", repeats)
		}
	})
}

// Of two files with the same claim that are read in side by side, the later waits
// for the earlier and sees it.
func TestRepeatsSideBySide(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1))
		g, same := b.waiting(claim(1))
		work, err := b.orders.Apply(b.Context(), f, docs)
		b.must(err)
		later, err := b.orders.Apply(b.Context(), g, same)
		b.must(err)
		written, commit := make(chan struct{}), make(chan struct{})
		var once sync.Once
		var both errgroup.Group
		both.Go(func() error {
			return b.db.Do(b.Context(), func(tx store.Tx) error {
				err := work(tx)
				once.Do(func() { close(written) })
				<-commit
				return err
			})
		})
		<-written
		both.Go(func() error { return b.db.Do(b.Context(), later) })
		time.Sleep(100 * time.Millisecond) // for the later to come as far as it can
		close(commit)
		b.must(both.Wait())
		_, _, earlier := b.confirmation(f)
		if _, _, lines := b.confirmation(g); lines[0].Repeats != earlier[0].CaseNumber || earlier[0].Repeats != "" {
			b.Errorf("the earlier repeats %q, the later %q", earlier[0].Repeats, lines[0].Repeats)
		}
	})
}
