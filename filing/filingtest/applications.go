// Package filingtest makes valid files of every transaction for tests: the same
// seed gives the same documents. Identity numbers are test numbers with serials
// 980–999 or of a test organisation; names and addresses are made up.
//
// It knows no profile: what it makes can be written in every form of every set
// that carries the vocabulary.
package filingtest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Today is the day on which the applications are valid.
const Today = calendar.Day(739943)

// Builder makes applications, one after the other.
type Builder struct {
	random *rand.Rand
	made   int
}

// New returns a builder for the seed.
func New(seed uint64) *Builder {
	return &Builder{random: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
}

// Applications makes n applications.
func (b *Builder) Applications(n int) []filing.Application {
	all := make([]filing.Application, n)
	for i := range all {
		all[i] = b.Next()
	}
	return all
}

// Facts are the file facts that go with the applications.
func Facts(partyCode string, sequence int64, all []filing.Application) filing.FileFacts {
	f := filing.FileFacts{PartyCode: partyCode, Sequence: sequence, Created: Today, Software: "filingtest 1", Documents: int64(len(all))}
	for i := range all {
		f.Sum += all[i].Total
	}
	return f
}

// Next makes one application.
func (b *Builder) Next() filing.Application {
	b.made++
	a := filing.Application{
		Reference:      fmt.Sprintf("26-%07d", b.made),
		NegotiableNote: b.oneIn(10),
		NoEnforcement:  b.oneIn(10),
		DemandDate:     Today.AddDays(-40),
		PayBefore:      Today.AddDays(-25),
	}
	b.parties(&a)
	b.parts(&a)
	if b.oneIn(8) {
		a.Notice = filing.NoticeBoth
	}
	if b.oneIn(8) {
		a.Requests = "Utslaget ska sändas till ombudet.\nUtmätning begärs i första hand av lön."
	}
	for _, p := range a.Parts {
		a.Total += p.Amount + p.Interest.Accrued
	}
	return a
}

func (b *Builder) oneIn(n int) bool { return b.random.IntN(n) == 0 }

func (b *Builder) parties(a *filing.Application) {
	a.Applicants = []filing.Party{b.company("Exempelfordran AB")}
	if b.oneIn(20) {
		a.Applicants = append(a.Applicants, b.company("Provbolaget Åmål AB"))
	}
	if b.oneIn(3) {
		p := b.company("Ombudsbyrån i Provköping AB")
		p.Email = "ombud@example.com"
		a.Representative = &p
	}
	a.Payee = b.payee()
	a.Respondents = []filing.Respondent{b.respondent()}
	if b.oneIn(6) {
		a.Respondents = append(a.Respondents, b.other(a.Respondents[0]))
		a.Joint = true
	}
}

// other makes a respondent with another number than the first.
func (b *Builder) other(first filing.Respondent) filing.Respondent {
	for {
		if r := b.respondent(); r.Identity != first.Identity {
			return r
		}
	}
}

func (b *Builder) company(name string) filing.Party {
	digits := fmt.Sprintf("165%d%06d", 5+b.random.IntN(2), 200_000+b.random.IntN(800_000))
	return filing.Party{
		Identity: Number(digits + "9"), Name: name, Street: fmt.Sprintf("Box %d", 1+b.random.IntN(999)),
		PostalCode: "12345", Town: "Provköping", Phone: "080000000",
	}
}

func (b *Builder) respondent() filing.Respondent {
	r := filing.Respondent{Party: filing.Party{
		Name: "Provsson Örjan", Street: fmt.Sprintf("Testgatan %d lgh 1102", 1+b.random.IntN(99)),
		PostalCode: fmt.Sprintf("%05d", 10000+b.random.IntN(80000)), Town: "Provköping",
	}}
	switch b.random.IntN(12) {
	case 0:
		r.Party = b.company("Testbolaget i Åmål AB")
	case 1:
		r.Identity = must(identity.NewForeign(identity.BirthDate, "1975-03-09"))
	case 2:
		r.Identity = must(identity.NewForeign(identity.ForeignOrganisation, "NL 123456"))
	case 3:
		r.Estate = true
		r.Identity = b.person()
		guardian := b.company("Dödsboförvaltning AB")
		r.LegalRepresentative = &guardian
	case 4:
		r.Street, r.PostalCode, r.Town = "", "", ""
		r.AddressInquiry = "Folkbokföringen visar ingen adress.\nArbetsgivaren har tillfrågats."
		r.Identity = b.person()
	default:
		r.Identity = b.person()
		r.Mobile, r.Email = "0700000001", "orjan@example.com"
	}
	return r
}

// person makes an adult with a test serial.
func (b *Builder) person() identity.Number {
	born := calendar.Date(1940, time.January, 1).AddDays(b.random.IntN(23000))
	y, m, d := born.Date()
	return Number(fmt.Sprintf("%04d%02d%02d%03d", y, m, d, 980+b.random.IntN(20)))
}

func (b *Builder) payee() *filing.Payee {
	switch b.random.IntN(6) {
	case 0:
		return &filing.Payee{Name: "Exempelfordran AB", Kind: filing.PayToBankgiro, Account: "9912346"}
	case 1:
		return &filing.Payee{Name: "Exempelfordran AB", Kind: filing.PayToPlusgiro, Account: "42"}
	case 2:
		return &filing.Payee{Name: "Exempelfordran AB", Kind: filing.PayToAccount, Account: "60000123456789"}
	}
	return nil
}

func (b *Builder) parts(a *filing.Application) {
	for range 1 + b.random.IntN(3) {
		a.Parts = append(a.Parts, b.capital())
	}
	cost := func(kind filing.ClaimPartType, amount money.Amount) {
		a.Parts = append(a.Parts, filing.ClaimPart{Type: kind, Amount: amount})
	}
	if b.oneIn(4) {
		cost(filing.LatePaymentCompensation, 450*money.Krona)
	} else {
		cost(filing.ReminderFee, 60*money.Krona)
		cost(filing.CollectionCost, 180*money.Krona)
	}
	cost(filing.ApplicationFee, 300*money.Krona)
	if b.oneIn(10) {
		cost(filing.OwnWork, 950*money.Krona)
		a.OwnWorkReasons = "Målet har krävt översättning och utredning."
	} else {
		cost(filing.OwnWork, 380*money.Krona)
	}
	if b.oneIn(10) {
		a.Parts = append(a.Parts, filing.ClaimPart{Type: filing.OtherCost, Amount: 15000, Ground: "Kostnad för registreringsbevis."})
	}
}

func (b *Builder) capital() filing.ClaimPart {
	due := Today.AddDays(-60 - b.random.IntN(400))
	p := filing.ClaimPart{
		Type: filing.Capital, Amount: money.Amount(10000 + b.random.IntN(5_000_000)),
		InvoiceNumber: fmt.Sprintf("%010d", b.random.IntN(1_000_000_000)), InvoiceDate: due.AddDays(-30), DueDate: due,
		Ground: "Obetald faktura för mobilabonnemang, maj 2026.\nVaran är levererad enligt följesedel.",
	}
	switch b.random.IntN(4) {
	case 0:
		p.Interest = filing.Interest{Kind: filing.InterestAct}
	case 1:
		p.Interest = filing.Interest{
			Kind: filing.InterestAgreed, Rate: 24 * money.Percent, From: due.AddDays(1), Accrued: money.Amount(1 + b.random.IntN(90000)),
			AccruedTo: Today, Ground: "Avtalad ränta 24 % enligt kreditavtalet.",
		}
	default:
		p.Interest = filing.Interest{
			Kind: filing.InterestAct, From: due.AddDays(1), Accrued: money.Amount(1 + b.random.IntN(90000)), AccruedTo: Today,
		}
	}
	if b.oneIn(5) {
		p.OriginalCreditor = &filing.OriginalCreditor{Name: "Provbygg Syd AB", Identity: Number("16556000016")}
	}
	return p
}

// Number completes eleven digits by their check digit; more than eleven are
// cut. A number that does not hold is a fault of the test and panics.
func Number(digits string) identity.Number {
	digits = digits[:11]
	for check := range 10 {
		if n, err := identity.Parse12(fmt.Sprintf("%s%d", digits, check)); err == nil {
			return n
		}
	}
	panic("filingtest: no check digit makes a number of " + digits[:4] + "…")
}

func must(n identity.Number, err error) identity.Number {
	if err != nil {
		panic(err)
	}
	return n
}
