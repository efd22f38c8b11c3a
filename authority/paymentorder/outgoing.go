package paymentorder

import (
	"errors"
	"fmt"
	"strconv"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Outgoing names the files of verdicts and of events that have lines of the day
// or earlier, one for each party code and transaction, numbered in a series of
// their own. Confirmations the evening run asks for file by file.
func (o *Orders) Outgoing(r store.Reader, day calendar.Day) ([]service.Batch, error) {
	var all []service.Batch
	for _, tx := range []filing.Transaction{filing.BFEvent, filing.BFVerdict} {
		table, err := linesOf(tx)
		if err != nil {
			return nil, err
		}
		some, err := store.Collect(func(rows *store.Rows) (b service.Batch, err error) {
			b.Transaction, b.Day = tx, day
			err = rows.Scan(&b.CodeID, &b.Code, &b.Sequence, &b.Documents)
			b.Key = batchKey(b.Transaction, b.CodeID, b.Sequence)
			return b, err
		})(r.Query(`SELECT code_id, code, batch, documents FROM (SELECT o.code_id, o.code, o.batch, COALESCE((SELECT l.line - 1 FROM `+table+` l
			WHERE l.code_id = o.code_id AND l.batch = o.batch AND l.line > 0 AND l.day > $1 ORDER BY l.line LIMIT 1), o.lines) AS documents
			FROM paymentorder_outgoing o WHERE o.transaction_name = $2 AND o.lines > 0) AS named WHERE documents > 0 ORDER BY code_id`, day, string(tx)))
		if err != nil {
			return nil, fmt.Errorf("paymentorder: list the %s that go out on %s: %w", tx, day, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

func batchKey(tx filing.Transaction, codeID, sequence int64) string {
	return string(tx) + "/" + strconv.FormatInt(codeID, 10) + "/" + strconv.FormatInt(sequence, 10)
}

var errNotWaiting = errors.New("it does not wait to be sent")

// Sent marks a batch as put in the outbox. Lines that have come since it was
// named begin the next.
func (o *Orders) Sent(tx store.Tx, b service.Batch) error {
	if b.Transaction == filing.BFConfirmation {
		return nil
	}
	table, err := linesOf(b.Transaction)
	if err != nil {
		return err
	}
	err = store.One(errNotWaiting)(tx.Exec(`UPDATE paymentorder_outgoing SET batch = batch + 1, lines = lines - $1
		WHERE code_id = $2 AND transaction_name = $3 AND batch = $4 AND lines >= $1`, b.Documents, b.CodeID, string(b.Transaction), b.Sequence))
	if err != nil {
		return fmt.Errorf("paymentorder: mark batch %s as sent: %w", b.Key, err)
	}
	_, err = tx.Exec(`UPDATE `+table+` SET batch = batch + 1, line = line - $1 WHERE code_id = $2 AND batch = $3 AND line > $1`,
		b.Documents, b.CodeID, b.Sequence)
	if err != nil {
		return fmt.Errorf("paymentorder: move the lines that came after batch %s: %w", b.Key, err)
	}
	return nil
}

// linesOf is the table that holds the lines of a transaction.
func linesOf(tx filing.Transaction) (string, error) {
	switch tx {
	case filing.BFVerdict:
		return "paymentorder_verdict", nil
	case filing.BFEvent:
		return "paymentorder_report", nil
	}
	return "", fmt.Errorf("paymentorder: %s is not sent from here", tx)
}

// Write streams one batch: a confirmation, the verdicts or the events of a code.
func (o *Orders) Write(r store.Reader, b service.Batch, out service.Output) error {
	var err error
	switch b.Transaction {
	case filing.BFConfirmation:
		return o.writeConfirmation(r, b, out)
	case filing.BFVerdict:
		err = writeVerdicts(r, b, out)
	case filing.BFEvent:
		err = writeReports(r, b, out)
	default:
		err = fmt.Errorf("%s is not written here", b.Transaction)
	}
	if err != nil {
		return fmt.Errorf("paymentorder: write batch %s: %w", b.Key, err)
	}
	return nil
}
