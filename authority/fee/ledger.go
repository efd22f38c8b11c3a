package fee

import (
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// EventKind is what happened between a payer and the authority.
type EventKind string

// The kinds of event.
const (
	Issued          EventKind = "issued"           // invoice or credit note
	Paid            EventKind = "paid"             // what of a payment went to the invoice
	Overpaid        EventKind = "overpaid"         // what of a payment is held for the payer
	Advanced        EventKind = "advanced"         // paid in advance in a case: held for the payer
	SetOff          EventKind = "set_off"          // what was held went to an invoice
	Released        EventKind = "released"         // paid for what was credited later: held for the payer
	Refunded        EventKind = "refunded"         // what was held went back to the payer
	CreditedItem    EventKind = "credited"         // an invoiced item was taken back
	DisputeOpened   EventKind = "disputed"         // by the filer
	DisputeEnded    EventKind = "dispute_ended"    // settled or withdrawn
	Reminded        EventKind = "reminded"         // amount: what was unpaid
	InterestCharged EventKind = "interest_charged" // put on the next invoice
	InterestWaived  EventKind = "interest_waived"  // AvgF §17 a
)

// Event is one thing that happened between a payer and the authority. Events
// are numbered by payer and never changed.
type Event struct {
	CodeID    int64 // the payer
	Number    int64
	Day       calendar.Day
	Kind      EventKind
	InvoiceID int64 // 0 if none
	ItemID    int64 // 0 if the whole invoice
	Amount    money.Amount
	Reference string          // the bank's, of a payment
	By        service.Officer // zero where it followed by itself
}

// ledger is a payer's account, held until the commit: the guard of all that
// happens between the payer and the authority.
type ledger struct {
	tx     store.Tx
	codeID int64
	credit money.Amount
	events int64
	before int64 // events when it was read
}

func openLedger(tx store.Tx, codeID int64) (*ledger, error) {
	l := &ledger{tx: tx, codeID: codeID}
	_, err := tx.Exec(`INSERT INTO fee_account (code_id, credit, events) VALUES ($1, 0, 0) ON CONFLICT (code_id) DO NOTHING`, codeID)
	if err == nil {
		err = tx.LockRow(`SELECT credit, events FROM fee_account WHERE code_id = $1`, codeID).Scan(&l.credit, &l.events)
	}
	if err != nil {
		return nil, fmt.Errorf("fee: open the account of code %d: %w", codeID, err)
	}
	l.before = l.events
	return l, nil
}

// enter appends an event. Money that is none is no event; a dispute of what is
// paid is one.
func (l *ledger) enter(e Event) error {
	if e.Amount == 0 && e.Kind != DisputeOpened && e.Kind != DisputeEnded {
		return nil
	}
	l.events++
	_, err := l.tx.Exec(`INSERT INTO fee_event (code_id, number, day, kind, invoice_id, item_id, amount, reference, officer, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, l.codeID, l.events, e.Day, string(e.Kind), e.InvoiceID, e.ItemID,
		int64(e.Amount), e.Reference, e.By.Name, e.By.Reason)
	if err != nil {
		return fmt.Errorf("fee: enter %s for code %d: %w", e.Kind, l.codeID, err)
	}
	return nil
}

func (l *ledger) close() error {
	err := store.One(errChanged)(l.tx.Exec(`UPDATE fee_account SET credit = $1, events = $2 WHERE code_id = $3 AND events = $4`,
		int64(l.credit), l.events, l.codeID, l.before))
	if err != nil {
		return fmt.Errorf("fee: keep the account of code %d: %w", l.codeID, err)
	}
	return nil
}

// errChanged says that a row was not as it had been read.
var errChanged = errors.New("it was changed meanwhile")

// Credit is what the authority holds for a payer and has not set off yet.
func (*Fees) Credit(r store.Reader, codeID int64) (money.Amount, error) {
	var held money.Amount
	err := r.QueryRow(`SELECT credit FROM fee_account WHERE code_id = $1`, codeID).Scan(&held)
	if errors.Is(err, store.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("fee: read what is held for code %d: %w", codeID, err)
	}
	return held, nil
}

const selectEvent = `SELECT code_id, number, day, kind, invoice_id, item_id, amount, reference, officer, reason FROM fee_event `

// Events tells what happened between a payer and the authority, in order.
func (*Fees) Events(r store.Reader, codeID int64) ([]Event, error) {
	all, err := store.Collect(scanEvent)(r.Query(selectEvent+`WHERE code_id = $1 ORDER BY number`, codeID))
	if err != nil {
		return nil, fmt.Errorf("fee: read the events of code %d: %w", codeID, err)
	}
	return all, nil
}

// EventsOn lists the events of one kind on a day, by payer: invoices and credit
// notes that are to be sent, reminders that are to be told of.
func (*Fees) EventsOn(r store.Reader, kind EventKind, day calendar.Day) ([]Event, error) {
	all, err := store.Collect(scanEvent)(r.Query(selectEvent+`WHERE day = $1 AND kind = $2 ORDER BY code_id, number`, day, string(kind)))
	if err != nil {
		return nil, fmt.Errorf("fee: list what was %s on %s: %w", kind, day, err)
	}
	return all, nil
}

func scanEvent(rows *store.Rows) (e Event, err error) {
	err = rows.Scan(&e.CodeID, &e.Number, &e.Day, &e.Kind, &e.InvoiceID, &e.ItemID, &e.Amount, &e.Reference, &e.By.Name, &e.By.Reason)
	return e, err
}
