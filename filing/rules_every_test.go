package filing_test

import (
	"bytes"
	"slices"
	"testing"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
)

// ruled is one change of a valid document and the codes that it brings.
type ruled[C filing.Content] struct {
	name     string
	change   func(C)
	errors   []filing.Code
	warnings []filing.Code
}

// judgeCases judges each case in a file between two valid documents of the
// transaction, in every form: the codes are those of the case and stand in its
// document, and the outcome follows the mode of the transaction (R43).
func judgeCases[C filing.Content](t *testing.T, tx filing.Transaction, valid func() C, cases []ruled[C]) {
	t.Helper()
	t.Parallel()
	for _, c := range append([]ruled[C]{{name: "nothing", change: func(C) {}}}, cases...) {
		for _, f := range mustLayout(t, filing.Own(), tx).Forms() {
			t.Run(c.name+"/"+string(f), func(t *testing.T) {
				t.Parallel()
				changed := valid()
				c.change(changed)
				around := filingtest.Contents(tx, 31, 2)
				v, _ := check(t, filing.Own(), withOwnSum(t, tx, f, []filing.Content{around[0], changed, around[1]}))
				own := slices.DeleteFunc(v.Warnings, func(e filing.Error) bool { return e.Document != 2 })
				if got := sorted(codesOf(v.Errors)); !slices.Equal(got, sorted(c.errors)) {
					t.Errorf("errors %v, wants %v: %+v", got, c.errors, head(v.Errors))
				}
				for _, e := range slices.Concat(v.Errors, own) {
					if info, _ := filing.Explain(string(e.Code)); e.Document != 2 || !info.Of(tx) {
						t.Errorf("%s stands in document %d; it tells of %v", e.Code, e.Document, info.Transactions)
					}
				}
				if got := sorted(codesOf(own)); !slices.Equal(got, sorted(c.warnings)) {
					t.Errorf("warnings %v, wants %v", got, c.warnings)
				}
				expectDocuments(t, tx, v, 2)
			})
		}
	}
}

func sorted(codes []filing.Code) []filing.Code { return slices.Sorted(slices.Values(codes)) }

// withOwnSum writes a file whose sum is that of its documents.
func withOwnSum(t failer, tx filing.Transaction, f filing.Form, all []filing.Content) []byte {
	t.Helper()
	return stating(t, tx, f, all, 0)
}

// stating writes a file that states more documents than it holds.
func stating(t failer, tx filing.Transaction, f filing.Form, all []filing.Content, more int64) []byte {
	t.Helper()
	facts := filingtest.FactsOf(tx, "ABC", 17, all)
	facts.Documents += more
	var out bytes.Buffer
	w, err := filing.NewWriter(&out, filing.Own(), tx, f, facts)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if err := w.Write(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.CloseUnchecked(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var (
	tomorrow  = filingtest.Today.AddDays(1)
	yesterday = filingtest.Today.AddDays(-1)
	applicant = filingtest.Number("16556000016")
	debtor    = filingtest.Number("19811218987")
)

func caseOf() filing.CaseKey {
	return filing.CaseKey{CaseNumber: "01-000001-26", Reference: "26-x", Applicant: applicant, Respondent: debtor}
}

// keyCases are those of every transaction that names a case.
func keyCases[C filing.Keyed]() []ruled[C] {
	return []ruled[C]{
		{name: "no key", change: func(c C) { c.Key().CaseNumber = "" }, errors: []filing.Code{"D601"}},
		{name: "file and reference", change: func(c C) { c.Key().CaseNumber, c.Key().Sequence = "", 4 }},
		{name: "file without reference", change: func(c C) { *c.Key() = filing.CaseKey{Sequence: 4, Respondent: debtor} }, errors: []filing.Code{"D602"}},
		{name: "number alone", change: func(c C) { *c.Key() = filing.CaseKey{CaseNumber: "1", Respondent: debtor} }},
	}
}

func TestRulesOfWithdrawals(t *testing.T) {
	valid := func() *filing.Withdrawal {
		return &filing.Withdrawal{CaseKey: caseOf(), Reason: filing.WithdrawnPaid, Paid: yesterday}
	}
	judgeCases(t, filing.BFWithdrawal, valid, append(keyCases[*filing.Withdrawal](), []ruled[*filing.Withdrawal]{
		{name: "one respondent", change: func(w *filing.Withdrawal) { w.OneRespondent = true }},
		{name: "one respondent, not which", change: func(w *filing.Withdrawal) { w.OneRespondent, w.Respondent = true, identity.Number{} }, errors: []filing.Code{"D603"}},
		{name: "paid tomorrow", change: func(w *filing.Withdrawal) { w.Paid = tomorrow }, errors: []filing.Code{"D458"}},
		{name: "paid in another century", change: func(w *filing.Withdrawal) { w.Paid = calendar.MustDay("1826-11-23") }, errors: []filing.Code{"D459"}},
		{name: "paid in 1980", change: func(w *filing.Withdrawal) { w.Paid = calendar.MustDay("1980-01-01") }},
	}...))
}

func TestRulesOfReductions(t *testing.T) {
	valid := func() *filing.Reduction {
		return &filing.Reduction{CaseKey: caseOf(), Part: 1, Kind: filing.ReduceTo, Amount: 50000, Paid: yesterday}
	}
	judgeCases(t, filing.BFReduction, valid, append(keyCases[*filing.Reduction](), []ruled[*filing.Reduction]{
		{name: "the whole claim", change: func(r *filing.Reduction) { r.Part = 0 }},
		{name: "part below zero", change: func(r *filing.Reduction) { r.Part = -1 }, errors: []filing.Code{"D604"}},
		{name: "amount below zero", change: func(r *filing.Reduction) { r.Amount = -1 }, errors: []filing.Code{"D605"}},
		{name: "to zero", change: func(r *filing.Reduction) { r.Amount = 0 }},
		{name: "by zero", change: func(r *filing.Reduction) { r.Kind, r.Amount = filing.ReduceBy, 0 }, errors: []filing.Code{"D356"}},
		{name: "paid tomorrow", change: func(r *filing.Reduction) { r.Paid = tomorrow }, errors: []filing.Code{"D458"}},
		{name: "paid in another century", change: func(r *filing.Reduction) { r.Paid = calendar.MustDay("1826-11-23") }, errors: []filing.Code{"D459"}},
		{name: "paid in 1980", change: func(r *filing.Reduction) { r.Paid = calendar.MustDay("1980-01-01") }},
		{name: "one respondent, not which", change: func(r *filing.Reduction) { r.OneRespondent, r.Respondent = true, identity.Number{} }, errors: []filing.Code{"D603"}},
	}...))
}

func TestRulesOfChanges(t *testing.T) {
	valid := func() *filing.Change {
		return &filing.Change{CaseKey: caseOf(), Kind: filing.ChangeAmount, Amount: 50000}
	}
	deferral := func(until calendar.Day) func(*filing.Change) {
		return func(c *filing.Change) { c.Kind, c.Amount, c.Until = filing.ChangeDeferral, 0, until }
	}
	judgeCases(t, filing.VEChange, valid, append(keyCases[*filing.Change](), []ruled[*filing.Change]{
		{name: "no amount", change: func(c *filing.Change) { c.Amount = 0 }, errors: []filing.Code{"D606"}},
		{name: "amount below zero", change: func(c *filing.Change) { c.Amount = -1 }, errors: []filing.Code{"D605"}},
		{name: "amount and last day", change: func(c *filing.Change) { c.Until = tomorrow }, errors: []filing.Code{"D607"}},
		{name: "deferral", change: deferral(tomorrow)},
		{name: "deferral without day", change: deferral(0), errors: []filing.Code{"D606"}},
		{name: "withdrawal", change: func(c *filing.Change) {
			c.Kind, c.Amount, c.Reason = filing.ChangeWithdrawal, 0, filing.WithdrawnSettled
		}},
		{name: "withdrawal with amount", change: func(c *filing.Change) { c.Kind = filing.ChangeWithdrawal }, errors: []filing.Code{"D607"}},
		{name: "paid tomorrow", change: func(c *filing.Change) { c.Paid = tomorrow }, errors: []filing.Code{"D458"}},
		{name: "paid in another century", change: func(c *filing.Change) { c.Paid = calendar.MustDay("1826-11-23") }, errors: []filing.Code{"D459"}},
		{name: "paid in 1980", change: func(c *filing.Change) { c.Paid = calendar.MustDay("1980-01-01") }},
	}...))
}

func validClaimReport() *filing.ClaimReport {
	return &filing.ClaimReport{
		Reference: "26-x", MatterNumber: "SKS-26-000001", Debtor: filing.Person{Identity: debtor, Name: "Provsson Örjan"}, Total: 51000,
		Creditor: filing.Party{Identity: applicant, Name: "Exempelfordran AB"},
		Payee:    filing.Payee{Name: "Exempelfordran AB", Kind: filing.PayToBankgiro, Account: "9912346"},
		Claims:   []filing.ReportedClaim{{Amount: 50000, Interest: 1000, Origin: filingtest.Today.AddDays(-400), DueDate: filingtest.Today.AddDays(-300)}},
	}
}

func TestRulesOfClaimReports(t *testing.T) {
	type R = *filing.ClaimReport
	judgeCases(t, filing.SCClaim, validClaimReport, []ruled[R]{
		{name: "total", change: func(r R) { r.Total-- }, errors: []filing.Code{"D302"}},
		{name: "nothing claimed", change: func(r R) { r.Claims[0].Amount, r.Claims[0].Interest, r.Total = 0, 0, 0 }, errors: []filing.Code{"D330", "D610"}},
		{name: "interest alone", change: func(r R) { r.Claims[0].Amount, r.Total = 0, 1000 }},
		{name: "claim below zero", change: func(r R) { r.Claims = append(r.Claims, filing.ReportedClaim{Amount: -1, Origin: yesterday}); r.Total-- }, errors: []filing.Code{"D610"}},
		{name: "interest below zero", change: func(r R) { r.Claims[0].Interest, r.Total = -1, 49999 }, errors: []filing.Code{"D605"}},
		{name: "arises tomorrow", change: func(r R) { r.Claims[0].Origin, r.Claims[0].DueDate = tomorrow, 0 }, errors: []filing.Code{"D619"}},
		{name: "due before it arose", change: func(r R) { r.Claims[0].DueDate = r.Claims[0].Origin.AddDays(-1) }, errors: []filing.Code{"D617"}},
		{name: "not due, due yesterday", change: func(r R) { r.Claims[0].NotDue, r.Claims[0].DueDate = true, yesterday }, errors: []filing.Code{"D616"}},
		{name: "not due, due today", change: func(r R) { r.Claims[0].NotDue, r.Claims[0].DueDate = true, filingtest.Today }},
		{name: "disputed, conditional", change: func(r R) {
			c := &r.Claims[0]
			c.Disputed, c.CounterPerformance, c.Condition = true, true, "Om avtalet upphör."
		}},
		{name: "secured", change: func(r R) { r.Claims[0].Security, r.Claims[0].SecurityAmount = "Pantbrev.", 40000 }},
		{name: "worth of no security", change: func(r R) { r.Claims[0].SecurityAmount = 40000 }, errors: []filing.Code{"D618"}},
		{name: "worth below zero", change: func(r R) { r.Claims[0].Security, r.Claims[0].SecurityAmount = "Pantbrev.", -1 }, errors: []filing.Code{"D605"}},
		{name: "against itself", change: func(r R) { r.Creditor.Identity = r.Debtor.Identity }, errors: []filing.Code{"D620"}},
		{name: "giro", change: func(r R) { r.Payee.Account = "9912345" }, errors: []filing.Code{"D220"}},
		{name: "account too short", change: func(r R) { r.Payee.Kind, r.Payee.Account = filing.PayToAccount, "1234567" }, errors: []filing.Code{"D222"}},
	})
}

func TestRulesOfRequests(t *testing.T) {
	type Q = *filing.ExtractRequest
	t.Run("debt extract", func(t *testing.T) {
		valid := func() Q {
			return &filing.ExtractRequest{Reference: "26-x", Identity: debtor, Purpose: filing.PurposeCollection, UnderCollection: true}
		}
		judgeCases(t, filing.DERequest, valid, []ruled[Q]{
			{name: "not under collection", change: func(q Q) { q.UnderCollection = false }, errors: []filing.Code{"D501"}},
			{name: "supervision", change: func(q Q) { q.UnderCollection, q.Purpose = false, filing.PurposeSupervision }},
		})
	})
	t.Run("procurement", func(t *testing.T) {
		valid := func() Q {
			return &filing.ExtractRequest{Reference: "26-x", Identity: applicant, Procurement: "Upphandling 1", PeriodFrom: yesterday, PeriodTo: tomorrow}
		}
		judgeCases(t, filing.PERequest, valid, []ruled[Q]{
			{name: "one day", change: func(q Q) { q.PeriodFrom = q.PeriodTo }},
			{name: "period backwards", change: func(q Q) { q.PeriodFrom, q.PeriodTo = q.PeriodTo, q.PeriodFrom }, errors: []filing.Code{"D508"}},
		})
	})
}

func TestRulesOfPartyChanges(t *testing.T) {
	type P = *filing.PartyChange
	party := filing.Party{Identity: debtor, Name: "Provsson Örjan", Street: "Nya gatan 3", PostalCode: "12345", Town: "Provköping"}
	valid := func() P {
		p := party
		return &filing.PartyChange{CaseKey: caseOf(), Kind: filing.ChangedAddress, OfRespondent: true, Party: &p}
	}
	assigned := func(to identity.Number) func(P) {
		return func(p P) {
			p.Kind, p.OfRespondent, p.Party = filing.ChangedCreditor, false, nil
			p.NewCreditor = &filing.Party{Identity: to, Name: "Nyfordran AB", Street: "Box 7", PostalCode: "12345", Town: "Provköping"}
			p.Assignment = &filing.Assignment{From: filing.Person{Identity: applicant}, To: filing.Person{Identity: debtor}, Date: yesterday}
		}
	}
	kind := func(k filing.PartyChangeKind) func(P) { return func(p P) { p.Kind, p.Party = k, nil } }
	nothing := []filing.Code{"D357"}
	judgeCases(t, filing.XXPartyChange, valid, append(keyCases[P](), []ruled[P]{
		{name: "address without town", change: func(p P) { p.Party.Town = "" }, errors: nothing},
		{name: "no address", change: kind(filing.ChangedAddress), errors: nothing},
		{name: "no name", change: kind(filing.ChangedName), errors: nothing},
		{name: "no workplace", change: kind(filing.ChangedWorkplace), errors: nothing},
		{name: "workplace of the applicant", change: func(p P) { p.Kind, p.Workplace, p.OfRespondent = filing.ChangedWorkplace, "Verkstaden", false }, errors: nothing},
		{name: "no representative any longer", change: kind(filing.ChangedRepresentative)},
		{name: "no payee", change: kind(filing.ChangedPayee), errors: nothing},
		{name: "no assignment", change: kind(filing.ChangedCreditor), errors: nothing},
		{name: "assignment", change: assigned(debtor)},
		{name: "assigned to another", change: assigned(applicant), errors: nothing},
		{name: "assigned tomorrow", change: func(p P) { assigned(debtor)(p); p.Assignment.Date = tomorrow }, errors: []filing.Code{"D619"}},
	}...))
}
