package filing_test

import (
	"testing"

	"filtjanst/filing"
)

func TestCatalogueIsConsistent(t *testing.T) {
	t.Parallel()
	services := map[filing.Service]int{}
	seen := map[filing.Transaction]bool{}
	for _, info := range filing.Catalogue() {
		if seen[info.Transaction] {
			t.Errorf("%s stands twice", info.Transaction)
		}
		seen[info.Transaction] = true
		services[info.Service]++
		if info.Swedish == "" || info.English == "" || info.Mark == "" || info.Role == "" || info.Timing == "" {
			t.Errorf("%s lacks a fact: %+v", info.Transaction, info)
		}
		for _, other := range []filing.Transaction{info.Receipt, info.Confirmation, info.Answer} {
			if other == "" {
				continue
			}
			if answer, ok := filing.Info(other); !ok || answer.Direction != filing.Out || info.Direction != filing.In || answer.Of != info.Transaction {
				t.Errorf("%s is answered by %s, which the catalogue has as %+v", info.Transaction, other, answer)
			}
		}
		if note, ok := filing.Info(info.Note); info.Note != "" && (!ok || note.Role != filing.RoleNote || note.Of != info.Transaction) {
			t.Errorf("%s has the cover note %s, which the catalogue has as %+v", info.Transaction, info.Note, note)
		}
		if info.Direction == filing.In && info.Role == filing.RoleFile && info.Receipt == "" {
			t.Errorf("%s has no receipt; every incoming file has one (R27)", info.Transaction)
		}
	}
	for _, s := range []filing.Service{filing.PaymentOrder, filing.Enforcement, filing.Restructuring, filing.DebtExtract, filing.CreditExtract, filing.ProcurementExtract, filing.AnyService} {
		if services[s] == 0 {
			t.Errorf("the catalogue has nothing of the service %s", s)
		}
		if named, ok := filing.InfoOf(s); !ok || named.Swedish == "" || named.English == "" {
			t.Errorf("the service %s is named %+v", s, named)
		}
	}
	if _, ok := filing.InfoOf("none"); ok || len(filing.Services()) != len(services) {
		t.Errorf("services %+v", filing.Services())
	}
}

// TestCatalogueNamesAllOfReference lists files.md §4 once more by hand.
func TestCatalogueNamesAllOfReference(t *testing.T) {
	t.Parallel()
	for _, tx := range []filing.Transaction{
		"bf.application", "bf.application_note", "bf.application_receipt", "bf.confirmation", "bf.reduction", "bf.reduction_receipt",
		"bf.withdrawal", "bf.withdrawal_receipt", "bf.verdict",
		"ve.application", "ve.application_note", "ve.application_receipt", "ve.confirmation", "ve.change", "ve.change_receipt",
		"ve.earnings_attachment", "ve.investigation", "ve.interim_account", "ve.new_fee", "ve.final_account",
		"sc.claim", "sc.claim_receipt", "de.request", "de.receipt", "de.answer", "ce.extract", "pe.request", "pe.receipt", "pe.answer",
	} {
		if info, ok := filing.Info(tx); !ok || info.Extension {
			t.Errorf("%s: in the catalogue %v, extension %v", tx, ok, info.Extension)
		}
	}
	for _, tx := range []filing.Transaction{"bf.event", "sc.confirmation", "sc.opening", "xx.status_report", "xx.party_change", "xx.party_change_receipt"} {
		if info, ok := filing.Info(tx); !ok || !info.Extension || info.Mark != filing.ProjectDecision {
			t.Errorf("%s is %+v, wants an own extension", tx, info)
		}
	}
}

// Every transaction can be written and read, in its own files or in those of
// another.
func TestEveryTransactionIsDescribed(t *testing.T) {
	t.Parallel()
	for _, info := range filing.Catalogue() {
		tx := info.Transaction
		if info.CarriedIn != "" {
			tx = info.CarriedIn
		}
		if _, ok := filing.VocabularyOf(tx); !ok {
			t.Errorf("%s has no vocabulary", info.Transaction)
		}
		if _, ok := filing.Own().Layout(tx); !ok {
			t.Errorf("%s has no profile", info.Transaction)
		}
	}
}
