package enforcement

import (
	"iter"

	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

// Role is what a person is in an application.
type Role string

// The roles.
const (
	Applicant           Role = "applicant"            // sökande
	Representative      Role = "representative"       // ombud
	Respondent          Role = "respondent"           // gäldenär
	LegalRepresentative Role = "legal_representative" // ställföreträdare
	TitleCreditor       Role = "creditor"             // borgenären i exekutionstiteln
)

// table is rows for one table.
type table struct {
	name    string
	columns []string
	rows    func(o *opening, yield func([]any) bool) bool
}

// writeOpened enters applications with all that belongs to them.
func (d *desk) writeOpened() error {
	if len(d.opened) == 0 {
		return nil
	}
	for _, t := range []table{
		{"enforcement_application", applicationColumns(), applicationRow},
		{"enforcement_party", partyColumns(), partyRows},
		{"enforcement_assignment", assignmentColumns(), assignmentRows},
		{"enforcement_group", groupColumns(), groupRows},
		{"enforcement_debt", debtColumns(), debtRows},
		{"enforcement_case", caseColumns(), caseRows},
		{"enforcement_debtor", debtorColumns(), debtorRows},
	} {
		if err := d.copyIn(t.name, t.columns, len(d.opened), d.rowsOf(t)); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) rowsOf(t table) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, o := range d.opened {
			if !t.rows(o, yield) {
				return
			}
		}
	}
}

func applicationColumns() []string {
	return []string{"id", "origin", "file", "document", "sequence", "code_id", "main_code_id", "code", "reference", "arrived", "notice", "measure",
		"scope", "renewed", "joint", "title_kind", "title_number", "title_issuer", "title_date", "legal_force", "source_case",
		"ground", "alternative", "property", "total", "payee_kind", "payee_account", "payee_name", "payee_identity"}
}

func applicationRow(o *opening, yield func([]any) bool) bool {
	payee := filing.Payee{}
	if o.Payee != nil {
		payee = *o.Payee
	}
	return yield([]any{o.id, string(o.origin), o.file, o.document, o.sequence, o.codeID, o.mainCodeID, o.code, o.Reference, store.Micros(o.arrived),
		string(o.notice), string(o.Measure), string(o.Scope), o.Renewed, o.Joint, string(o.Title.Kind), o.Title.Number, o.Title.Issuer,
		o.Title.Date, o.Title.LegalForce, o.sourceCase, o.Ground, o.AlternativeGround, o.Property, ore(o.Total),
		string(payee.Kind), payee.Account, payee.Name, store.Identity(payee.Identity)})
}

func partyColumns() []string {
	return []string{"application_id", "role", "position", "identity", "name", "care_of", "street", "postal_code", "town",
		"country", "phone", "mobile", "email"}
}

// partyRows come in the order of the key.
func partyRows(o *opening, yield func([]any) bool) bool {
	row := func(role Role, i int, p *filing.Party) bool {
		return yield([]any{o.id, string(role), int64(i + 1), store.Identity(p.Identity), p.Name, p.CareOf, p.Street, p.PostalCode, p.Town,
			p.Country, p.Phone, p.Mobile, p.Email})
	}
	for i := range o.Applicants {
		if !row(Applicant, i, &o.Applicants[i]) {
			return false
		}
	}
	if c := o.Title.Creditor; c.Name != "" && !row(TitleCreditor, 0, &filing.Party{Identity: c.Identity, Name: c.Name}) {
		return false
	}
	for i := range o.Respondents {
		if p := o.Respondents[i].LegalRepresentative; p != nil && !row(LegalRepresentative, i, p) {
			return false
		}
	}
	if p := o.Representative; p != nil && !row(Representative, 0, p) {
		return false
	}
	for i := range o.Respondents {
		if !row(Respondent, i, &o.Respondents[i].Party) {
			return false
		}
	}
	return true
}

func assignmentColumns() []string {
	return []string{"application_id", "position", "from_identity", "from_name", "to_identity", "to_name", "day", "deposited"}
}

func assignmentRows(o *opening, yield func([]any) bool) bool {
	for i, a := range o.Title.Assignments {
		if !yield([]any{o.id, int64(i + 1), store.Identity(a.From.Identity), a.From.Name, store.Identity(a.To.Identity), a.To.Name,
			a.Date, a.Deposited}) {
			return false
		}
	}
	return true
}

func groupColumns() []string {
	return []string{"id", "application_id", "cases", "changes", "touched", "movements", "accrued_to", "joint_debt", "stated",
		"fee_case", "fee_next", "fee_noticed", "exempt"}
}

func groupRows(o *opening, yield func([]any) bool) bool {
	for _, g := range o.groups {
		if !yield([]any{g.id, o.id, int64(len(g.cases)), int64(0), o.entered, g.last, g.accruedTo, g.joint, g.stated, g.feeCase,
			g.feeNext, g.feeNoticed, string(g.exempt)}) {
			return false
		}
	}
	return true
}

func debtColumns() []string {
	return []string{"group_id", "position", "type", "principal", "interest", "interest_kind", "interest_rate", "interest_from",
		"due_date", "invoice_number", "period_from", "period_to"}
}

// debtRows are the items as they were when the cases were opened.
func debtRows(o *opening, yield func([]any) bool) bool {
	shares := len(o.groups)
	row := func(g *group, i int, principal, interest money.Amount) bool {
		debt, position := &o.Debts[i], o.position(i)
		return yield([]any{g.id, position, string(debt.Type), ore(principal), ore(interest), string(debt.Interest.Kind),
			int64(debt.Interest.Rate), g.item(position).from, debt.DueDate, debt.InvoiceNumber, debt.PeriodFrom, debt.PeriodTo})
	}
	for n, g := range o.groups {
		for i := range o.Debts {
			debt := &o.Debts[i]
			if !row(g, i, share(debt.Amount, n, shares), share(debt.Interest.Accrued, n, shares)) {
				return false
			}
		}
	}
	for _, i := range o.added { // what is owed of them is raised by movements
		if !row(o.cases[0].group, i, 0, 0) {
			return false
		}
	}
	return true
}

func caseColumns() []string {
	return []string{"id", "group_id", "application_id", "code_id", "position", "number", "file", "identity", "registered", "claimed", "remaining", "joined", "held_code", "repeats", "claim", "confirmed",
		"confirmed_fee", "base", "holds", "state", "since", "awaits", "lodge_by", "measured", "deferred_from", "accounted",
		"account_due", "reason", "closed"}
}

func caseRows(o *opening, yield func([]any) bool) bool {
	for _, c := range o.cases {
		if !yield([]any{c.id, c.group.id, o.id, o.codeID, c.position, c.number, o.file, store.Identity(c.debtor), c.registered, ore(c.claimed), ore(c.group.debtOf(c)), c.joined, string(c.refused), c.repeats, c.claim,
			string(c.confirmed), ore(c.confirmedFee), string(c.base), c.holdText(), string(c.state()), c.since,
			lackingText(c.awaits), c.lodgeBy, c.measured, c.deferredFrom, c.accounted, c.accountDue, string(c.reason), c.closed}) {
			return false
		}
	}
	return true
}

func debtorColumns() []string {
	return []string{"case_id", "estate", "occupation", "domicile", "workplace", "workplace_address", "other_address",
		"address_inquiry", "circumstances"}
}

func debtorRows(o *opening, yield func([]any) bool) bool {
	for i := range o.Respondents {
		r := &o.Respondents[i]
		if !yield([]any{o.firstCase + int64(i), r.Estate, r.Occupation, r.Domicile, r.Workplace, r.WorkplaceAddress,
			r.OtherAddress, r.AddressInquiry, r.Circumstances}) {
			return false
		}
	}
	return true
}
