package intake

import (
	"strings"
	"testing"
	"time"

	"filtjanst/authority/service"
	"filtjanst/filing"
)

// otherReceipt is a service whose receipt no set describes.
type otherReceipt struct{ applications }

func (o *otherReceipt) Routes() []service.Route {
	all := o.applications.Routes()
	all[0].Receipt = "bf.no_receipt"
	return all
}

func times(tx filing.Transaction, within time.Duration) map[filing.Transaction]time.Duration {
	return map[filing.Transaction]time.Duration{tx: within}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	evening := &applications{timing: service.Evening}
	cases := map[string]struct {
		change func(*Rooms)
		want   string
	}{
		"no database":                {func(r *Rooms) { r.DB = nil }, "database"},
		"no outbox":                  {func(r *Rooms) { r.Outbox = nil }, "outbox"},
		"no set":                     {func(r *Rooms) { r.Sets = nil }, "profile set"},
		"no service":                 {func(r *Rooms) { r.Services = nil }, "service"},
		"no number":                  {func(r *Rooms) { r.Organisation = "" }, "organisation number"},
		"an evening at 25":           {func(r *Rooms) { r.Evening.Hour = 25 }, "25"},
		"no extension":               {func(r *Rooms) { r.Extensions = []filing.Transaction{"bf.verdict"} }, "bf.verdict"},
		"time to answer nothing":     {func(r *Rooms) { r.ResponseTimes = times("bf.application", 1) }, "bf.application"},
		"time before the question":   {func(r *Rooms) { r.ResponseTimes = times("de.request", -1) }, "de.request"},
		"two services of one file":   {func(r *Rooms) { r.Services = []service.Service{evening, evening} }, string(filing.BFApplication)},
		"a receipt nobody describes": {func(r *Rooms) { r.Services = []service.Service{&otherReceipt{}} }, "bf.no_receipt"},
	}
	for name, c := range cases {
		rooms := w.rooms
		c.change(&rooms)
		if _, err := New(t.Context(), rooms); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one about %q", name, err, c.want)
		}
	}
}
