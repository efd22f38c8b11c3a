package restructuring_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"filtjanst/authority/notice"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

var (
	begun   = calendar.MustDay("2026-03-02")
	officer = service.Officer{Name: "H1", Reason: "test"}
)

// room is one test's service: two filers, 1 and 2, of which the first has a
// permit and our extensions.
type room struct {
	testing.TB
	db         *store.DB
	clock      *calendar.Fixed
	matters    *restructuring.Matters
	letters    *notice.Letters
	permits    *permit.Permits
	enforcer   *enforcer
	portfolio  map[identity.Number][]restructuring.Match
	cases      map[int64][]string // case numbers, by code
	switchedOn map[int64]bool
	unnamed    int // how often rows went of which the view told
	files      int64
	debtors    int
}

func each(t *testing.T, fn func(r *room)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newRoom(t, open())) })
}

func newRoom(t testing.TB, db *store.DB) *room {
	t.Helper()
	r := &room{
		TB: t, db: db, clock: calendar.NewFixed(begun.At(19, 0)), permits: permit.New(db), enforcer: &enforcer{},
		portfolio: map[identity.Number][]restructuring.Match{}, switchedOn: map[int64]bool{1: true},
	}
	var err error
	r.letters, err = notice.New(db, r.clock, notice.Config{
		Sender:     notice.Sender{Name: "Myndigheten", Address: notice.Address{Street: "Gatan 1", PostalCode: "11122", Town: "Ort"}},
		Forwarding: notice.Office{Name: "Skatteverket", Address: notice.Address{Street: "Box 1", PostalCode: "11122", Town: "Ort"}},
	})
	r.must(err)
	parties := party.New(db)
	r.must(r.found(parties))
	r.matters, err = restructuring.New(restructuring.Config{
		DB: db, Clock: r.clock, Parties: parties, Permits: r.permits, Letters: r.letters, Enforcer: r.enforcer,
		Portfolios: []restructuring.Portfolio{func(_ store.Reader, debtor identity.Number) ([]restructuring.Match, error) {
			return r.portfolio[debtor], nil
		}},
		Cases: []restructuring.KnownCases{
			func(_ store.Reader, f service.File, _ []string) ([]string, error) { return r.cases[f.CodeID], nil },
			func(store.Reader, service.File, []string) ([]string, error) { return nil, nil },
		},
		Disclosure: service.Disclosure{Unnamed: func(store.Tx) error { r.unnamed++; return nil }},
		Extension:  func(_ store.Reader, code int64, _ filing.Transaction) (bool, error) { return r.switchedOn[code], nil },
	})
	r.must(err)
	return r
}

// found enters two filers; the first holds the permit.
func (r *room) found(parties *party.Register) error {
	return r.db.Do(r.Context(), func(tx store.Tx) error {
		for id, code := range []string{"ABC", "DEF"} {
			organisation := fmt.Sprintf("556000016%d", id)
			if err := parties.AddOrganisation(tx, party.Organisation{Number: organisation, Name: code}); err != nil {
				return err
			}
			if err := parties.AddCode(tx, party.Code{
				ID: int64(id + 1), Code: code, Organisation: organisation, Name: code, PostalCode: "33344", Town: "Ort", Notice: filing.NoticePaper,
				Delivery: party.Delivery{Address: organisation, Mode: party.Fetched},
			}); err != nil {
				return err
			}
		}
		_, err := r.permits.Grant(tx, permit.Permit{ID: 1, CodeID: 1, Service: filing.Restructuring, From: begun},
			permit.Act{ID: 2, Reason: "test", By: "H1"})
		return err
	})
}

func (r *room) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *room) read(fn func(rd store.Reader) error) {
	r.Helper()
	r.must(r.db.Read(r.Context(), fn))
}

func (r *room) count(query string, args ...any) (n int64) {
	r.Helper()
	r.read(func(rd store.Reader) error { return rd.QueryRow(query, args...).Scan(&n) })
	return n
}

// refused checks that an act was refused with the code.
func (r *room) refused(err error, code string) {
	r.Helper()
	if refusal, ok := service.RefusedAs(err); !ok || refusal.Code != code {
		r.Errorf("%v; want the refusal %s", err, code)
	}
}

// person makes up a test person.
func person(n int) identity.Number {
	return filingtest.Number(fmt.Sprintf("19%02d%02d%02d%03d", 50+n%40, 1+n/40%12, 1+n/480%28, 980+n/13440))
}

func creditor(n int) filing.Party {
	return filing.Party{
		Identity: person(5000 + n), Name: fmt.Sprintf("Borgenär %d", n), Street: "Vägen 2", PostalCode: "22233", Town: "Staden",
	}
}

// opening is a decision on a debtor of its own.
func (r *room) opening() restructuring.Opening {
	r.debtors++
	return restructuring.Opening{
		Debtor:  filing.Party{Identity: person(r.debtors), Name: "Gäldenären", PostalCode: "11122", Town: "Ort"},
		Decided: begun.AddDays(-3), Announced: begun,
	}
}

func (r *room) open(o restructuring.Opening) restructuring.Matter {
	r.Helper()
	m, err := r.matters.Open(r.Context(), officer, o)
	r.must(err)
	return m
}

func (r *room) matter(number string) (m restructuring.Matter) {
	r.Helper()
	r.read(func(rd store.Reader) error {
		var found bool
		var err error
		m, found, err = r.matters.Matter(rd, number)
		if err == nil && !found {
			r.Fatalf("there is no matter %s", number)
		}
		return err
	})
	return m
}

func (r *room) reports(matter string) (all []restructuring.Report) {
	r.Helper()
	r.read(func(rd store.Reader) (err error) {
		all, err = r.matters.Reports(rd, r.matter(matter).ID)
		return err
	})
	return all
}

// claim is one plain claim of a creditor.
func claim(m restructuring.Matter, n int, amount money.Amount) *filing.ClaimReport {
	return &filing.ClaimReport{
		Reference: fmt.Sprintf("R-%d", n), MatterNumber: m.Number, Debtor: filing.Person{Identity: m.Debtor.Identity},
		Creditor: creditor(n), Payee: filing.Payee{Kind: filing.PayToBankgiro, Account: "9912346"}, Total: amount,
		Claims: []filing.ReportedClaim{{Amount: amount, Origin: m.Decided.AddDays(-100)}},
	}
}

// file makes an approved file of reports that arrived now.
func (r *room) file(reports ...*filing.ClaimReport) (service.File, []service.Document) {
	r.files++
	docs := make([]service.Document, len(reports))
	for i, report := range reports {
		docs[i] = service.Document{Number: int64(i + 1), Content: report}
	}
	return service.File{
		ID: r.files, PartyCode: "ABC", CodeID: 1, MainCodeID: 1, Transaction: "sc.claim", Form: filing.TextForm,
		Name: "ABC.FORDRAN", Sequence: r.files, Documents: int64(len(docs)), Arrived: r.clock.Now(), ReadInDay: calendar.Today(r.clock),
	}, docs
}

func (r *room) report(reports ...*filing.ClaimReport) {
	r.Helper()
	f, docs := r.file(reports...)
	r.must(r.apply(f, docs))
}

func (r *room) apply(f service.File, docs []service.Document) error {
	work, err := r.matters.Apply(r.Context(), f, docs)
	if err != nil {
		return err
	}
	return r.db.Do(r.Context(), work)
}

// pass moves the clock to the evening of the day and acts on what is due.
func (r *room) pass(day calendar.Day) {
	r.Helper()
	r.clock.Set(day.At(19, 0))
	for {
		var due []service.Deadline
		r.read(func(rd store.Reader) (err error) {
			due, err = service.Deadlines{}.Due(rd, day, service.Deadline{}, 1)
			return err
		})
		if len(due) == 0 {
			return
		}
		work, err := r.matters.Due(r.Context(), due)
		r.must(err)
		r.must(r.db.Do(r.Context(), func(tx store.Tx) error {
			if _, err := (service.Deadlines{}).Take(tx, due); err != nil {
				return err
			}
			return work(tx)
		}))
	}
}

// sent counts the letters of a message in a matter.
func (r *room) sent(message notice.Message, matter string) int64 {
	r.Helper()
	return r.count(`SELECT COUNT(*) FROM notice_letter WHERE message = $1 AND case_number = $2`, string(message), matter)
}

// enforcer writes down what it is told.
type enforcer struct{ told []string }

func (e *enforcer) tell(what string) (service.Work, error) {
	return func(store.Tx) error {
		e.told = append(e.told, what)
		return nil
	}, nil
}

func (e *enforcer) RestructuringOpened(context.Context, identity.Number, calendar.Day) (service.Work, error) {
	return e.tell("opened")
}

func (e *enforcer) RestructuringEnded(context.Context, identity.Number, calendar.Day) (service.Work, error) {
	return e.tell("ended")
}

func (e *enforcer) RestructuringGranted(context.Context, identity.Number, calendar.Day) (service.Work, error) {
	return e.tell("granted")
}

func day(s string) calendar.Day { return calendar.MustDay(s) }

// evening is a time in the year.
func evening(s string) time.Time { return day(s).At(19, 0) }

func (r *room) today() calendar.Day { return calendar.Today(r.clock) }
