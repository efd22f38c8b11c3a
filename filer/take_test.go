package filer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/calendar"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

// answer writes a file of the authority and imports it.
func answer(t *testing.T, d *Desk, transaction filing.Transaction, facts filing.FileFacts, documents ...filing.Content) Received {
	t.Helper()
	all, err := d.Import(t.Context(), answerFile(t, d, transaction, facts, documents...))
	if err != nil || len(all) != 1 {
		t.Fatalf("%s: received %+v, %v", transaction, all, err)
	}
	return all[0]
}

func answerFile(t testing.TB, d *Desk, transaction filing.Transaction, facts filing.FileFacts, documents ...filing.Content) string {
	t.Helper()
	facts.PartyCode, facts.Documents = "ABC", int64(len(documents))
	if facts.Created.IsZero() {
		facts.Created = d.today()
	}
	for _, c := range documents {
		facts.Sum += feeOf(c)
	}
	form := filing.TextForm
	var b bytes.Buffer
	w, err := filing.NewWriter(&b, d.Set, transaction, form, facts)
	if err != nil {
		form = filing.XMLForm
		b.Reset()
		if w, err = filing.NewWriter(&b, d.Set, transaction, form, facts); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range documents {
		if err := w.Write(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), string(transaction))
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func feeOf(c filing.Content) money.Amount {
	switch d := c.(type) {
	case *filing.ConfirmedCase:
		return d.Fee
	case *filing.ConfirmedEnforcement:
		return d.Fee
	case *filing.PaymentOrderVerdict:
		return d.Total
	}
	return 0
}

// receive writes the receipt of a file and imports it.
func receive(t *testing.T, d *Desk, f ledger.File, outcome filing.Outcome, change func(*filing.Receipt)) Received {
	t.Helper()
	r := filing.Receipt{
		Transaction: f.Transaction, TransactionID: "T-1", PartyCode: f.Code, Sequence: f.Sequence, Digest: f.Digest, NoteDigest: f.NoteDigest,
		Arrived: d.now(), Outcome: outcome, Documents: f.Documents, Sum: f.Sum, Expected: f.Sequence + 1,
	}
	if change != nil {
		change(&r)
	}
	var b bytes.Buffer
	if err := filing.WriteReceipt(&b, d.Set, filing.TextForm, r); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "receipt")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := d.Import(t.Context(), path)
	if err != nil || len(all) != 1 {
		t.Fatalf("received %+v, %v", all, err)
	}
	return all[0]
}

// confirmed builds the example, and has it approved and confirmed: B1 and B2.
func confirmed(t *testing.T, d *Desk) ledger.File {
	t.Helper()
	b := build(t, d)
	receive(t, d, b.File, filing.Approved, func(r *filing.Receipt) { r.ReadIn = day("2026-11-23") })
	r := answer(t, d, filing.BFConfirmation, filing.FileFacts{Sequence: 1, ReadIn: day("2026-11-23")},
		&filing.ConfirmedCase{Reference: "26-0081234", CaseNumber: "B1", Registered: day("2026-11-23"), Fee: 300_00, Sum: 2837_43, State: filing.StateRegistered},
		&filing.ConfirmedCase{Reference: "26-0081310", CaseNumber: "B2", Registered: day("2026-11-23"), Fee: 300_00, Sum: 51498_77, State: filing.StateRegistered})
	if r.Match == nil || r.Match.Matched != 2 || r.Events != 2 {
		t.Fatalf("%+v", r)
	}
	return b.File
}

func verdictOn(number, reference, enforcement string) *filing.PaymentOrderVerdict {
	return &filing.PaymentOrderVerdict{
		Reference: reference, CaseNumber: number, VerdictNumber: "V-" + number, Date: day("2026-12-20"),
		Applicant:   filing.Person{Identity: filingtest.Number("165599990016"), Name: "Exempeltelefoni AB"},
		Respondents: []filing.VerdictRespondent{{Person: filing.Person{Identity: filingtest.Number("199006022397"), Name: "Provsson"}, EnforcementCase: enforcement}},
		Parts:       []filing.GrantedPart{{Part: 1, Type: filing.Capital, Amount: 2837_43}},
		Interest:    0, Costs: 680_00, Total: 2837_43, Enforced: enforcement != "",
	}
}

func kinds(t *testing.T, d *Desk) []string {
	t.Helper()
	events, err := d.Book.EventsAfter(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range events {
		all = append(all, fmt.Sprintf("%s %s %s/%s", e.Kind, e.Code, e.Reference, e.CaseNumber))
	}
	return all
}

func caseOf(t *testing.T, d *Desk, number string) ledger.Case {
	t.Helper()
	all, err := d.Book.CasesNumbered(t.Context(), []string{number})
	if err != nil {
		t.Fatal(err)
	}
	c, there := all[number]
	if !there {
		t.Fatalf("the book has no case %s", number)
	}
	return c
}

// One claim from its file to its final account, by files alone.
func TestLifeOfAClaim(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	created := func(s string) filing.FileFacts { return filing.FileFacts{Sequence: 1, Created: day(s)} }
	answer(t, d, filing.BFEvent, created("2026-12-01"), &filing.PaymentOrderEvent{Reference: "26-0081234", CaseNumber: "B1", Event: filing.EventOrdered,
		Date: day("2026-11-25"), LastDay: day("2026-12-05")})
	answer(t, d, filing.BFVerdict, created("2026-12-20"), verdictOn("B1", "26-0081234", "U1"))
	r := answer(t, d, filing.VEConfirmation, filing.FileFacts{Sequence: 1, Origin: filing.OriginPaymentOrder},
		&filing.ConfirmedEnforcement{CaseNumber: "U1", Registered: day("2026-12-21"), Respondent: filingtest.Number("199006022397"), Fee: 600_00, Sum: 2837_43,
			State: filing.StateRegistered, Title: "V-B1"},
		&filing.ConfirmedEnforcement{CaseNumber: "U9", Registered: day("2026-12-21"), Fee: 600_00, Sum: 1_00, State: filing.StateRegistered})
	if r.Foreign != 1 {
		t.Errorf("%d cases without reference, want 1", r.Foreign)
	}
	if c := caseOf(t, d, "U1"); c.Parent != "B1" || c.Reference != "26-0081234" || c.Title != "V-B1" || c.Origin != filing.OriginPaymentOrder {
		t.Errorf("not linked: %+v", c)
	}
	answer(t, d, filing.VEEarningsAttachment, created("2027-01-10"), &filing.EarningsAttachment{CaseNumber: "U1", Kind: filing.EarningsNew, Decided: day("2027-01-10"),
		Employer: filing.Person{Name: "Provbolaget AB"}, Amount: 500_00, From: day("2027-02-01")})
	answer(t, d, filing.VEInterimAccount, created("2027-02-28"), &filing.EnforcementReport{CaseNumber: "U1",
		Investigation: &filing.Investigation{Date: day("2027-01-05"), Result: filing.AssetsPartly},
		Account:       &filing.InterimAccount{Date: day("2027-02-28"), Received: 500_00, Fees: 100_00, Capital: 400_00, PaidOut: 400_00, Remaining: 2437_43}})
	answer(t, d, filing.VENewFee, created("2027-11-20"), &filing.NewFee{CaseNumber: "U1", FeeDay: day("2027-12-21"), Fee: 600_00, Unpaid: 500_00})
	if c := caseOf(t, d, "U1"); c.State != stateEarnings || c.PaidOut != 400_00 || c.Remaining == nil || *c.Remaining != 2437_43 {
		t.Errorf("before the end: %+v", c)
	}
	answer(t, d, filing.VEFinalAccount, created("2028-01-01"), &filing.FinalAccount{CaseNumber: "U1", Closed: day("2028-01-01"), Reason: filing.FinalPaid,
		Claimed: 2837_43, Received: 3537_43, Capital: 2837_43, Fees: 700_00, PaidOut: 2837_43})
	if c := caseOf(t, d, "U1"); c.Open || c.State != stateClosed || c.Reason != "paid" || c.PaidOut != 2837_43 {
		t.Errorf("after the end: %+v", c)
	}
	want := []string{
		"receipt approved /", "confirmed registered 26-0081234/B1", "confirmed registered 26-0081310/B2", "case ordered 26-0081234/B1",
		"verdict enforced 26-0081234/B1", "confirmed registered 26-0081234/U1", "confirmed registered /U9", "earnings new 26-0081234/U1",
		"investigation assets_partly 26-0081234/U1", "interim_account  26-0081234/U1", "new_fee  26-0081234/U1", "final_account paid 26-0081234/U1",
	}
	if diff := cmp.Diff(want, kinds(t, d)); diff != "" {
		t.Error(diff)
	}
	for _, e := range eventsOf(t, d) {
		if text := EventText(e); strings.ContainsAny(text.Swedish+text.English, "{}[]") || text.Swedish == "" || text.English == "" {
			t.Errorf("%s: %q %q", e.Kind, text.Swedish, text.English)
		}
	}
}

func eventsOf(t *testing.T, d *Desk) []ledger.Event {
	t.Helper()
	events, err := d.Book.EventsAfter(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// The verdict may come after the case that enforces it: the link is made by the
// own reference, and by the verdict when it comes.
func TestLinkInAnyOrder(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	answer(t, d, filing.VEConfirmation, filing.FileFacts{Sequence: 1, Origin: filing.OriginPaymentOrder},
		&filing.ConfirmedEnforcement{Reference: "26-0081234", CaseNumber: "U1", Registered: day("2026-12-21"), Sum: 1_00, State: filing.StateRegistered, Title: "V-B1"})
	if c := caseOf(t, d, "U1"); c.Parent != "B1" {
		t.Errorf("%+v", c)
	}
	answer(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", "U1"))
	if c := caseOf(t, d, "U1"); c.Parent != "B1" || c.Claimed != 1_00 || c.Registered != day("2026-12-21") {
		t.Errorf("%+v", c)
	}
}

// Withdrawals go by the right transaction, and the receipt settles the cases
// one by one.
func TestWithdrawalsByState(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	answer(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", "U1"))
	list := "Ärendenr;Skäl;Betaldag\n26-0081234;betalt;2026-11-20\n26-0081310;betalt;\n26-0081310;betalt;\n26-9;;\n"
	preview := do(t, d, DoRequest{Act: Withdraw, From: strings.NewReader(list), Preview: true})
	if len(preview.Files) != 0 || len(preview.Groups) != 2 {
		t.Fatalf("preview %+v", preview)
	}
	done := do(t, d, DoRequest{Act: Withdraw, From: strings.NewReader(list)})
	if len(done.Files) != 2 || done.Files[0].Transaction != filing.BFWithdrawal || done.Files[1].Transaction != filing.VEChange || done.Files[0].NotePath != "" {
		t.Fatalf("files %+v", done.Files)
	}
	if got := codesOf(done); !slices.Equal(got, []string{"4 twice", "5 unknown"}) {
		t.Errorf("left out %v", got)
	}
	again, err := d.Do(t.Context(), DoRequest{Act: Withdraw, From: strings.NewReader(list)})
	if !errors.Is(err, ErrNothing) || codesOf(again)[0] != "2 on_its_way" {
		t.Errorf("again %v, %v", codesOf(again), err)
	}
	r := receive(t, d, done.Files[0], filing.Approved, func(r *filing.Receipt) {
		r.Applied = []filing.AppliedDocument{{Document: 1, Reference: "26-0081310", CaseNumber: "B2", Result: filing.Applied}}
	})
	if diff := cmp.Diff(map[string]int64{"applied": 1}, r.Results); diff != "" {
		t.Error(diff)
	}
	if c := caseOf(t, d, "B2"); c.Open || c.State != stateDiscontinued || c.Reason != "withdrawn" {
		t.Errorf("%+v", c)
	}
	refusal := filing.Error{Code: "D999", Class: filing.Document, Document: 1, Reference: "26-0081234", Swedish: "okänt mål", English: "unknown case"}
	receive(t, d, done.Files[1], filing.Rejected, func(r *filing.Receipt) {
		r.Errors, r.ErrorCount, r.Expected = []filing.Error{refusal}, 1, 1
	})
	events := eventsOf(t, d)
	last := events[len(events)-1]
	if last.Kind != ledger.EventResult || last.Code != "D999" || last.Reference != "26-0081234" || last.CaseNumber != "U1" || EventText(last).English != "unknown case" {
		t.Errorf("%+v", last)
	}
	if c := caseOf(t, d, "U1"); !c.Open {
		t.Errorf("%+v", c)
	}
}

func do(t *testing.T, d *Desk, r DoRequest) Done {
	t.Helper()
	done, err := d.Do(t.Context(), r)
	if err != nil {
		t.Fatalf("%v: %+v %v", err, done.LeftOut, done.Report.Problems)
	}
	return done
}

func codesOf(done Done) []string {
	var all []string
	for _, l := range done.LeftOut {
		all = append(all, fmt.Sprint(l.Row, " ", l.Code))
	}
	return all
}

// Rows that contradict each other are not used, neither of them.
func TestContradictions(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	list := "Ärendenr;Målnr;Belopp;Till/med\n26-0081234;;100,00;till\n26-0081234;;200,00;till\n26-0081310;;10,00;med\n26-0081310;;20,00;med\n;B2;5,00;till\n"
	done := do(t, d, DoRequest{Act: Reduce, From: strings.NewReader(list)})
	if got := codesOf(done); !slices.Equal(got, []string{"2 contradicts", "3 contradicts", "6 same_case"}) {
		t.Errorf("left out %v", got)
	}
	if len(done.Files) != 1 || done.Files[0].Documents != 2 {
		t.Errorf("files %+v", done.Files)
	}
}

// Above the limits nothing is written without a word more.
func TestLimits(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		limits Limits
		yes    bool
		passed bool
	}{
		"number":          {Limits{Acts: 1}, false, false},
		"number, yes":     {Limits{Acts: 1}, true, true},
		"share":           {Limits{Share: 50}, false, false},
		"share, but few":  {Limits{Share: 50, From: 2}, false, true},
		"no limits":       {Limits{}, false, true},
		"up to the limit": {Limits{Acts: 2, Share: 100}, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk(t, filing.TextForm)
			d.Config.Limits = test.limits
			confirmed(t, d)
			done, err := d.Do(t.Context(), DoRequest{Act: Withdraw, From: strings.NewReader("Ärendenr\n26-0081234\n26-0081310\n"), Yes: test.yes})
			if (err == nil) != test.passed || (len(done.Files) == 1) != test.passed {
				t.Errorf("%d files, limit %+v, %v", len(done.Files), done.Limit, err)
			}
		})
	}
}

// A withdrawal before read-in names the file and the own reference (R70); its
// number follows its own series.
func TestWithdrawalBeforeReadIn(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	b := build(t, d)
	list := `[{"reference":"26-0081234"}]`
	if done, err := d.Do(t.Context(), DoRequest{Act: Withdraw, JSON: true, From: strings.NewReader(list)}); !errors.Is(err, ErrNothing) || codesOf(done)[0] != "1 not_sent" {
		t.Errorf("%v, %v", codesOf(done), err)
	}
	receive(t, d, b.File, filing.Approved, nil)
	done := do(t, d, DoRequest{Act: Withdraw, JSON: true, From: strings.NewReader(list)})
	f, err := os.Open(done.Files[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	facts, err := filing.Read(f, d.Set, filing.BFWithdrawal, func(w *filing.Withdrawal) error {
		if w.Sequence != 1 || w.Reference != "26-0081234" || w.CaseNumber != "" {
			t.Errorf("%+v", w.CaseKey)
		}
		return nil
	})
	if err != nil || facts.Sequence != 1 {
		t.Errorf("%+v, %v", facts, err)
	}
	receive(t, d, done.Files[0], filing.Approved, func(r *filing.Receipt) {
		r.Applied = []filing.AppliedDocument{{Document: 1, Reference: "26-0081234", Result: filing.Held}}
	})
	if again, err := d.Do(t.Context(), DoRequest{Act: Withdraw, JSON: true, From: strings.NewReader(list)}); !errors.Is(err, ErrNothing) || codesOf(again)[0] != "1 on_its_way" {
		t.Errorf("%v, %v", codesOf(again), err)
	}
}

// A later withdrawal file is held until the receipt of the earlier one (R75).
func TestActsAreHeldInTheirOwnSeries(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	first := do(t, d, DoRequest{Act: Withdraw, From: strings.NewReader("Ärendenr\n26-0081234\n")}).Files[0]
	second := do(t, d, DoRequest{Act: Withdraw, From: strings.NewReader("Ärendenr\n26-0081310\n")}).Files[0]
	if first.Sequence != 1 || second.Sequence != 2 {
		t.Fatalf("numbers %d and %d", first.Sequence, second.Sequence)
	}
	if held, err := d.deliver(t.Context(), nil, second, SendRequest{Note: NoteTogether}); err != nil || !held.Held {
		t.Errorf("%+v, %v", held, err)
	}
	if err := d.Discard(t.Context(), filing.BFWithdrawal, 1, "mistaken"); err != nil {
		t.Fatal(err)
	}
	moved, err := d.Renumber(t.Context())
	if err != nil || len(moved) != 1 || moved[0].File.Sequence != 1 || moved[0].File.Transaction != filing.BFWithdrawal {
		t.Errorf("%+v, %v", moved, err)
	}
}

// A crash between saving a file and taking it in, or in the middle of that,
// loses nothing and tells nothing twice.
func TestCrashBetweenFetchAndTakeIn(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	path := answerFile(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", "U1"), verdictOn("B2", "26-0081310", ""))
	saved := ledger.Fetched{Address: "outbox", Tx: "m1", Transaction: filing.BFVerdict, Path: path}
	if err := d.Book.Saved(t.Context(), saved); err != nil {
		t.Fatal(err)
	}
	before := len(eventsOf(t, d))
	broken, stop := context.WithCancel(t.Context())
	files, err := d.Book.Unmatched(t.Context())
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	_, _, err = d.take(broken, files[0], func(half *taking) error {
		if err := half.verdicts(); err != nil {
			return err
		}
		stop()
		return broken.Err()
	})
	if err == nil || len(eventsOf(t, d)) != before || caseOf(t, d, "B1").State != stateRegistered {
		t.Fatalf("half a file is in the book: %v, %v", kinds(t, d)[before:], err)
	}
	d = reopen(t, d)
	for range 2 {
		if _, err := d.takeIn(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(eventsOf(t, d)) - before; got != 2 {
		t.Errorf("%d events, want 2: %v", got, kinds(t, d)[before:])
	}
}

func reopen(t *testing.T, d *Desk) *Desk {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), d.Config, func() time.Time { return calendar.MustDay("2026-11-23").At(9, 0) }, strings.NewReader(strings.Repeat("0123456789abcdef", 1000)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	return again
}

// A file that cannot be used is told once, and the others go on.
func TestUnusableFileIsTold(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	r := answer(t, d, filing.BFConfirmation, filing.FileFacts{Sequence: 9, ReadIn: day("2026-11-23")},
		&filing.ConfirmedCase{Reference: "X", CaseNumber: "B1", Registered: day("2026-11-23"), State: filing.StateRegistered})
	if r.Problem == "" || !slices.Equal(kinds(t, d), []string{"unusable  /"}) {
		t.Errorf("%+v, %v", r, kinds(t, d))
	}
}

// A delivery that is missing is told once, when a later one has come, and told
// again when it comes late.
func TestMissingDelivery(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	line := &filing.CreditBalance{Action: filing.CreditAdd, Identity: filingtest.Number("199006022397"), Name: "Provsson", Date: day("2026-11-01"), PrivateCases: 1, PrivateAmount: 1_00}
	for _, n := range []int64{3, 6, 7, 5} {
		r := answer(t, d, filing.CEDebtBalanceExtract, filing.FileFacts{Sequence: n, Delivery: filing.Difference, PeriodTo: day("2026-11-01")}, line)
		if n == 6 && !slices.Equal(r.Missing, []int64{4, 5}) {
			t.Errorf("missing %v", r.Missing)
		}
	}
	var told []string
	for _, e := range eventsOf(t, d) {
		told = append(told, fmt.Sprint(e.Kind, e.Sequence, e.Details["was_missing"]))
	}
	if diff := cmp.Diff([]string{"delivery3", "delivery6", "delivery_missing4", "delivery_missing5", "delivery7", "delivery5yes"}, told); diff != "" {
		t.Error(diff)
	}
}

// A status report tells where the book had it otherwise, and what it did not
// have; it does not undo what is newer.
func TestStatusReportIsTakenIn(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	answer(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", ""))
	line := func(number, reference, state string) *filing.CaseStatus {
		return &filing.CaseStatus{Service: filing.PaymentOrder, Reference: reference, CaseNumber: number, State: state, Since: day("2026-11-25"),
			Registered: day("2026-11-23"), Claimed: 1_00, Remaining: 1_00}
	}
	r := answer(t, d, filing.XXStatusReport, filing.FileFacts{Sequence: 1, PeriodFrom: day("2026-11-01"), PeriodTo: day("2026-11-30")},
		line("B1", "26-0081234", stateServed), line("B2", "26-0081310", stateServed), line("B7", "", stateOrdered))
	if r.Events != 2 {
		t.Errorf("%d events: %v", r.Events, kinds(t, d))
	}
	if b1, b2, b7 := caseOf(t, d, "B1"), caseOf(t, d, "B2"), caseOf(t, d, "B7"); b1.State != stateVerdict || b2.State != stateServed || b7.State != stateOrdered || !b7.Open {
		t.Errorf("%s %s %s", b1.State, b2.State, b7.State)
	}
}

// Every file that the authority can send is taken in, or told to be without its
// own file, in both forms; and what it tells has words.
func TestEveryAnswerIsTakenIn(t *testing.T) {
	t.Parallel()
	for _, info := range filing.Catalogue() {
		if info.Direction != filing.Out || info.CarriedIn != "" {
			continue
		}
		for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
			t.Run(fmt.Sprint(info.Transaction, " ", form), func(t *testing.T) {
				t.Parallel()
				d := desk(t, form)
				data, err := filingtest.File(d.Set, info.Transaction, form, 1, 3)
				if err != nil {
					t.Skip(err) // not described in this form
				}
				path := filepath.Join(t.TempDir(), "file")
				if err := os.WriteFile(path, data, 0o600); err != nil {
					t.Fatal(err)
				}
				received, err := d.Import(t.Context(), path)
				if err != nil || len(received) != 1 || received[0].Transaction != info.Transaction {
					t.Fatalf("%+v, %v", received, err)
				}
				r := received[0]
				alone := info.Role == filing.RoleReceipt || strings.HasPrefix(r.Problem, "the confirmation answers number")
				if (r.Problem != "") != alone || r.Events == 0 {
					t.Errorf("%+v", r)
				}
				for _, e := range eventsOf(t, d) {
					if w := EventText(e); w.Swedish == "" || w.English == "" || strings.ContainsAny(w.Swedish+w.English, "{}[]") {
						t.Errorf("%s %s: %q %q", e.Kind, e.Code, w.Swedish, w.English)
					}
				}
			})
		}
	}
}

// A confirmation that comes twice changes nothing that has happened since, and
// tells nothing again; cases of references that the file does not have are kept
// by their numbers.
func TestConfirmationTwice(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	answer(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", ""))
	r := answer(t, d, filing.BFConfirmation, filing.FileFacts{Sequence: 1, ReadIn: day("2026-11-24")},
		&filing.ConfirmedCase{Reference: "26-0081234", CaseNumber: "B1", Registered: day("2026-11-23"), Fee: 300_00, Sum: 2837_43, State: filing.StateRegistered},
		&filing.ConfirmedCase{Reference: "26-77", CaseNumber: "B3", Registered: day("2026-11-23"), Fee: 300_00, Sum: 1_00, State: filing.StateRegistered})
	if r.Events != 1 || r.Match.Matched != 2 || !slices.Equal(r.Match.Unknown, []string{"26-77"}) {
		t.Errorf("%+v %+v", r, r.Match)
	}
	if b1, b3 := caseOf(t, d, "B1"), caseOf(t, d, "B3"); b1.State != stateVerdict || b3.Reference != "26-77" || b3.Code != "ABC" {
		t.Errorf("%+v %+v", b1, b3)
	}
}
