package service_test

import (
	"testing"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/filing"
)

func TestSeriesOfEachServiceAndName(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		err := open().Do(t.Context(), func(tx store.Tx) error {
			for i, step := range []struct {
				service filing.Service
				name    string
				n       int64
				first   int64
			}{
				{filing.PaymentOrder, "2026", 3, 1},
				{filing.PaymentOrder, "2026", 1, 4},
				{filing.PaymentOrder, "2027", 5, 1},
				{filing.Enforcement, "2026", 2, 1},
				{filing.PaymentOrder, "2026", 1, 5},
			} {
				next, err := service.Series(step.service).Next(tx, step.name)
				if err != nil {
					return err
				}
				first, err := service.Series(step.service).Take(tx, step.name, step.n)
				if err != nil {
					return err
				}
				if next != step.first || first != step.first {
					t.Errorf("step %d: next %d, first %d, want %d", i, next, first, step.first)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
