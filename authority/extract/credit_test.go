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

// bureau is the receiver of deliveries: it adds and removes by id, and notes
// what a receiver may not meet.
type bureau struct {
	bench  *bench
	code   string
	holds  map[string]filing.Content
	number int64
	kinds  []filing.Delivery
}

func (b *bench) bureau(code string) *bureau {
	return &bureau{bench: b, code: code, holds: map[string]filing.Content{}}
}

func id(c filing.Content) (string, filing.CreditAction) {
	switch c := c.(type) {
	case *filing.CreditLine:
		return c.Identity.Full() + "/" + c.ID, c.Action
	case *filing.CreditPaymentOrder:
		return c.Identity.Full() + "/" + c.ID, c.Action
	case *filing.CreditBalance:
		return c.Identity.Full(), c.Action
	}
	return "", ""
}

// receive takes all that is to be sent.
func (u *bureau) receive() {
	u.bench.Helper()
	credit := u.bench.room.Credit()
	for _, batch := range u.bench.outgoing(credit) {
		if batch.Code != u.code {
			continue
		}
		if u.number++; batch.Sequence != u.number {
			u.bench.Errorf("delivery %d comes where %d is due", batch.Sequence, u.number)
		}
		u.take(batch)
		u.bench.do(func(tx store.Tx) error { return credit.Sent(tx, batch) })
	}
}

func (u *bureau) take(batch service.Batch) {
	u.bench.Helper()
	var kind filing.Delivery
	u.bench.read(func(r store.Reader) error {
		return r.QueryRow(`SELECT d.kind FROM extract_delivery d JOIN extract_subscription s ON s.id = d.subscription
			WHERE s.code = $1 AND s.extract = $2 AND d.number = $3`, batch.Code, string(batch.Transaction), batch.Sequence).Scan(&kind)
	})
	u.kinds = append(u.kinds, kind)
	if kind == filing.FullDelivery {
		clear(u.holds)
	}
	u.bench.read(func(r store.Reader) error {
		return u.bench.room.Credit().Each(r, batch, func(c filing.Content) error {
			u.apply(batch, c)
			return nil
		})
	})
}

func (u *bureau) apply(batch service.Batch, c filing.Content) {
	key, action := id(c)
	_, there := u.holds[key]
	switch {
	case action == filing.CreditAdd && there:
		u.bench.Errorf("delivery %d adds %s twice", batch.Sequence, key)
	case action == filing.CreditRemove && !there:
		u.bench.Errorf("delivery %d removes %s, which is not there", batch.Sequence, key)
	case action == filing.CreditAdd:
		u.holds[key] = c
	default:
		delete(u.holds, key)
	}
}

// evening makes what is due.
func (b *bench) evening() {
	b.Helper()
	var due []service.Deadline
	b.read(func(r store.Reader) (err error) {
		due, err = service.Deadlines{}.Due(r, b.today(), service.Deadline{}, 100)
		return err
	})
	if len(due) > 0 {
		work, err := b.room.Credit().Due(b.Context(), due)
		b.must(err)
		b.do(func(tx store.Tx) error {
			if _, err := (service.Deadlines{}).Take(tx, due); err != nil {
				return err
			}
			return work(tx)
		})
	}
}

func (b *bench) subscribe(code string, id int64, e filing.Transaction, s extract.Schedule) {
	b.Helper()
	_, err := b.room.Subscribe(b.Context(), officer, extract.Subscription{CodeID: id, MainCodeID: codeID, Code: code, Extract: e, Schedule: s})
	b.must(err)
}

func keys(m map[string]filing.Content) map[string]bool {
	all := map[string]bool{}
	for k := range m {
		all[k[13:]] = true
	}
	return all
}

func set(names ...string) map[string]bool {
	all := map[string]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all
}

var daily = extract.Schedule{Whole: extract.Turn{Every: extract.Monthly, On: 1}, Difference: extract.Turn{Every: extract.Daily}}

func TestDeliveriesFollowTheRegisters(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.load(extract.PublicCases,
			whole("A-1", 1, nil),
			whole("A-2", 2, row{"notice": "", "notice_day": ""}),
			whole("A-3", 3, row{"notice": "given", "notice_day": "2026-02-17"}), // two weeks have not passed
			whole("A-4", 4, row{"notice": "unnecessary", "notice_day": ""}),
			whole("A-5", 5, row{"registered": "2023-03-02"})) // weeded
		b.load(extract.Bankruptcies, row{"number": "KB-1", "identity": extracttest.Person(6).Full(), "case_number": "K 1-26", "court": "Exempelby tingsrätt",
			"measure": "opened", "day": "2026-02-01"})
		b.subscribe("ABC", codeID, filing.CEExtract, daily)
		u := b.bureau("ABC")
		steps := []struct {
			name string
			do   func()
			want map[string]bool
			kind filing.Delivery
		}{
			{"first", func() {}, set("A-1", "A-4", "KB-1"), filing.FullDelivery},
			{"the time of notice has passed", func() { b.nextDay() }, set("A-1", "A-3", "A-4", "KB-1"), filing.Difference},
			{"blocked", func() { b.must(b.room.Block(b.Context(), officer, extracttest.Person(1), "A-1")) }, set("A-3", "A-4", "KB-1"), filing.AtOnceDelivery},
			{"nothing at once for what nobody has", func() { b.must(b.room.Block(b.Context(), officer, extracttest.Person(2), "")) }, set("A-3", "A-4", "KB-1"), ""},
			{"the next day", func() { b.nextDay() }, set("A-3", "A-4", "KB-1"), filing.Difference},
			{"unblocked", func() { b.must(b.room.Unblock(b.Context(), officer, extracttest.Person(1), "A-1")) }, set("A-1", "A-3", "A-4", "KB-1"), filing.AtOnceDelivery},
			{"ended, and nothing else sought", func() { b.must(b.room.EndPublicCase(b.Context(), officer, "A-4", b.today())) }, set("A-1", "A-3", "KB-1"), filing.AtOnceDelivery},
			{"changed by import", func() {
				b.nextDay()
				b.load(extract.PublicCases, whole("A-1", 1, row{"amount": "99.00"}))
			}, set("A-1", "A-3", "KB-1"), filing.Difference},
			{"a month", func() { b.clock.Set(time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)) }, set("A-1", "A-3", "KB-1"), filing.FullDelivery},
		}
		for _, s := range steps {
			s.do()
			before := len(u.kinds)
			b.evening()
			u.receive()
			if diff := cmp.Diff(s.want, keys(u.holds)); diff != "" {
				b.Errorf("%s (-want +got):\n%s", s.name, diff)
			}
			got := filing.Delivery("")
			if len(u.kinds) > before {
				got = u.kinds[before]
			}
			if got != s.kind || len(u.kinds) > before+1 {
				b.Errorf("%s: deliveries %v", s.name, u.kinds[before:])
			}
		}
		if c := u.holds[extracttest.Person(1).Full()+"/A-1"].(*filing.CreditLine); c.PublicCase.Amount != 9900 || c.PublicCase.FundType != "36" || c.PublicCase.Notice != "given" {
			b.Errorf("A-1 is %+v", c.PublicCase)
		}
	})
}
