package paymentorder_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

// heldChanges files changes of party data for applications that are not read in.
func (b *bench) heldChanges(f service.File, all ...*filing.PartyChange) (j service.Judgement) {
	b.Helper()
	b.files++
	file := service.File{ID: 1_000_000 + b.files, PartyCode: "ABC", CodeID: 7, MainCodeID: 7, Transaction: filing.XXPartyChange, Arrived: b.clock.Now()}
	docs := make([]service.Document, len(all))
	for i, c := range all {
		docs[i] = service.Document{Number: int64(i + 1), Content: c, Unread: f.ID, UnreadIn: filing.BFApplication}
	}
	b.shelf[file.ID] = docs
	refused := map[int]bool{}
	b.must(b.db.Do(b.Context(), func(tx store.Tx) (err error) {
		j, err = b.orders.VerifyPartyChange(tx, file, docs)
		return err
	}))
	for _, e := range j.Errors {
		refused[e.Document] = true
	}
	var good []service.Document
	for _, d := range docs {
		if !refused[int(d.Number)] {
			good = append(good, d)
		}
	}
	work, err := b.orders.ApplyPartyChange(b.Context(), file, good)
	b.must(err)
	b.must(b.db.Do(b.Context(), work))
	return j
}

// Changes of party data that come before the application is read in are held,
// and the case begins with them (R70).
func TestPartyChangesBeforeReadIn(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(2), claim(1), claim(1))
		b.unread(f, &filing.Withdrawal{CaseKey: before(f, docs[2])})
		buyer := filing.Party{Identity: filingtest.Number("16559999303"), Name: "Nyfordran AB", Street: "Provgatan 3", PostalCode: "12345", Town: "Provköping"}
		seller := filed(docs[0]).Applicants[0]
		second := filed(docs[0]).Respondents[1].Identity
		key := func(i int) filing.CaseKey { return before(f, docs[i]) }
		moved := func(k filing.CaseKey, street string) *filing.PartyChange {
			return &filing.PartyChange{CaseKey: k, Kind: filing.ChangedAddress, OfRespondent: true, Party: &filing.Party{Street: street, PostalCode: "54321", Town: "Nystad"}}
		}
		of := func(c *filing.PartyChange) *filing.PartyChange { c.Respondent = second; return c }
		assigned := &filing.PartyChange{CaseKey: key(0), Kind: filing.ChangedCreditor, NewCreditor: &buyer, Assignment: &filing.Assignment{
			From: filing.Person{Identity: seller.Identity, Name: seller.Name}, To: filing.Person{Identity: buyer.Identity, Name: buyer.Name},
			Date: f.ReadInDay, Deposited: "DEP-1"}}
		stranger := of(moved(key(1), "Nygatan 9"))
		j := b.heldChanges(f, of(moved(key(0), "Nygatan 1")), of(moved(key(0), "Nygatan 1")), of(moved(key(0), "Nygatan 2")), assigned,
			moved(key(1), "Nygatan 3"), stranger, moved(key(2), "Nygatan 4"))
		var got []filing.Code
		for _, e := range j.Errors {
			got = append(got, e.Code)
		}
		if diff := cmp.Diff([]filing.Code{"D350", "D351", "D352"}, got); diff != "" || j.Notes[1].Effect != service.Held {
			b.Fatalf("%s\n%+v", diff, j)
		}
		for range 2 { // a chunk may be tried again
			_, err := b.orders.Apply(b.Context(), f, docs)
			b.must(err)
		}
		b.must(b.apply(f, docs))
		_, _, lines := b.confirmation(f)
		one, _ := b.caseOf(lines[0].CaseNumber)
		if a := one.Application; a.Applicants[0].Identity != buyer.Identity || a.Respondents[1].Street != "Nygatan 1" || a.Respondents[0].Street != "Provgatan 1" {
			b.Errorf("the case began with %+v", a)
		}
		if filed(docs[0]).Applicants[0].Identity != seller.Identity {
			b.Error("the document was changed")
		}
		if n := b.count(`SELECT COUNT(*) FROM paymentorder_assignment WHERE case_id = $1`, one.ID); n != 1 {
			b.Errorf("%d assignments are kept", n)
		}
		other, _ := b.caseOf(lines[1].CaseNumber)
		if other.Application.Respondents[0].Street != "Nygatan 3" {
			b.Errorf("the only respondent lives at %s", other.Application.Respondents[0].Street)
		}
		if n := b.count(`SELECT COUNT(*) FROM service_event WHERE kind = 'held_not_applicable' AND case_id = $1`, other.ID); n != 1 {
			b.Errorf("the change of another's address is told of %d times", n)
		}
		b.wantStates(lines[2].CaseNumber, paymentorder.Discontinued, paymentorder.Discontinued)
		if n := b.count(`SELECT COUNT(*) FROM paymentorder_held`); n != 0 {
			b.Errorf("%d are held still", n)
		}
	})
}

// What is held after an assignment that is held too must name the new creditor.
func TestHeldAfterAnAssignment(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1), claim(1))
		buyer := filing.Party{Identity: filingtest.Number("16559999303"), Name: "Nyfordran AB", Street: "Provgatan 3", PostalCode: "12345", Town: "Provköping"}
		seller := filed(docs[0]).Applicants[0]
		var changes []*filing.PartyChange
		for i := range docs {
			changes = append(changes, &filing.PartyChange{CaseKey: before(f, docs[i]), Kind: filing.ChangedCreditor, NewCreditor: &buyer,
				Assignment: &filing.Assignment{From: filing.Person{Identity: seller.Identity, Name: seller.Name},
					To: filing.Person{Identity: buyer.Identity, Name: buyer.Name}, Date: f.ReadInDay}})
		}
		b.heldChanges(f, changes...)
		for i, applicant := range []filing.Party{buyer, seller} {
			k := before(f, docs[i])
			k.Applicant = applicant.Identity
			b.unread(f, &filing.Withdrawal{CaseKey: k})
		}
		b.must(b.apply(f, docs))
		_, _, lines := b.confirmation(f)
		for i, want := range []paymentorder.State{paymentorder.Discontinued, paymentorder.Registered} {
			b.wantStates(lines[i].CaseNumber, want, want)
			if refused := lines[i].HeldRefused; refused != (want == paymentorder.Registered) {
				b.Errorf("line %d tells of what was refused: %v", i+1, refused)
			}
		}
	})
}

// What is held takes effect in the order in which it came, though replicas hand
// out ids from blocks of their own.
func TestHeldInTheOrderOfTime(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.waiting(claim(1))
		for _, amount := range []money.Amount{900_00, 700_00} {
			b.clock.Set(b.clock.Now().Add(time.Second))
			b.unread(f, &filing.Reduction{CaseKey: before(f, docs[0]), Part: 1, Kind: filing.ReduceTo, Amount: amount})
		}
		b.must(b.db.Do(b.Context(), func(tx store.Tx) error {
			_, err := tx.Exec(`UPDATE paymentorder_held SET id = -id`)
			return err
		}))
		b.must(b.apply(f, docs))
		_, _, lines := b.confirmation(f)
		if lines[0].HeldRefused || lines[0].Sum != 880_00 {
			b.Errorf("confirmed: %+v", lines[0])
		}
	})
}
