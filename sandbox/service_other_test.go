package sandbox

import (
	"strings"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filing"
	"filtjanst/money"
)

// TestEnforcementService: an application with its cover note, confirmed and
// changed, with money and a final account that adds up.
func TestEnforcementService(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "GHI", func(c *filer.Config) { c.Form = filing.XMLForm })
	debtors := []Debtor{DebtorOf(980, 1), DebtorOf(994, 1), DebtorOf(996, 1)}
	b := built(t, d, filing.VEApplication, Titles(debtors, calendar.Of(s.Now())))
	if b.File.NotePath == "" {
		t.Fatal("no cover note")
	}
	if _, err := d.Send(t.Context(), filer.SendRequest{}); err != nil { // the bank is pushed its receipts
		t.Fatal(err)
	}
	awaitState(t, d, "approved")
	evening(t, s)
	awaitState(t, d, "confirmed")
	acted(t, d, filer.Reduce, "Ärendenr;Belopp;Till/med;Betaldag\nVE-980-001;500,00;med;"+calendar.Of(s.Now()).String()+"\n", filing.VEChange)
	if _, err := d.Send(t.Context(), filer.SendRequest{}); err != nil {
		t.Fatal(err)
	}
	pass(t, s, 60)
	for _, debtor := range []string{"VE-980-001", "VE-994-001", "VE-996-001"} {
		number := enforcedCase(t, s, "GHI", debtor)
		v := stateOf(t, s, number)
		want := map[string]string{"VE-980-001": "in_progress", "VE-994-001": "closed", "VE-996-001": "monitoring"}[debtor]
		if v.State != want {
			t.Errorf("%s is %s, wants %s: %+v", debtor, v.State, want, v.Events)
		}
	}
}

// TestMoneyOfACase: what the debtor paid comes to the applicant to the öre.
func TestMoneyOfACase(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "ABC", nil)
	built(t, d, filing.VEApplication, Titles([]Debtor{DebtorOf(982, 1), DebtorOf(994, 1)}, calendar.Of(s.Now())))
	delivered(t, d, filing.VEApplicationReceipt)
	evening(t, s)
	confirmed := contents[*filing.ConfirmedEnforcement](t, fetchOne(t, d, filing.VEConfirmation))
	if len(confirmed) != 2 || confirmed[0].Fee != 600*money.Krona || confirmed[0].State != filing.StateRegistered {
		t.Fatalf("confirmed %+v", confirmed)
	}
	pass(t, s, 45)
	got := fetched(t, d)
	account := contents[*filing.FinalAccount](t, only(t, got, filing.VEFinalAccount))[0]
	if account.CaseNumber != confirmed[1].CaseNumber || account.Reason != filing.FinalPaid || account.PaidOut < confirmed[1].Sum {
		t.Errorf("final account %+v of %+v", account, confirmed[1])
	}
	reports := contents[*filing.EnforcementReport](t, only(t, got, filing.VEInterimAccount))
	if len(reports) != 1 || reports[0].Account == nil || reports[0].CaseNumber != confirmed[0].CaseNumber {
		t.Fatalf("reports %+v", reports)
	}
	left := confirmed[0].Sum - reports[0].Account.PaidOut
	if left <= 0 || left >= confirmed[0].Sum {
		t.Errorf("paid out %v of %v", reports[0].Account.PaidOut, confirmed[0].Sum)
	}
}

// TestRestructuringService: the opening is told, the claim reported, confirmed
// and its debtor's case closed when the restructuring is granted.
func TestRestructuringService(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "ABC", nil)
	debtor := DebtorOf(998, 1)
	built(t, d, filing.VEApplication, Titles([]Debtor{debtor}, calendar.Of(s.Now())))
	delivered(t, d, filing.VEApplicationReceipt)
	pass(t, s, 16)
	matter, err := s.MatterOf(t.Context(), debtor)
	if err != nil {
		t.Fatal(err)
	}
	openings := contents[*filing.RestructuringOpening](t, fetchOne(t, d, filing.SCOpening))
	if len(openings) != 1 || openings[0].MatterNumber != matter {
		t.Fatalf("openings %+v of %s", openings, matter)
	}
	built(t, d, filing.SCClaim, Reports(matter, debtor, calendar.Of(s.Now())))
	delivered(t, d, filing.SCClaimReceipt)
	evening(t, s)
	confirmed := fetchOne(t, d, filing.SCConfirmation)
	if confirmed.Cases != 1 {
		t.Errorf("confirmation %+v", confirmed)
	}
	pass(t, s, 110)
	account := contents[*filing.FinalAccount](t, only(t, fetched(t, d), filing.VEFinalAccount))[0]
	if account.Reason != filing.FinalRestructuring {
		t.Errorf("final account %+v", account)
	}
}

// TestExtractServices: what is asked is answered after the response time, each
// asker by its own scope.
func TestExtractServices(t *testing.T) {
	t.Parallel()
	s := opened(t)
	today := calendar.Of(s.Now())
	for _, test := range []struct {
		code                     string
		request, receipt, answer filing.Transaction
		list                     []byte
	}{
		{"ABC", filing.DERequest, filing.DEReceipt, filing.DEAnswer, Questions([]string{DebtorOf(980, 1).Number, DebtorOf(981, 1).Number}, "", today)},
		{"UPH", filing.PERequest, filing.PEReceipt, filing.PEAnswer, Questions(Companies(2), "UPPH-1", today)},
	} {
		d := deskOf(t, s, test.code, nil)
		built(t, d, test.request, test.list)
		delivered(t, d, test.receipt)
		if got := fetched(t, d)[test.answer]; len(got) > 0 {
			t.Errorf("%s: answered before the response time", test.code)
		}
		pass(t, s, 1)
		if r := fetchOne(t, d, test.answer); r.Cases != 2 {
			t.Errorf("%s: answer %+v", test.code, r)
		}
	}
}

// TestBureauGetsTheCountry: a whole delivery, and then numbered differences.
func TestBureauGetsTheCountry(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "KUP", nil)
	evening(t, s)
	got := fetched(t, d)
	for _, tx := range []filing.Transaction{filing.CEExtract, filing.CEPaymentOrderExtract, filing.CEDebtBalanceExtract} {
		if r := only(t, got, tx); r.Delivery != filing.FullDelivery || r.Sequence != 1 {
			t.Errorf("%s: %+v", tx, r)
		}
	}
	if got[filing.CEExtract][0].Cases == 0 {
		t.Error("the extract on attachment is empty")
	}
	pass(t, s, 7)
	next := only(t, fetched(t, d), filing.CEExtract)
	if next.Delivery != filing.Difference || next.Sequence != 2 || len(next.Missing) > 0 {
		t.Errorf("difference %+v", next)
	}
}

// TestMonthOfAFiler: the status report comes on the first evening of the month,
// for those who have it, and invoices when the month has ended.
func TestMonthOfAFiler(t *testing.T) {
	t.Parallel()
	s := opened(t)
	desks := map[string]*filer.Desk{"ABC": deskOf(t, s, "ABC", nil), "DEF": deskOf(t, s, "DEF", nil)}
	for code, d := range desks {
		built(t, d, filing.BFApplication, livingClaims(t, s, code, 980, 983))
		delivered(t, d, filing.BFApplicationReceipt)
	}
	evening(t, s)
	for _, d := range desks {
		fetched(t, d)
	}
	pass(t, s, 8) // to the first evening of December
	report := only(t, fetched(t, desks["ABC"]), filing.XXStatusReport)
	if report.Cases != 2 {
		t.Errorf("status report %+v", report)
	}
	if got := fetched(t, desks["DEF"]); len(got[filing.XXStatusReport])+len(got[filing.BFEvent]) > 0 {
		t.Errorf("DEF has no extensions and got %+v", got)
	}
	for code := range desks {
		if n := invoicesOf(t, s, code); n == 0 {
			t.Errorf("%s has no invoice", code)
		}
	}
}

// TestPartyChange: a new address reaches the case.
func TestPartyChange(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "ABC", nil)
	claims := livingClaims(t, s, "ABC", 980)
	debtor := strings.Split(strings.Split(string(claims), "\r\n")[1], ";")[5]
	built(t, d, filing.BFApplication, claims)
	delivered(t, d, filing.BFApplicationReceipt)
	evening(t, s)
	number := contents[*filing.ConfirmedCase](t, fetchOne(t, d, filing.BFConfirmation))[0].CaseNumber
	acted(t, d, filer.PartyChange, "Ärendenr;Svarande;Ändring;Gäller;Namn;Adress;Postnr;Ort\n26-1000000;"+debtor+";adress;svarande;Provsson Eva;Nya Provgatan 5;12345;Testås\n", filing.XXPartyChange)
	delivered(t, d, filing.XXPartyChangeReceipt)
	w := testWorld(s)
	err := w.DB.Read(t.Context(), func(r store.Reader) error {
		c, found, err := w.Orders.Case(r, number)
		if err == nil && (!found || c.Application.Respondents[0].Street != "Nya Provgatan 5") {
			t.Errorf("the case has the address %q", c.Application.Respondents[0].Street)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
