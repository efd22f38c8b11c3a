package paymentorder

import (
	"filtjanst/authority/notice"
	"filtjanst/statute"
)

// dismiss ends pairs without a trial and tells the applicant, and those of the
// respondents who knew of the case.
func (s *session) dismiss(l *life, pairs []*pair, event, reason string) error {
	if len(pairs) == 0 {
		return nil
	}
	knew := told(pairs)
	if err := l.each(s, pairs, event, 0); err != nil {
		return err
	}
	appeal, err := s.period(statute.OrderAppeal, s.day, "BFL §56")
	if err != nil {
		return err
	}
	facts := notice.Facts{"decided": notice.Date(s.day), "reason": notice.Text(reason), "appeal_by": notice.Date(appeal)}
	return s.announce(l, notice.Dismissal, facts, pairs, knew)
}

// told are the respondents, from 1, who know of the case by the state of their
// pairs.
func told(pairs []*pair) []int64 {
	var knew []int64
	for position, own := range byRespondent(pairs) {
		for _, p := range own {
			if p.State == Served || p.State == Contested {
				knew = append(knew, int64(position+1))
				break
			}
		}
	}
	return knew
}

// announce tells the applicant and some respondents of a decision. Where it
// concerns a part of the case only, it says which.
func (s *session) announce(l *life, m notice.Message, facts notice.Facts, pairs []*pair, respondents []int64) error {
	if len(pairs) < len(l.pairs) {
		facts["scope"] = notice.Text(l.scopeWords(pairs))
	}
	if err := s.toApplicant(l, m, facts); err != nil {
		return err
	}
	for _, r := range respondents {
		if err := s.toRespondent(l, r, m, facts); err != nil {
			return err
		}
	}
	return nil
}

// scopeWords names the respondents and the sum that a decision concerns.
func (l *life) scopeWords(pairs []*pair) string {
	words := "Beslutet gäller"
	separator := " "
	var sum []*pair
	for position, own := range byRespondent(pairs) {
		if len(own) > 0 {
			words += separator + l.Application.Respondents[position].Name
			separator, sum = ", ", own
		}
	}
	_, amount := l.claims(sum)
	return words + ", " + amount.Kronor()
}

// tellWithdrawn tells respondents who knew of the case that it was withdrawn
// against them (BFL §22).
func (s *session) tellWithdrawn() error {
	for _, l := range s.lives {
		gone := l.where(func(p *pair) bool {
			return p.State == Discontinued && p.was.State.Open() && p.was.State != Discontinued
		})
		if len(gone) == 0 {
			continue
		}
		for position, own := range byRespondent(gone) {
			if !knewOf(own) || len(l.open(int64(position+1))) > 0 {
				continue
			}
			err := s.toRespondent(l, int64(position+1), notice.Discontinuance, notice.Facts{"decided": notice.Date(s.day),
				"reason": notice.Text("Sökanden har återkallat ansökan (22 § lagen om betalningsföreläggande och handräckning).")})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func knewOf(pairs []*pair) bool {
	for _, p := range pairs {
		if p.was.State == Served || p.was.State == Contested {
			return true
		}
	}
	return false
}
