package fee

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Balance is how the fees of a case stand. Charged is the sum of the others.
type Balance struct {
	Charged   money.Amount
	Recovered money.Amount // paid by the respondent
	Unpaid    money.Amount // asked of the respondent still
	Filer     money.Amount // the filer's to pay, invoiced or not, or paid
	Reversed  money.Amount // taken back, credited included
}

// CaseBalance adds up the fees of an enforcement case.
func (f *Fees) CaseBalance(r store.Reader, caseID int64) (Balance, error) {
	items, err := f.OfCase(r, caseID, filing.Enforcement)
	if err != nil {
		return Balance{}, err
	}
	var b Balance
	for _, i := range items {
		b.Charged += i.Amount
		b.Recovered += i.Recovered
		b.Reversed += i.Reversed + i.Credited
		if i.Bearer == Debtor {
			b.Unpaid += i.open()
			continue
		}
		b.Filer += i.open() + i.Paid + i.Invoiced - i.Credited
	}
	return b, nil
}

// Charged is what was charged in each of the enforcement cases in which
// anything was.
func (f *Fees) Charged(r store.Reader, cases []int64) (map[int64]money.Amount, error) {
	return summed(r, `amount`, ``, cases)
}

// CaseUnpaid is what the respondent of an enforcement case has not paid of the
// fees charged in it and not passed on.
func (f *Fees) CaseUnpaid(r store.Reader, caseID int64) (money.Amount, error) {
	all, err := f.CasesUnpaid(r, []int64{caseID})
	return all[caseID], err
}

// CasesUnpaid is CaseUnpaid of many cases, by case; one in which nothing was
// charged of the respondent is not there.
func (f *Fees) CasesUnpaid(r store.Reader, cases []int64) (map[int64]money.Amount, error) {
	return summed(r, `amount - recovered - reversed - paid - invoiced`, ` AND bearer = 'debtor'`, cases)
}

// summed adds up the fees of each enforcement case in which there are any: sum
// is the part of a fee, of those that meet the condition.
func summed(r store.Reader, sum, condition string, cases []int64) (map[int64]money.Amount, error) {
	all := map[int64]money.Amount{}
	for some := range store.Chunks(cases) {
		places, args := store.Among(2, some)
		rows := store.Each(r.Query(`SELECT case_id, CAST(SUM(`+sum+`) AS BIGINT) FROM fee_item
			WHERE service = $1 AND case_id IN (`+places+`)`+condition+` GROUP BY case_id`, append([]any{string(filing.Enforcement)}, args...)...))
		for row, err := range rows {
			var id, amount int64
			if err == nil {
				err = row.Scan(&id, &amount)
			}
			if err != nil {
				return nil, fmt.Errorf("fee: add up the fees of %d cases: %w", len(some), err)
			}
			all[id] = money.Amount(amount)
		}
	}
	return all, nil
}

// Recover enters what the respondent of an enforcement case has paid on its
// fees, the oldest first (UB 13:13). More than CaseUnpaid is an error: who
// calls has the rest to allocate.
func (f *Fees) Recover(tx store.Tx, caseID int64, amount money.Amount, day calendar.Day) error {
	if amount < 0 {
		return fmt.Errorf("fee: recover %s in case %d: less than nothing", amount, caseID)
	}
	left := amount
	err := f.eachBorne(tx, caseID, func(i held) error {
		part := min(left, i.open())
		if part == 0 {
			return nil
		}
		left -= part
		i.Recovered += part
		return i.moved(tx, movement{kind: moveRecovered, amount: part, day: day})
	})
	if err == nil && left > 0 {
		err = fmt.Errorf("fee: recover %s in case %d: %s more than the respondent owes in fees", amount, caseID, left)
	}
	return err
}

// PassOn makes what the respondent of an enforcement case has not paid the
// filer's to pay, from the day on: when the case or the fee year ends (AvgF
// §16 a, UB 17:5). It returns how much that is.
func (f *Fees) PassOn(tx store.Tx, caseID int64, day calendar.Day) (money.Amount, error) {
	var all money.Amount
	err := f.eachBorne(tx, caseID, func(i held) error {
		if i.open() == 0 {
			return nil
		}
		all += i.open()
		i.Bearer, i.ChargeDay = Filer, day
		return i.moved(tx, movement{kind: movePassedOn, amount: i.open(), day: day})
	})
	return all, err
}

// eachBorne calls fn with each item of the enforcement case that the debtor
// bears, locked, by id.
func (f *Fees) eachBorne(tx store.Tx, caseID int64, fn func(held) error) error {
	return f.eachOf(tx, filing.Enforcement, caseID, func(i held) error {
		if i.Bearer != Debtor {
			return nil
		}
		return fn(i)
	})
}

func (f *Fees) eachOf(tx store.Tx, s filing.Service, caseID int64, fn func(held) error) error {
	items, err := f.OfCase(tx, caseID, s)
	if err != nil {
		return err
	}
	for _, item := range items {
		i, err := lockItem(tx, item.ID)
		if err != nil {
			return err
		}
		if err := fn(i); err != nil {
			return err
		}
	}
	return nil
}

// ReverseCase takes back all fees of a case that the respondent has not paid,
// as when no fee is due after all (AvgF §3) or the applicant is exempt (AvgF
// §15). What was invoiced is credited. It returns how much was taken back.
func (f *Fees) ReverseCase(tx store.Tx, s filing.Service, caseID int64, day calendar.Day, by service.Officer) (money.Amount, error) {
	var all money.Amount
	err := f.eachOf(tx, s, caseID, func(i held) error {
		n, err := f.reverse(tx, i, day, by)
		all += n
		return err
	})
	return all, err
}

// reverse takes back all of an item that the respondent has not paid.
func (f *Fees) reverse(tx store.Tx, i held, day calendar.Day, by service.Officer) (money.Amount, error) {
	paid, err := f.payBack(tx, i, day, by)
	if err == nil && paid > 0 {
		i, err = lockItem(tx, i.ID)
	}
	if err != nil {
		return 0, err
	}
	rest := i.open() + i.Invoiced - i.Credited
	return paid + rest, takeBack(tx, i, rest, day, by)
}

// ReturnCase takes back what the respondent has paid of the fees of an
// enforcement case in which there is to be no fee after all (AvgF §3), and
// returns how much that is: it is the respondent's.
func (f *Fees) ReturnCase(tx store.Tx, caseID int64, day calendar.Day, by service.Officer) (all money.Amount, err error) {
	err = f.eachOf(tx, filing.Enforcement, caseID, func(i held) error {
		paid := i.Recovered
		if paid == 0 {
			return nil
		}
		all, i.Recovered, i.Reversed = all+paid, 0, i.Reversed+paid
		return i.moved(tx, movement{kind: moveReturned, amount: paid, day: day, by: by})
	})
	return all, err
}

// Reverse takes back a part of one item, as when a basic fee is lowered (AvgF
// §8). What was invoiced is credited.
func (f *Fees) Reverse(tx store.Tx, itemID int64, amount money.Amount, day calendar.Day, by service.Officer) error {
	i, err := lockItem(tx, itemID)
	if err != nil {
		return err
	}
	return takeBack(tx, i, amount, day, by)
}

// takeBack reverses a part of a locked item, or credits it.
func takeBack(tx store.Tx, i held, amount money.Amount, day calendar.Day, by service.Officer) error {
	m := movement{kind: moveReversed, amount: amount, day: day, by: by}
	switch rest := i.open() + i.Invoiced - i.Credited; {
	case amount == 0:
		return nil
	case amount < 0 || amount > rest:
		return service.Refuse("fee_amount",
			fmt.Sprintf("Av avgiften återstår %s; %s kan inte sättas ned.", rest.Kronor(), amount.Kronor()),
			fmt.Sprintf("Of the fee %s is left; %s cannot be taken back.", rest.Kronor(), amount.Kronor()))
	case i.InvoiceID != 0:
		return credit(tx, i, m)
	}
	i.Reversed += amount
	return i.moved(tx, m)
}
