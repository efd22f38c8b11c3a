package extract

import (
	"fmt"
	"strings"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// parts are the lines of each kind of delivery, removals first. A line that is
// changed is removed and added with the same id.
//
// The receiver has what held at {rev_from}, and what was told at once since. A
// delivery ends what the receiver has and begins what it has not. Unary plus
// keeps a column from the choice of index, so that the order is that of the
// index and nothing is sorted.
func parts(kind filing.Delivery) []part {
	const toldFrom, toldTo = `once_from > 0 AND once_from <= {rev_to}`, `once_to > 0 AND once_to <= {rev_to}`
	switch kind {
	case filing.Difference:
		return []part{
			{filing.CreditRemove, `rev_to > {rev_from} AND rev_to <= {rev_to} AND rev_to < ` + never +
				` AND NOT (` + toldTo + `) AND (+rev_from <= {rev_from} OR ` + toldFrom + `)`, `rev_to, identity, fact`},
			{filing.CreditAdd, `rev_from > {rev_from} AND rev_from <= {rev_to} AND NOT (` + toldFrom + `) AND +rev_to > {rev_to}`,
				`rev_from, identity, fact`},
		}
	case filing.AtOnceDelivery:
		return []part{
			{filing.CreditRemove, `once_to > 0 AND once_to = {rev_to} AND +rev_to > {rev_from}
				AND (+rev_from <= {rev_from} OR +once_from > 0 AND +once_from < {rev_to})`, `identity, fact`},
			{filing.CreditAdd, `once_from > 0 AND once_from = {rev_to} AND +rev_from > {rev_from} AND +rev_to > {rev_to}`, `identity, fact`},
		}
	}
	return []part{{filing.CreditAdd, `+rev_from <= {rev_to} AND +rev_to > {rev_to}`, `identity, fact`}}
}

// part are lines of a delivery with one action, in an order that an index
// gives.
type part struct {
	action filing.CreditAction
	where  string
	order  string
}

func (p part) lines() statement {
	return prepare(`SELECT day, ` + keyed() + ` FROM extract_line WHERE record = {record} AND ` + p.where +
		` ORDER BY record, ` + p.order)
}

func (p part) count() statement {
	return prepare(`SELECT COUNT(*) FROM extract_line WHERE record = {record} AND ` + p.where)
}

// Write streams a delivery, line by line.
func (c *Credit) Write(r store.Reader, b service.Batch, out service.Output) error {
	d, err := deliveryOf(r, b)
	if err != nil {
		return err
	}
	count, err := c.extracts.count(r, d)
	if err != nil {
		return err
	}
	w, err := filing.NewWriter(out.Writer, out.Set, b.Transaction, out.Form, filing.FileFacts{
		PartyCode: b.Code, Sequence: b.Sequence, Created: b.Day, Documents: count, Delivery: d.kind, PeriodTo: b.Day,
	})
	if err != nil {
		return fmt.Errorf("extract: begin delivery %s: %w", b.Key, err)
	}
	if err := c.extracts.stream(r, d, func(c filing.Content) error { return w.Write(c) }); err != nil {
		return fmt.Errorf("extract: write delivery %s: %w", b.Key, err)
	}
	return w.Close()
}

// Each hands over the contents of a delivery, all removals first, as Write
// does without a file.
func (c *Credit) Each(r store.Reader, b service.Batch, each func(filing.Content) error) error {
	d, err := deliveryOf(r, b)
	if err != nil {
		return err
	}
	return c.extracts.stream(r, d, each)
}

// span is what a delivery goes from and to.
type span struct {
	extract  filing.Transaction
	kind     filing.Delivery
	from, to int64
}

func deliveryOf(r store.Reader, b service.Batch) (s span, err error) {
	id, err := subscriptionIn(b)
	if err != nil {
		return span{}, err
	}
	s.extract = b.Transaction
	err = r.QueryRow(`SELECT kind, rev_from, rev_to FROM extract_delivery WHERE subscription = $1 AND number = $2`, id, b.Sequence).
		Scan(&s.kind, &s.from, &s.to)
	if err != nil {
		return span{}, fmt.Errorf("extract: find delivery %s: %w", b.Key, err)
	}
	return s, nil
}

func (s span) values(f fact) values {
	return values{"record": f.record, "rev_from": s.from, "rev_to": s.to}
}

// count is how many lines a delivery has.
func (e *Extracts) count(r store.Reader, s span) (all int64, err error) {
	for _, f := range e.factsOf(s.extract) {
		for _, p := range parts(s.kind) {
			var n int64
			q := p.count()
			if err := r.QueryRow(q.text, q.args(s.values(f))...).Scan(&n); err != nil {
				return 0, fmt.Errorf("extract: count lines of record %s: %w", f.record, err)
			}
			all += n
		}
	}
	return all, nil
}

// stream hands over the contents of a delivery: all removals, then what is
// added.
func (e *Extracts) stream(r store.Reader, s span, each func(filing.Content) error) error {
	for _, p := range parts(s.kind) {
		q := p.lines()
		for _, f := range e.factsOf(s.extract) {
			if err := f.stream(r, q, s.values(f), p.action, each); err != nil {
				return fmt.Errorf("record %s: %w", f.record, err)
			}
		}
	}
	return nil
}

func (f fact) stream(r store.Reader, q statement, v values, action filing.CreditAction, each func(filing.Content) error) error {
	for row, err := range store.Each(r.Query(q.text, q.args(v)...)) {
		if err != nil {
			return err
		}
		l := line{action: action}
		if err := l.scan(row); err != nil {
			return err
		}
		if err := each(f.content(&l)); err != nil {
			return err
		}
	}
	return nil
}

func (l *line) scan(row *store.Rows) error {
	var person string
	err := row.Scan(&l.day, &person, &l.fact, &l.name, &l.number, &l.text[0], &l.text[1], &l.text[2], &l.text[3],
		&l.count[0], &l.count[1], &l.amount[0], &l.amount[1], &l.days[0], &l.days[1])
	if err != nil {
		return err
	}
	l.identity, err = identity.Parse12(person)
	return err
}

func (e *Extracts) factsOf(extract filing.Transaction) (all []fact) {
	for _, f := range e.facts {
		if f.extract == extract {
			all = append(all, f)
		}
	}
	return all
}

// cutPrefix is what stands between a prefix and the next slash.
func cutPrefix(key, prefix string) (string, bool) {
	rest, found := strings.CutPrefix(key, prefix)
	id, _, _ := strings.Cut(rest, "/")
	return id, found
}
