package intake

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// ErrClosed says that a rejection is not open.
var ErrClosed = errors.New("intake: the rejection is not open")

// Rejection is a rejected file that the filer has to correct (R20). It is open
// until a file of its series is approved or the filer gives up (R66).
type Rejection struct {
	ID            int64 // of the file
	TransactionID string
	CodeID        int64
	Transaction   filing.Transaction
	Name          string
	Sequence      int64
	Opened        time.Time
}

func (s *settlement) openRejection(file *half) error {
	err := s.tx.Later(`INSERT INTO intake_rejection (half_id, code_id, transaction_name, opened) VALUES ($1, $2, $3, $4)`,
		file.id, file.code.ID, string(file.transaction), store.Micros(s.now))
	return wrapID("open the rejection of", file.id, err)
}

func (s *settlement) replaceRejections(file *half) error {
	err := s.tx.Later(`UPDATE intake_rejection SET closed = $1, replaced_by = $2
		WHERE code_id = $3 AND transaction_name = $4 AND closed IS NULL`,
		store.Micros(s.now), file.id, file.code.ID, string(file.transaction))
	return wrapID("close the rejections replaced by", file.id, err)
}

// Abandon closes a rejection that the filer gives up, with a reason (R66).
func (d *Door) Abandon(tx store.Tx, id int64, reason string, at time.Time) error {
	if strings.TrimSpace(reason) == "" {
		return fmt.Errorf("intake: abandon the rejection of %d: give a reason", id)
	}
	err := store.One(errNotOne)(tx.Exec(`UPDATE intake_rejection SET closed = $1, reason = $2 WHERE half_id = $3 AND closed IS NULL`,
		store.Micros(at), reason, id))
	if errors.Is(err, errNotOne) {
		err = ErrClosed
	}
	return wrapID("abandon the rejection of", id, err)
}

// OpenRejections lists the rejections of a code that are open, oldest first,
// at most limit of them, after the given one; 0 begins.
func (d *Door) OpenRejections(r store.Reader, codeID, after int64, limit int) ([]Rejection, error) {
	all, err := store.Collect(scanRejection)(r.Query(`SELECT j.half_id, m.transaction_id, j.code_id, j.transaction_name,
		h.name, h.sequence, j.opened FROM intake_rejection j
		JOIN intake_half h ON h.id = j.half_id JOIN intake_message m ON m.id = h.message_id
		WHERE j.code_id = $1 AND j.half_id > $2 AND j.closed IS NULL ORDER BY j.half_id LIMIT $3`, codeID, after, limit))
	return all, wrapID("list the open rejections of code", codeID, err)
}

func scanRejection(rows *store.Rows) (j Rejection, err error) {
	var opened int64
	err = rows.Scan(&j.ID, &j.TransactionID, &j.CodeID, &j.Transaction, &j.Name, &j.Sequence, &opened)
	j.Opened = store.Moment(opened)
	return j, err
}
