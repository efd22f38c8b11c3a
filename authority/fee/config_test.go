package fee_test

import (
	"strings"
	"testing"

	"filtjanst/authority/fee"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/identity"
)

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	good := seller(t)
	without := func(spoil func(*fee.Seller)) fee.Config {
		s := good
		spoil(&s)
		return fee.Config{Seller: s}
	}
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		for want, c := range map[string]fee.Config{
			"time to pay":                {TermsDays: -1},
			"closing day 29":             {ClosingDay: 29},
			"days of reminders":          {Reminders: fee.Reminders{After: -1}},
			"reminder fee":               {Reminders: fee.Reminders{Fee: -1}},
			"no time":                    {KeepYears: -1},
			"lacks organisation number":  without(func(s *fee.Seller) { s.Organisation = "" }),
			"lacks town":                 without(func(s *fee.Seller) { s.Town = " " }),
			"bankgiro or plusgiro":       without(func(s *fee.Seller) { s.Bankgiro = identity.Bankgiro{} }),
			"issuer's organisation numb": without(func(s *fee.Seller) { s.Organisation = "2021000002" }),
		} {
			if _, err := fee.Open(db, c); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
		if _, err := fee.Open(db, fee.Config{Seller: good}); err != nil {
			t.Error(err)
		}
	})
}

func TestSetPayerRefuses(t *testing.T) {
	each(t, fee.Config{}, func(d *desk) {
		for _, p := range []fee.Payer{
			{CodeID: 1, TermsDays: -1}, {CodeID: 1, Endpoint: fee.Endpoint{Scheme: "0007"}}, {CodeID: 1, Endpoint: fee.Endpoint{ID: "1"}},
		} {
			if err := d.db.Do(t.Context(), func(tx store.Tx) error { return d.fees.SetPayer(tx, p) }); err == nil {
				t.Errorf("set %+v", p)
			}
		}
		d.do(func(tx store.Tx) error {
			want := fee.Payer{CodeID: ownSub, TermsDays: 10}
			if err := d.fees.SetPayer(tx, want); err != nil {
				return err
			}
			got, err := d.fees.PayerOf(tx, ownSub)
			if got != want {
				t.Errorf("payer %+v", got)
			}
			pays, err2 := d.fees.PayerOfCode(tx, ownSub)
			if pays != mainCode || err2 != nil { // no longer by itself
				t.Errorf("code %d pays, %v", pays, err2)
			}
			return err
		})
	})
}
