package outbox

import (
	"database/sql"
	"fmt"
	"time"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

const listColumns = `m.id, m.tx_id, m.corr_id, m.content_id, m.address, m.code, m.transaction_name,
	m.sequence_type, m.product, m.name, m.data_part_type, m.sender, m.originator, m.end_recipient,
	m.subject, m.blob_key, m.size, m.digest, m.created, m.once_key, m.push_url,
	m.fetched, m.sent, m.acknowledged, m.quarantined`

// List returns the messages of an address, which is compared whole, without
// their bytes, and the cursor that goes on after the last; "" when there are
// no more. Quarantined messages are not listed.
func (b *Box) List(r store.Reader, address string, f Filter) ([]Listed, Cursor, error) {
	q, err := f.query(address)
	if err != nil {
		return nil, "", err
	}
	found, err := store.Collect(q.scan)(r.Query(q.text(), q.args...))
	if err != nil {
		return nil, "", fmt.Errorf("outbox: list %s: %w", address, err)
	}
	var next Cursor
	if len(found) > q.limit {
		found = found[:q.limit]
		next = found[q.limit-1].cursor()
	}
	list := make([]Listed, len(found))
	for i, s := range found {
		list[i] = s.Listed
	}
	return list, next, addMeta(r, list)
}

// sorted is a listed message with the value it was ordered by.
type sorted struct {
	Listed
	value string
}

func scanListed(rows interface{ Scan(...any) error }, more ...any) (Listed, error) {
	var l Listed
	var created int64
	var fetched, sent, acknowledged, quarantined sql.NullInt64
	var once sql.NullString
	var transaction, sequence string
	into := append([]any{&l.ID, &l.TxID, &l.CorrID, &l.ContentID, &l.Address, &l.Code, &transaction,
		&sequence, &l.Product, &l.Name, &l.DataPartType, &l.From, &l.Originator, &l.EndRecipient,
		&l.Subject, &l.Body.Key, &l.Body.Size, &l.Body.Digest, &created, &once, &l.PushTo,
		&fetched, &sent, &acknowledged, &quarantined}, more...)
	if err := rows.Scan(into...); err != nil {
		return Listed{}, err
	}
	l.Transaction, l.Sequence = filing.Transaction(transaction), SequenceType(sequence)
	l.Created, l.Once = store.Moment(created), once.String
	l.Fetched, l.Sent = momentOf(fetched), momentOf(sent)
	l.Acknowledged, l.Quarantined = momentOf(acknowledged), momentOf(quarantined)
	return l, nil
}

func momentOf(micros sql.NullInt64) time.Time {
	if !micros.Valid {
		return time.Time{}
	}
	return store.Moment(micros.Int64)
}

// addMeta fills in the meta of the messages.
func addMeta(r store.Reader, list []Listed) error {
	byID := make(map[int64]*Listed, len(list))
	ids := make([]int64, len(list))
	for i := range list {
		byID[list[i].ID], ids[i] = &list[i], list[i].ID
	}
	for some := range store.Chunks(ids) {
		if err := addMetaOf(r, byID, some); err != nil {
			return fmt.Errorf("outbox: read meta: %w", err)
		}
	}
	return nil
}

func addMetaOf(r store.Reader, byID map[int64]*Listed, ids []int64) error {
	places, args := store.Among(1, ids)
	for rows, err := range store.Each(r.Query(`SELECT message, name, value FROM outbox_meta WHERE message IN (`+places+`)`, args...)) {
		if err != nil {
			return err
		}
		var id int64
		var name, value string
		if err := rows.Scan(&id, &name, &value); err != nil {
			return err
		}
		m := byID[id]
		if m.Meta == nil {
			m.Meta = map[string]string{}
		}
		m.Meta[name] = value
	}
	return nil
}
