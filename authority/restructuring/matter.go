package restructuring

import (
	"errors"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Matter is one debt restructuring (skuldsaneringsärende).
type Matter struct {
	ID        int64
	Number    string       // ärendenummer
	Debtor    filing.Party // gäldenär
	Business  bool         // F-skuldsanering
	Extended  bool         // the claim period is two months
	Decided   calendar.Day // inledandebeslut
	Announced calendar.Day // kungörelse in Post- och Inrikes Tidningar
	LastDay   calendar.Day // last day of the claim period
	State     State
	Since     calendar.Day
	Revision  int64        // of the proposal that stands; 0 if none
	Granted   calendar.Day // zero if not granted
	PlanEnd   calendar.Day // last day of the payment plan
	Closed    calendar.Day
	Blocked   bool // its data are withheld (blockering)
}

// Open tells whether claims are still taken in it.
func (m Matter) Open() bool {
	return m.State != Completed && m.State != Closed && m.State != Lapsed
}

const selectMatter = `SELECT id, number, debtor, debtor_name, care_of, street, postal_code, town, country, business, extended,
	decided, announced, last_day, state, since, revision, granted, plan_end, closed, blocked FROM restructuring_matter `

// Matter finds a matter by its number.
func (*Matters) Matter(r store.Reader, number string) (Matter, bool, error) {
	return oneMatter(r.QueryRow(selectMatter+`WHERE number = $1`, number))
}

// OfDebtor lists the matters of a debtor, the oldest first.
func (*Matters) OfDebtor(r store.Reader, debtor identity.Number) ([]Matter, error) {
	all, err := store.Collect(func(rows *store.Rows) (Matter, error) { return scanMatter(rows) })(
		r.Query(selectMatter+`WHERE debtor = $1 ORDER BY id`, store.Identity(debtor)))
	if err != nil {
		return nil, fmt.Errorf("restructuring: list the matters of %s: %w", debtor, err)
	}
	return all, nil
}

// lock takes the guard row of a matter.
func lock(tx store.Tx, number string) (Matter, error) {
	m, found, err := oneMatter(tx.LockRow(selectMatter+`WHERE number = $1`, number))
	if err == nil && !found {
		err = unknownMatter(number)
	}
	return m, err
}

func lockByID(tx store.Tx, id int64) (Matter, bool, error) {
	return oneMatter(tx.LockRow(selectMatter+`WHERE id = $1`, id))
}

func oneMatter(row scanner) (Matter, bool, error) {
	m, err := scanMatter(row)
	if errors.Is(err, store.ErrNoRows) {
		return Matter{}, false, nil
	}
	if err != nil {
		return Matter{}, false, fmt.Errorf("restructuring: read a matter: %w", err)
	}
	return m, true, nil
}

// scanner is a row or rows.
type scanner interface{ Scan(dest ...any) error }

func scanMatter(row scanner) (m Matter, err error) {
	var debtor string
	p := &m.Debtor
	err = row.Scan(&m.ID, &m.Number, &debtor, &p.Name, &p.CareOf, &p.Street, &p.PostalCode, &p.Town, &p.Country,
		&m.Business, &m.Extended, &m.Decided, &m.Announced, &m.LastDay, &m.State, &m.Since, &m.Revision,
		&m.Granted, &m.PlanEnd, &m.Closed, &m.Blocked)
	if err != nil {
		return Matter{}, err
	}
	p.Identity, err = store.ParseIdentity(debtor)
	return m, err
}

// KnownCreditors lists the known creditors (kända borgenärer) of a matter.
func (*Matters) KnownCreditors(r store.Reader, matter int64) ([]filing.Party, error) {
	all, err := store.Collect(scanCreditor)(r.Query(`SELECT identity, name, care_of, street, postal_code, town, country
		FROM restructuring_creditor WHERE matter_id = $1 ORDER BY position`, matter))
	if err != nil {
		return nil, fmt.Errorf("restructuring: list the known creditors of matter %d: %w", matter, err)
	}
	return all, nil
}

func scanCreditor(rows *store.Rows) (p filing.Party, err error) {
	var full string
	err = rows.Scan(&full, &p.Name, &p.CareOf, &p.Street, &p.PostalCode, &p.Town, &p.Country)
	if err != nil {
		return p, err
	}
	p.Identity, err = store.ParseIdentity(full)
	return p, err
}

// Events tells the story of a matter or, with the id of a report, of that.
func (m *Matters) Events(r store.Reader, id int64) ([]service.Event, error) {
	return m.events.Of(r, filing.Restructuring, id)
}

// Claim is one claim of a report as it stands.
type Claim struct {
	filing.ReportedClaim
	CopyOf   string // number of an earlier report with the same claim; "" if none
	Examined bool   // an officer found no hindrance in its flags
	State    filing.ClaimStatus
	Since    calendar.Day
	LeftOut  Reason // why it is left out
}

// Counted is what of the claim a proposal counts: capital, costs and interest
// to the decision to initiate, without the secured part (SKSL §31).
func (c Claim) Counted() money.Amount {
	return max(0, c.Amount+c.Interest-c.SecurityAmount)
}

// Flags are what an officer must look at before the claim is proposed, by the
// symbols of Reasons.
func (c Claim) Flags(m Matter) []Reason {
	var flags []Reason
	for _, f := range []struct {
		raised bool
		reason Reason
	}{
		{c.Disputed, IsDisputed},
		{c.Condition != "", Conditional},
		{c.NotDue && c.CounterPerformance, CounterPerformance},
		{c.NotDue && !c.CounterPerformance, NotDue},
		{c.Security != "" && c.SecurityAmount == 0 || c.Counted() == 0, Secured},
		{!c.Origin.IsZero() && c.Origin > m.Decided, AfterOpening},
		{c.CopyOf != "", IsCopy},
	} {
		if f.raised {
			flags = append(flags, f.reason)
		}
	}
	return flags
}
