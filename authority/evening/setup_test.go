package evening_test

import (
	"crypto/rand"
	"testing"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/evening"
	"filtjanst/authority/fee"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

const (
	organisation = "5560000167"
	codeID       = 7
)

// monday is a working day; its run begins at 19:00.
var (
	monday  = calendar.MustDay("2026-03-02")
	arrived = monday.At(9, 0)
	begun   = monday.At(19, 0)
)

// house is one test's evening with what it needs around it.
type house struct {
	testing.TB
	db     *store.DB
	clock  *calendar.Fixed
	box    *outbox.Box
	orders *paymentorder.Orders
	shelf  *shelf
}

func each(t *testing.T, fn func(h *house)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		h := newHouse(t, open(), t.TempDir())
		h.must(h.found())
		fn(h)
	})
}

// newHouse makes the rooms over a database and a directory for blobs.
func newHouse(t testing.TB, db *store.DB, dir string) *house {
	t.Helper()
	h := &house{TB: t, db: db, clock: calendar.NewFixed(begun.Add(time.Minute)), shelf: &shelf{files: map[int64]file{}}}
	blobs, err := blob.OpenDir(dir)
	h.must(err)
	h.box = outbox.New(db, blobs)
	h.orders, err = paymentorder.New(paymentorder.Config{DB: db, Fees: fee.New(db), Clock: h.clock})
	h.must(err)
	return h
}

// found makes the table of the shelf and the filer.
func (h *house) found() error {
	return h.db.Do(h.Context(), func(tx store.Tx) error {
		if _, err := tx.Exec(shelfTable); err != nil {
			return err
		}
		parties := party.New(h.db)
		if err := parties.AddOrganisation(tx, party.Organisation{Number: organisation, Name: "Inkasso"}); err != nil {
			return err
		}
		if err := h.permit(tx, filing.PaymentOrder); err != nil {
			return err
		}
		return parties.AddCode(tx, party.Code{
			ID: codeID, MainID: codeID, Code: "ABC", Organisation: organisation, Name: "Inkasso",
			Delivery: party.Delivery{Address: organisation + ".in", Mode: party.Fetched}, Notice: filing.NoticeElectronic,
		})
	})
}

func (h *house) permit(tx store.Tx, s filing.Service) error {
	p := permit.Permit{ID: 1, CodeID: codeID, Service: s, From: monday.AddDays(-30)}
	_, err := permit.New(h.db).Grant(tx, p, permit.Act{ID: 1, Reason: "admitted", By: "officer", At: arrived})
	return err
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) config() evening.Config {
	return evening.Config{
		DB: h.db, Clock: h.clock, Random: rand.Reader, Evening: calendar.DefaultEvening(calendar.New()),
		Services: []service.Service{h.orders}, Files: h.shelf, Outbox: h.box, Parties: party.New(h.db), Permits: permit.New(h.db),
		Sets: filing.Sets{filing.Own()}, Organisation: "2021002114",
		Products: map[filing.Transaction]string{filing.BFConfirmation: "product-of-confirmations"},
	}
}

func (h *house) evening(change ...func(*evening.Config)) *evening.Evening {
	h.Helper()
	c := h.config()
	for _, f := range change {
		f(&c)
	}
	e, err := evening.New(c)
	h.must(err)
	return e
}

func (h *house) run(e *evening.Evening) evening.Summary {
	h.Helper()
	s, err := e.Run(h.Context(), h.clock.Now())
	h.must(err)
	return s
}

func (h *house) count(query string, args ...any) (n int64) {
	h.Helper()
	h.must(h.db.Read(h.Context(), func(r store.Reader) error { return r.QueryRow(query, args...).Scan(&n) }))
	return n
}
