package paymentorder

import (
	"maps"
	"slices"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/statute"
)

// saveVerdicts numbers the verdicts, opens the cases that enforce them, gives
// them their place in the file of the code, and writes them.
func (s *session) saveVerdicts() error {
	if len(s.given) == 0 {
		return nil
	}
	series := s.decisions.series(s.day)
	first, err := service.Series(filing.PaymentOrder).Take(s.tx, series, int64(len(s.given)))
	if err != nil {
		return err
	}
	for i, v := range s.given {
		v.VerdictNumber = formatNumber(series, first+int64(i))
		for k := range v.life.said {
			if said := &v.life.said[k]; said.event == eventNoObjection && said.text == "" && v.concerns(said.respondent) {
				said.text = v.VerdictNumber
			}
		}
	}
	if err := s.open(s.given); err != nil {
		return err
	}
	electronic, err := s.electronic(s.given)
	if err != nil {
		return err
	}
	for _, lines := range byCode(electronic, func(v *verdict) *life { return v.life }) {
		batch, line, err := s.lines(lines[0].life, filing.BFVerdict, len(lines))
		if err != nil {
			return err
		}
		for i, v := range lines {
			v.batch, v.line = batch, line+int64(i)
		}
	}
	if err := s.copyVerdicts(); err != nil {
		return err
	}
	for _, v := range s.given {
		if err := s.tellVerdict(v); err != nil {
			return err
		}
	}
	return nil
}

// electronic are the verdicts of which the applicant is told by file (R46, R69).
func (s *session) electronic(all []*verdict) ([]*verdict, error) {
	if s.Orders.letters == nil {
		return all, nil
	}
	var kept []*verdict
	for _, v := range all {
		choice, err := s.choose(notice.VerdictLetter, v.life)
		if err != nil {
			return nil, err
		}
		if choice.Electronic {
			kept = append(kept, v)
		}
	}
	return kept, nil
}

func (v *verdict) concerns(respondent int64) bool { return slices.Contains(v.positions, respondent) }

// byCode gathers what goes to the same party code, in order.
func byCode[T any](all []T, of func(T) *life) [][]T {
	at := map[int64]int{}
	var groups [][]T
	for _, v := range all {
		code := of(v).CodeID
		i, there := at[code]
		if !there {
			i = len(groups)
			at[code], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], v)
	}
	return groups
}

// lines takes places for n lines in the next file of a transaction to the code of
// the case, and returns the number of the file and the first line.
func (s *session) lines(l *life, tx filing.Transaction, n int) (batch, first int64, err error) {
	err = s.tx.QueryRow(`INSERT INTO paymentorder_outgoing (code_id, transaction_name, code, batch, lines) VALUES ($1, $2, $3, 1, $4)
		ON CONFLICT (code_id, transaction_name) DO UPDATE SET lines = paymentorder_outgoing.lines + $4
		RETURNING batch, lines`, l.CodeID, string(tx), l.Code, int64(n)).Scan(&batch, &first)
	return batch, first - int64(n) + 1, err
}

func (s *session) copyVerdicts() error {
	_, err := s.tx.CopyIn("paymentorder_verdict", []string{"id", "number", "case_id", "case_number", "reference", "code_id", "day",
		"applicant_identity", "applicant_name", "joint", "enforced", "interest", "costs", "total", "batch", "line"},
		func(yield func([]any) bool) {
			for _, v := range s.given {
				if !yield([]any{v.ID, v.VerdictNumber, v.CaseID, v.CaseNumber, v.Reference, v.CodeID, v.Date.String(),
					store.Identity(v.Applicant.Identity), v.Applicant.Name, v.Joint, v.Enforced, int64(v.Interest), int64(v.Costs),
					int64(v.Total), v.batch, v.line}) {
					return
				}
			}
		})
	if err != nil {
		return err
	}
	_, err = s.tx.CopyIn("paymentorder_verdict_respondent", []string{"verdict_id", "position", "identity", "name", "enforcement_case"},
		func(yield func([]any) bool) {
			for _, v := range s.given {
				for i, r := range v.Respondents {
					if !yield([]any{v.ID, v.positions[i], store.Identity(r.Identity), r.Name, r.EnforcementCase}) {
						return
					}
				}
			}
		})
	if err != nil {
		return err
	}
	_, err = s.tx.CopyIn("paymentorder_verdict_part", []string{"verdict_id", "part", "type", "amount", "accrued",
		"interest_kind", "interest_rate", "interest_from"},
		func(yield func([]any) bool) {
			for _, v := range s.given {
				for _, p := range v.Parts {
					if !yield([]any{v.ID, p.Part, string(p.Type), int64(p.Amount), int64(p.Accrued), string(p.Interest.Kind),
						int64(p.Interest.Rate), p.Interest.From}) {
						return
					}
				}
			}
		})
	return err
}

// tellVerdict tells both parties at once, and whether it is enforced without
// request (BFL §44).
func (s *session) tellVerdict(v *verdict) error {
	l := v.life
	partial := slices.ContainsFunc(l.pairs, func(p *pair) bool { return v.concerns(p.Respondent) && p.Verdict != v.ID })
	facts := func() notice.Facts {
		return notice.Facts{"decided": notice.Date(v.Date), "amounts": v.amounts(), "total": notice.Amount(v.Total),
			"enforced": notice.Flag(v.Enforced), "partial": notice.Flag(partial)}
	}
	appeal, err := s.period(statute.VerdictAppeal, s.day, "BFL §55")
	if err != nil {
		return err
	}
	told := facts()
	told["appeal_by"] = notice.Date(appeal)
	if err := s.toApplicant(l, notice.VerdictLetter, told); err != nil {
		return err
	}
	for _, r := range v.positions {
		told := facts()
		told["reopening_by"] = notice.Date(v.until)
		if err := s.toRespondent(l, r, notice.VerdictToRespondent, told); err != nil {
			return err
		}
	}
	return nil
}

// gainsForce lets a verdict gain legal force on a day; of several respondents
// the last one's counts.
func (s *session) gainsForce(verdict int64, day calendar.Day) {
	if s.forced == nil {
		s.forced = map[int64]calendar.Day{}
	}
	s.forced[verdict] = max(s.forced[verdict], day)
}

// losesForce takes legal force back from a verdict that has it against nobody.
func (s *session) losesForce(l *life, verdict int64) {
	stands := slices.ContainsFunc(l.pairs, func(p *pair) bool { return p.Verdict == verdict && p.State == LegalForce })
	if !stands && !slices.Contains(s.weak, verdict) {
		s.weak = append(s.weak, verdict)
	}
}

// saveVerdictEnds notes verdicts that have gained legal force or were set aside.
func (s *session) saveVerdictEnds() error {
	alike := map[calendar.Day][]int64{}
	for _, verdict := range slices.Sorted(maps.Keys(s.forced)) {
		day := s.forced[verdict]
		alike[day] = append(alike[day], verdict)
	}
	for _, day := range slices.Sorted(maps.Keys(alike)) {
		keep, err := s.keepVerdict(day)
		if err == nil {
			err = s.saveForce(alike[day], day, keep)
		}
		if err != nil {
			return err
		}
	}
	if err := s.saveForce(s.weak, 0, 0); err != nil {
		return err
	}
	return s.saveSetAside()
}

// saveForce notes on which day verdicts gain legal force, and how long they are
// kept for that; 0 for those that have none.
func (s *session) saveForce(verdicts []int64, day, keep calendar.Day) error {
	for some := range store.Chunks(verdicts) {
		places, args := store.Among(3, some)
		_, err := s.tx.Exec(`UPDATE paymentorder_verdict SET legal_force = $1, purge_after = $2 WHERE id IN (`+places+`)`,
			append([]any{day, keep}, args...)...)
		if err != nil {
			return err
		}
	}
	return nil
}

// saveSetAside takes what a court has set aside from the verdicts. One of which
// nothing is left is kept no longer than its case.
func (s *session) saveSetAside() error {
	if len(s.undone) == 0 {
		return nil
	}
	keep, err := s.keepCase(s.day)
	if err != nil {
		return err
	}
	for _, u := range s.undone {
		if _, err := s.tx.Exec(`UPDATE paymentorder_verdict_respondent SET set_aside = set_aside + $1
			WHERE verdict_id = $2 AND position = $3`, int64(u.amount), u.verdict, u.respondent); err != nil {
			return err
		}
		if _, err := s.tx.Exec(`UPDATE paymentorder_verdict SET purge_after = $1 WHERE id = $2 AND NOT EXISTS
			(SELECT 1 FROM paymentorder_verdict_respondent d WHERE d.verdict_id = $2 AND d.set_aside < paymentorder_verdict.total)`,
			keep.String(), u.verdict); err != nil {
			return err
		}
	}
	return nil
}

// FindVerdict finds a verdict by its number: the only way to one whose case is no
// longer kept (KFD 2:29).
func (o *Orders) FindVerdict(r store.Reader, number string) (Verdict, bool, error) {
	all, err := readVerdicts(r, `number = $1 AND NOT blocked`, number)
	if err != nil || len(all) == 0 {
		return Verdict{}, false, err
	}
	return *all[0], true, nil
}

// Verdicts lists the verdicts of a case, the first first.
func (o *Orders) Verdicts(r store.Reader, caseID int64) ([]*Verdict, error) {
	return readVerdicts(r, `case_id = $1 ORDER BY id`, caseID)
}
