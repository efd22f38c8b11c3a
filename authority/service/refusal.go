package service

import (
	"errors"
	"fmt"
	"strings"
)

// Refusal is an act that is not carried out, told to the one who asked. Nothing
// of it was kept. Errors of other types are faults of the system.
type Refusal struct {
	Code    string   `json:"code"` // stable, snake_case
	Swedish string   `json:"sv"`
	English string   `json:"en"`
	Act     string   `json:"act,omitempty"`    // what was refused, once [Refusal.Of] has said so
	States  []string `json:"states,omitempty"` // that do not allow it, by their names in tables of states

	standing [2]string // in Swedish and English: what has which state
}

func (r *Refusal) Error() string { return r.English }

// Refuse makes a refusal. Its texts may not hold personal data.
func Refuse(code, swedish, english string) *Refusal {
	return &Refusal{Code: code, Swedish: swedish, English: english}
}

// RefusedAs returns the refusal in err, if it is one.
func RefusedAs(err error) (*Refusal, bool) { return errors.AsType[*Refusal](err) }

// UnknownCode is the refusal of what concerns a party code that does not exist.
func UnknownCode(code string) *Refusal {
	return Refuse("unknown_code", fmt.Sprintf("Intressentkoden %q finns inte.", code), fmt.Sprintf("There is no party code %q.", code))
}

// UnknownCase is the refusal of an act in a case that does not exist.
func UnknownCase(number string) *Refusal {
	if number == "" {
		return Refuse("missing_number", "Ange målets nummer.", "Give the number of the case.")
	}
	return Refuse("unknown_case", fmt.Sprintf("Målet %s finns inte.", number), fmt.Sprintf("There is no case %s.", number))
}

// WrongState is the refusal of an act that the state of a case does not allow;
// several states where its parts stand in different ones.
func WrongState(number string, states ...State) *Refusal {
	return WrongStateOf("Målet "+number, "Case "+number, states...)
}

// WrongStateOf is WrongState for what is no case; swedish and english name it.
func WrongStateOf(swedish, english string, states ...State) *Refusal {
	r := &Refusal{Code: "wrong_state"}
	var sv, en []string
	for _, s := range states {
		r.States = append(r.States, s.Name)
		sv, en = append(sv, "”"+s.Swedish+"”"), append(en, "“"+s.English+"”")
	}
	r.standing = [2]string{
		fmt.Sprintf("%s har läget %s", swedish, strings.Join(sv, ", ")),
		fmt.Sprintf("%s is in the state %s", english, strings.Join(en, ", ")),
	}
	r.Swedish, r.English = r.standing[0]+", som inte medger åtgärden.", r.standing[1]+", which does not allow the act."
	return r
}

// Of names the act of the room that was refused.
func (r *Refusal) Of(room string, a Act) *Refusal {
	of := *r
	of.Act = room + "." + a.Name
	if r.standing[0] != "" {
		of.Swedish = fmt.Sprintf("%s, som inte medger ”%s”.", r.standing[0], a.Swedish)
		of.English = fmt.Sprintf("%s, which does not allow “%s”.", r.standing[1], a.English)
	}
	return &of
}
