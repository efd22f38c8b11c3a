package service

import (
	"errors"
	"fmt"
)

// Refusal is an act that is not carried out, told to the one who asked. Nothing
// of it was kept. Errors of other types are faults of the system.
type Refusal struct {
	Code    string `json:"code"` // stable, snake_case
	Swedish string `json:"sv"`
	English string `json:"en"`
}

func (r *Refusal) Error() string { return r.English }

// Refuse makes a refusal. Its texts may not hold personal data.
func Refuse(code, swedish, english string) *Refusal {
	return &Refusal{Code: code, Swedish: swedish, English: english}
}

// RefusedAs returns the refusal in err, if it is one.
func RefusedAs(err error) (*Refusal, bool) { return errors.AsType[*Refusal](err) }

// UnknownCase is the refusal of an act in a case that does not exist.
func UnknownCase(number string) *Refusal {
	return Refuse("unknown_case", fmt.Sprintf("Målet %s finns inte.", number), fmt.Sprintf("There is no case %s.", number))
}

// WrongState is the refusal of an act that the state of a case does not allow.
func WrongState(number, act, state string) *Refusal {
	return Refuse("wrong_state",
		fmt.Sprintf("Målet %s har läget %s; åtgärden %s kan inte göras då.", number, state, act),
		fmt.Sprintf("Case %s is in the state %s, which does not allow %s.", number, state, act))
}
