package filer

import (
	"fmt"
	"slices"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/statute"
)

// Act is what a list asks to be done to its cases.
type Act string

// The acts. Which transaction carries one out is settled by the state of each
// case.
const (
	Withdraw    Act = "withdrawal"   // återkallelse
	Reduce      Act = "reduction"    // nedsättning
	Defer       Act = "deferral"     // uppskov
	PartyChange Act = "party-change" // ändrade partsuppgifter
)

// Acts lists the acts.
func Acts() []Act { return []Act{Withdraw, Reduce, Defer, PartyChange} }

// subject is what the book knows of what a row is about.
type subject struct {
	document *ledger.Story // the latest application under the reference that was not refused or given up
	cases    []ledger.Case
	pending  []ledger.Story // acts on it of which no receipt tells yet, or that are held
	debtor   ledger.Digest  // of the row's respondent
	today    calendar.Day
}

// step is one document that carries out a row.
type step struct {
	transaction filing.Transaction
	content     filing.Content
	entry       ledger.Document
}

// refusal is why a row is left out.
type refusal struct {
	code   string
	sv, en string
}

func why(code, sv, en string, args ...any) *refusal {
	if len(args) > 0 {
		sv, en = fmt.Sprintf(sv, args...), fmt.Sprintf(en, args...)
	}
	return &refusal{code, sv, en}
}

// choose picks the documents that carry out an act by the state that the book
// knows, or tells why there is none.
func choose(act Act, row claimlist.Act, s subject) ([]step, *refusal) {
	if r := complete(act, row, s.today); r != nil {
		return nil, r
	}
	if act == Withdraw || act == Reduce {
		if r := onItsWay(act, row, s.pending); r != nil {
			return nil, r
		}
	}
	if len(s.cases) == 0 {
		return unread(act, row, s)
	}
	open := slices.DeleteFunc(slices.Clone(s.cases), func(c ledger.Case) bool { return !c.Open || c.Service == filing.Restructuring })
	if len(open) == 0 {
		return nil, over(s.cases)
	}
	mine := slices.DeleteFunc(slices.Clone(open), s.other)
	if len(mine) == 0 {
		return nil, why("other_respondent", "inget öppet mål gäller den svaranden", "no open case is of that respondent")
	}
	return onCases(act, row, mine, s)
}

// other tells whether a case is of another debtor than the row's.
func (s subject) other(c ledger.Case) bool {
	none := ledger.Digest{}
	return s.debtor != none && c.Service == filing.Enforcement && c.Debtor != none && c.Debtor != s.debtor
}

// complete tells what a row lacks for its act.
func complete(act Act, row claimlist.Act, today calendar.Day) *refusal {
	switch {
	case act == Reduce && row.Amount == nil:
		return why("amount", "beloppet saknas", "the amount is missing")
	case act == Reduce && row.Way == "":
		return why("way", "ange om beloppet är det nya (till) eller vad som dras av (med)", "say whether the amount is the new one (to) or what is taken off (by)")
	case act == Reduce && row.Way == filing.ReduceBy && *row.Amount == 0:
		return why("amount", "nedsättning med 0 ändrar inget", "a reduction by 0 changes nothing")
	case act == Defer && row.Until.IsZero():
		return why("until", "ange till och med vilken dag uppskovet gäller", "give the last day of the deferral")
	case act == Defer && row.Until < today:
		return why("until", "uppskovets sista dag %s har passerat", "the last day of the deferral, %s, has passed", row.Until)
	case act == Defer && row.Until > longestDeferral(today):
		return why("too_long", "ett uppskov längre än till %s gör att ansökan förfaller (UB 4:10)", "a deferral beyond %s makes the application lapse (UB 4:10)", longestDeferral(today))
	case act == PartyChange && row.Change == nil:
		return why("change", "ange vad som har ändrats", "say what has changed")
	}
	return nil
}

// longestDeferral is the last day that a deferral given today may reach
// (UB 4:10).
func longestDeferral(today calendar.Day) calendar.Day {
	length, _, err := statute.Default().Period(statute.DeferralLength, today.Time())
	if err != nil {
		return today
	}
	return calendar.Period(length).From(today)
}

// onItsWay tells of a withdrawal that was built already, or of the same
// reduction.
func onItsWay(act Act, row claimlist.Act, pending []ledger.Story) *refusal {
	for _, p := range pending {
		d := p.Document
		whole := d.Act == ledger.Withdraw || d.Act == ledger.WithdrawOne && !row.Respondent.IsZero()
		same := act == Reduce && row.Amount != nil && (d.Act == ledger.ReduceTo || d.Act == ledger.ReduceBy || d.Act == ledger.ChangeAmount) &&
			d.Sum == *row.Amount && d.Part == row.Part
		if whole || same {
			return why("on_its_way", "finns redan i %s nummer %d (%s)", "is already in %s number %d (%s)", p.File.Transaction, p.File.Sequence, p.File.State)
		}
	}
	return nil
}

// unread carries out an act on an application that has no case yet: by the
// number of its file and its own reference (R70).
func unread(act Act, row claimlist.Act, s subject) ([]step, *refusal) {
	if s.document == nil {
		if row.CaseNumber != "" {
			return nil, why("unknown_case", "boken känner inte målet: hämta det som väntar (fetch)", "the book does not know the case: fetch what waits")
		}
		return nil, why("unknown", "boken har ingen ansökan med referensen", "the book has no application with the reference")
	}
	f := s.document.File
	switch f.State {
	case ledger.Approved:
	case ledger.Confirmed:
		return nil, why("unconfirmed", "ansökan i nummer %d fick inget målnummer i bekräftelsen: fråga myndigheten", "the application in number %d got no case number in the confirmation: ask the authority", f.Sequence)
	case ledger.Built:
		return nil, why("not_sent", "ansökan är inte sänd: bygg om nummer %d utan den", "the application has not been sent: build number %d anew without it", f.Sequence)
	default:
		return nil, why("no_receipt", "nummer %d har ingen kvittens än: hämta den först (fetch)", "number %d has no receipt yet: fetch it first", f.Sequence)
	}
	key := filing.CaseKey{Sequence: f.Sequence, Reference: s.document.Document.Reference}
	services := map[filing.Transaction]filing.Service{filing.BFApplication: filing.PaymentOrder, filing.VEApplication: filing.Enforcement}
	service, known := services[f.Transaction]
	if !known || act == Defer && service != filing.Enforcement {
		return nil, why("no_act", "det går inte att göra med filer av %s", "that cannot be done to files of %s", f.Transaction)
	}
	return one(act, row, service, key, ledger.Case{Service: service, Claimed: s.document.Document.Sum, Respondents: s.document.Document.Respondents})
}

// over tells why nothing more can be done to cases that have all ended.
func over(cases []ledger.Case) *refusal {
	c := cases[0]
	for _, k := range cases { // what was done last tells most
		if k.Since >= c.Since {
			c = k
		}
	}
	state := StateWords(c.State)
	switch {
	case c.Reason == string(filing.FinalWithdrawn):
		return why("withdrawn", "målet %s är redan återkallat", "case %s has been withdrawn already", c.Number)
	case c.State == stateVerdict || c.State == stateLegalForce:
		return why("verdict", "utslaget i mål %s står fast och boken har inget öppet mål hos verkställigheten: hämta det som väntar (fetch)",
			"the verdict in case %s stands and the book has no open enforcement case: fetch what waits", c.Number)
	}
	return why("ended", "målet %s är "+state.Swedish, "case %s is "+state.English, c.Number)
}

// onCases carries out an act on open cases. What is told once is enough for a
// joint debt, but a withdrawal and a deferral are of each case.
func onCases(act Act, row claimlist.Act, open []ledger.Case, s subject) ([]step, *refusal) {
	enforced := slices.DeleteFunc(slices.Clone(open), func(c ledger.Case) bool { return c.Service != filing.Enforcement })
	orders := slices.DeleteFunc(slices.Clone(open), func(c ledger.Case) bool { return c.Service != filing.PaymentOrder })
	switch act {
	case Defer:
		if len(enforced) == 0 {
			return nil, why("not_enforced", "uppskov ges bara i mål hos verkställigheten; målet %s är inte där", "a deferral is of enforcement cases only; case %s is none", open[0].Number)
		}
		open = enforced
	case Reduce:
		if len(enforced) > 0 && len(orders) > 0 || len(orders) > 1 || parted(enforced) {
			return nil, why("several_cases", "ärendet har flera öppna mål, %s och %s: ange målnumret", "the case has several open cases, %s and %s: give the case number", open[0].Number, open[1].Number)
		}
		open = open[:1]
	}
	var all []step
	for _, c := range open {
		if act == Withdraw && c.Service == filing.PaymentOrder && len(enforced) > 0 && s.debtor != (ledger.Digest{}) {
			continue // the one respondent is in enforcement already
		}
		steps, r := one(act, row, c.Service, filing.CaseKey{CaseNumber: c.Number, Reference: c.Reference}, c)
		if r != nil {
			return nil, r
		}
		all = append(all, steps...)
	}
	return all, nil
}

// parted tells of several cases that are not of one joint debt.
func parted(cases []ledger.Case) bool {
	for _, c := range cases {
		if len(cases) > 1 && (c.LinkGroup == "" || c.LinkGroup != cases[0].LinkGroup) {
			return true
		}
	}
	return false
}
