package ledger

import (
	"context"
	"database/sql"
	"slices"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Case is a case at the authority (mål), or a claim report in a restructuring,
// as the filer knows it from the answers. Amounts are öre.
type Case struct {
	Service     filing.Service `json:"service"`
	Number      string         `json:"case_number"`
	Code        string         `json:"code"`
	Reference   string         `json:"reference,omitempty"`
	File        int64          `json:"-"` // with Position, the document that it came of
	Position    int64          `json:"-"`
	Origin      filing.Origin  `json:"origin,omitempty"`
	Parent      string         `json:"parent,omitempty"` // payment-order case that is enforced; matter of a claim report
	Title       string         `json:"title,omitempty"`  // number of the verdict or of another title
	LinkGroup   string         `json:"link_group,omitempty"`
	Registered  calendar.Day   `json:"registered,omitzero"`
	State       string         `json:"state"`
	Since       calendar.Day   `json:"since,omitzero"`
	Open        bool           `json:"open"`
	Reason      string         `json:"reason,omitempty"`      // why it ended
	LastDay     calendar.Day   `json:"last_day,omitzero"`     // by which something is to be done
	Debtor      Digest         `json:"-"`                     // in enforcement, by the book's digester
	Respondents int64          `json:"respondents,omitempty"` // against whom it goes on
	Claimed     money.Amount   `json:"claimed_ore"`
	Reduced     money.Amount   `json:"reduced_ore"`
	Received    money.Amount   `json:"received_ore"`
	Linked      money.Amount   `json:"linked_ore"` // credited from the other cases of a joint debt
	PaidOut     money.Amount   `json:"paid_out_ore"`
	Fees        money.Amount   `json:"fees_ore"`
	Remaining   *money.Amount  `json:"remaining_ore,omitempty"` // nil until it is told
}

const caseColumns = `service, number, code, reference, file_id, position, origin, parent, title, link_group, registered, state, since, open,
	reason, last_day, debtor, respondents, claimed, reduced, received, linked, paid_out, fees, remaining`

// caseWidth is the number of caseColumns.
const caseWidth = 25

func (c *Case) fields() []any {
	return []any{&c.Service, &c.Number, &c.Code, &c.Reference, &c.File, &c.Position, &c.Origin, &c.Parent, &c.Title, &c.LinkGroup, &c.Registered,
		&c.State, &c.Since, &c.Open, &c.Reason, &c.LastDay, &c.Debtor, &c.Respondents, &c.Claimed, &c.Reduced, &c.Received, &c.Linked, &c.PaidOut, &c.Fees, &c.Remaining}
}

func (c *Case) values() []any {
	return []any{c.Service, c.Number, c.Code, c.Reference, c.File, c.Position, c.Origin, c.Parent, c.Title, c.LinkGroup, c.Registered,
		c.State, c.Since, c.Open, c.Reason, c.LastDay, c.Debtor, c.Respondents, c.Claimed, c.Reduced, c.Received, c.Linked, c.PaidOut, c.Fees, c.Remaining}
}

func scanCase(rows *sql.Rows) (c Case, err error) { return c, rows.Scan(c.fields()...) }

// putCaseTail writes over a case as it was.
const putCaseTail = ` ON CONFLICT (service, number) DO UPDATE SET code = excluded.code, reference = excluded.reference, file_id = excluded.file_id,
	position = excluded.position, origin = excluded.origin, parent = excluded.parent, title = excluded.title, link_group = excluded.link_group,
	registered = excluded.registered, state = excluded.state, since = excluded.since, open = excluded.open, reason = excluded.reason,
	last_day = excluded.last_day, debtor = excluded.debtor, respondents = excluded.respondents, claimed = excluded.claimed, reduced = excluded.reduced,
	received = excluded.received, linked = excluded.linked, paid_out = excluded.paid_out, fees = excluded.fees, remaining = excluded.remaining`

const putCaseHead = `INSERT INTO known (` + caseColumns + `) VALUES `

// Moved puts the case in a state from a day on, unless it has come further by a
// later day; it tells whether it did.
func (c *Case) Moved(state string, open bool, since calendar.Day) bool {
	if since < c.Since {
		return false
	}
	c.State, c.Open, c.Since, c.LastDay = state, open, since, 0
	return true
}

// mostAsked is how many values one question asks for.
const mostAsked = 500

// CasesOf returns the cases with the own references, by reference; in each, by
// service and number.
func (l *Ledger) CasesOf(ctx context.Context, references []string) (map[string][]Case, error) {
	found := map[string][]Case{}
	for some := range slices.Chunk(references, mostAsked) {
		cases, err := collect(ctx, l.db, scanCase, `SELECT `+caseColumns+` FROM known WHERE reference <> '' AND reference IN `+
			places(len(some), 0)+` ORDER BY service, number`, anys(some)...)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			found[c.Reference] = append(found[c.Reference], c)
		}
	}
	return found, nil
}

// CasesNumbered returns the cases with the numbers.
func (l *Ledger) CasesNumbered(ctx context.Context, numbers []string) (map[string]Case, error) {
	found := map[string]Case{}
	for some := range slices.Chunk(numbers, mostAsked) {
		cases, err := collect(ctx, l.db, scanCase, `SELECT `+caseColumns+` FROM known WHERE service IN ('bf', 've', 'sc') AND number IN `+
			places(len(some), 0)+` ORDER BY service DESC`, anys(some)...)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			found[c.Number] = c
		}
	}
	return found, nil
}

// Named returns own references and case numbers that begin with the prefix, in
// order, at most so many.
func (l *Ledger) Named(ctx context.Context, prefix string, most int) ([]string, error) {
	scan := func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) }
	return collect(ctx, l.db, scan, `SELECT reference FROM document WHERE reference >= $1 AND reference < $2
		UNION SELECT number FROM known WHERE service IN ('bf', 've', 'sc') AND number >= $1 AND number < $2
		ORDER BY 1 LIMIT $3`, prefix, prefix+"\U0010FFFF", most)
}

// CasesEnforcing returns the enforcement cases of payment-order cases, by the
// number of those.
func (l *Ledger) CasesEnforcing(ctx context.Context, numbers []string) (map[string][]Case, error) {
	found := map[string][]Case{}
	for some := range slices.Chunk(numbers, mostAsked) {
		cases, err := collect(ctx, l.db, scanCase, `SELECT `+caseColumns+` FROM known WHERE service = 've' AND parent <> '' AND parent IN `+
			places(len(some), 0)+` ORDER BY number`, anys(some)...)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			found[c.Parent] = append(found[c.Parent], c)
		}
	}
	return found, nil
}

// EachCase gives every case of a code in the order of service and number.
func (l *Ledger) EachCase(ctx context.Context, code string, each func(Case) error) error {
	rows, err := l.db.QueryContext(ctx, `SELECT `+caseColumns+` FROM known WHERE code = $1 ORDER BY service, number`, code)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		c, err := scanCase(rows)
		if err == nil {
			err = each(c)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// OpenCases counts the open cases of a code.
func (l *Ledger) OpenCases(ctx context.Context, code string) (n int64, err error) {
	err = l.db.QueryRowContext(ctx, `SELECT count(*) FROM known WHERE code = $1 AND open = 1`, code).Scan(&n)
	return n, err
}

func anys(all []string) []any {
	out := make([]any, len(all))
	for i, s := range all {
		out[i] = s
	}
	return out
}
