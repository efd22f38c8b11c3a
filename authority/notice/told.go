package notice

import (
	"slices"
	"strings"

	"filtjanst/calendar"
	"filtjanst/money"
)

// told is what the words of a letter are made of. Templates see no addresses.
type told struct {
	Case      string
	Recipient string
	Day       calendar.Day
	Applying  bool           // the recipient is on the side that applied
	F         map[string]any // facts by name; optional ones that are not given are empty
	parties   []Person
}

// Names are the names of the parties with the role, "" if there are none. An
// estate stands in the place of a respondent or debtor.
func (t told) Names(role Role) string {
	var names []string
	for _, p := range t.parties {
		if p.Role == role || p.Role == Estate && (role == Respondent || role == Debtor) {
			names = append(names, oneLine(p.Name))
		}
	}
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " och " + names[last]
}

func (e Entry) told(l Letter) told {
	t := told{
		Case: oneLine(l.CaseNumber), Recipient: oneLine(l.Recipient.Name), Day: l.Day, parties: l.Parties,
		Applying: slices.Contains([]Role{Filer, Applicant, Representative, Creditor}, l.Recipient.Role),
		F:        map[string]any{},
	}
	for name, kind := range e.Optional {
		t.F[name] = nothing(kind)
	}
	for name, f := range l.Facts {
		t.F[name] = f.value()
	}
	return t
}

// nothing is the value of an optional fact that is not given.
func nothing(kind FactKind) any {
	if kind == KindAmount {
		return money.Amount(0)
	}
	return Fact{Kind: kind}.value()
}
