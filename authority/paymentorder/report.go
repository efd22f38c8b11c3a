package paymentorder

import (
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// report is one line of bf.event on its way.
type report struct {
	life *life
	kind filing.PaymentOrderEventKind
	said said
}

// reported is the word of bf.event for an event; verdicts have a file of their
// own, and what the applicant has done itself is not told.
func reported(event string) (filing.PaymentOrderEventKind, bool) {
	kind, there := map[string]filing.PaymentOrderEventKind{
		eventOrderToComplete:   filing.EventCompletionAsked,
		eventCompleted:         filing.EventCompleted,
		eventOrder:             filing.EventOrdered,
		eventEstateNamed:       filing.EventOrdered,
		eventServed:            filing.EventServed,
		eventServiceFailed:     filing.EventServiceFailed,
		eventObjection:         filing.EventObjection,
		eventUnfounded:         filing.EventObjection,
		eventLateObjection:     filing.EventLateObjection,
		eventNotCompleted:      filing.EventDismissed,
		eventDismiss:           filing.EventDismissed,
		eventServiceDeclined:   filing.EventDismissed,
		eventEstateNotNamed:    filing.EventDismissed,
		eventTransferRequested: filing.EventTransferred,
		eventNoTransfer:        filing.EventDiscontinued,
		eventWithdrawal:        filing.EventDiscontinued,
		eventDied:              filing.EventAwaitingEstate,
		eventReopening:         filing.EventReopening,
		eventSetAside:          filing.EventSetAside,
		eventStands:            filing.EventVerdictStands,
		eventLegalForce:        filing.EventLegalForce,
	}[event]
	return kind, there
}

// saveReports gives the lines their places in the files of their codes.
func (s *session) saveReports(all []report) error {
	for _, lines := range byCode(all, func(r report) *life { return r.life }) {
		batch, first, err := s.lines(lines[0].life, filing.BFEvent, len(lines))
		if err != nil {
			return err
		}
		_, err = s.tx.CopyIn("paymentorder_report", []string{"code_id", "batch", "line", "case_id", "case_number", "reference",
			"kind", "day", "respondent", "part", "amount", "last_day", "remark"},
			func(yield func([]any) bool) {
				for i, r := range lines {
					if !yield([]any{r.life.CodeID, batch, first + int64(i), r.life.ID, r.life.Number, r.life.Application.Reference,
						string(r.kind), r.said.day.String(), store.Identity(r.life.respondent(r.said.respondent)), r.said.part,
						int64(r.said.amount), r.said.last, r.said.remark()}) {
						return
					}
				}
			})
		if err != nil {
			return err
		}
	}
	return nil
}

// remark is what bf.event adds to an event, in the filer's words where the room
// has a symbol of its own.
func (s said) remark() string {
	if s.event != eventWithdrawal {
		return s.text
	}
	return map[string]string{
		string(filing.WithdrawnPaid): "Svaranden har betalat.", string(filing.WithdrawnSettled): "Parterna har kommit överens.",
		string(filing.WithdrawnMistaken): "Ansökan var felaktig.", string(filing.WithdrawnOther): "Annat skäl.",
	}[s.text]
}

// respondent is the number of a respondent; the zero number for all of them.
func (l *life) respondent(position int64) identity.Number {
	if position == 0 {
		return identity.Number{}
	}
	return l.Application.Respondents[position-1].Identity
}

// respondents are the numbers of all respondents, of those who have one.
func (l *life) respondents() (numbers []identity.Number) {
	for _, r := range l.Application.Respondents {
		if !r.Identity.IsZero() {
			numbers = append(numbers, r.Identity)
		}
	}
	return numbers
}
