package paymentorder

import (
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// begin lets the cases of a chunk begin, each with what was held for it.
func (s *session) begin(c chunk, held map[string][]holding) error {
	if err := s.findHidden(c.amended(held)); err != nil {
		return err
	}
	s.lives = make([]*life, len(c.docs))
	for i, d := range c.docs {
		l, err := s.newLife(c, d)
		if err == nil {
			s.lives[i] = l
			err = s.readIn(l, held[l.Application.Reference], c.changes)
		}
		if err != nil {
			return err
		}
	}
	return s.warnOfRepeats(c.file.MainCodeID)
}

// newLife is the case of an application before anything has happened in it. Of a
// claim for which several are liable, but not jointly, each has an equal share.
func (s *session) newLife(c chunk, d service.Document) (*life, error) {
	a := application(d)
	b := c.block
	l := &life{entered: s.entered(), Case: Case{ID: b.caseID(d.Number), Number: b.number(d.Number), File: b.file, CodeID: c.file.CodeID,
		MainCodeID: c.file.MainCodeID, Code: b.code, Arrived: c.file.Arrived, Registered: b.registered, Fee: b.fee,
		Application: *a, Service: make([]ServiceState, len(a.Respondents))}}
	if l.Application.Notice == "" {
		l.Application.Notice = c.file.Notice
	}
	for r := range a.Respondents {
		for k := range a.Parts {
			id, err := s.reserved.pairs.Take()
			if err != nil {
				return nil, err
			}
			p := &pair{id: id, fresh: true, PairState: PairState{Respondent: int64(r + 1), Part: int64(k + 1), Slice: 1,
				Amount: l.share(a.Parts[k].Amount, r), Accrued: l.share(a.Parts[k].Interest.Accrued, r)}}
			l.pairs = append(l.pairs, p)
		}
	}
	l.lodge()
	return l, nil
}

// share is what one respondent is liable for, of an amount for which all are.
func (l *life) share(amount money.Amount, respondent int) money.Amount {
	if l.Application.Joint || len(l.Application.Respondents) == 1 {
		return amount
	}
	return amount.Split(len(l.Application.Respondents))[respondent]
}

// readIn registers a case: what was withdrawn meanwhile is discontinued at once,
// costs above the caps are handled as contested, and reductions lower the claim.
func (s *session) readIn(l *life, held []holding, changes service.HeldParties) error {
	until := s.day.AddDays(int(s.times.Order) - 1)
	withdrawn, reductions, err := s.sort(l, held, changes)
	if err != nil {
		return err
	}
	for _, p := range l.pairs {
		event, last := eventReadIn, until
		if w, gone := withdrawn[p.Respondent]; gone {
			event, last = eventWithdrawnBefore, 0
			s.of(w)
		}
		if err := l.happen(s, p, event, last); err != nil {
			return err
		}
		s.of(holding{})
	}
	if err := s.contestExcess(l); err != nil {
		return err
	}
	for _, h := range reductions {
		s.of(h.holding)
		if err := s.reduceHeld(l, h); err != nil {
			return err
		}
	}
	s.of(holding{})
	if err := s.awaitGuardian(l); err != nil {
		return err
	}
	return s.confirmOnPaper(l)
}

// confirmOnPaper confirms the case by letter where that is chosen (R46, R69).
func (s *session) confirmOnPaper(l *life) error {
	if s.Orders.letters == nil {
		return nil
	}
	if choice, err := s.choose(notice.ConfirmationLetter, l); err != nil || !choice.Paper {
		return err
	}
	table, _ := l.claims(l.in(1, Registered, Contested))
	if len(table.Rows) < 2 { // withdrawn before it was read in
		return nil
	}
	_, sum := l.confirmed()
	return s.toApplicant(l, notice.ConfirmationLetter, notice.Facts{
		"registered": notice.Date(l.Registered), "claims": table, "total": notice.Amount(sum), "fee": notice.Amount(l.Fee),
		"no_enforcement": notice.Flag(l.Application.NoEnforcement),
	})
}

// of lets what follows be told as brought by a held document.
func (s *session) of(h holding) { s.file, s.by = h.source, h.by }

// contestExcess handles costs above the caps as contested in that part, and
// tells the applicant (BFL §23).
func (s *session) contestExcess(l *life) error {
	over, err := s.excess(&l.Application, l.Registered)
	if err != nil || over == nil {
		return err
	}
	last, err := s.period(statute.TransferRequest, s.day, "BFL §34")
	if err != nil {
		return err
	}
	var contested []*pair
	for _, p := range l.in(0, Registered) {
		above := l.share(over[p.Part-1], int(p.Respondent-1))
		if above == 0 {
			continue
		}
		piece := p
		if above < p.Amount {
			id, err := s.reserved.pairs.Take()
			if err != nil {
				return err
			}
			if piece, err = l.cut(p, above, id); err != nil {
				return err
			}
		}
		if err := l.happen(s, piece, eventUnfounded, last); err != nil {
			return err
		}
		contested = append(contested, piece)
	}
	if len(contested) == 0 {
		return nil
	}
	table, _ := l.claims(contested)
	return s.toApplicant(l, notice.ObjectionNotice, notice.Facts{
		"received": notice.Date(s.day), "contested": table, "transfer_by": notice.Date(last),
		"reasons": notice.Quote("Kostnaden är högre än vad lagen om ersättning för inkassokostnader medger (23 § lagen om betalningsföreläggande och handräckning)."),
		"partial": notice.Flag(true),
	})
}

// confirmed is what the confirmation says of the case, and the sum of what is
// claimed in it.
func (l *life) confirmed() (filing.ConfirmedState, money.Amount) {
	state := filing.StateDiscontinued
	by := make([]money.Amount, len(l.Application.Respondents))
	for _, p := range l.pairs {
		by[p.Respondent-1] += p.claim()
		if p.State.Open() {
			state = filing.StateRegistered
		}
	}
	var all, most money.Amount
	for _, a := range by {
		all, most = all+a, max(most, a)
	}
	if l.Application.Joint {
		return state, most
	}
	return state, all
}
