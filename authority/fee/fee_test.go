package fee_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/fee"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

func item(id, code int64, day string) fee.Item {
	return fee.Item{ID: id, CodeID: code, CaseID: id * 10, Reference: "case", Own: "own", Client: "client",
		Kind: fee.ApplicationFee, Amount: 300_00, Day: calendar.MustDay(day)}
}

func charge(t *testing.T, db *store.DB, items ...fee.Item) error {
	t.Helper()
	return db.Do(t.Context(), func(tx store.Tx) error { return fee.New(db).Charge(tx, items...) })
}

func TestSumsOfACode(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		err := charge(t, db, item(1, 7, "2026-11-22"), item(2, 7, "2026-11-23"), item(3, 7, "2026-11-24"),
			item(4, 7, "2026-11-25"), item(5, 8, "2026-11-23"))
		if err != nil {
			t.Fatal(err)
		}
		var got []fee.Sum
		var ofCase []fee.Item
		err = db.Read(t.Context(), func(r store.Reader) (err error) {
			if got, err = fee.New(db).Sums(r, 7, calendar.MustDay("2026-11-23"), calendar.MustDay("2026-11-24")); err != nil {
				return err
			}
			ofCase, err = fee.New(db).OfCase(r, 30)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]fee.Sum{{Kind: fee.ApplicationFee, Count: 2, Amount: 600_00}}, got); diff != "" {
			t.Error(diff)
		}
		want := item(3, 7, "2026-11-24")
		want.Service, want.Bearer, want.ChargeDay = filing.PaymentOrder, fee.Filer, want.Day
		if diff := cmp.Diff([]fee.Item{want}, ofCase); diff != "" {
			t.Error(diff)
		}
	})
}

func TestChargeRefuses(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*fee.Item){
		"no amount":         func(i *fee.Item) { i.Amount = 0 },
		"negative":          func(i *fee.Item) { i.Amount = -1 },
		"no kind":           func(i *fee.Item) { i.Kind = "" },
		"no day":            func(i *fee.Item) { i.Day = 0 },
		"other kind":        func(i *fee.Item) { i.Kind = "tip" },
		"nobody":            func(i *fee.Item) { i.Bearer = "court" },
		"debtor with a day": func(i *fee.Item) { i.Bearer, i.ChargeDay = fee.Debtor, i.Day },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, open func() *store.DB) {
				db := open()
				bad := item(2, 7, "2026-11-23")
				spoil(&bad)
				if err := charge(t, db, item(1, 7, "2026-11-23"), bad); err == nil {
					t.Error("charged")
				}
			})
		})
	}
}
