package intake

import (
	"encoding/json"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

const selectHalf = `SELECT h.id, h.part, h.role, h.transaction_name, h.form, h.name, h.data_part_type, COALESCE(h.blob_key, ''), h.size,
	h.digest, h.set_digest, COALESCE(h.code_id, 0), h.outcome, h.findings,
	m.id, m.transaction_id, m.sender, m.address, m.channel, m.corr_id, m.arrived
	FROM intake_half h JOIN intake_message m ON m.id = h.message_id `

// readHalf reads a half as it was entered. What the check found is there only
// while it waits; its bytes are not read.
func (a *Archive) readHalf(r store.Reader, where string, args ...any) (*half, error) {
	h := half{stored: true}
	var set string
	var found []byte
	var arrived int64
	err := r.QueryRow(selectHalf+where, args...).Scan(&h.id, &h.part, &h.role, &h.transaction, &h.form, &h.name, &h.dataPartType,
		&h.key, &h.size, &h.digest, &set, &h.code.ID, &h.outcome, &found,
		&h.from.message, &h.from.transactionID, &h.from.sender, &h.from.address, &h.from.channel, &h.from.corrID, &arrived)
	if err != nil {
		return nil, fmt.Errorf("intake: read a half: %w", err)
	}
	h.from.arrived = store.Moment(arrived)
	if info, ok := filing.Info(h.transaction); ok {
		h.note = info.Note
	}
	if len(found) > 0 {
		if err := json.Unmarshal(found, &h.findings); err != nil {
			return nil, fmt.Errorf("intake: read what was found in half %d: %w", h.id, err)
		}
	}
	h.set, err = a.Set(r, set)
	return &h, err
}
