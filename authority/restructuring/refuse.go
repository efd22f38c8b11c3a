package restructuring

import (
	"fmt"

	"filtjanst/authority/service"
)

// told keeps refusals as they are and says of other errors where they arose.
func told(number string, err error) error {
	if _, refused := service.RefusedAs(err); err == nil || refused {
		return err
	}
	return fmt.Errorf("restructuring: matter %s: %w", number, err)
}

func unknownMatter(number string) error {
	return service.Refuse("unknown_matter", fmt.Sprintf("Ärendet %s finns inte.", number), fmt.Sprintf("There is no matter %s.", number))
}

func unknownReport(number string) error {
	return service.Refuse("unknown_claim", fmt.Sprintf("Fordringsanmälan %s finns inte.", number), fmt.Sprintf("There is no claim report %s.", number))
}

// may refuses an event that the state does not allow.
func (a *act) may(event string) error {
	if _, allowed := after(a.State, event); !allowed {
		return wrongState(a.Matter)
	}
	return nil
}

func wrongState(m Matter) error {
	return service.WrongStateOf("Ärendet "+m.Number, "Matter "+m.Number, described(States().States, string(m.State)))
}

// described is a state as it stands in a table of states.
func described(states []service.State, name string) service.State {
	sv, en := stateWords(states, name)
	return service.State{Name: name, Swedish: sv, English: en}
}
