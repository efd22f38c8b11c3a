package fee

import (
	"cmp"
	"fmt"
	"slices"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Bearer is who a fee is asked of.
type Bearer string

// The bearers. The zero Bearer of a new item means the filer.
const (
	Filer  Bearer = "filer"  // on the filer's next collective invoice
	Debtor Bearer = "debtor" // the respondent, in the case, until passed on (UB 17:5)
)

// Item is one fee charged to a party code.
type Item struct {
	ID        int64
	CodeID    int64 // party code that pays
	Service   filing.Service
	CaseID    int64  // 0 if no case
	Reference string // case number, or another text for the invoice
	Own       string // the filer's own reference
	Client    string // whose claim it was: the applicant's name or the filer's client number
	Kind      Kind
	Amount    money.Amount // more than zero
	Day       calendar.Day // day on which it arose
	Bearer    Bearer
	ChargeDay calendar.Day // from which it is the filer's to pay by invoice; zero while the debtor bears it
	PayBy     calendar.Day // until when the filer may pay it in the case; zero: it was not demanded there

	// What has happened to it; not read by Charge.
	Recovered money.Amount // paid by the respondent
	Reversed  money.Amount // taken back before it was invoiced
	Paid      money.Amount // by the filer in the case, before it was invoiced
	InvoiceID int64        // 0 if not invoiced
	Invoiced  money.Amount
	Credited  money.Amount // taken back of what was invoiced
	Disputed  bool         // as a line of its invoice
}

// open is what is neither paid in the case, taken back nor invoiced.
func (i Item) open() money.Amount { return i.Amount - i.Recovered - i.Reversed - i.Paid - i.Invoiced }

// filled sets what follows from the rest.
func (i Item) filled() (Item, error) {
	info, known := i.Kind.Info()
	if i.Amount <= 0 || !known || i.Day.IsZero() {
		return i, fmt.Errorf("fee: item %d for %q lacks amount, known kind or day", i.ID, i.Reference)
	}
	i.Service, i.Bearer = cmp.Or(i.Service, info.Service), cmp.Or(i.Bearer, Filer)
	switch i.Bearer {
	case Filer:
		i.ChargeDay = cmp.Or(i.ChargeDay, i.Day)
	case Debtor:
		if !i.ChargeDay.IsZero() {
			return i, fmt.Errorf("fee: item %d for %q is borne by the debtor and has a day from which the filer pays", i.ID, i.Reference)
		}
	default:
		return i, fmt.Errorf("fee: item %d for %q: nobody called %q bears fees", i.ID, i.Reference, i.Bearer)
	}
	return i, nil
}

// Charge enters items within the transaction of what gave rise to them.
func (*Fees) Charge(tx store.Tx, items ...Item) error {
	filled := slices.Clone(items)
	for n := range filled {
		var err error
		if filled[n], err = items[n].filled(); err != nil {
			return err
		}
	}
	columns := []string{"id", "code_id", "service", "case_id", "reference", "own", "client", "kind", "amount", "day", "bearer", "charge_day"}
	_, err := tx.CopyIn("fee_item", columns, func(yield func([]any) bool) {
		for _, i := range filled {
			if !yield([]any{i.ID, i.CodeID, string(i.Service), i.CaseID, i.Reference, i.Own, i.Client, string(i.Kind),
				int64(i.Amount), i.Day.String(), string(i.Bearer), i.ChargeDay}) {
				return
			}
		}
	})
	if err != nil {
		return fmt.Errorf("fee: charge %d items: %w", len(items), err)
	}
	return nil
}

// Sum is what a code was charged of one kind.
type Sum struct {
	Kind   Kind
	Count  int64
	Amount money.Amount
}

// Sums adds up what arose for the code from the first to the last day, both
// included, by kind, whoever bears it.
func (*Fees) Sums(r store.Reader, codeID int64, first, last calendar.Day) ([]Sum, error) {
	all, err := store.Collect(scanSum)(r.Query(`SELECT kind, COUNT(*), CAST(SUM(amount) AS BIGINT) FROM fee_item
		WHERE code_id = $1 AND day >= $2 AND day <= $3 GROUP BY kind ORDER BY kind`, codeID, first, last))
	if err != nil {
		return nil, fmt.Errorf("fee: sum the fees of code %d from %s to %s: %w", codeID, first, last, err)
	}
	return all, nil
}

func scanSum(rows *store.Rows) (s Sum, err error) {
	err = rows.Scan(&s.Kind, &s.Count, &s.Amount)
	return s, err
}

const selectItem = `SELECT id, code_id, service, case_id, reference, own, client, kind, amount, day, bearer, charge_day,
	pay_by, recovered, reversed, paid, COALESCE(invoice_id, 0), invoiced, credited, disputed FROM fee_item `

// OfCase lists the items of a case by id. The numbering of cases is each
// service's own; name the service where that matters.
func (*Fees) OfCase(r store.Reader, caseID int64, in ...filing.Service) ([]Item, error) {
	all, err := store.Collect(scanItem)(r.Query(selectItem+`WHERE case_id = $1 ORDER BY id`, caseID))
	if err != nil {
		return nil, fmt.Errorf("fee: list the fees of case %d: %w", caseID, err)
	}
	return slices.DeleteFunc(all, func(i Item) bool { return len(in) > 0 && !slices.Contains(in, i.Service) }), nil
}

func scanItem(rows *store.Rows) (i Item, err error) {
	err = rows.Scan(i.fields()...)
	return i, err
}

func (i *Item) fields() []any {
	return []any{&i.ID, &i.CodeID, &i.Service, &i.CaseID, &i.Reference, &i.Own, &i.Client, &i.Kind, &i.Amount, &i.Day,
		&i.Bearer, &i.ChargeDay, &i.PayBy, &i.Recovered, &i.Reversed, &i.Paid, &i.InvoiceID, &i.Invoiced, &i.Credited, &i.Disputed}
}
