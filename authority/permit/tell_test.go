package permit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Filers are told of suspensions in the transaction that decides them: what is
// refused is not told, and what cannot be told is not decided.
func TestFilersAreToldOfSuspensions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, openDB func() *store.DB) {
		b := newBench(t, openDB())
		var told []string
		broken := errors.New("no letters today")
		var fails error
		b.desk()
		d := permit.NewDesk(b.room, party.New(b.db), calendar.NewFixed(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)),
			func(context.Context) (permit.Teller, error) {
				return func(_ store.Tx, p permit.Permit, d permit.Decided) error {
					told = append(told, d.Kind+" "+string(p.Service)+" "+d.Reason)
					return fails
				}, nil
			})
		by := service.Officer{Name: "officer 4", Reason: "unpaid"}
		b.must(d.Grant(t.Context(), by, "ABC", permit.Permit{Service: filing.Enforcement}))
		fails = broken
		if err := d.Suspend(t.Context(), by, "ABC", filing.Enforcement); !errors.Is(err, broken) {
			t.Errorf("suspended without being told: %v", err)
		}
		told, fails = nil, nil
		for _, err := range []error{d.Resume(t.Context(), by, "ABC", filing.Enforcement), d.Suspend(t.Context(), by, "ABC", filing.PaymentOrder)} {
			if _, refused := service.RefusedAs(err); !refused {
				t.Errorf("decided: %v", err)
			}
		}
		b.must(d.Suspend(t.Context(), by, "ABC", filing.Enforcement))
		b.must(d.Resume(t.Context(), by, "ABC", filing.Enforcement))
		b.must(d.Revoke(t.Context(), by, "ABC", filing.Enforcement))
		if diff := cmp.Diff([]string{"suspend ve unpaid", "resume ve unpaid"}, told); diff != "" {
			t.Error(diff)
		}
	})
}
