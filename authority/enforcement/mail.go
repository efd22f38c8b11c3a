package enforcement

import (
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// side is whom a letter is for.
type side int

const (
	toApplicant side = iota // its representative, else the first applicant
	toDebtor                // who acts for the debtor, else the debtor
	toEmployer
	toGuardian // the chief guardian (överförmyndaren)
)

// mail is a letter to be put.
type mail struct {
	about   *kase
	to      side
	outside notice.Person // of a letter to an employer or a chief guardian
	message notice.Message
	facts   notice.Facts
	officer string
}

// letter puts a letter to a side of the case.
func (d *desk) letter(c *kase, to side, m notice.Message, facts notice.Facts) {
	if d.e.letters != nil {
		d.mail = append(d.mail, mail{about: c, to: to, message: m, facts: facts, officer: d.by.Name})
	}
}

// eventNoAddress notes a letter that could not be sent, for the officer to see
// to.
const eventNoAddress = "no_address"

// writeMail puts letters, each to the first of its side that it reaches.
func (d *desk) writeMail() error {
	if len(d.mail) == 0 {
		return nil
	}
	ids := make([]int64, len(d.mail))
	for i, m := range d.mail {
		ids[i] = m.about.application
	}
	people, err := d.peopleOf(ids)
	if err != nil {
		return err
	}
	var all []notice.Letter
	for _, m := range d.mail {
		among := people[m.about.application]
		to, err := d.reached(among.recipients(m))
		if err != nil {
			return err
		}
		if to == nil {
			if _, err := d.note(m.about, eventNoAddress, m.about.state(), m.about.state(), happening{text: string(m.message)}); err != nil {
				return err
			}
			continue
		}
		l, err := d.written(m, *to, among)
		if err != nil {
			return err
		}
		all = append(all, l)
	}
	return d.e.letters.Put(d.tx, all...)
}

// reached is the first person that a letter reaches, nil if none.
func (d *desk) reached(all []notice.Person) (*notice.Person, error) {
	for i := range all {
		if ok, err := d.e.letters.Reaches(d.tx, d.day, all[i]); ok || err != nil {
			return &all[i], err
		}
	}
	return nil, nil
}

// written is the letter with its number. Only the applicant's side is shown its
// own reference, and an employer is not told who applies.
func (d *desk) written(m mail, to notice.Person, among people) (l notice.Letter, err error) {
	id, err := d.supply.letters.Take()
	if err != nil {
		return l, err
	}
	l = notice.Letter{ID: id, Message: m.message, CaseNumber: m.about.number, Officer: m.officer, Recipient: to, Day: d.day, Facts: m.facts,
		Parties: []notice.Person{among.debtors[m.about.position]}}
	if m.to != toEmployer {
		l.Parties = append(append([]notice.Person(nil), among.applicants...), l.Parties...)
	}
	if m.to == toApplicant {
		l.Reference = m.about.group.application.reference
	}
	if !m.about.open() {
		l.PurgeAfter, err = d.e.law.keepUntil(m.about.closed)
	}
	return l, err
}

// people are the persons of an application.
type people struct {
	applicants      []notice.Person
	representatives []notice.Person         // at most one
	debtors         map[int64]notice.Person // by position
	agents          map[int64]notice.Person // legal representatives, by position of the debtor
}

// recipients are those to whom the letter may go, the first first. An estate is
// written to where who acts for it is not reached.
func (p people) recipients(m mail) []notice.Person {
	switch m.to {
	case toEmployer, toGuardian:
		return []notice.Person{m.outside}
	case toApplicant:
		return append(append([]notice.Person(nil), p.representatives...), p.applicants[:min(1, len(p.applicants))]...)
	}
	debtor := p.debtors[m.about.position]
	agent, acts := p.agents[m.about.position]
	if !acts {
		return []notice.Person{debtor}
	}
	agent.ActsFor = debtor.Identity
	if debtor.Role == notice.Estate {
		return []notice.Person{agent, debtor}
	}
	return []notice.Person{agent}
}

// peopleOf reads the persons of applications.
func (d *desk) peopleOf(applications []int64) (map[int64]people, error) {
	all, err := listed(d.tx, `SELECT p.application_id, p.role, p.identity, p.name, p.care_of, p.street, p.postal_code, p.town, p.country,
		p.position, COALESCE(k.estate, FALSE) FROM enforcement_party p
		LEFT JOIN enforcement_case c ON c.application_id = p.application_id AND c.position = p.position AND p.role = 'respondent'
		LEFT JOIN enforcement_debtor k ON k.case_id = c.id
		WHERE p.application_id IN %s AND p.role <> 'creditor' ORDER BY p.application_id, p.role, p.position`,
		distinct(applications), scanMember)
	if err != nil {
		return nil, fmt.Errorf("enforcement: find who gets letters: %w", err)
	}
	found := map[int64]people{}
	for _, m := range all {
		p, begun := found[m.owner]
		if !begun {
			p.debtors, p.agents = map[int64]notice.Person{}, map[int64]notice.Person{}
		}
		found[m.owner] = p.with(m.row)
	}
	return found, nil
}

// member is a person in its place in an application.
type member struct {
	notice.Person
	position int64
	estate   bool
}

func (p people) with(m member) people {
	switch Role(m.Role) {
	case Applicant:
		p.applicants = append(p.applicants, m.Person)
	case Representative:
		p.representatives = append(p.representatives, m.Person)
	case LegalRepresentative:
		p.agents[m.position] = m.Person
	case Respondent:
		m.Role = notice.Debtor
		if m.estate {
			m.Role = notice.Estate
		}
		p.debtors[m.position] = m.Person
	}
	return p
}

func scanMember(rows *store.Rows) (o owned[member], err error) {
	var full string
	m := &o.row
	err = rows.Scan(&o.owner, &m.Role, &full, &m.Name, &m.CareOf, &m.Street, &m.PostalCode, &m.Town, &m.Country, &m.position, &m.estate)
	if err == nil {
		m.Identity, err = store.ParseIdentity(full)
	}
	return o, err
}

// titleWords is what a title is called, "" if it has no name.
func (a application) titleWords() string {
	return map[filing.TitleKind]string{filing.TitleJudgment: "dom eller beslut av domstol", filing.TitleSettlement: "stadfäst förlikning",
		filing.TitlePenaltyOrder: "godkänt straffföreläggande", filing.TitleArbitralAward: "skiljedom",
		filing.TitleMaintenance: "förbindelse om underhållsbidrag", filing.TitleAdministrative: "beslut av förvaltningsmyndighet",
		filing.TitleDocument: "handling som får verkställas", filing.TitleVerdict: "utslag i mål om betalningsföreläggande",
		filing.TitleEuropeanOrder: "europeiskt betalningsföreläggande", filing.TitleNegotiableNote: "skuldebrev"}[a.title]
}
