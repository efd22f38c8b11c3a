package claimlist

import (
	"fmt"
	"strings"

	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// build makes one application of the rows of a case.
func (b *builder) build(rows []row) result {
	first := rows[0]
	if p := b.paper(first); p != nil {
		return result{paper: p, problems: []Problem{{
			Severity: OnPaper, Row: p.Row, Reference: p.Reference, Swedish: p.Swedish, English: p.English,
		}}}
	}
	c := b.reading(rows...)
	a := c.application()
	if c.refused() {
		return result{row: first.number, problems: c.problems}
	}
	if len(a.Parts) == 0 {
		return result{paper: nothingLeft(c), problems: c.problems}
	}
	return result{application: &a, row: first.number, problems: c.problems}
}

func nothingLeft(c *reader) *Paper {
	return &Paper{
		Reference: c.reference(), Row: c.rows[0].number,
		Swedish: "inget återstår att kräva när krediterna har dragits av: ärendet är lagt åt sidan",
		English: "nothing is left to claim when the credits are deducted: the case is set aside",
	}
}

func (c *reader) application() filing.Application {
	first := c.rows[0]
	a := filing.Application{
		Reference:      c.text(first, Reference),
		Representative: c.Clients.Representative,
		NoEnforcement:  c.code(first, EnforcementWish) == "no",
		DemandDate:     c.date(first, DemandDate),
		PayBefore:      c.date(first, PayBefore),
	}
	c.applicant(&a)
	c.respondents(&a)
	c.claims(&a)
	c.warnOfLimitation()
	a.Total = total(a.Parts)
	return a
}

func total(parts []filing.ClaimPart) money.Amount {
	var sum money.Amount
	for _, p := range parts {
		sum += p.Amount + p.Interest.Accrued
	}
	return sum
}

// applicant finds the client creditor, and holds its name against the export.
func (c *reader) applicant(a *filing.Application) {
	first := c.rows[0]
	number := first.cells[ClientNumber]
	client, known := c.Clients.Find(number)
	if !known {
		c.report(Refused, first, ClientNumber,
			fmt.Sprintf("uppdragsgivaren %q finns inte i klientregistret: lägg till den där", number),
			fmt.Sprintf("the client %q is not in the client master: add it there", number))
		return
	}
	if name := first.cells[ClientName]; name != "" && !strings.EqualFold(name, client.Party.Name) {
		c.report(Warned, first, ClientName,
			fmt.Sprintf("exporten kallar uppdragsgivaren %q men klientregistret %q; registrets namn används", name, client.Party.Name),
			fmt.Sprintf("the export calls the client %q but the client master %q; the master's name is used", name, client.Party.Name))
	}
	a.Applicants = []filing.Party{client.Party}
	a.Payee = client.Payee
}

func (c *reader) respondents(a *filing.Application) {
	first := c.rows[0]
	r := filing.Respondent{Party: filing.Party{Identity: c.identity(first, Identity), Name: c.needed(first, Name)}}
	c.address(first, &r.Party)
	c.partyKind(first, &r)
	c.acting(first, &r)
	a.Respondents = append(a.Respondents, r)
	if first.cells[SecondIdentity] == "" && first.cells[SecondName] == "" {
		return
	}
	second := filing.Respondent{Party: filing.Party{Identity: c.identity(first, SecondIdentity), Name: c.needed(first, SecondName)}}
	second.CareOf, second.Street, second.PostalCode, second.Town = r.CareOf, r.Street, r.PostalCode, r.Town
	if c.isMinor(second.Identity) {
		c.report(Refused, first, SecondIdentity,
			"den andra svaranden är under 18 år: ange ställföreträdare; exporten har ingen kolumn för det, så ansök på papper",
			"the second respondent is under 18: name the legal representative; the export has no column for it, so apply on paper")
	}
	c.report(Notified, first, SecondName,
		"svarande 2 har fått svarande 1:s adress och båda svarar solidariskt",
		"respondent 2 was given the address of respondent 1, and both are jointly liable")
	a.Respondents = append(a.Respondents, second)
	a.Joint = true
}

// partyKind holds the column of kinds against the number, and finds estates.
func (c *reader) partyKind(row row, r *filing.Respondent) {
	kind := c.code(row, PartyKind)
	natural := r.Identity.IsNatural()
	if kind == "organisation" && natural && !r.Identity.IsZero() {
		c.report(Warned, row, PartyKind,
			"typen är företag men numret är en persons (enskild firma?)",
			"the kind is company but the number is a person's (a sole trader?)")
	}
	if kind == "person" && !natural && !r.Identity.IsZero() {
		c.report(Refused, row, PartyKind,
			"typen är person men numret är ett organisationsnummer",
			"the kind is person but the number is an organisation number")
	}
	r.Estate = kind == "estate" || estateName(r.Name)
	if r.Estate {
		c.report(Warned, row, Name,
			"svaranden är ett dödsbo: kontrollera vem som företräder det",
			"the respondent is an estate: see who acts for it")
	}
}

func estateName(name string) bool {
	lower := strings.ToLower(name)
	for _, word := range strings.FieldsFunc(lower, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == '(' || r == ')' }) {
		if word == "dödsbo" || word == "dödsboet" || word == "dbo" {
			return true
		}
	}
	return false
}

// ageOfMajority is the age below which a legal representative is needed
// (BFF §8 a).
const ageOfMajority = 18

func (c *reader) isMinor(n identity.Number) bool {
	born, ok := n.BirthDate()
	return ok && born.AddDate(ageOfMajority, 0, 0).After(c.Today.Time())
}

// acting reads who acts for an estate or a minor.
func (c *reader) acting(row row, r *filing.Respondent) {
	if row.cells[ActingName] != "" {
		p := filing.Party{Name: c.text(row, ActingName)}
		if row.cells[ActingIdentity] != "" {
			p.Identity = c.identity(row, ActingIdentity)
		}
		r.LegalRepresentative = &p
	}
	minor := c.isMinor(r.Identity)
	if minor {
		c.report(Warned, row, Identity,
			"svaranden är under 18 år: Kronofogden underrättar överförmyndaren",
			"the respondent is under 18: the authority tells the chief guardian")
	}
	if (minor || r.Estate) && r.LegalRepresentative == nil {
		c.report(Refused, row, Name,
			"ange vem som företräder svaranden (kolumnen Ställf. namn, se mappningen)",
			"name who acts for the respondent (the column Ställf. namn, see the mapping)")
	}
}

func (c *reader) warnOfLimitation() {
	for _, r := range c.rows {
		limit := c.date(r, LimitationDate)
		if !limit.IsZero() && limit <= c.Today {
			c.report(Warned, r, LimitationDate,
				"fordran är preskriberad enligt exporten", "the claim is barred by limitation according to the export")
		}
	}
}
