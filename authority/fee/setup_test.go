package fee_test

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"

	"filtjanst/authority/fee"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// The codes of the tests: a main code, two sub-codes of it of which the second
// has invoices of its own, and another filer.
const (
	mainCode  = 1
	plainSub  = 2
	ownSub    = 3
	otherCode = 4
)

var officer = service.Officer{Name: "handläggare", Reason: "prövning"}

func day(s string) calendar.Day { return calendar.MustDay(s) }

// desk is one test's room.
type desk struct {
	testing.TB
	db   *store.DB
	fees *fee.Fees
}

func each(t *testing.T, config fee.Config, fn func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		d := newDesk(t, open(), config)
		d.register(0)
		fn(d)
	})
}

func newDesk(t testing.TB, db *store.DB, config fee.Config) *desk {
	t.Helper()
	config.Seller = seller(t)
	fees, err := fee.Open(db, config)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{TB: t, db: db, fees: fees}
}

func seller(t testing.TB) fee.Seller {
	t.Helper()
	giro, err := identity.ParseBankgiro("991-2346")
	if err != nil {
		t.Fatal(err)
	}
	return fee.Seller{Name: "Provmyndigheten", Organisation: "2021000001", Street: "Provgatan 1", PostalCode: "172 21", Town: "Sundbyberg",
		Contact: "Fakturafrågor", Phone: "08-000 00 00", Email: "faktura@example.com", Bankgiro: giro}
}

// register enters the four codes, with ids above base.
func (d *desk) register(base int64) {
	d.Helper()
	suffix := strconv.FormatInt(base, 36)
	inkasso := party.Code{Organisation: "5560000167", Name: "Inkasso AB", Street: "Storgatan 2", PostalCode: "111 22", Town: "Stockholm"}
	bank := party.Code{Organisation: "5560000175", Name: "Banken AB", PostalCode: "111 22", Town: "Stockholm"}
	g := party.New(d.db)
	d.do(func(tx store.Tx) error {
		for _, c := range []struct {
			party.Code
			id, main int64
			prefix   string
		}{{inkasso, mainCode, mainCode, "A"}, {inkasso, plainSub, mainCode, "B"}, {inkasso, ownSub, mainCode, "C"}, {bank, otherCode, otherCode, "D"}} {
			c.ID, c.MainID, c.Code.Code = base+c.id, base+c.main, strings.ToUpper(c.prefix+suffix)
			add := g.AddCode
			if c.id != c.main {
				add = g.AddSubCode
			}
			err := errors.Join(g.AddOrganisation(tx, party.Organisation{Number: c.Organisation, Name: c.Name}), add(tx, c.Code))
			if err != nil {
				return err
			}
		}
		return d.fees.SetPayer(tx, fee.Payer{CodeID: base + ownSub, OwnInvoice: true, TermsDays: 20, BuyerReference: "enhet 7",
			Endpoint: fee.Endpoint{Scheme: "0088", ID: "7300010000001"}})
	})
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// refused wants a refusal of the code.
func (d *desk) refused(err error, code string) {
	d.Helper()
	if r, ok := service.RefusedAs(err); !ok || r.Code != code {
		d.Errorf("refused as %v, want %s", err, code)
	}
}

func (d *desk) do(fn func(tx store.Tx) error) {
	d.Helper()
	d.must(d.db.Do(context.Background(), fn))
}

func (d *desk) read(fn func(r store.Reader) error) {
	d.Helper()
	d.must(d.db.Read(context.Background(), fn))
}

// charge enters an application fee and returns its id, which is its case too.
func (d *desk) charge(code int64, on string) int64 {
	d.Helper()
	return d.enter(fee.Item{CodeID: code, Kind: fee.ApplicationFee, Amount: 300_00, Day: day(on)})
}

// basic enters a basic fee that the debtor bears, in case 7000.
func (d *desk) basic(code int64, on string) int64 {
	d.Helper()
	return d.enter(fee.Item{CodeID: code, CaseID: 7000, Kind: fee.BasicFee, Amount: 600_00, Day: day(on), Bearer: fee.Debtor})
}

func (d *desk) enter(i fee.Item) int64 {
	d.Helper()
	id, err := d.fees.NewIDs(context.Background(), 1)
	d.must(err)
	i.ID = id
	if i.CaseID == 0 {
		i.CaseID = id
	}
	if i.Reference == "" {
		i.Reference, i.Own, i.Client = "2026-0000017", "F4711", "Elbolaget AB"
	}
	d.do(func(tx store.Tx) error { return d.fees.Charge(tx, i) })
	return id
}

// close invoices the month that ends on the day, on the day after.
func (d *desk) close(last string) int {
	d.Helper()
	end := day(last)
	n, err := d.fees.Close(context.Background(), fee.Period{First: end.AddDays(1).AddMonths(-1), Last: end}, end.AddDays(1))
	d.must(err)
	return n
}

func (d *desk) run(on string) fee.Report {
	d.Helper()
	report, err := d.fees.Run(context.Background(), day(on))
	d.must(err)
	return report
}

func (d *desk) invoices(code int64) (all []fee.Invoice) {
	d.Helper()
	d.read(func(r store.Reader) (err error) {
		all, err = d.fees.Invoices(r, code, day("2000-01-01"), day("2999-01-01"))
		for i := range all {
			if err == nil {
				all[i], err = d.fees.Invoice(r, all[i].Number)
			}
		}
		return err
	})
	return all
}

// only is the code's one invoice.
func (d *desk) only(code int64) fee.Invoice {
	d.Helper()
	all := d.invoices(code)
	if len(all) != 1 {
		d.Fatalf("code %d has %d invoices", code, len(all))
	}
	return all[0]
}

func (d *desk) pay(number, reference string, amount money.Amount, on string) error {
	return d.fees.Pay(context.Background(), service.Officer{}, fee.Payment{Reference: reference, Invoice: number, Amount: amount, Day: day(on), HoldRest: true})
}

func (d *desk) unpaid(code int64, on string) (all []fee.Overdue, sum money.Amount) {
	d.Helper()
	d.read(func(r store.Reader) (err error) {
		all, sum, err = d.fees.Unpaid(r, code, day(on))
		return err
	})
	return all, sum
}

func (d *desk) held(code int64) (held money.Amount) {
	d.Helper()
	d.read(func(r store.Reader) (err error) {
		held, err = d.fees.Credit(r, code)
		return err
	})
	return held
}

// kinds are the kinds of event of a payer, in order.
func (d *desk) kinds(code int64) (kinds []fee.EventKind) {
	d.Helper()
	d.read(func(r store.Reader) error {
		events, err := d.fees.Events(r, code)
		for _, e := range events {
			kinds = append(kinds, e.Kind)
		}
		return err
	})
	return kinds
}

func (d *desk) balance(caseID int64) (b fee.Balance) {
	d.Helper()
	d.read(func(r store.Reader) (err error) {
		b, err = d.fees.CaseBalance(r, caseID)
		if err != nil {
			return err
		}
		unpaid, err := d.fees.CasesUnpaid(r, []int64{caseID, -1})
		if unpaid[caseID] != b.Unpaid || unpaid[-1] != 0 {
			d.Errorf("case %d: %s unpaid where its balance tells %s", caseID, unpaid[caseID], b.Unpaid)
		}
		return err
	})
	return b
}

// chargeMany enters application fees in one go.
func (d *desk) chargeMany(code int64, n int, on string) {
	d.Helper()
	first, err := d.fees.NewIDs(context.Background(), n)
	d.must(err)
	items := make([]fee.Item, n)
	for i := range items {
		id := first + int64(i)
		items[i] = fee.Item{ID: id, CodeID: code, CaseID: id, Reference: "2026-0000017", Kind: fee.ApplicationFee, Amount: 300_00, Day: day(on)}
	}
	d.do(func(tx store.Tx) error { return d.fees.Charge(tx, items...) })
}
