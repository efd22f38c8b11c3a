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
		return wrongState(a.Matter, event)
	}
	return nil
}

func wrongState(m Matter, event string) error {
	return refusedIn(States().States, "Ärendet "+m.Number, "Matter "+m.Number, string(m.State), event)
}

// refusedIn is the refusal of an event by the state of something.
func refusedIn(states []service.State, swedish, english, state, event string) error {
	stateSwedish, stateEnglish := stateWords(states, state)
	eventSwedish, eventEnglish := words(event)
	return service.Refuse("wrong_state",
		fmt.Sprintf("%s har läget ”%s”; det tillåter inte ”%s”.", swedish, stateSwedish, eventSwedish),
		fmt.Sprintf("%s is in the state “%s”, which does not allow “%s”.", english, stateEnglish, eventEnglish))
}
