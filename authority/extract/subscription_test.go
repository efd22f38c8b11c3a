package extract_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

func refusal(err error) string {
	if r, refused := service.RefusedAs(err); refused {
		return r.Code
	}
	return ""
}

// A delivery does not overtake one before it that could not be sent.
func TestDeliveriesAreSentInOrder(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.load(extract.PublicCases, whole("A-1", 1, nil))
		b.subscribe("ABC", codeID, filing.CEExtract, daily)
		b.subscribe("ABC", codeID, filing.CEDebtBalanceExtract, daily)
		b.evening()
		b.must(b.room.Block(b.Context(), officer, extracttest.Person(1), "A-1"))
		credit := b.room.Credit()
		sent := func(batch service.Batch) error {
			return b.db.Do(b.Context(), func(tx store.Tx) error { return credit.Sent(tx, batch) })
		}
		waiting := b.outgoing(credit)
		if len(waiting) != 4 {
			b.Fatalf("%d deliveries wait, want two of each extract", len(waiting))
		}
		for _, second := range waiting {
			if second.Sequence == 2 && sent(second) == nil {
				b.Errorf("%s is sent before the first", second.Key)
			}
		}
		for _, batch := range waiting { // in order
			b.must(sent(batch))
		}
	})
}

func TestScheduleIsKept(t *testing.T) {
	t.Parallel()
	turn := func(e extract.Every, on int) extract.Turn { return extract.Turn{Every: e, On: on} }
	tests := map[string]struct {
		schedule extract.Schedule
		want     map[string]filing.Delivery // by day, over four weeks from Monday 2 March
	}{
		"weekly differences": {extract.Schedule{Whole: turn(extract.Never, 0), Difference: turn(extract.Weekly, 3)}, map[string]filing.Delivery{
			"2026-03-02": "full", "2026-03-04": "difference", "2026-03-11": "difference", "2026-03-18": "difference", "2026-03-25": "difference"}},
		"full each month": {extract.Schedule{Whole: turn(extract.Monthly, 11), Difference: turn(extract.Weekly, 3)}, map[string]filing.Delivery{
			"2026-03-02": "full", "2026-03-04": "difference", "2026-03-11": "full", "2026-03-18": "difference", "2026-03-25": "difference"}},
		"a day without evening is caught up": {extract.Schedule{Whole: turn(extract.Monthly, 15), Difference: turn(extract.Never, 0)}, map[string]filing.Delivery{
			"2026-03-02": "full", "2026-03-16": "full"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sqlite(t), extract.Config{})
			b.permit(filing.CreditExtract, permit.ScopeBureau)
			b.subscribe("ABC", codeID, filing.CEExtract, tt.schedule)
			u, got := b.bureau("ABC"), map[string]filing.Delivery{}
			for range 28 {
				if w := b.clock.Now().Weekday(); w != time.Saturday && w != time.Sunday {
					before := len(u.kinds)
					b.evening()
					u.receive()
					if len(u.kinds) > before {
						got[b.today().String()] = u.kinds[before]
					}
				}
				b.nextDay()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("deliveries (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSubscriptionsBeginAndEnd(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.load(extract.PublicCases, whole("A-1", 1, nil))
		b.subscribe("ABC", codeID, filing.CEExtract, daily)
		_, err := b.room.Subscribe(b.Context(), officer, extract.Subscription{CodeID: codeID, Code: "ABC", Extract: filing.CEExtract})
		if refusal(err) != "subscribed" {
			b.Errorf("a second subscription: %v", err)
		}
		b.must(b.room.Block(b.Context(), officer, extracttest.Person(1), ""))
		if n := len(b.outgoing(b.room.Credit())); n != 0 {
			b.Errorf("%d deliveries before the first full one", n)
		}
		b.must(b.room.Unblock(b.Context(), officer, extracttest.Person(1), ""))
		u := b.bureau("ABC")
		b.evening()
		u.receive()
		b.must(b.room.Block(b.Context(), officer, extracttest.Person(1), ""))
		b.must(b.room.Unsubscribe(b.Context(), officer, "ABC", filing.CEExtract))
		if n := len(b.outgoing(b.room.Credit())); n != 0 {
			b.Errorf("%d deliveries after the end", n)
		}
		if err := b.room.Unsubscribe(b.Context(), officer, "ABC", filing.CEExtract); refusal(err) != "not_subscribed" {
			b.Errorf("ended twice: %v", err)
		}
		b.nextDay()
		b.subscribe("ABC", codeID, filing.CEExtract, daily)
		b.evening()
		out := b.outgoing(b.room.Credit())
		if len(out) != 1 || out[0].Sequence != 3 {
			b.Errorf("after a pause %+v", out)
		}
		u.number = 2 // the delivery that was never sent
		u.receive()
		if diff := cmp.Diff([]filing.Delivery{"full", "full"}, u.kinds); diff != "" || len(u.holds) != 0 {
			b.Errorf("holds %v after %v", u.holds, u.kinds)
		}
	})
}

// Nothing is sent without a permit; the days go on.
func TestNoDeliveryWithoutPermit(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	b.load(extract.PublicCases, whole("A-1", 1, nil))
	b.subscribe("ABC", codeID, filing.CEExtract, daily)
	b.evening()
	if n := b.count(`SELECT COUNT(*) FROM extract_delivery`); n != 0 {
		t.Fatalf("%d deliveries", n)
	}
	b.permit(filing.CreditExtract, permit.ScopeBureau)
	b.nextDay()
	b.evening()
	batches := b.outgoing(b.room.Credit())
	if len(batches) != 1 || batches[0].Sequence != 1 {
		t.Fatalf("with a permit: %+v", batches)
	}
	p, id := permit.Permit{}, int64(0)
	b.do(func(tx store.Tx) (err error) {
		p, _, err = b.permits.Of(tx, codeID, filing.CreditExtract)
		return err
	})
	id, err := b.permits.NewIDs(t.Context(), 1)
	b.must(err)
	b.do(func(tx store.Tx) error {
		return b.permits.Revoke(tx, p.ID, permit.Act{ID: id, Reason: "test", By: "test", At: arrived})
	})
	if n := len(b.outgoing(b.room.Credit())); n != 0 {
		t.Errorf("%d deliveries after the permit was revoked", n)
	}
}

func TestBadSchedules(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	for _, s := range []extract.Schedule{
		{Whole: extract.Turn{Every: extract.Never}, Difference: extract.Turn{Every: extract.Never}},
		{Whole: extract.Turn{Every: extract.Monthly, On: 29}, Difference: extract.Turn{Every: extract.Daily}},
		{Whole: extract.Turn{Every: extract.Weekly, On: 6}, Difference: extract.Turn{Every: extract.Daily}},
		{Whole: extract.Turn{Every: "hourly"}, Difference: extract.Turn{Every: extract.Daily}},
	} {
		_, err := b.room.Subscribe(t.Context(), officer, extract.Subscription{CodeID: 1, MainCodeID: 1, Code: "ABC", Extract: filing.CEExtract, Schedule: s})
		if refusal(err) != "bad_schedule" {
			t.Errorf("%+v: %v", s, err)
		}
	}
	_, err := b.room.Subscribe(t.Context(), officer, extract.Subscription{Extract: filing.DEAnswer})
	if refusal(err) != "unknown_extract" {
		t.Errorf("an answer: %v", err)
	}
}
