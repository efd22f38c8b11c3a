package outbox_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// mixed puts n messages in which most columns take few values, so that orders
// have many equals.
func (b *bench) mixed(n int) []outbox.Message {
	b.Helper()
	all := make([]outbox.Message, n)
	for i := range all {
		m := b.message(i)
		m.Product = fmt.Sprint("product-", i%3)
		m.Subject = fmt.Sprint("subject ", i*7%5)
		m.Originator = []string{"", "orig-1", "orig-2"}[i%3]
		m.From = fmt.Sprint("from-", i%2)
		m.EndRecipient = fmt.Sprint("end-", i%4)
		m.CorrID = fmt.Sprint("corr-", i%6)
		m.Transaction = []filing.Transaction{filing.BFConfirmation, filing.BFApplicationReceipt}[i%2]
		m.Sequence = []outbox.SequenceType{outbox.Event, outbox.Reply, outbox.Adm}[i%3]
		m.Meta = map[string]string{"third": fmt.Sprint(i % 3), "fifth": fmt.Sprint(i % 5)}
		m.Created = epoch.Add(time.Duration(i*11%7) * time.Second)
		all[i] = m
	}
	b.put(all...)
	return all
}

func TestFilters(t *testing.T) {
	each(t, func(b *bench) {
		all := b.mixed(30)
		if _, err := b.ack(filer, all[4].TxID, epoch); err != nil {
			b.Fatal(err)
		}
		tests := map[string]struct {
			filter outbox.Filter
			want   func(i int, m outbox.Message) bool
		}{
			"all":         {outbox.Filter{}, func(int, outbox.Message) bool { return true }},
			"noack":       {outbox.Filter{NoAck: true}, func(i int, _ outbox.Message) bool { return i != 4 }},
			"products":    {outbox.Filter{Products: []string{"product-0", "product-2"}}, func(i int, _ outbox.Message) bool { return i%3 != 1 }},
			"transaction": {outbox.Filter{Transactions: []filing.Transaction{filing.BFConfirmation}}, func(i int, _ outbox.Message) bool { return i%2 == 0 }},
			"since":       {outbox.Filter{Since: epoch.Add(3 * time.Second)}, func(i int, _ outbox.Message) bool { return i*11%7 >= 3 }},
			"corr":        {outbox.Filter{CorrID: "corr-2"}, func(i int, _ outbox.Message) bool { return i%6 == 2 }},
			"content":     {outbox.Filter{ContentID: "content-007"}, func(i int, _ outbox.Message) bool { return i == 7 }},
			"originator":  {outbox.Filter{Originator: "orig-1"}, func(i int, _ outbox.Message) bool { return i%3 == 1 }},
			"from":        {outbox.Filter{Originator: "from-1"}, func(i int, _ outbox.Message) bool { return i%2 == 1 }},
			"end":         {outbox.Filter{EndRecipient: "end-3"}, func(i int, _ outbox.Message) bool { return i%4 == 3 }},
			"adm":         {outbox.Filter{Sequence: outbox.Adm}, func(i int, _ outbox.Message) bool { return i%3 == 2 }},
			"two metas":   {outbox.Filter{Meta: map[string]string{"third": "1", "fifth": "2"}}, func(i int, _ outbox.Message) bool { return i%3 == 1 && i%5 == 2 }},
			"no meta":     {outbox.Filter{Meta: map[string]string{"other": "1"}}, func(int, outbox.Message) bool { return false }},
			"together":    {outbox.Filter{NoAck: true, CorrID: "corr-4", Products: []string{"product-1"}}, func(i int, _ outbox.Message) bool { return i%6 == 4 && i != 4 }},
		}
		for name, test := range tests {
			list, next := b.list(filer, test.filter)
			want := ids(model(all, test.filter, test.want))
			if got := ids(list); got != want || next != "" {
				b.Errorf("%s: listed %s (cursor %q)\nwant %s", name, got, next, want)
			}
		}
	})
}

func TestUnfinishedLeavesOutWhatIsFetchedAndAcknowledged(t *testing.T) {
	each(t, func(b *bench) {
		fetched, acknowledged, both := b.message(1), b.message(2), b.message(3)
		b.put(fetched, acknowledged, both)
		for _, m := range []outbox.Message{fetched, both} {
			b.must(b.do(func(tx store.Tx) error { return b.box.Fetched(tx, m.ID, epoch) }))
		}
		for _, m := range []outbox.Message{acknowledged, both} {
			if _, err := b.ack(filer, m.TxID, epoch); err != nil {
				b.Fatal(err)
			}
		}
		for want, f := range map[string]outbox.Filter{"tx-001 tx-002 tx-003": {}, "tx-001 tx-002": {Unfinished: true}, "tx-001": {Unfinished: true, NoAck: true}} {
			if list, _ := b.list(filer, f); ids(list) != want {
				b.Errorf("%+v: listed %s, want %s", f, ids(list), want)
			}
		}
	})
}

// model is what a list should be, told apart from how it is asked for.
func model(all []outbox.Message, f outbox.Filter, want func(int, outbox.Message) bool) []outbox.Listed {
	var list []outbox.Listed
	for i, m := range all {
		if want(i, m) {
			list = append(list, outbox.Listed{Message: m})
		}
	}
	slices.SortStableFunc(list, func(a, b outbox.Listed) int {
		byValue := cmp.Compare(sortValue(f.Sort, a.Message), sortValue(f.Sort, b.Message))
		byArrival := cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
		return cmp.Or(turned(byValue, f.Descending), turned(byArrival, f.ArrivalDescending))
	})
	return list
}

func turned(order int, turn bool) int {
	if turn {
		return -order
	}
	return order
}

func sortValue(s outbox.SortBy, m outbox.Message) string {
	switch s {
	case outbox.SortByFrom:
		return m.From
	case outbox.SortByOriginator:
		return m.Originator
	case outbox.SortByEndRecipient:
		return m.EndRecipient
	case outbox.SortByProduct:
		return m.Product
	case outbox.SortBySubject:
		return m.Subject
	case outbox.SortByContentID:
		return m.ContentID
	case outbox.SortByCorrID:
		return m.CorrID
	case outbox.SortBySequence:
		return string(m.Sequence)
	case outbox.SortByMeta("fifth"):
		return m.Meta["fifth"]
	}
	return ""
}

func TestOrdersAndCursors(t *testing.T) {
	each(t, func(b *bench) {
		all := b.mixed(25)
		sorts := []outbox.SortBy{outbox.SortByArrival, outbox.SortByFrom, outbox.SortByOriginator, outbox.SortByEndRecipient,
			outbox.SortByProduct, outbox.SortBySubject, outbox.SortByContentID, outbox.SortByCorrID, outbox.SortBySequence,
			outbox.SortByMeta("fifth"), outbox.SortByMeta("unknown")}
		for i, sort := range sorts {
			f := outbox.Filter{Sort: sort, Descending: i%2 == 1, ArrivalDescending: i%3 == 1, Limit: 1 + i%7}
			want := ids(model(all, f, func(int, outbox.Message) bool { return true }))
			if got := ids(b.pages(f, len(all))); got != want {
				b.Errorf("%+v: listed %s\nwant %s", f, got, want)
			}
		}
	})
}

// pages walks a list by its cursor.
func (b *bench) pages(f outbox.Filter, most int) []outbox.Listed {
	b.Helper()
	var all []outbox.Listed
	for range most + 1 {
		list, next := b.list(filer, f)
		if len(list) > f.Limit {
			b.Fatalf("%d messages on a page of %d", len(list), f.Limit)
		}
		all = append(all, list...)
		if f.After = next; next == "" {
			return all
		}
	}
	b.Fatalf("%+v has no end", f)
	return nil
}

func TestListsThatCannotBe(t *testing.T) {
	each(t, func(b *bench) {
		tests := map[string]struct {
			filter outbox.Filter
			want   error
		}{
			"unknown order": {outbox.Filter{Sort: "size; DROP TABLE"}, outbox.ErrFilter},
			"empty meta":    {outbox.Filter{Sort: outbox.SortByMeta("")}, outbox.ErrFilter},
			"mangled":       {outbox.Filter{After: "%%%"}, outbox.ErrCursor},
			"not a place":   {outbox.Filter{After: "AAAA"}, outbox.ErrCursor},
		}
		for name, test := range tests {
			err := b.db.Read(b.Context(), func(r store.Reader) error {
				_, _, err := b.box.List(r, filer, test.filter)
				return err
			})
			if !errors.Is(err, test.want) {
				b.Errorf("%s: %v", name, err)
			}
		}
	})
}
