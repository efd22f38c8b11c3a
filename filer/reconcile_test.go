package filer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

func sorted(all []string) []string {
	slices.Sort(all)
	return all
}

func differing(done Reconciled) []string {
	var all []string
	for _, x := range done.Differences {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s/%s %s|%s", x.Between, x.Kind, x.Reference, x.Case, x.Ours, x.Theirs)))
	}
	return sorted(all)
}

func statusLine(service filing.Service, number, reference, state string, claimed, remaining money.Amount) *filing.CaseStatus {
	return &filing.CaseStatus{Service: service, CaseNumber: number, Reference: reference, State: state, Since: day("2026-11-23"), Registered: day("2026-11-23"),
		Claimed: claimed, Remaining: remaining}
}

func reconcile(t *testing.T, d *Desk, r ReconcileRequest) Reconciled {
	t.Helper()
	done, err := d.Reconcile(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// The report against the own list and the book: what is missing, extra, and has
// another amount or state.
func TestReconcileStatusReport(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	report := func() io.Reader {
		path := answerFile(t, d, filing.XXStatusReport, filing.FileFacts{Sequence: 1, PeriodFrom: day("2026-11-01"), PeriodTo: day("2026-11-30")},
			statusLine(filing.PaymentOrder, "B1", "26-0081234", stateServed, 2837_43, 2840_00),
			statusLine(filing.PaymentOrder, "B7", "X-7", stateOrdered, 1_00, 1_00),
			statusLine(filing.Enforcement, "U3", "X-8", stateClosed, 1_00, 0))
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(raw)
	}
	for name, test := range map[string]struct {
		own  string
		want []string
	}{
		"agreeing": {"Ärendenr;Belopp;Läge\n26-0081234;2 840,00;delgivet\nX-7;1,00;open\nX-8;0;avslutat\n", nil},
		"the state by symbol, the amount claimed": {"reference;remaining;state\n26-0081234;2840,00;served\nX-7;2,00;öppet\n",
			[]string{"own-report amount X-7/B7 2,00|1,00"}},
		"all kinds": {"Ärendenr;Belopp;Läge\n26-0081234;2837,43;avslutat\n26-77;1,00;öppet\n26-78;1,00;avslutat\n26-77;1,00;öppet\n", []string{
			"own-report amount 26-0081234/B1 2837,43|2840,00", "own-report extra X-7/B7 |ordered", "own-report missing 26-77/ öppet|",
			"own-report state 26-0081234/B1 avslutat|served", "own-report twice 26-77/ 3|"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := reconcile(t, d, ReconcileRequest{Own: strings.NewReader(test.own), Report: report()})
			want := append([]string{"book-report extra X-7/B7 |ordered", "book-report extra X-8/U3 |closed", "book-report missing 26-0081310/B2 registered|"}, test.want...)
			if diff := cmp.Diff(sorted(want), differing(done)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := d.Reconcile(t.Context(), ReconcileRequest{}); !errors.Is(err, ErrNothingToHold) {
		t.Error(err)
	}
	if _, err := d.Reconcile(t.Context(), ReconcileRequest{Report: strings.NewReader("junk")}); err == nil {
		t.Error("junk is a status report")
	}
}

const invoiceJSON = `{"kind":"invoice","number":"2026000001","party_code":"ABC","first_day":"2026-11-01","last_day":"2026-11-30","total_ore":60000,"line_count":2,
 "lines":[{"line":1,"case":"B1","own_reference":"26-0081234","kind":"application_fee","day":"2026-11-23","amount_ore":30000},
          {"line":2,"case":"B2","own_reference":"26-0081310","kind":"application_fee","day":"2026-11-23","amount_ore":30000}]}`

const invoiceUBL = `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>2026000001</cbc:ID><cbc:BuyerReference>ABC</cbc:BuyerReference>
<cac:InvoicePeriod><cbc:StartDate>2026-11-01</cbc:StartDate><cbc:EndDate>2026-11-30</cbc:EndDate></cac:InvoicePeriod>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="SEK">600.00</cbc:LineExtensionAmount></cac:LegalMonetaryTotal>
` + ublLineOne + `</Invoice>`

const ublLineOne = `<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount currencyID="SEK">300.00</cbc:LineExtensionAmount>
<cac:DocumentReference><cbc:ID>B1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>
<cac:Item><cbc:Name>Ansökningsavgift</cbc:Name><cac:SellersItemIdentification><cbc:ID>application_fee</cbc:ID></cac:SellersItemIdentification>
<cac:AdditionalItemProperty><cbc:Name>Er referens</cbc:Name><cbc:Value>26-0081234</cbc:Value></cac:AdditionalItemProperty>
<cac:AdditionalItemProperty><cbc:Name>Avgiftsdag</cbc:Name><cbc:Value>2026-11-23</cbc:Value></cac:AdditionalItemProperty></cac:Item></cac:InvoiceLine>`

const invoiceCSV = "faktura;målnr;ärendenr;avgift;dag;belopp\n1;B1;26-0081234;application_fee;2026-11-23;300,00\n1;B1;26-0081234;application_fee;2026-11-23;300,00\n1;B9;26-9;basic_fee;2026-11-23;600,00\n"

// Invoices in every form, against the book and themselves.
func TestReconcileInvoices(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	for name, test := range map[string]struct {
		invoice string
		want    []string
	}{
		"agreeing":       {invoiceJSON, nil},
		"a list":         {"[" + invoiceJSON + "]", nil},
		"wrapped":        {`{"invoices":[` + invoiceJSON + `]}`, nil},
		"another fee":    {strings.Replace(invoiceJSON, `"amount_ore":30000},`, `"amount_ore":31000},`, 1), []string{"invoice amount / 610,00|600,00", "invoice-book amount 26-0081234/B1 application_fee 300,00|application_fee 310,00"}},
		"a line is lost": {invoiceUBL, []string{"invoice amount / 300,00|600,00", "invoice-book missing 26-0081310/B2 application_fee 300,00|"}},
		"twice, unknown": {invoiceCSV, []string{"invoice-book extra 26-9/B9 |basic_fee 600,00", "invoice-book twice 26-0081234/B1 |application_fee 300,00"}},
		"a credit note":  {strings.NewReplacer(`"invoice"`, `"credit_note"`, `"line_count":2`, `"line_count":3`).Replace(invoiceJSON), []string{"invoice missing / 2|3"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			done := reconcile(t, d, ReconcileRequest{Invoices: []io.Reader{strings.NewReader(test.invoice)}})
			if diff := cmp.Diff(sorted(test.want), differing(done)); diff != "" {
				t.Error(diff)
			}
		})
	}
	for _, junk := range []string{"", "{}", "[", "<a/>", "<Invoice", "x;y\n1;2\n", "case;kind;amount\nB1;x;1.2.3\n"} {
		if _, err := ReadInvoices(strings.NewReader(junk)); err == nil {
			t.Errorf("%q is an invoice", junk)
		}
	}
}

// Without a report the own list is held against the book.
func TestReconcileOwnListWithBook(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	answer(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", "U1"))
	own := "Ärendenr;Belopp;Läge\n26-0081234;2837,43;öppet\n"
	done := reconcile(t, d, ReconcileRequest{Own: strings.NewReader(own), Claimed: true})
	if diff := cmp.Diff([]string{"own-book extra 26-0081310/B2 |registered"}, differing(done)); diff != "" {
		t.Error(diff)
	}
}

// The events in a file stand there once, whatever breaks in between.
func TestEventsAreAppendedOnce(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"events.jsonl", "events.csv"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk(t, filing.TextForm)
			confirmed(t, d)
			path := t.TempDir() + "/" + name
			first, err := d.AppendEvents(t.Context(), path)
			if err != nil || first != 3 {
				t.Fatal(first, err)
			}
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			answer(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", "U1"))
			// A crash after half of the new line was written.
			if err := os.WriteFile(path, append(whole, whole[:9]...), 0o600); err != nil && name == "events.jsonl" {
				t.Fatal(err)
			}
			if name == "events.csv" {
				if err := os.WriteFile(path, append(whole, "4;2026-1"...), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if n, err := d.AppendEvents(t.Context(), path); err != nil || n != 1 {
				t.Fatal(n, err)
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.HasPrefix(after, whole) || bytes.Count(after, []byte("\n")) != bytes.Count(whole, []byte("\n"))+1 {
				t.Errorf("%s", after)
			}
			// A crash after the lines were written, but before the book knew.
			other := t.TempDir() + "/" + name
			if err := os.WriteFile(other, after, 0o600); err != nil {
				t.Fatal(err)
			}
			if n, err := d.AppendEvents(t.Context(), other); err != nil || n != 0 {
				t.Error(n, err)
			}
			// The file was taken away: only what is new comes in the next.
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if n, err := d.AppendEvents(t.Context(), path); err != nil || n != 0 {
				t.Error(n, err)
			}
		})
	}
}

// A file that holds anything else is not touched.
func TestEventsAreNotAppendedToOtherFiles(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	confirmed(t, d)
	for _, text := range []string{"hello", "hello\n", "{\"id\":0}\n", "a;b\n1;2\n{\"x\""} {
		path := t.TempDir() + "/notes"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := d.AppendEvents(t.Context(), path)
		if after, _ := os.ReadFile(path); err == nil || string(after) != text {
			t.Errorf("%q became %q, %v", text, after, err)
		}
	}
}

// The story tells what is to be expected, by the state of file and case.
func TestStory(t *testing.T) {
	t.Parallel()
	d := desk(t, filing.TextForm)
	expected := func(reference string) []string {
		t.Helper()
		s, err := d.Story(t.Context(), reference)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, e := range s.Expected {
			all = append(all, strings.TrimSpace(e.Code+" "+e.Case+" "+e.Day.String()))
			if e.Swedish == "" || e.English == "" {
				t.Errorf("%s has no words", e.Code)
			}
		}
		return all
	}
	check := func(step string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, expected("26-0081234")); diff != "" {
			t.Errorf("%s: %s", step, diff)
		}
	}
	b := build(t, d)
	check("built", "send")
	receive(t, d, b.File, filing.Approved, func(r *filing.Receipt) { r.ReadIn = day("2026-11-23") })
	check("approved", "confirmation  2026-11-23")
	answer(t, d, filing.BFConfirmation, filing.FileFacts{Sequence: 1, ReadIn: day("2026-11-23")},
		&filing.ConfirmedCase{Reference: "26-0081234", CaseNumber: "B1", Registered: day("2026-11-23"), Fee: 300_00, Sum: 2837_43, State: filing.StateRegistered})
	check("confirmed", "verdict B1 2026-12-03")
	reduced := do(t, d, DoRequest{Act: Reduce, From: strings.NewReader("Ärendenr;Belopp;Till/med\n26-0081234;37,43;med\n")}).Files[0]
	check("reduced", "send", "verdict B1 2026-12-03")
	receive(t, d, reduced, filing.Approved, nil)
	if c := caseOf(t, d, "B1"); c.Reduced != 37_43 {
		t.Errorf("%+v", c)
	}
	answer(t, d, filing.BFEvent, filing.FileFacts{Sequence: 1}, &filing.PaymentOrderEvent{CaseNumber: "B1", Event: filing.EventObjection, Date: day("2026-12-01"), LastDay: day("2026-12-29")})
	check("contested", "transfer B1 2026-12-29")
	answer(t, d, filing.BFVerdict, filing.FileFacts{Sequence: 1}, verdictOn("B1", "26-0081234", "U1"))
	check("verdict", "account U1")
	change := do(t, d, DoRequest{Act: Withdraw, From: strings.NewReader("Målnr\nU1\n")}).Files[0]
	receive(t, d, change, filing.Approved, nil)
	check("withdrawn", "final_account U1")
	byNumber, err := d.Story(t.Context(), "U1")
	if err != nil || byNumber.Reference != "26-0081234" || len(byNumber.Cases) != 2 || len(byNumber.Documents) != 3 {
		t.Errorf("%+v, %v", byNumber, err)
	}
	if s, err := d.Story(t.Context(), "nobody"); err != nil || s.Known() {
		t.Errorf("%+v, %v", s, err)
	}
	if c := caseOf(t, d, "U1"); c.State != stateWithdrawn || c.Service != filing.Enforcement || c.Code != "ABC" {
		t.Errorf("%+v", c)
	}
}

// A case against several respondents has a line for each in a status report:
// the book takes them as one case, and a report that was taken in agrees with it.
func TestStatusReportOfSeveralRespondents(t *testing.T) {
	t.Parallel()
	of := func(number, state, since string, claimed, fees money.Amount) *filing.CaseStatus {
		person, err := identity.Parse12(number)
		if err != nil {
			t.Fatal(err)
		}
		s := statusLine(filing.PaymentOrder, "B1", "26-0081234", state, claimed, claimed)
		s.Since, s.Fees, s.Respondent = day(since), fees, filing.Person{Identity: person, Name: "Provsson"}
		return s
	}
	const one, other = "198504129803", "198504129811"
	type stands struct {
		State         string
		Open          bool
		Claimed, Fees money.Amount
	}
	for name, test := range map[string]struct {
		first, second *filing.CaseStatus
		want          stands
	}{
		"goes on against one":      {of(one, stateServed, "2026-11-24", 2837_43, 300_00), of(other, "dismissed", "2026-11-25", 2837_43, 0), stands{stateServed, true, 2837_43, 300_00}},
		"goes on against another":  {of(one, "dismissed", "2026-11-25", 2837_43, 300_00), of(other, stateServed, "2026-11-24", 2837_43, 0), stands{stateServed, true, 2837_43, 300_00}},
		"ended last against one":   {of(one, stateLegalForce, "2026-11-26", 2837_43, 300_00), of(other, "dismissed", "2026-11-25", 2837_43, 0), stands{stateLegalForce, false, 2837_43, 300_00}},
		"each answers for a share": {of(one, stateServed, "2026-11-24", 2000_00, 300_00), of(other, stateServed, "2026-11-24", 837_43, 0), stands{stateServed, true, 2837_43, 300_00}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := desk(t, filing.TextForm)
			confirmed(t, d)
			facts := filing.FileFacts{Sequence: 1, PeriodFrom: day("2026-11-01"), PeriodTo: day("2026-11-30")}
			all := []filing.Content{test.first, test.second, statusLine(filing.PaymentOrder, "B2", "26-0081310", stateRegistered, 1_00, 1_00)}
			answer(t, d, filing.XXStatusReport, facts, all...)
			b1 := caseOf(t, d, "B1")
			if diff := cmp.Diff(test.want, stands{b1.State, b1.Open, b1.Claimed, b1.Fees}); diff != "" {
				t.Error(diff)
			}
			for _, again := range []struct {
				lines []filing.Content
				want  []string
			}{{all, nil}, {append(all[:2:2], all[1:]...), []string{"book-report twice 26-0081234/B1 |"}}} {
				raw, err := os.ReadFile(answerFile(t, d, filing.XXStatusReport, facts, again.lines...))
				if err != nil {
					t.Fatal(err)
				}
				done := reconcile(t, d, ReconcileRequest{Report: bytes.NewReader(raw)})
				if diff := cmp.Diff(again.want, differing(done)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestDifferencesAsCSV(t *testing.T) {
	t.Parallel()
	done := Reconciled{Differences: []Difference{{
		Kind: "amount", Between: "own-book", Service: filing.PaymentOrder, Reference: "26-1;a", Case: "2026-0000001", Ours: "1,00", Theirs: "2,00", Row: 3,
	}}}
	var out bytes.Buffer
	if err := done.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	want := "between;kind;service;reference;case_number;ours;theirs;row;document\nown-book;amount;bf;\"26-1;a\";2026-0000001;1,00;2,00;3;\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}
