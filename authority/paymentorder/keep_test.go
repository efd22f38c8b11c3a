package paymentorder_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// A case is kept three years after the year in which it was closed, a verdict ten
// years after that in which it gained legal force; then only its number finds it.
func TestRetention(t *testing.T) {
	each(t, func(b *bench) {
		withdrawn, forced, open := b.lodge(claim(1)), b.decided(claim(1)), b.lodge(claim(1))
		b.withdraw(withdrawn)
		b.passTo(calendar.MustDay("2026-06-01"))
		b.withdraw(open)
		verdict := b.verdictsOf(forced)[0]
		if verdict.LegalForce.IsZero() {
			b.Fatal("no legal force")
		}
		undecided := b.contested(claim(1))
		for _, step := range []struct {
			today calendar.Day
			want  int64
		}{{calendar.MustDay("2029-12-31"), 0}, {calendar.MustDay("2030-01-01"), 3}, {calendar.MustDay("2036-12-31"), 0}, {calendar.MustDay("2037-01-01"), 1}} {
			found := b.findVerdict(verdict.VerdictNumber)
			if !found {
				b.Errorf("on %s the verdict is gone", step.today)
			}
			n, err := b.orders.Purge(b.Context(), step.today)
			b.must(err)
			if n != step.want {
				b.Errorf("on %s %d were deleted, want %d", step.today, n, step.want)
			}
		}
		if b.findVerdict(verdict.VerdictNumber) {
			b.Error("the verdict is kept too long")
		}
		if _, found := b.caseOf(undecided); !found {
			b.Error("an open case was deleted")
		}
		if n := b.count(`SELECT COUNT(DISTINCT case_id) FROM service_event WHERE service = 'bf'`); n != 1 {
			b.Errorf("the stories of %d cases are left", n)
		}
	})
}

// evenings lets only the evenings of some days come.
func (b *bench) evenings(days ...string) {
	b.Helper()
	for _, day := range days {
		b.clock.Set(calendar.MustDay(day).At(19, 0))
		b.evening()
	}
}

// A verdict gains legal force on the day after the last one for reopening, also
// where no evening comes before the next year; it is kept from that day's year.
func TestLegalForceOverNewYear(t *testing.T) {
	each(t, func(b *bench) {
		b.evenings("2026-11-16")
		number := b.served(claim(1))
		b.evenings("2026-11-30", "2027-01-04")
		verdict := b.verdictsOf(number)[0]
		if verdict.Date != calendar.MustDay("2026-11-30") || verdict.LegalForce != calendar.MustDay("2026-12-31") {
			b.Errorf("of %s, legal force %s", verdict.Date, verdict.LegalForce)
		}
		for day, kept := range map[string]int64{"2036-12-31": 1, "2037-01-01": 0} {
			if n := b.count(`SELECT COUNT(*) FROM paymentorder_verdict WHERE purge_after >= $1`, day); n != kept {
				b.Errorf("%d verdicts are kept on %s", n, day)
			}
		}
	})
}

// What came in time counts as such though it is noted after the evening on which
// the verdict gained legal force (BFL §60): nothing is kept by that day any more.
func TestReopeningNotedAfterLegalForce(t *testing.T) {
	each(t, func(b *bench) {
		number := b.decided(claim(2))
		verdict := b.verdictsOf(number)[0]
		last := calendar.New().NextWorking(verdict.Date.AddMonths(1))
		b.passTo(last.AddDays(3))
		if b.verdictsOf(number)[0].LegalForce != last.AddDays(1) {
			b.Fatalf("legal force %s", b.verdictsOf(number)[0].LegalForce)
		}
		const kept = `SELECT (SELECT COUNT(*) FROM paymentorder_case WHERE purge_after IS NOT NULL)
			+ (SELECT COUNT(*) FROM paymentorder_verdict WHERE purge_after IS NOT NULL)
			+ (SELECT COUNT(*) FROM notice_letter WHERE purge_after IS NOT NULL)`
		b.must(b.orders.RequestReopening(b.Context(), by, number, 1, "Provköpings tingsrätt", last.AddDays(1)))
		b.wantStates(number, paymentorder.LegalForce, paymentorder.LegalForce, paymentorder.LegalForce, paymentorder.LegalForce)
		b.must(b.orders.RequestReopening(b.Context(), by, number, 1, "Provköpings tingsrätt", last))
		b.wantStates(number, paymentorder.Reopening, paymentorder.Reopening, paymentorder.LegalForce, paymentorder.LegalForce)
		if got := b.verdictsOf(number)[0].LegalForce; got != last.AddDays(1) {
			b.Errorf("against the other it has legal force from %s", got)
		}
		b.must(b.orders.RequestReopening(b.Context(), by, number, 2, "Provköpings tingsrätt", last))
		if got, n := b.verdictsOf(number)[0].LegalForce, b.count(kept); !got.IsZero() || n != 0 {
			b.Errorf("legal force %s, and %d rows are kept by the end of the case", got, n)
		}
		b.must(b.orders.VerdictStands(b.Context(), by, number, 0))
		b.pass(5)
		if got, n := b.verdictsOf(number)[0].LegalForce, b.count(kept); got.IsZero() || n < 3 {
			b.Errorf("legal force %s, and %d rows are kept by the end of the case", got, n)
		}
		b.checkDeadlines()
	})
}

// A fee that stands on no invoice says nothing of a case that is gone.
func TestFeesOfPurgedCases(t *testing.T) {
	each(t, func(b *bench) {
		b.withdraw(b.lodge(claim(1)))
		const telling = `SELECT COUNT(*) FROM fee_item WHERE reference <> '' OR own <> '' OR client <> ''`
		if n := b.count(telling); n != 1 {
			b.Fatalf("%d fees", n)
		}
		_, err := b.orders.Purge(b.Context(), calendar.MustDay("2030-01-01"))
		b.must(err)
		if n := b.count(telling); n != 0 {
			b.Errorf("%d fees tell of a case that is gone", n)
		}
	})
}

// Cases and verdicts are deleted in one transaction with the word of it to those
// who have extracts, or not at all.
func TestPurgeIsTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		told, refuse := 0, errors.New("cannot be told")
		b := newBench(t, open(), "", func(c *paymentorder.Config) {
			c.Disclosure.Unnamed = func(store.Tx) error { told++; return refuse }
		})
		b.decided(claim(1))
		b.passTo(calendar.MustDay("2026-06-01"))
		today := calendar.MustDay("2037-01-01")
		if n, err := b.orders.Purge(b.Context(), today); n != 0 || !errors.Is(err, refuse) {
			t.Errorf("%d deleted, untold: %v", n, err)
		}
		told, refuse = 0, nil
		for _, want := range []int{2, 2} { // one for the case, one for its verdict, and none for nothing
			if _, err := b.orders.Purge(b.Context(), today); err != nil || told != want {
				t.Errorf("told %d times, want %d: %v", told, want, err)
			}
		}
	})
}

// The letters of a case that is over are kept as long as it, that which ends it
// too.
func TestLettersOfCasesThatAreOver(t *testing.T) {
	each(t, func(b *bench) {
		dismissed := b.ordered(claim(1))
		b.must(b.orders.ServiceFailed(b.Context(), by, dismissed, 1, nil))
		b.must(b.orders.ServiceOffer(b.Context(), by, dismissed, 1, false))
		late := b.decided(claim(1))
		b.passTo(calendar.MustDay("2026-08-03"))
		b.must(b.orders.RequestReopening(b.Context(), by, late, 1, "Prov tingsrätt", 0))
		for _, number := range []string{dismissed, late} {
			all := b.count(`SELECT COUNT(*) FROM notice_letter WHERE case_number = $1`, number)
			kept := b.count(`SELECT COUNT(*) FROM notice_letter WHERE case_number = $1 AND purge_after = '2029-12-31'`, number)
			if all < 2 || kept != all {
				b.Errorf("%d of %d letters of case %s are kept as long as it", kept, all, number)
			}
		}
	})
}

func (b *bench) findVerdict(number string) (found bool) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		_, found, err = b.orders.FindVerdict(r, number)
		return err
	})
	return found
}

// keeper remembers until when the bytes of files are kept.
type keeper map[int64]calendar.Day

func (k keeper) KeepUntil(_ store.Tx, file int64, last calendar.Day) error {
	k[file] = last
	return nil
}

// The door hears of a file when the last of its cases is over.
func TestFilesAreKeptUntilTheirCasesEnd(t *testing.T) {
	each(t, func(b *bench) {
		kept := keeper{}
		k := newBench(b, b.db, "", func(c *paymentorder.Config) { c.Keeper = kept })
		f, docs := k.waiting(claim(1), claim(1))
		k.must(k.apply(f, docs[:1]))
		k.withdraw("2026-0000001")
		if len(kept) != 0 {
			b.Errorf("kept: %v though a case is still to come", kept)
		}
		k.must(k.apply(f, docs[1:]))
		k.withdraw("2026-0000002")
		if diff := cmp.Diff(keeper{f.ID: calendar.MustDay("2029-12-31")}, kept); diff != "" {
			b.Error(diff)
		}
	})
}

func TestStatus(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(2)
		plain := b.lodge(a)
		b.reduceBy(plain, 2, 80_00)
		b.passTo(calendar.MustDay("2026-03-10"))
		enforced := b.decided(claim(1))
		var all []filing.CaseStatus
		b.read(func(r store.Reader) error {
			for after := int64(0); ; {
				some, next, err := b.orders.Status(r, service.CasesOf{CodeID: 7, Day: calendar.Today(b.clock), After: after, Limit: 1})
				if all = append(all, some...); err != nil || next == 0 {
					return err
				}
				after = next
			}
		})
		today := calendar.Today(b.clock)
		interest := b.late(1000_00, calendar.MustDay("2026-01-01"), today)
		first := filing.CaseStatus{Service: filing.PaymentOrder, Reference: a.Reference, CaseNumber: plain, State: "ordered",
			Since: calendar.MustDay("2026-03-03"), Registered: calendar.MustDay("2026-03-02"), Claimed: 1180_00, Reduced: 80_00,
			Remaining: 1100_00 + interest, Fees: 300_00,
			Respondent: filing.Person{Identity: a.Respondents[0].Identity, Name: a.Respondents[0].Name}}
		second := first
		second.Fees, second.Respondent = 0, filing.Person{Identity: a.Respondents[1].Identity, Name: a.Respondents[1].Name}
		if diff := cmp.Diff([]filing.CaseStatus{first, second}, all[:2]); diff != "" {
			b.Error(diff)
		}
		if len(all) != 3 || all[2].CaseNumber != enforced || all[2].State != "verdict" || all[2].Remaining != 0 {
			b.Errorf("%+v", all[2:])
		}
		b.read(func(r store.Reader) error {
			for reference, want := range map[string]int{a.Reference: len(all), "of none": 0} {
				found, _, err := b.orders.Status(r, service.CasesOf{CodeID: 7, Reference: reference, Day: today, Limit: 10})
				if err != nil || len(found) != want {
					b.Errorf("own reference %s finds %d lines: %v", reference, len(found), err)
				}
			}
			return nil
		})
	})
}

// A part that was taken back does not hide the verdict on the rest.
func TestStatusIsThatOfTheVerdict(t *testing.T) {
	each(t, func(b *bench) {
		a := claim(1)
		number := b.served(a)
		b.reduceBy(number, 1, a.Parts[0].Amount)
		b.pass(80)
		var all []filing.CaseStatus
		b.read(func(r store.Reader) (err error) {
			all, _, err = b.orders.Status(r, service.CasesOf{CodeID: 7, Day: calendar.Today(b.clock), Limit: 1})
			return err
		})
		b.wantStates(number, paymentorder.Discontinued, paymentorder.LegalForce)
		if len(all) != 1 || all[0].State != "legal_force" {
			b.Errorf("told as %+v", all)
		}
	})
}

// What others read of the room.
func TestViews(t *testing.T) {
	each(t, func(b *bench) {
		number := b.decided(claim(2))
		withdrawn := b.lodge(claim(1))
		b.withdraw(withdrawn)
		blocked := b.lodge(claim(1))
		b.must(b.orders.Block(b.Context(), by, blocked, true))
		for query, want := range map[string]int64{
			`SELECT COUNT(*) FROM paymentorder_debtors WHERE open`:                                   2,
			`SELECT COUNT(*) FROM paymentorder_debtors`:                                              3,
			`SELECT COUNT(*) FROM paymentorder_credit WHERE kind = 'verdict' AND NOT gone`:           2,
			`SELECT COUNT(*) FROM paymentorder_credit WHERE kind = 'application' AND gone`:           1,
			`SELECT COUNT(*) FROM paymentorder_credit WHERE kind = 'application' AND blocked`:        1,
			`SELECT COUNT(*) FROM paymentorder_credit WHERE amount = 118000 AND NOT gone`:            3,
			`SELECT COUNT(*) FROM paymentorder_credit WHERE case_number = '` + number + `' AND gone`: 0,
		} {
			if n := b.count(query); n != want {
				b.Errorf("%s: %d, want %d", query, n, want)
			}
		}
		b.clock.Advance(24 * time.Hour)
		b.must(b.orders.Block(b.Context(), by, blocked, false))
		if n := b.count(`SELECT COUNT(*) FROM paymentorder_touched WHERE day = $1`, calendar.Today(b.clock)); n != 1 {
			b.Errorf("%d respondents of one case were touched", n)
		}
	})
}

// counting counts the queries of a reader.
type counting struct {
	store.Reader
	n *int
}

func (c counting) Query(query string, args ...any) (*store.Rows, error) {
	*c.n++
	return c.Reader.Query(query, args...)
}

func (c counting) QueryRow(query string, args ...any) *store.Row {
	*c.n++
	return c.Reader.QueryRow(query, args...)
}

// Many documents are judged by few queries.
func TestManyDocumentsAreJudgedTogether(t *testing.T) {
	each(t, func(b *bench) {
		const n = 2000
		f, docs := b.file(1, n)
		for first := 0; first < n; first += service.ChunkSize {
			b.must(b.apply(f, docs[first:first+service.ChunkSize]))
		}
		lines := make([]service.Document, n)
		for i := range lines {
			k := before(f, docs[i])
			if i%2 == 0 {
				k = key(fmt.Sprintf("2026-%07d", i+1))
			}
			lines[i] = service.Document{Number: int64(i + 1), Content: &filing.Withdrawal{CaseKey: k}}
		}
		var queries int
		b.read(func(r store.Reader) error {
			j, err := b.orders.Verify(counting{r, &queries}, service.File{PartyCode: "ABC", CodeID: 7, MainCodeID: 7,
				Transaction: filing.BFWithdrawal, Arrived: b.clock.Now()}, lines)
			if len(j.Errors) != 0 || len(j.Notes) != n {
				b.Errorf("%d refused, %d told of", len(j.Errors), len(j.Notes))
			}
			return err
		})
		if queries > 50 {
			b.Errorf("%d queries for %d documents", queries, n)
		}
		b.approved(b.settle(filing.BFWithdrawal, lines))
		if left := b.count(`SELECT COUNT(*) FROM paymentorder_state WHERE state <> 'discontinued'`); left != 0 {
			b.Errorf("%d pairs are left", left)
		}
	})
}
