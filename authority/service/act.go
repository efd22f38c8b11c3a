package service

import (
	"context"
	"fmt"
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
	// Do calls the method of the room. case is the case number, or the number
	// of what else the act concerns; "" for an act that begins something.
	Do func(ctx context.Context, by Officer, number string, v *Values) error
}

// Param is one thing that an act must know.
type Param struct {
	Name     string // snake_case
	Kind     ParamKind
	Required bool
	Choices  []string // of Kind Choice
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
	today calendar.Day
	err   error
}

// NewValues takes the parameters of the act. today settles the century of
// identity numbers of ten digits. A parameter that the act does not know, one
// that is required and absent, one that cannot be read as its kind and a choice
// outside its list are refused.
func NewValues(a Act, given map[string]string, today calendar.Day) (*Values, error) {
	for name := range given {
		if !a.knows(name) {
			return nil, Refuse("unknown_parameter", fmt.Sprintf("Åtgärden %s har ingen uppgift %q.", a.Name, name),
				fmt.Sprintf("The act %s has no parameter %q.", a.Name, name))
		}
	}
	for _, p := range a.Params {
		value := strings.TrimSpace(given[p.Name])
		if p.Required && value == "" {
			return nil, Refuse("missing_parameter", fmt.Sprintf("Åtgärden %s behöver uppgiften %s.", a.Name, p.Name),
				fmt.Sprintf("The act %s needs %s.", a.Name, p.Name))
		}
		if p.Kind == ChoiceParam && value != "" && !p.offers(value) {
			return nil, Refuse("bad_parameter", fmt.Sprintf("%s kan vara %s.", p.Name, strings.Join(p.Choices, ", ")),
				fmt.Sprintf("%s can be %s.", p.Name, strings.Join(p.Choices, ", ")))
		}
	}
	v := &Values{given: given, today: today}
	for _, p := range a.Params {
		v.read(p)
	}
	if v.err != nil {
		return nil, v.err
	}
	return v, nil
}

// read reads a value by its kind, so that nothing is done with one that cannot
// be read.
func (v *Values) read(p Param) {
	switch p.Kind {
	case NumberParam:
		v.Number(p.Name)
	case AmountParam:
		v.Amount(p.Name)
	case DayParam:
		v.Day(p.Name)
	case IdentityParam:
		v.Identity(p.Name)
	case YesParam:
		v.Yes(p.Name)
	}
}

func (a Act) knows(name string) bool {
	for _, p := range a.Params {
		if p.Name == name {
			return true
		}
	}
	return false
}

func (p Param) offers(value string) bool {
	for _, c := range p.Choices {
		if c == value {
			return true
		}
	}
	return false
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
		v.err = Refuse("bad_parameter", fmt.Sprintf("%s kan inte läsas.", name), fmt.Sprintf("%s cannot be read: %v", name, err))
	}
	return zero
}
