package extract_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// linesOf subscribes to an extract, takes its first delivery and reads it back
// from a file of each form.
func linesOf[C filing.Content](b *bench, e filing.Transaction) []C {
	b.Helper()
	b.subscribe("ABC", codeID, e, daily)
	b.evening()
	credit := b.room.Credit()
	all := b.outgoing(credit)
	batch := all[slices.IndexFunc(all, func(o service.Batch) bool { return o.Transaction == e })]
	var forms [2][]C
	for i, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
		var file bytes.Buffer
		b.read(func(r store.Reader) error {
			file.Reset()
			return credit.Write(r, batch, service.Output{Writer: &file, Form: form, Set: filing.Own()})
		})
		head, err := filing.Read(&file, filing.Own(), e, func(c C) error {
			forms[i] = append(forms[i], c)
			return nil
		})
		b.must(err)
		if head.Delivery != filing.FullDelivery || head.Sequence != 1 || head.Documents != int64(len(forms[i])) || head.PeriodTo != b.today() {
			b.Errorf("the file says %+v", head)
		}
	}
	if diff := cmp.Diff(forms[0], forms[1]); diff != "" {
		b.Errorf("the forms differ (-text +xml):\n%s", diff)
	}
	return forms[0]
}

func TestLinesOfPrivateCases(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.load(extract.Persons,
			row{"identity": extracttest.Person(1).Full(), "name": "Testperson ett"},
			row{"identity": extracttest.Person(2).Full(), "name": "Skyddad person", "protected": "yes"})
		b.private("enforcement_debts",
			debt("E-1", 1, cell{"measure": "repossession"}),
			debt("E-2", 2, nil), // payment has no record of its own
			debt("E-3", 3, cell{"measure": "repossession", "closed": "2026-01-01"}))
		b.private("enforcement_measures", measure("E-2", 2, nil), measure("E-2", 2, cell{"number": "2", "day": "2023-03-02"}),
			measure("E-2", 2, cell{"measure": "earnings_attachment", "result": "decided"}), measure("E-9", 9, cell{"blocked": true}))
		b.private("restructuring_persons", restructuring("S-1", 4, nil),
			restructuring("S-2", 4, cell{"business": false, "opened": "2021-03-03", "plan_end": "2026-01-01", "stage": "ended", "date": "2026-01-01"}),
			restructuring("S-3", 4, cell{"opened": "2023-03-02", "plan_end": "2026-03-01"}), // weeded
			restructuring("S-4", 4, cell{"opened": "2020-01-01", "plan_end": "2026-03-02"}))
		b.load(extract.Administrators,
			row{"number": "KF-1", "identity": extracttest.Person(5).Full(), "case_number": "K 1-26", "administrator": "Exempeladvokaterna AB", "phone": "08-465 004 00", "from": "2026-02-01"},
			row{"number": "KF-2", "identity": extracttest.Person(5).Full(), "case_number": "K 1-26", "administrator": "Andra AB", "from": "2026-01-01", "until": "2026-02-01"})
		b.load(extract.Bankruptcies, row{"number": "KB-1", "identity": extracttest.Person(5).Full(), "case_number": "K 1-26", "court": "Exempelby tingsrätt",
			"measure": "ended", "section": "KL 10:1", "day": "2026-02-01"})
		b.load(extract.Reorganisations, row{"number": "FR-1", "identity": extracttest.Person(6).Full(), "case_number": "Ä 1-26", "court": "Exempelby tingsrätt",
			"measure": "opened", "day": "2026-02-02"})
		person := extracttest.Person
		add := filing.CreditAdd
		want := []*filing.CreditLine{
			{Action: add, ID: "KB-1", Identity: person(5), Bankruptcy: &filing.CreditBankruptcy{CaseNumber: "K 1-26", Court: "Exempelby tingsrätt", Measure: "ended", Ended: "KL 10:1", Date: day("2026-02-01")}},
			{Action: add, ID: "KF-1", Identity: person(5), Administrator: &filing.CreditAdministrator{CaseNumber: "K 1-26", Administrator: "Exempeladvokaterna AB", Phone: "08-465 004 00", From: day("2026-02-01")}},
			{Action: add, ID: "FR-1", Identity: person(6), Reorganisation: &filing.CreditReorganisation{CaseNumber: "Ä 1-26", Court: "Exempelby tingsrätt", Measure: "opened", Date: day("2026-02-02")}},
			{Action: add, ID: "E-2/1", Identity: person(2), Investigation: &filing.CreditInvestigation{CaseNumber: "E-2", Measure: "assets_missing", Date: day("2025-11-05")}},
			{Action: add, ID: "E-1", Identity: person(1), Name: "Testperson ett", Repossession: &filing.CreditRepossession{CaseNumber: "E-1", Date: day("2025-02-03"), Amount: 50_000}},
			{Action: add, ID: "S-1", Identity: person(4), Name: "Namn i ärendet", Restructuring: &filing.CreditRestructuring{MatterNumber: "S-1", Measure: "granted", Business: true, Date: day("2025-09-09"), Until: day("2028-05-06")}},
			{Action: add, ID: "S-2", Identity: person(4), Name: "Namn i ärendet", Restructuring: &filing.CreditRestructuring{MatterNumber: "S-2", Measure: "ended", Date: day("2026-01-01"), Until: day("2026-01-01")}},
			{Action: add, ID: "S-4", Identity: person(4), Name: "Namn i ärendet", Restructuring: &filing.CreditRestructuring{MatterNumber: "S-4", Measure: "granted", Business: true, Date: day("2025-09-09"), Until: day("2026-03-02")}},
		}
		if diff := cmp.Diff(want, linesOf[*filing.CreditLine](b, filing.CEExtract)); diff != "" {
			b.Errorf("lines (-want +got):\n%s", diff)
		}
	})
}

func TestLinesOfPaymentOrders(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		company := cell{"identity": "165560000167", "kind": "application", "verdict_number": ""}
		b.private("paymentorder_credit", order("P-1", 1, nil), order("P-2", 1, cell{"gone": true, "id": 2}), order("P-3", 1, cell{"blocked": true, "id": 3}),
			order("P-4", 1, cell{"kind": "application", "id": 4}), order("P-5", 1, cell{"day": "2023-03-02", "id": 5}), order("P-6", 0, company),
			order("P-7", 0, with(cell{"id": 7}, cell{"identity": "161020000004", "kind": "application"}))) // an estate
		b.must(b.room.Block(b.Context(), officer, extracttest.Person(3), "P-9"))
		got := linesOf[*filing.CreditPaymentOrder](b, filing.CEPaymentOrderExtract)
		var numbers []string
		for _, c := range got {
			numbers = append(numbers, c.CaseNumber+" "+c.Kind+" "+c.ID)
		}
		if diff := cmp.Diff([]string{"P-6 application application/17", "P-1 verdict verdict/17"}, numbers); diff != "" {
			b.Fatalf("lines (-want +got):\n%s", diff)
		}
		want := &filing.CreditPaymentOrder{Action: filing.CreditAdd, ID: "verdict/17", Identity: extracttest.Person(1), Name: "Namn i målet", CaseNumber: "P-1",
			Kind: "verdict", Number: "U-P-1", Applicant: "Exempelfordran AB", Date: day("2026-02-02"), Amount: 12_300}
		if diff := cmp.Diff(want, got[1]); diff != "" {
			b.Errorf("line (-want +got):\n%s", diff)
		}
	})
}

// Of applicants only organisations are named: a natural person may be protected.
func TestNamesOfApplicants(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		identities := []string{"165560000167", extracttest.Person(2).Full(), "birth_date:1975-03-09", "foreign_organisation:NL 1", ""}
		var orders []cell
		for i, identity := range identities {
			orders = append(orders, order("P-1", 1, cell{"id": i, "applicant": "N", "applicant_identity": identity}))
		}
		b.private("paymentorder_credit", orders...)
		got := make([]string, len(identities))
		for _, line := range linesOf[*filing.CreditPaymentOrder](b, filing.CEPaymentOrderExtract) {
			var i int
			_, err := fmt.Sscanf(line.ID, "verdict/%d", &i)
			b.must(err)
			got[i] = line.Applicant
		}
		if diff := cmp.Diff([]string{"N", "", "", "N", ""}, got); diff != "" {
			b.Errorf("names (-want +got):\n%s", diff)
		}
	})
}

func TestLinesOfBalances(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.load(extract.Persons, row{"identity": extracttest.Person(1).Full(), "name": "Testperson ett"})
		b.load(extract.PublicCases, whole("A-1", 1, nil), whole("A-2", 1, row{"notice": "", "notice_day": ""}), whole("A-3", 1, row{"ended": "2026-02-02"}),
			whole("A-4", 2, row{"received": "1500.50"}))
		b.private("enforcement_debts", debt("E-1", 1, nil), debt("E-2", 1, nil), debt("E-3", 1, cell{"closed": "2026-01-01"}), debt("E-4", 3, nil),
			debt("E-5", 3, cell{"remaining": 0}))
		b.must(b.room.Block(b.Context(), officer, extracttest.Person(1), "E-2"))
		want := []*filing.CreditBalance{
			{Action: filing.CreditAdd, Identity: extracttest.Person(1), Name: "Testperson ett", Date: day("2026-03-02"), PrivateCases: 1, PrivateAmount: 49_600, PublicCases: 1, PublicAmount: 140_025},
			{Action: filing.CreditAdd, Identity: extracttest.Person(3), Date: day("2026-03-02"), PrivateCases: 1, PrivateAmount: 49_600},
		}
		if diff := cmp.Diff(want, linesOf[*filing.CreditBalance](b, filing.CEDebtBalanceExtract)); diff != "" {
			b.Errorf("lines (-want +got):\n%s", diff)
		}
	})
}
