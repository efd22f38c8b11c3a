package service

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"filtjanst/calendar"
	"filtjanst/identity"
	"filtjanst/money"
)

// Act is one thing that an officer may do in a case: the plain method of a
// room, with what a form or a command line needs to call it. The room lists
// its acts in one table, so that neither knows any of them.
type Act struct {
	Name    string // snake_case, unique within the service
	Swedish string
	English string
	Basis   string // section or rule
	Params  []Param
	// Events are those of the room's table of states of which the act brings
	// about one; none for an act that no state forbids.
	Events []string
	// Do calls the method of the room. number is the case number, or the number
	// of what else the act concerns.
	Do func(ctx context.Context, by Officer, number string, v *Values) error
	// Begin stands in place of Do for an act that begins something, and returns
	// the number or id that it was given. number is "" where none is given before.
	Begin func(ctx context.Context, by Officer, number string, v *Values) (string, error)
}

// Run does the act. begun is the number or id of what it began, "" for one that
// begins nothing.
func (a Act) Run(ctx context.Context, by Officer, number string, v *Values) (begun string, err error) {
	if a.Begin != nil {
		return a.Begin(ctx, by, number, v)
	}
	return "", a.Do(ctx, by, number, v)
}

// Param is one thing that an act must know.
type Param struct {
	Name     string // snake_case
	Kind     ParamKind
	Required bool
	Choices  []string // of Kind Choice
	Least    int64    // of Kind Number
	Past     bool     // of Kind Day: not after today
	Swedish  string
	English  string
}

// ParamKind is how the value of a parameter is written.
type ParamKind string

// The kinds of parameter.
const (
	TextParam     ParamKind = "text"
	ChoiceParam   ParamKind = "choice"
	NumberParam   ParamKind = "number"
	AmountParam   ParamKind = "amount"   // kronor, "1234.50"
	DayParam      ParamKind = "day"      // "2026-03-02"
	IdentityParam ParamKind = "identity" // personal, coordination or organisation number
	YesParam      ParamKind = "yes"      // "yes" or "no"
)

// Values are the parameters of one act as they were written. The getters
// return the zero value for one that was not given; what cannot be read is
// kept, and told by Err.
type Values struct {
	given map[string]string
	kinds map[string]ParamKind
	today calendar.Day
	err   error
}

// NewValues takes the parameters of the act. today settles the century of
// identity numbers of ten digits, and which days have come. A parameter that the
// act does not know, one that is required and absent, one that cannot be read as
// its kind and a value outside its list or bounds are refused.
func NewValues(a Act, given map[string]string, today calendar.Day) (*Values, error) {
	if err := a.check(given); err != nil {
		return nil, err
	}
	v := &Values{given: given, kinds: map[string]ParamKind{}, today: today}
	for _, p := range a.Params {
		v.kinds[p.Name] = p.Kind
		v.read(p)
	}
	if v.err != nil {
		return nil, v.err
	}
	return v, nil
}

// check refuses parameters that the act does not know, that are absent, and
// choices outside their lists.
func (a Act) check(given map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(a.Params, func(p Param) bool { return p.Name == name }) {
			return Refuse("unknown_parameter", fmt.Sprintf("”%s” har ingen uppgift %q; %s.", a.Swedish, name, a.known("den tar inga", "den kan få ")),
				fmt.Sprintf("“%s” has no parameter %q; %s.", a.English, name, a.known("it takes none", "it can take ")))
		}
	}
	for _, p := range a.Params {
		value := strings.TrimSpace(given[p.Name])
		if p.Required && value == "" {
			return Refuse("missing_parameter", fmt.Sprintf("”%s” behöver uppgiften %s (%s).", a.Swedish, p.Name, p.Swedish),
				fmt.Sprintf("“%s” needs %s (%s).", a.English, p.Name, p.English))
		}
		if p.Kind == ChoiceParam && value != "" && !slices.Contains(p.Choices, value) {
			return Refuse("bad_parameter", fmt.Sprintf("%s kan vara %s.", p.Name, strings.Join(p.Choices, ", ")),
				fmt.Sprintf("%s can be %s.", p.Name, strings.Join(p.Choices, ", ")))
		}
	}
	return nil
}

// known tells which parameters the act takes.
func (a Act) known(none, some string) string {
	names := make([]string, len(a.Params))
	for i, p := range a.Params {
		names[i] = p.Name
	}
	if len(names) == 0 {
		return none
	}
	return some + strings.Join(names, ", ")
}

// Causing tells of each act, by its name, which events of the table of states it
// brings about. Those without any no state forbids.
func Causing(acts []Act, events map[string][]string) []Act {
	for i := range acts {
		acts[i].Events = events[acts[i].Name]
	}
	return acts
}

// In tells whether the table of states allows the act in the state.
func (a Act) In(t States, state string) bool {
	return len(a.Events) == 0 || slices.ContainsFunc(t.Edges, func(e Edge) bool {
		return e.From == state && slices.Contains(a.Events, e.Event)
	})
}

// read reads a value by its kind, so that nothing is done with one that cannot
// be read.
func (v *Values) read(p Param) {
	switch p.Kind {
	case NumberParam:
		n := v.Number(p.Name)
		v.refuse(v.Text(p.Name) != "" && n < p.Least, fmt.Sprintf("%s ska vara minst %d.", p.Name, p.Least), fmt.Sprintf("%s must be at least %d.", p.Name, p.Least))
	case AmountParam:
		v.Amount(p.Name)
	case DayParam:
		day := v.Day(p.Name)
		v.refuse(p.Past && day > v.today, fmt.Sprintf("%s ligger efter i dag, %s.", p.Name, v.today), fmt.Sprintf("%s is after today, %s.", p.Name, v.today))
	case IdentityParam:
		v.Identity(p.Name)
	case YesParam:
		v.Yes(p.Name)
	}
}

// refuse keeps that a value is outside its bounds, if it is and nothing else is
// wrong.
func (v *Values) refuse(outside bool, sv, en string) {
	if outside && v.err == nil {
		v.err = Refuse("bad_parameter", sv, en)
	}
}

// Err is the first value that could not be read, as a *Refusal.
func (v *Values) Err() error { return v.err }

// Text returns a text or choice.
func (v *Values) Text(name string) string { return strings.TrimSpace(v.given[name]) }

// Number returns a whole number.
func (v *Values) Number(name string) int64 {
	return value(v, name, func(s string) (int64, error) { return strconv.ParseInt(s, 10, 64) })
}

// Amount returns an amount.
func (v *Values) Amount(name string) money.Amount { return value(v, name, money.Parse) }

// Day returns a day.
func (v *Values) Day(name string) calendar.Day { return value(v, name, calendar.ParseDay) }

// Identity returns an identity number.
func (v *Values) Identity(name string) identity.Number {
	return value(v, name, identity.Rules{Today: v.today.Time()}.Parse)
}

// Yes tells whether the parameter is "yes".
func (v *Values) Yes(name string) bool {
	return value(v, name, func(s string) (bool, error) {
		switch strings.ToLower(s) {
		case "yes", "ja", "true":
			return true, nil
		case "no", "nej", "false":
			return false, nil
		}
		return false, fmt.Errorf("write yes or no")
	})
}

// value reads one parameter and keeps the first fault. The value itself is not
// told: it may be an identity number.
func value[T any](v *Values, name string, read func(string) (T, error)) (zero T) {
	s := v.Text(name)
	if s == "" {
		return zero
	}
	got, err := read(s)
	if err == nil {
		return got
	}
	if v.err == nil {
		how := v.kinds[name].written()
		v.err = Refuse("bad_parameter", fmt.Sprintf("%s kan inte läsas; skriv %s.", name, how[0]), fmt.Sprintf("%s cannot be read; write %s.", name, how[1]))
	}
	return zero
}

// written tells in Swedish and English how a value of the kind is written.
func (k ParamKind) written() [2]string {
	switch k {
	case NumberParam:
		return [2]string{"ett heltal", "a whole number"}
	case AmountParam:
		return [2]string{"kronor och ören, som 1234.50", "kronor and öre, as 1234.50"}
	case DayParam:
		return [2]string{"en dag som finns, som 2026-12-01", "a day that there is, as 2026-12-01"}
	case IdentityParam:
		return [2]string{"ett person-, samordnings- eller organisationsnummer med rätt kontrollsiffra", "a personal, coordination or organisation number with a right check digit"}
	case YesParam:
		return [2]string{"yes eller no", "yes or no"}
	}
	return [2]string{"text", "text"}
}
