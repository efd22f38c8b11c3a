package fee

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// What can happen to an item.
const (
	moveRecovered = "recovered"
	movePassedOn  = "passed_on"
	moveReversed  = "reversed"
	moveReturned  = "returned" // what the respondent had paid, to him
	moveCredited  = "credited"
	moveDemanded  = "demanded"  // of the filer in the case
	movePaid      = "paid"      // by the filer in the case
	movePaidBack  = "paid_back" // what the filer had paid in the case, held for the payer
)

type movement struct {
	kind   string
	amount money.Amount
	day    calendar.Day
	by     service.Officer // zero where it followed by itself
}

// held is an item that is locked until the commit.
type held struct {
	Item
	changes int64
}

func lockItem(tx store.Tx, id int64) (i held, err error) {
	err = tx.LockRow(`SELECT id, code_id, service, case_id, reference, own, client, kind, amount, day, bearer, charge_day,
		pay_by, recovered, reversed, paid, COALESCE(invoice_id, 0), invoiced, credited, disputed, changes FROM fee_item WHERE id = $1`, id).
		Scan(append(i.fields(), &i.changes)...)
	if err != nil {
		err = fmt.Errorf("fee: read item %d: %w", id, err)
	}
	return i, err
}

// moved stores what became of the item, if nobody has changed it since it was
// read, and appends the movement.
func (i held) moved(tx store.Tx, m movement) error {
	number := i.changes + 1
	err := store.One(errChanged)(tx.Exec(`UPDATE fee_item SET bearer = $1, charge_day = $2, recovered = $3, reversed = $4, credited = $5, changes = $6,
		pay_by = $7, paid = $8 WHERE id = $9 AND changes = $10`, string(i.Bearer), i.ChargeDay, int64(i.Recovered), int64(i.Reversed),
		int64(i.Credited), number, i.PayBy, int64(i.Paid), i.ID, i.changes))
	if err == nil {
		_, err = tx.Exec(`INSERT INTO fee_movement (item_id, number, kind, amount, day, officer, reason)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, i.ID, number, m.kind, int64(m.amount), m.day, m.by.Name, m.by.Reason)
	}
	if err != nil {
		return fmt.Errorf("fee: item %d is to be %s by %s: %w", i.ID, m.kind, m.amount, err)
	}
	return nil
}
