package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// OrderToComplete orders the applicant to complete a deficient application
// (BFL §20), always by letter (R48). deficiencies says what is lacking; days is
// the time, 0 the usual.
func (o *Orders) OrderToComplete(ctx context.Context, by service.Officer, number string, deficiencies []string, days int64) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventOrderToComplete, 0)
		if err != nil {
			return err
		}
		if days <= 0 {
			days = s.times.Completion
		}
		last := s.span(days, s.day, "BFL §20")
		if err := l.each(s, pairs, eventOrderToComplete, last); err != nil {
			return err
		}
		return s.toApplicant(l, notice.OrderToComplete, notice.Facts{
			"deficiencies": notice.List(deficiencies...), "complete_by": notice.Date(last)})
	})
}

// Complete notes that the application has been completed; the order is issued
// anew in the normal time.
func (o *Orders) Complete(ctx context.Context, by service.Officer, number string) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventCompleted, 0)
		if err != nil {
			return err
		}
		return l.each(s, pairs, eventCompleted, s.day.AddDays(int(s.times.Order)-1))
	})
}

// Dismiss dismisses the application for a bar to it, wholly or against one
// respondent (BFL §21). reason is told to the applicant.
func (o *Orders) Dismiss(ctx context.Context, by service.Officer, number string, respondent int64, reason string) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventDismiss, respondent)
		if err != nil {
			return err
		}
		return s.dismiss(l, pairs, eventDismiss, reason)
	})
}

// PresumeUnfounded handles a claim as contested that is presumed unfounded or
// unwarranted, wholly or in one part (BFL §23). amount is how much of the part;
// 0 is all of it.
func (o *Orders) PresumeUnfounded(ctx context.Context, by service.Officer, number string, respondent, part int64, amount money.Amount) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventUnfounded, respondent)
		if err != nil {
			return err
		}
		return s.contest(l, pairs, eventUnfounded, part, amount, s.day, by.Reason)
	})
}

// contest makes pairs contested, wholly or in part, and tells the applicant at
// once, who has four weeks from that day to ask for transfer (BFL §§33–34).
func (s *session) contest(l *life, pairs []*pair, event string, part int64, amount money.Amount, received calendar.Day, reasons string) error {
	pairs, err := ofPart(l, pairs, part)
	if err != nil {
		return err
	}
	if amount != 0 {
		if pairs, err = s.slice(l, pairs, part, amount); err != nil {
			return err
		}
	}
	last, err := s.period(statute.TransferRequest, s.day, "BFL §34")
	if err != nil {
		return err
	}
	if err := l.each(s, pairs, event, last); err != nil {
		return err
	}
	table, _ := l.claims(pairs)
	facts := notice.Facts{"received": notice.Date(received), "contested": table, "transfer_by": notice.Date(last),
		"partial": notice.Flag(len(pairs) < len(l.pairs))}
	if reasons != "" {
		facts["reasons"] = notice.Quote(reasons)
	}
	return s.toApplicant(l, notice.ObjectionNotice, facts)
}

// slice cuts an amount out of one claim part of each respondent.
func (s *session) slice(l *life, pairs []*pair, part int64, amount money.Amount) ([]*pair, error) {
	if part == 0 && len(l.Application.Parts) > 1 {
		return nil, service.Refuse("part_needed", "Ange vilket delkrav beloppet gäller.", "Say which claim part the amount concerns.")
	}
	var pieces []*pair
	for _, p := range pairs {
		if amount < 0 || amount > p.Amount {
			return nil, service.Refuse("amount_above_claim",
				fmt.Sprintf("Beloppet %s är större än det som yrkas, %s.", amount.Kronor(), p.Amount.Kronor()),
				fmt.Sprintf("The amount %s is above what is claimed, %s.", amount.Kronor(), p.Amount.Kronor()))
		}
		piece := p
		if amount < p.Amount {
			id, err := s.reserved.pairs.Take()
			if err != nil {
				return nil, err
			}
			if piece, err = l.cut(p, amount, id); err != nil {
				return nil, err
			}
		}
		pieces = append(pieces, piece)
	}
	return pieces, nil
}

// IssueOrder orders the respondents to answer now, all or one of them (BFL §25).
// days is the time to answer from service, 0 the usual; more than two weeks only
// for special reasons, which are the officer's.
func (o *Orders) IssueOrder(ctx context.Context, by service.Officer, number string, respondent, days int64, special bool) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		pairs, err := l.those(eventOrder, respondent)
		if err != nil {
			return err
		}
		if err := s.checkDays(days, special); err != nil {
			return err
		}
		for position, own := range byRespondent(pairs) {
			if days > 0 && len(own) > 0 {
				l.service(int64(position + 1)).AnswerDays = days
			}
		}
		return s.issue(l, pairs)
	})
}

func (s *session) checkDays(days int64, special bool) error {
	length, _, err := s.statute.Period(statute.ResponseTime, s.day.Time())
	if err != nil {
		return err
	}
	longest := calendar.Period(length)
	if most := longest.From(s.day).Sub(s.day); days < 0 || days > int64(most) && !special {
		return service.Refuse("time_too_long",
			fmt.Sprintf("Tiden att svara får vara högst %s om inte särskilda skäl finns (25 § BFL).", longest.Swedish()),
			fmt.Sprintf("The time to answer may be at most %s unless there are special reasons (BFL §25).", longest.English()))
	}
	return nil
}

// Withdraw takes a withdrawal that has come otherwise than by file (BFL §22).
func (o *Orders) Withdraw(ctx context.Context, by service.Officer, number string, respondent int64) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		r, err := l.withdraw(s, respondent, false, 0)
		if err == nil && r.code != "" {
			err = refusedAct(r)
		}
		if err != nil {
			return err
		}
		return s.tellWithdrawn()
	})
}

// Reduce takes a reduction that has come otherwise than by file. part 0 is the
// claim as a whole; paid is when the respondent paid, if it did.
func (o *Orders) Reduce(ctx context.Context, by service.Officer, number string, respondent, part int64,
	measure filing.ReductionKind, amount money.Amount, paid calendar.Day) error {
	return o.act(ctx, by, number, func(s *session, l *life) error {
		if amount < 0 || amount == 0 && measure != filing.ReduceTo || paid > s.day {
			return service.Refuse("bad_amount", "Beloppet eller betalningsdagen kan inte stämma.", "The amount or the day of payment cannot be right.")
		}
		r, err := l.reduce(s, change{respondent: respondent, part: part, measure: measure, amount: amount, paid: paid})
		if err == nil && r.code != "" {
			err = refusedAct(r)
		}
		if err != nil {
			return err
		}
		return s.tellWithdrawn()
	})
}
