package sandbox

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/money"

	"github.com/google/go-cmp/cmp"
)

func claimsOf(t *testing.T, s *Sandbox, clients []byte, serials []int) []byte {
	t.Helper()
	master, err := claimlist.ParseClients("clients.toml", clients)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	c := Claims{Seed: 4, Cases: len(serials), Today: calendar.Of(s.Now()), Clients: ClientsOf(master), Serials: serials}
	if _, err := c.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPaymentOrderService: applications, one withdrawn before it is read in,
// one by case number, one lowered; then verdicts and the confirmation of their
// enforcement.
func TestPaymentOrderService(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "ABC", nil)
	built(t, d, filing.BFApplication, livingClaims(t, s, "ABC", 980, 980, 981, 982, 983))
	delivered(t, d, filing.BFApplicationReceipt)
	acted(t, d, filer.Withdraw, "Ärendenr\n26-1000000\n", filing.BFWithdrawal)
	if r := delivered(t, d, filing.BFWithdrawalReceipt); r.Results["held"] != 1 {
		t.Errorf("before read-in: %+v", r.Results)
	}
	evening(t, s)
	confirmed := contents[*filing.ConfirmedCase](t, fetchOne(t, d, filing.BFConfirmation))
	if len(confirmed) != 5 || confirmed[0].State != filing.StateDiscontinued || confirmed[1].State != filing.StateRegistered {
		t.Fatalf("confirmed %+v", confirmed)
	}
	pass(t, s, 10)
	list, err := os.ReadFile(s.path("filers", "ABC", "payments.test.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(list), "\n")
	if len(lines) != 4 || !strings.Contains(lines[1], confirmed[2].CaseNumber) || !strings.Contains(lines[2], confirmed[3].CaseNumber) {
		t.Fatalf("payments %q", list)
	}
	acted(t, d, filer.Withdraw, lines[0]+lines[1], filing.BFWithdrawal)
	delivered(t, d, filing.BFWithdrawalReceipt)
	acted(t, d, filer.Reduce, lines[0]+lines[2], filing.BFReduction)
	delivered(t, d, filing.BFReductionReceipt)
	pass(t, s, 10)
	got := fetched(t, d)
	verdicts := contents[*filing.PaymentOrderVerdict](t, only(t, got, filing.BFVerdict))
	enforced := contents[*filing.ConfirmedEnforcement](t, only(t, got, filing.VEConfirmation))
	if len(verdicts) != 2 || len(enforced) != 2 || enforced[0].Title != verdicts[0].VerdictNumber || verdicts[0].Respondents[0].EnforcementCase != enforced[0].CaseNumber {
		t.Errorf("verdicts %+v, enforcement %+v", verdicts, enforced)
	}
	pass(t, s, 40)
	for i, want := range []string{"closed", "closed", "closed", "closed", "closed"} {
		if v := stateOf(t, s, confirmed[i].CaseNumber); v.State != want {
			t.Errorf("case %d: %s: %+v", i, v.State, v.Pairs)
		}
	}
}

// TestEveryBehaviourIsLived: every step of every behaviour is carried out in
// some case, and none is refused but what the table says.
func TestEveryBehaviourIsLived(t *testing.T) {
	t.Parallel()
	s := opened(t)
	d := deskOf(t, s, "DEF", nil)
	var serials []int
	var debtors []Debtor
	for _, b := range Behaviours() {
		serials = append(serials, b.Serial)
		debtors = append(debtors, DebtorOf(b.Serial, 1))
	}
	built(t, d, filing.BFApplication, livingClaims(t, s, "DEF", serials...))
	delivered(t, d, filing.BFApplicationReceipt)
	built(t, d, filing.VEApplication, Titles(debtors, calendar.Of(s.Now())))
	delivered(t, d, filing.VEApplicationReceipt)
	pass(t, s, 20)
	matter, err := s.MatterOf(t.Context(), DebtorOf(998, 1))
	if err != nil {
		t.Fatal(err)
	}
	built(t, d, filing.SCClaim, Reports(matter, DebtorOf(998, 1), calendar.Of(s.Now())))
	delivered(t, d, filing.SCClaimReceipt)
	pass(t, s, 280)
	// the other debtor of 998 has nobody who reports a claim: nothing is proposed,
	// and the matter ends
	if diff := cmp.Diff([]string{"998.2 no_claims"}, refusals(t, s)); diff != "" {
		t.Errorf("steps were refused (-wants +got):\n%s", diff)
	}
	checkWages(t, s)
	did := stepsDone(t, s)
	for _, b := range Behaviours() {
		for i, step := range b.Steps {
			if did[[2]int{b.Serial, i}] == 0 {
				t.Errorf("%d %s: step %d, %s, was never done", b.Serial, b.Name, i, step.Do)
			}
		}
	}
}

// checkWages: an employer pays by the decision that holds on the payday, nothing
// before the first does, and less only when that pays all.
func checkWages(t *testing.T, s *Sandbox) {
	t.Helper()
	var numbers []string
	err := testWorld(s).DB.Read(t.Context(), func(r store.Reader) (err error) {
		numbers, err = store.Collect(store.Only[string])(r.Query(`SELECT DISTINCT case_number FROM sandbox_plan WHERE serial = $1 AND respondent = 0`, earns))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	paid := map[money.Amount]int{}
	for _, number := range numbers {
		var month, less money.Amount
		var holds, changed calendar.Day
		for _, e := range stateOf(t, s, number).Events {
			switch e.Kind {
			case "earnings_attached":
				month, holds = wages, monthly(e.Day)
			case "earnings_changed":
				changed = monthly(e.Day)
			}
			if e.Text != "arbetsgivaren" {
				continue
			}
			if changed != 0 && e.Day >= changed {
				month = changedWages
			}
			if e.Day < holds || e.Amount > month || less != 0 {
				t.Errorf("%s: %s paid on %s; %s holds from %s, what is changed from %s, %s was paid before", number, e.Amount, e.Day, month, holds, changed, less)
			}
			if e.Amount < month {
				less = e.Amount
			}
			paid[e.Amount]++
		}
	}
	if paid[wages] < 4 || paid[changedWages] < 2 {
		t.Errorf("wages %v in %v", paid, numbers)
	}
}
