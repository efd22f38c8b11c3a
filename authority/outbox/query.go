package outbox

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"filtjanst/authority/store"
)

// listQuery is the statement of one list, as it is put together.
type listQuery struct {
	value      string // SQL of what is ordered by first
	where      []string
	args       []any
	order      [2]string // ASC or DESC: of the value, of arrival
	limit      int
	sortByName SortBy
}

// query turns the filter into a statement, or says what is wrong with it.
func (f Filter) query(address string) (*listQuery, error) {
	q := &listQuery{limit: f.length(), order: [2]string{direction(f.Descending), direction(f.ArrivalDescending)}}
	q.add("m.address = ?", address)
	q.where = append(q.where, "m.quarantined IS NULL")
	q.pick(f)
	if err := q.sortBy(f.Sort); err != nil {
		return nil, err
	}
	return q, q.goOn(f.After)
}

func (f Filter) length() int {
	if f.Limit <= 0 {
		return DefaultLimit
	}
	return min(f.Limit, MaxLimit)
}

func direction(descending bool) string {
	if descending {
		return "DESC"
	}
	return "ASC"
}

// add appends a condition, with ? for each value.
func (q *listQuery) add(condition string, values ...any) {
	for _, v := range values {
		q.args = append(q.args, v)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(q.args)), 1)
	}
	q.where = append(q.where, condition)
}

func (q *listQuery) pick(f Filter) {
	addIn(q, "m.product", f.Products)
	addIn(q, "m.transaction_name", f.Transactions)
	if f.NoAck {
		q.where = append(q.where, "m.acknowledged IS NULL")
	}
	if f.Unfinished {
		q.where = append(q.where, "(m.acknowledged IS NULL OR m.fetched IS NULL)")
	}
	if !f.Since.IsZero() {
		q.add("m.created >= ?", store.Micros(f.Since))
	}
	if f.Originator != "" {
		q.add("(m.originator = ? OR m.sender = ?)", f.Originator, f.Originator)
	}
	q.addEqual("m.corr_id", f.CorrID)
	q.addEqual("m.content_id", f.ContentID)
	q.addEqual("m.end_recipient", f.EndRecipient)
	q.addEqual("m.sequence_type", string(f.Sequence))
	for name, value := range f.Meta {
		q.add("EXISTS (SELECT 1 FROM outbox_meta x WHERE x.message = m.id AND x.name = ? AND x.value = ?)", name, value)
	}
}

func (q *listQuery) addEqual(column, value string) {
	if value != "" {
		q.add(column+" = ?", value)
	}
}

func addIn[S ~string](q *listQuery, column string, values []S) {
	if len(values) == 0 {
		return
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	places, args := store.Among(len(q.args)+1, texts)
	q.args = append(q.args, args...)
	q.where = append(q.where, column+" IN ("+places+")")
}

// sortColumn is the column of an order, "" for one that is not known.
func sortColumn(s SortBy) string {
	switch s {
	case SortByArrival:
		return "''"
	case SortByFrom:
		return "m.sender"
	case SortByOriginator:
		return "m.originator"
	case SortByEndRecipient:
		return "m.end_recipient"
	case SortByProduct:
		return "m.product"
	case SortBySubject:
		return "m.subject"
	case SortByContentID:
		return "m.content_id"
	case SortByCorrID:
		return "m.corr_id"
	case SortBySequence:
		return "m.sequence_type"
	}
	return ""
}

func (q *listQuery) sortBy(s SortBy) error {
	q.sortByName = s
	if name, ok := strings.CutPrefix(string(s), metaPrefix); ok && name != "" {
		q.args = append(q.args, name)
		q.value = "COALESCE((SELECT y.value FROM outbox_meta y WHERE y.message = m.id AND y.name = $" + strconv.Itoa(len(q.args)) + "), '')"
		return nil
	}
	if q.value = sortColumn(s); q.value == "" {
		return fmt.Errorf("%w: it cannot be sorted by %q", ErrFilter, s)
	}
	return nil
}

// place is what a cursor holds.
type place struct {
	Value   string `json:"v,omitempty"`
	Created int64  `json:"c"`
	ID      int64  `json:"i"`
}

func (s sorted) cursor() Cursor {
	text, _ := json.Marshal(place{Value: s.value, Created: store.Micros(s.Created), ID: s.ID})
	return Cursor(base64.RawURLEncoding.EncodeToString(text))
}

// goOn adds the condition that leaves out what an earlier list has shown.
func (q *listQuery) goOn(after Cursor) error {
	if after == "" {
		return nil
	}
	var p place
	text, err := base64.RawURLEncoding.DecodeString(string(after))
	if err != nil || json.Unmarshal(text, &p) != nil {
		return ErrCursor
	}
	arrival := "(m.created, m.id) " + q.past(1) + " (?, ?)"
	if q.sortByName == SortByArrival {
		q.add(arrival, p.Created, p.ID)
		return nil
	}
	q.add("("+q.value+" "+q.past(0)+" ? OR ("+q.value+" = ? AND "+arrival+"))", p.Value, p.Value, p.Created, p.ID)
	return nil
}

func (q *listQuery) past(order int) string {
	if q.order[order] == "DESC" {
		return "<"
	}
	return ">"
}

func (q *listQuery) text() string {
	order := "m.created " + q.order[1] + ", m.id " + q.order[1]
	if q.sortByName != SortByArrival {
		order = "sort_value " + q.order[0] + ", " + order
	}
	return "SELECT " + listColumns + ", " + q.value + " AS sort_value FROM outbox_message m WHERE " +
		strings.Join(q.where, " AND ") + " ORDER BY " + order + " LIMIT " + strconv.Itoa(q.limit+1)
}

func (q *listQuery) scan(rows *store.Rows) (sorted, error) {
	var s sorted
	var err error
	s.Listed, err = scanListed(rows, &s.value)
	return s, err
}
