package intake

import (
	"errors"
	"fmt"
	"time"

	"filtjanst/authority/journal"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Received is one file or cover note as it came and what became of it: the
// facts of a fault report (R52) and of the lists for filer and officer.
type Received struct {
	ID            int64
	TransactionID string
	Sender        string // organisation number, ten digits
	Channel       Channel
	TxID          string // the sender's own id, "" on e-transport
	CorrID        string
	Role          filing.Role
	Transaction   filing.Transaction // of the file, also for its cover note
	Name          string
	PartyCode     string // as stated; "" when not readable
	Sequence      int64
	Documents     int64
	Sum           money.Amount
	Size          int64
	Digest        string
	Arrived       time.Time
	Outcome       filing.Outcome
	ReceiptID     int64        // message in the outbox; 0 while it waits, and where none is sent
	EventID       int64        // journal event of the receipt
	ReadInDay     calendar.Day // zero unless read in by evening
	ReadIn        time.Time    // zero until it is
}

const selectReceived = `SELECT h.id, m.transaction_id, m.sender, m.channel, COALESCE(m.tx_id, ''), m.corr_id, h.role, h.transaction_name,
	h.name, h.party_code, h.sequence, h.documents, h.sum, h.size, h.digest, m.arrived, h.outcome,
	COALESCE(r.outbox_id, p.outbox_id, 0), COALESCE(r.event_id, p.event_id, 0), f.read_in_day, COALESCE(f.done_at, 0)
	FROM intake_half h JOIN intake_message m ON m.id = h.message_id
	LEFT JOIN intake_receipt r ON r.half_id = h.id
	LEFT JOIN intake_receipt p ON p.note_half = h.id
	LEFT JOIN intake_file f ON f.id = h.id `

func scanReceived(rows *store.Rows) (v Received, err error) {
	var sum, arrived, done int64
	err = rows.Scan(&v.ID, &v.TransactionID, &v.Sender, &v.Channel, &v.TxID, &v.CorrID, &v.Role, &v.Transaction,
		&v.Name, &v.PartyCode, &v.Sequence, &v.Documents, &sum, &v.Size, &v.Digest, &arrived, &v.Outcome,
		&v.ReceiptID, &v.EventID, &v.ReadInDay, &done)
	v.Sum, v.Arrived = money.Amount(sum), store.Moment(arrived)
	if done != 0 {
		v.ReadIn = store.Moment(done)
	}
	return v, err
}

// Trace lists what came under a transaction id (R51), part by part; none when
// the id is unknown.
func (d *Door) Trace(r store.Reader, transactionID string) ([]Received, error) {
	all, err := store.Collect(scanReceived)(r.Query(selectReceived+`WHERE m.transaction_id = $1 ORDER BY h.part`, transactionID))
	if err != nil {
		return nil, fmt.Errorf("intake: trace %s: %w", transactionID, err)
	}
	return all, nil
}

// ReceivedUnder lists what came in under a party code, latest first, at most
// limit of them, before the given id; 0 begins. Repeats are left out.
func (d *Door) ReceivedUnder(r store.Reader, codeID, before int64, limit int) ([]Received, error) {
	all, err := store.Collect(scanReceived)(r.Query(selectReceived+`WHERE h.code_id = $1 AND h.repeats IS NULL
		AND (h.id < $2 OR $2 = 0) ORDER BY h.id DESC LIMIT $3`, codeID, before, limit))
	return all, wrapID("list what came in under code", codeID, err)
}

// Expected returns the number that the next file of the code and transaction
// should have (R37). Before the first file it is that with which the series of
// the set begins.
func (d *Door) Expected(r store.Reader, codeID int64, tx filing.Transaction, set *filing.Set) (int64, error) {
	policy, ok := set.Policy(tx)
	if !ok || policy.Sequence == sequenceNone {
		return 0, nil
	}
	name := string(tx)
	if policy.Sequence == sequencePerCode {
		name = ""
	}
	var n int64
	err := r.QueryRow(`SELECT expected FROM intake_series WHERE code_id = $1 AND transaction_name = $2`, codeID, name).Scan(&n)
	if errors.Is(err, store.ErrNoRows) {
		return policy.Numbering.First, nil
	}
	return n, wrapID("read the number expected next of code", codeID, err)
}

// Proof returns the journal's event of a receipt with the data and salt that
// its digest is made of.
func (d *Door) Proof(r store.Reader, eventID int64) (journal.Event, error) {
	e := journal.Event{ID: eventID}
	var outcome, transactionID string
	var at int64
	err := r.QueryRow(`SELECT r.outcome, m.transaction_id, r.at, r.data, r.salt FROM intake_receipt r
		JOIN intake_half h ON h.id = r.half_id JOIN intake_message m ON m.id = h.message_id WHERE r.event_id = $1`, eventID).
		Scan(&outcome, &transactionID, &at, &e.Data, &e.Salt)
	if err != nil {
		return journal.Event{}, wrapID("read the proof of event", eventID, err)
	}
	e.Kind, e.Subject, e.At = eventKind(filing.Outcome(outcome)), eventSubject(transactionID), store.Moment(at)
	return e, nil
}

func eventKind(o filing.Outcome) string { return "file " + string(o) }

func eventSubject(transactionID string) string { return "file " + transactionID }
