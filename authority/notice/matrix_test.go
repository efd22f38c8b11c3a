package notice

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

func matrix(t testing.TB) *Matrix {
	t.Helper()
	m, err := NewMatrix()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEveryOutgoingTransactionIsInTheMatrix(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	for _, info := range filing.Catalogue() {
		e, ok := m.Entry(Message(info.Transaction))
		if ok != (info.Direction == filing.Out) {
			t.Errorf("%s goes %s, in the matrix: %t", info.Transaction, info.Direction, ok)
		}
		if ok && !e.permits(filing.NoticeElectronic) {
			t.Errorf("%s is a transaction and may not go electronically", info.Transaction)
		}
	}
}

func TestWhatGoesElectronicallyIsAFile(t *testing.T) {
	t.Parallel()
	for _, e := range matrix(t).Entries() {
		_, isFile := filing.Info(filing.Transaction(e.ID))
		goes := e.permits(filing.NoticeElectronic) || e.permits(filing.NoticeBoth)
		if goes != (isFile || e.Electronic != "") {
			t.Errorf("%s goes electronically: %t; is a transaction: %t; otherwise as %q", e.ID, goes, isFile, e.Electronic)
		}
	}
}

// R48 and R49 are fixed cells.
func TestFixedCells(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	for _, e := range m.Entries() {
		info, _ := filing.Info(filing.Transaction(e.ID))
		want := ""
		switch {
		case e.ID == OrderToComplete:
			want = "R48"
		case info.Role == filing.RoleReceipt:
			want = "R49"
		}
		if e.Fixed != want {
			t.Errorf("%s is fixed by %q, should be by %q", e.ID, e.Fixed, want)
		}
	}
	if e, _ := m.Entry(OrderToComplete); !slices.Equal(e.Permitted, []filing.Notice{filing.NoticePaper}) {
		t.Errorf("an order to complete may go %v", e.Permitted)
	}
}

func TestMessagesOfCodeAreInTheMatrix(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	named := []Message{
		OrderToComplete, OrderToAnswer, ServiceReminder, ServiceOffer, ObjectionNotice, LateObjection, VerdictLetter,
		VerdictToRespondent, ReopeningQuestion, ReopeningNotice, Dismissal, Discontinuance, TransferNotice, EstateRequest,
		PaymentOrderGuardian, ConfirmationLetter, EnforcementConfirmed, OrderForTitle, AttachmentNotice, EarningsApplicant,
		EarningsDebtor, EarningsEmployer, InvestigationReport, InvestigationDebtor, InterimAccount, NewFee, FeeDemand,
		AdvanceDemand, DeferralWarning, FinalAccount, RepaymentDemand, EnforcementGuardian, CreditorCall, RestructuringProposal,
		RestructuringDecision, PayoutNotice, DelayNotice, InvoiceLetter, CreditNoteLetter, InvoiceReminder, SuspensionNotice, SuspensionLifted,
	}
	var letters []Message
	for _, e := range m.Entries() {
		if e.HasLetter() {
			letters = append(letters, e.ID)
		}
	}
	slices.Sort(named)
	slices.Sort(letters)
	if diff := cmp.Diff(letters, named); diff != "" {
		t.Errorf("letters of the matrix and of the code differ (-matrix +code):\n%s", diff)
	}
}

func TestAllows(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	for _, test := range []struct {
		message Message
		choice  filing.Notice
		code    string
		says    string
	}{
		{"bf.verdict", filing.NoticePaper, "", ""},
		{"bf.verdict", filing.NoticeElectronic, "", ""},
		{"bf.verdict", filing.NoticeBoth, "", ""},
		{"bf.verdict", "", "notice_not_permitted", "på papper, elektroniskt eller både"},
		{"bf.verdict", "fax", "notice_not_permitted", "fax"},
		{"bf.order_to_complete", filing.NoticePaper, "", ""},
		{"bf.order_to_complete", filing.NoticeElectronic, "notice_fixed", "R48"},
		{"bf.order_to_complete", filing.NoticeBoth, "notice_fixed", "alltid på papper"},
		{"ve.change_receipt", filing.NoticePaper, "notice_fixed", "R49"},
		{"bf.event", filing.NoticePaper, "notice_not_permitted", "elektroniskt"},
		{"bf.objection_notice", filing.NoticeElectronic, "notice_not_permitted", "på papper"},
		{"bf.application", filing.NoticePaper, "unknown_message", "bf.application"},
	} {
		err := m.Allows(test.message, test.choice)
		refusal, refused := service.RefusedAs(err)
		switch {
		case refused != (test.code != ""):
			t.Errorf("%s %s: %v", test.message, test.choice, err)
		case refused && (refusal.Code != test.code || !strings.Contains(refusal.Swedish, test.says) || refusal.English == ""):
			t.Errorf("%s %s: got %+v, want %s saying %q", test.message, test.choice, refusal, test.code, test.says)
		}
	}
}

func TestAllowsAny(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	for choice, allowed := range map[filing.Notice]bool{
		"": true, filing.NoticePaper: true, filing.NoticeElectronic: true, filing.NoticeBoth: true, "fax": false, "Paper": false,
	} {
		if err := m.AllowsAny(choice); (err == nil) != allowed {
			t.Errorf("%q: %v", choice, err)
		}
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	const paper, electronic, both = filing.NoticePaper, filing.NoticeElectronic, filing.NoticeBoth
	for _, test := range []struct {
		message            Message
		ofCase, file, code filing.Notice
		want               Choice
	}{
		{"bf.verdict", "", "", "", Choice{Electronic: true}},
		{"bf.verdict", "", "", paper, Choice{Paper: true}},
		{"bf.verdict", "", both, paper, Choice{Paper: true, Electronic: true}},
		{"bf.verdict", electronic, both, paper, Choice{Electronic: true}},
		{"bf.order_to_complete", electronic, electronic, electronic, Choice{Paper: true}},
		{"bf.application_receipt", paper, paper, both, Choice{Electronic: true}},
		{"fee.credit_note", "", "", paper, Choice{Paper: true}},
		{"fee.reminder", "", "", electronic, Choice{Paper: true}}, // has no electronic form
		{"fee.reminder", "", "", both, Choice{Paper: true}},
		{"no.message", paper, paper, paper, Choice{}},
	} {
		if got := m.Choose(test.message, test.ofCase, test.file, test.code); got != test.want {
			t.Errorf("%s by case %q, file %q, code %q: got %+v, want %+v", test.message, test.ofCase, test.file, test.code, got, test.want)
		}
	}
}

// Whatever is chosen, what comes out is permitted, and the first permitted
// choice in order is the one that counts.
func TestChooseStaysWithinTheMatrix(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	choices := rapid.SampledFrom([]filing.Notice{"", filing.NoticePaper, filing.NoticeElectronic, filing.NoticeBoth, "fax"})
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(m.Entries()).Draw(t, "entry")
		order := []filing.Notice{choices.Draw(t, "case"), choices.Draw(t, "file"), choices.Draw(t, "code")}
		want := e.Default
		for i := len(order) - 1; i >= 0; i-- {
			if m.Allows(e.ID, order[i]) == nil {
				want = order[i]
			}
		}
		got := m.Choose(e.ID, order[0], order[1], order[2])
		if got != choiceOf(want) || got == (Choice{}) {
			t.Errorf("%s by %v: got %+v, want %s", e.ID, order, got, want)
		}
	})
}

func TestFaultyMatrixIsRefused(t *testing.T) {
	t.Parallel()
	const good = `[[message]]
id = "a.b"
sv = "s"
en = "e"
to = ["filer"]
permitted = ["paper", "both"]
default = "paper"
basis = "R1"
mark = "P"
facts = { a = "day" }
optional = { b = "text" }
`
	if _, err := readMatrix([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, change := range [][2]string{
		{`default = "paper"`, `default = "electronic"`},
		{`default = "paper"`, `default = "fax"`},
		{`["paper", "both"]`, `["paper", "fax"]`},
		{`mark = "P"`, `mark = "P"` + "\nfixed = \"R1\""},
		{`to = ["filer"]`, `to = ["nobody"]`},
		{`to = ["filer"]`, `to = []`},
		{`sv = "s"`, ``},
		{`a = "day"`, `a = "hour"`},
		{`b = "text"`, `b = "number"`},
		{`b = "text"`, `a = "text"`},
		{`mark = "P"`, `mark = "P"` + "\ncolour = \"red\""},
		{`mark = "P"`, `mark = `},
	} {
		if _, err := readMatrix([]byte(strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("%s instead of %s was taken", change[1], change[0])
		}
	}
	if _, err := readMatrix([]byte(good + good)); err == nil {
		t.Error("the same message twice was taken")
	}
}
