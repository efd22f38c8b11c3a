package filer

import (
	"context"
	"slices"

	"filtjanst/calendar"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// Story is all that the book knows of one claim: the files that it stands in,
// the cases, what happened, the money, and what is to be expected.
type Story struct {
	Reference string         `json:"reference"`
	Documents []ledger.Story `json:"files"`
	Cases     []KnownCase    `json:"cases"`
	Events    []ledger.Event `json:"events"`
	Money     Money          `json:"money"`
	Expected  []Expected     `json:"expected"`
}

// KnownCase is a case with its state in words.
type KnownCase struct {
	ledger.Case
	StateWords Words `json:"state_words"`
}

// Money is the sums over the cases of a claim. Amounts are öre.
type Money struct {
	Claimed  money.Amount `json:"claimed_ore"` // in the payment order, else in enforcement
	Reduced  money.Amount `json:"reduced_ore"`
	Received money.Amount `json:"received_ore"`
	PaidOut  money.Amount `json:"paid_out_ore"`
	Fees     money.Amount `json:"fees_ore"`
}

// Expected is what comes next, as far as the filer can know.
type Expected struct {
	Code string       `json:"code"`
	Case string       `json:"case_number,omitempty"`
	Day  calendar.Day `json:"day,omitzero"`
	Words
}

// Story tells the story of a claim by its own reference, or by a case number.
// One that the book does not know has no documents, cases and events.
func (d *Desk) Story(ctx context.Context, name string) (Story, error) {
	s := Story{Reference: name, Documents: []ledger.Story{}, Cases: []KnownCase{}, Events: []ledger.Event{}, Expected: []Expected{}}
	cases, err := d.casesOf(ctx, name)
	if err != nil {
		return s, err
	}
	reference, numbers := name, []string{}
	for _, c := range cases {
		numbers = append(numbers, c.Number)
		reference = firstOf(c.Reference, reference)
		s.Cases = append(s.Cases, KnownCase{c, StateWords(c.State)})
		s.Money.add(c)
	}
	s.Reference = reference
	documents, err := d.Book.Stories(ctx, reference, numbers...)
	if err != nil {
		return s, err
	}
	s.Documents = append(s.Documents, documents...)
	events, err := d.Book.EventsOf(ctx, reference, numbers)
	if err != nil {
		return s, err
	}
	for _, e := range events {
		words := EventText(e)
		e.Swedish, e.English = words.Swedish, words.English
		s.Events = append(s.Events, e)
	}
	s.expect(d.today())
	return s, nil
}

// casesOf are the cases with the own reference, or the one of the number with
// those that belong to it.
func (d *Desk) casesOf(ctx context.Context, name string) ([]ledger.Case, error) {
	byReference, err := d.Book.CasesOf(ctx, []string{name})
	if err != nil || len(byReference[name]) > 0 {
		return byReference[name], err
	}
	byNumber, err := d.Book.CasesNumbered(ctx, []string{name})
	c, known := byNumber[name]
	if err != nil || !known {
		return nil, err
	}
	if c.Reference != "" {
		byReference, err = d.Book.CasesOf(ctx, []string{c.Reference})
		return byReference[c.Reference], err
	}
	enforcing, err := d.Book.CasesEnforcing(ctx, []string{name})
	return append([]ledger.Case{c}, enforcing[name]...), err
}

func (m *Money) add(c ledger.Case) {
	if c.Service == filing.PaymentOrder || m.Claimed == 0 {
		m.Claimed = c.Claimed
	}
	m.Reduced += c.Reduced
	m.Received += c.Received
	m.PaidOut += c.PaidOut
	m.Fees += c.Fees
}

// Known tells whether the book knows anything of it.
func (s Story) Known() bool { return len(s.Documents)+len(s.Cases)+len(s.Events) > 0 }

// expect tells what comes next of files and cases.
func (s *Story) expect(today calendar.Day) {
	answered := slices.ContainsFunc(s.Events, func(e ledger.Event) bool { return e.Kind == ledger.EventExtract })
	for _, one := range s.Documents {
		if e, there := expectedOf(one); there && !(answered && e.Code == "answer") {
			s.Expected = append(s.Expected, e)
		}
	}
	enforced := slices.ContainsFunc(s.Cases, func(c KnownCase) bool { return c.Service == filing.Enforcement })
	optedOut := slices.ContainsFunc(s.Documents, func(one ledger.Story) bool { return one.Document.OptedOut })
	for _, c := range s.Cases {
		if e, there := next(c.Case, enforced, optedOut, today); there {
			e.Case = c.Number
			s.Expected = append(s.Expected, e)
		}
	}
}

// expectedOf is what is to come of a file.
func expectedOf(s ledger.Story) (Expected, bool) {
	info, _ := filing.Info(s.File.Transaction)
	number := count(s.File.Sequence)
	name := Words{info.Swedish + " nummer " + number, info.English + ", number " + number}
	expect := func(code, sv, en string, day calendar.Day) (Expected, bool) {
		return Expected{Code: code, Day: day, Words: Words{name.Swedish + ": " + sv, name.English + ": " + en}}, true
	}
	switch s.File.State {
	case ledger.Built:
		return expect("send", "ska sändas", "is to be sent", 0)
	case ledger.Sending, ledger.Sent, ledger.Unclear:
		return expect("receipt", "kvittens väntas", "the receipt is awaited", 0)
	case ledger.Rejected:
		return expect("correct", "är avvisad: rätta och bygg om, eller ge upp den", "was rejected: correct it and build it anew, or give it up", 0)
	case ledger.Approved:
		if info.Confirmation != "" && s.Document.CaseNumber == "" {
			read, _ := calendar.ParseDay(s.File.ReadIn)
			return expect("confirmation", "bekräftelse väntas efter inläsningen", "the confirmation is awaited after read-in", read)
		}
		if info.Answer != "" {
			return expect("answer", "svar väntas", "the answer is awaited", 0)
		}
	}
	return Expected{}, false
}

// next is what is to come of a case.
func next(c ledger.Case, enforced, optedOut bool, today calendar.Day) (Expected, bool) {
	row, there := nextOf()[string(c.Service)+" "+c.State]
	switch {
	case c.Service == filing.PaymentOrder && (c.State == stateVerdict || c.State == stateLegalForce):
		if enforced || optedOut {
			return Expected{}, false
		}
	case !c.Open && c.State != stateWithdrawn:
		return Expected{}, false
	case !there && c.Service == filing.Enforcement:
		row = Expected{Code: "account", Words: Words{"redovisning när pengar kommer in; annars meddelande om ny grundavgift inom ett år", "an account when money comes in; else notice of a new basic fee within a year"}}
	case !there:
		return Expected{}, false
	}
	row.Day = c.LastDay
	if row.Day.IsZero() && row.Code == "verdict" {
		row.Day = earliestVerdict(c, today)
	}
	return row, true
}

// earliestVerdict is the day before which no verdict can be given: the usual
// time to answer (BFL §25) from registration, if it lies ahead.
func earliestVerdict(c ledger.Case, today calendar.Day) calendar.Day {
	length, _, err := statute.Default().Period(statute.ResponseTimeUsual, c.Registered.Time())
	if err != nil {
		return 0
	}
	if day := calendar.Period(length).From(c.Registered); day > today {
		return day
	}
	return 0
}

// nextOf is what follows each state, by service and state.
func nextOf() map[string]Expected {
	verdict := Expected{Code: "verdict", Words: Words{"utslag, om kravet inte bestrids; inte före dagen som anges", "a verdict, unless the claim is objected to; not before the day given"}}
	return map[string]Expected{
		"bf " + stateRegistered:        verdict,
		"bf " + stateOrdered:           verdict,
		"bf " + stateServed:            verdict,
		"bf " + statePartly:            {Code: "verdict", Words: Words{"beslut om resten av kravet", "a decision on the rest of the claim"}},
		"bf completion_requested":      {Code: "complete", Words: Words{"ert svar på begäran om komplettering, annars avvisas ansökan", "your completion, or the application is dismissed"}},
		"bf " + stateContested:         {Code: "transfer", Words: Words{"er begäran om överlämnande till tingsrätt, annars avskrivs målet", "your request for transfer to court, or the case is discontinued"}},
		"bf awaiting_estate":           {Code: "estate", Words: Words{"uppgift om dödsboet och vem som företräder det", "who acts for the estate"}},
		"bf " + stateVerdict:           {Code: "enforcement", Words: Words{"bekräftelse av målet hos verkställigheten, om inte verkställighet har valts bort", "the confirmation of the enforcement case, unless enforcement was opted out of"}},
		"bf " + stateLegalForce:        {Code: "enforcement", Words: Words{"bekräftelse av målet hos verkställigheten, om inte verkställighet har valts bort", "the confirmation of the enforcement case, unless enforcement was opted out of"}},
		"ve " + stateAwaitingTitle:     {Code: "lodge", Words: Words{"exekutionstiteln ska ges in, annars avvisas ansökan", "the title must be lodged, or the application is dismissed"}},
		"ve " + stateAwaitingDocuments: {Code: "lodge", Words: Words{"handlingar ska ges in, annars avvisas ansökan", "documents must be lodged, or the application is dismissed"}},
		"ve " + stateDeferral:          {Code: "deferral", Words: Words{"uppskovet löper ut och målet fortsätter", "the deferral ends and the case goes on"}},
		"ve " + stateMonitoring:        {Code: "measures", Words: Words{"nya åtgärder", "further measures"}},
		"ve " + stateWithdrawn:         {Code: "final_account", Words: Words{"slutredovisning", "the final account"}},
		"sc registered":                {Code: "proposal", Words: Words{"förslag till skuldsanering per brev", "the proposal for a restructuring, by letter"}},
	}
}
