package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
)

// eventGuardianAwaited notes that the chief guardian is to be told of a
// respondent who is a minor, for the officer to see to.
const eventGuardianAwaited = "guardian_awaited"

// TellGuardian tells the chief guardian (överförmyndaren) of a respondent who
// was under age when the case was registered, or for 0 of each such respondent
// (BFF §8 a).
func (o *Orders) TellGuardian(ctx context.Context, by service.Officer, number string, respondent int64, guardian notice.Office) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventGuardian, respondent)
		if err != nil {
			return err
		}
		return s.tellGuardian(l, pairs, guardian.Guardian())
	})
}

func (o *Orders) guardianAct() service.Act {
	return act("tell_guardian", "Underrätta överförmyndaren", "Tell the chief guardian", "BFF §8 a",
		append(params{whichRespondent(false)}, notice.GuardianParams()...),
		func(ctx context.Context, by service.Officer, number string, v values) error {
			return o.TellGuardian(ctx, by, number, v.Number("respondent"), notice.GuardianOf(v))
		})
}

// tellGuardian writes one letter of each minor among those whose pairs they are.
func (s *session) tellGuardian(l *life, pairs []*pair, to notice.Person) error {
	told := false
	s.text = to.Name
	for position, own := range byRespondent(pairs) {
		young, err := s.underAge(l, position)
		if err != nil {
			return err
		}
		if len(own) == 0 || !young {
			continue
		}
		told = true
		for _, p := range own {
			if err := l.happen(s, p, eventGuardian, p.Until); err != nil {
				return err
			}
		}
		_, sum := l.claims(own)
		facts := notice.Facts{"total": notice.Amount(sum), "registered": notice.Date(l.Registered)}
		if err := s.writeOf(l, notice.PaymentOrderGuardian, to, l.partiesWith(position), facts); err != nil {
			return err
		}
	}
	if !told {
		return service.Refuse("not_minor", fmt.Sprintf("Ingen sådan svarande i målet %s var under 18 år när målet registrerades.", l.Number),
			fmt.Sprintf("No such respondent of case %s was under 18 when the case was registered.", l.Number))
	}
	return nil
}

// awaitGuardian notes of a case just registered of which respondents the chief
// guardian is to be told. Who that is, no register here says.
func (s *session) awaitGuardian(l *life) error {
	for position, own := range byRespondent(l.open(0)) {
		young, err := s.underAge(l, position)
		if err != nil {
			return err
		}
		if len(own) > 0 && young {
			l.note(s, eventGuardianAwaited, int64(position+1), 0, "")
		}
	}
	return nil
}

// underAge tells whether a respondent, from 0, was a minor when the case was
// registered. Of one whose number does not tell when he was born it is not
// known, and an estate is no minor.
func (s *session) underAge(l *life, position int) (bool, error) {
	r := &l.Application.Respondents[position]
	born, known := r.Identity.BirthDate()
	if !known || r.Estate {
		return false, nil
	}
	young, err := s.statute.UnderAge(born, l.Registered.Time())
	if err != nil {
		return false, fmt.Errorf("paymentorder: %w", err)
	}
	return young, nil
}
