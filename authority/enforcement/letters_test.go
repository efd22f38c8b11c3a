package enforcement_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// byMatrix chooses by the case alone.
type byMatrix struct{ *notice.Letters }

func (l byMatrix) Choose(_ store.Reader, m notice.Message, _ int64, ofCase filing.Notice) (notice.Choice, error) {
	return l.Matrix.Choose(m, ofCase, "", ""), nil
}

// withLetters is a service with the room of letters.
func withLetters(t *testing.T, db *store.DB) (*bench, *notice.Letters) {
	t.Helper()
	clock := calendar.NewFixed(arrived)
	letters, err := notice.New(db, clock, notice.Config{Sender: notice.Sender{Name: "Prövningsmyndigheten"},
		Forwarding: notice.Office{Name: "Skatteverket", Address: notice.Address{Street: "Gatan 1", PostalCode: "11122", Town: "Stockholm"}}})
	if err != nil {
		t.Fatal(err)
	}
	return newBench(t, db, enforcement.Config{Letters: byMatrix{letters}, Clock: clock, Account: "bankgiro 991-2346"}), letters
}

// What the filer wants on paper goes as a letter, and an order to complete
// always does (R46, UB 2:5).
func TestLetters(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		b, letters := withLetters(t, open())
		onPaper := unlodged("A", 1)
		onPaper.Notice = filing.NoticePaper
		both := application("B", 2)
		both.Notice = filing.NoticeBoth
		b.open(onPaper, both)
		b.must(b.room.Withdraw(b.Context(), officer, b.one("A").Number))
		s := &scene{bench: b, number: b.one("B").Number}
		b.must(b.room.Start(b.Context(), officer, s.number))
		b.must(b.room.Investigate(b.Context(), officer, s.number, filing.AssetsMissing, b.in(9), "inget"))
		s.earnings(filing.EarningsNew)
		s.receive(700_00)
		b.must(b.room.Account(b.Context(), officer, s.number))
		s.receive(5000_00)
		b.must(setAside(b.room, b.Context(), officer, s.number))
		told := b.sent()
		if len(told[filing.VEFinalAccount]) != 2 || len(told[filing.VEInterimAccount]) != 2 {
			b.Errorf("told in files: %d final accounts, %d reports", len(told[filing.VEFinalAccount]), len(told[filing.VEInterimAccount]))
		}
		got := map[notice.Message]int{}
		b.read(func(r store.Reader) error {
			clear(got)
			items, _, err := letters.List(r, notice.Filter{Limit: 100})
			for _, it := range items {
				got[it.Message]++
				if it.PurgeAfter.IsZero() {
					b.Errorf("letter %d (%s) of a closed case is kept for ever", it.ID, it.Message)
				}
			}
			return err
		})
		want := map[notice.Message]int{notice.AttachmentNotice: 1, notice.InvestigationDebtor: 1, // and the attachment of earnings ends with the case:
			notice.EarningsDebtor: 2, notice.EarningsEmployer: 2, notice.OrderForTitle: 1, notice.EnforcementConfirmed: 2, notice.FinalAccount: 3,
			notice.InvestigationReport: 1, notice.EarningsApplicant: 1, notice.InterimAccount: 1, notice.RepaymentDemand: 1}
		if diff := cmp.Diff(want, got); diff != "" {
			b.Error(diff)
		}
	})
}
