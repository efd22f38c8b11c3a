package paymentorder

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// codeRepeated warns of a claim that is open or decided in another case.
const codeRepeated filing.Code = "W431"

// eventRepeated notes the number of that case.
const eventRepeated = "claim_repeated"

const claims = service.Claims(filing.PaymentOrder)

// lodge tells each pair by which number its claim is found: that of the creditor,
// invoice and debtor.
func (l *life) lodge() {
	a := &l.Application
	creditor := store.Identity(a.Applicants[0].Identity)
	for _, p := range l.pairs {
		p.lodged = claims.Claim(l.MainCodeID, creditor, a.Parts[p.Part-1].InvoiceNumber, store.Identity(a.Respondents[p.Respondent-1].Identity))
	}
}

// saveLodged keeps the numbers of a case whose creditor has changed.
func (s *session) saveLodged(l *life) error {
	for _, p := range l.pairs {
		if _, err := s.tx.Exec(`UPDATE paymentorder_state SET claim = $1 WHERE id = $2`, p.lodged, p.id); err != nil {
			return err
		}
	}
	return nil
}

// warnOfRepeats tells in each case of a chunk which other case of the filer, open
// or decided, has a claim of it already: in the register, or earlier in the chunk.
// It stops nothing, since a claim may be lodged anew for good reasons.
func (s *session) warnOfRepeats(mainCodeID int64) error {
	if err := claims.Guard(s.tx, mainCodeID); err != nil {
		return err
	}
	lodged, err := s.lodgedBefore()
	if err != nil {
		return err
	}
	for _, l := range s.lives {
		standing := l.standing()
		for _, p := range standing {
			if l.repeats = lodged[p.lodged]; l.repeats != "" {
				l.note(s, eventRepeated, p.Respondent, 0, l.repeats)
				break
			}
		}
		for _, p := range standing {
			if lodged[p.lodged] == "" {
				lodged[p.lodged] = l.Number
			}
		}
	}
	return nil
}

// standing are the pairs that were not withdrawn before the read-in, and whose
// claim an invoice tells.
func (l *life) standing() []*pair {
	return l.where(func(p *pair) bool { return p.lodged != 0 && p.State.Open() })
}

// lodgedBefore is by claim the number of the oldest case in which it is open or
// decided, of the claims of the session.
func (s *session) lodgedBefore() (map[int64]string, error) {
	var all []int64
	for _, l := range s.lives {
		for _, p := range l.standing() {
			all = append(all, p.lodged)
		}
	}
	lodged, err := claims.Lodged(s.tx, `SELECT w.claim, c.number FROM (SELECT DISTINCT claim FROM paymentorder_state
			WHERE claim IN (%s) AND claim <> 0) w
		JOIN paymentorder_case c ON c.id = (SELECT s.case_id FROM paymentorder_state s WHERE s.claim = w.claim AND s.claim <> 0
			AND s.state NOT IN ('discontinued', 'dismissed', 'set_aside') ORDER BY s.case_id LIMIT 1)`, all)
	if err != nil {
		return nil, fmt.Errorf("paymentorder: find claims that are lodged already: %w", err)
	}
	return lodged, nil
}
