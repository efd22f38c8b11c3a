package paymentorder

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// The kinds of what is held.
const (
	holdWithdrawal = "withdrawal"
	holdReduction  = "reduction"
	holdStop       = "stop"
)

// eventHeldRefused notes what was held and could not be done.
const eventHeldRefused = "held_not_applicable"

// holding is a document held for an application that is not read in yet.
type holding struct {
	id            int64
	file          int64 // the application file
	reference     string
	codeID        int64
	kind          string
	source        int64
	by            service.Officer
	applicant     identity.Number
	respondent    identity.Number
	oneRespondent bool
	part          int64
	measure       filing.ReductionKind
	amount        money.Amount
	paid          calendar.Day
	reason        string
}

const selectHeld = `SELECT id, file, reference, code_id, kind, source, applicant, respondent, one_respondent, part, measure, amount,
	paid, reason, officer, officer_reason FROM paymentorder_held `

func scanHeld(rows *store.Rows) (h holding, err error) {
	var applicant, respondent string
	var amount int64
	err = rows.Scan(&h.id, &h.file, &h.reference, &h.codeID, &h.kind, &h.source, &applicant, &respondent, &h.oneRespondent,
		&h.part, &h.measure, &amount, &h.paid, &h.reason, &h.by.Name, &h.by.Reason)
	if err != nil {
		return h, err
	}
	h.amount = money.Amount(amount)
	if h.applicant, err = store.ParseIdentity(applicant); err == nil {
		h.respondent, err = store.ParseIdentity(respondent)
	}
	return h, err
}

// takeGate takes the guard of what is held for a file.
func takeGate(tx store.Tx, file int64, more int64) (held int64, err error) {
	err = tx.QueryRow(`INSERT INTO paymentorder_gate (file, held) VALUES ($1, $2)
		ON CONFLICT (file) DO UPDATE SET held = paymentorder_gate.held + $2 RETURNING held`, file, more).Scan(&held)
	return held, err
}

// takeHeld takes what is held for the documents of a chunk out of the store, by
// own reference and in order. What is held for the whole file stays for its
// other documents.
func takeHeld(tx store.Tx, c chunk) (map[string][]holding, error) {
	n, err := takeGate(tx, c.file.ID, 0)
	if err != nil || n == 0 {
		return nil, err
	}
	references := []string{""}
	for _, d := range c.docs {
		references = append(references, application(d).Reference)
	}
	held := map[string][]holding{}
	var taken int64
	for some := range store.Chunks(references) {
		places, args := store.Among(2, some)
		all, err := store.Collect(scanHeld)(tx.Query(selectHeld+`WHERE file = $1 AND reference IN (`+places+`) ORDER BY id`,
			append([]any{c.file.ID}, args...)...))
		if err != nil {
			return nil, err
		}
		for _, h := range all {
			held[h.reference] = append(held[h.reference], h)
		}
		deleted, err := store.Changed(tx.Exec(`DELETE FROM paymentorder_held WHERE file = $1 AND reference <> '' AND reference IN (`+places+`)`,
			append([]any{c.file.ID}, args...)...))
		if err != nil {
			return nil, err
		}
		taken += deleted
	}
	for _, reference := range references[1:] {
		if whole := held[""]; len(whole) > 0 {
			held[reference] = append(held[reference], whole...)
		}
	}
	if taken > 0 {
		_, err = takeGate(tx, c.file.ID, -taken)
	}
	return held, err
}

// countHeld counts what is held for applications of a file. What is held later
// than this is met when the chunk is tried again.
func (o *Orders) countHeld(ctx context.Context, file int64, docs []service.Document) (n int, err error) {
	references := make([]string, len(docs))
	for i, d := range docs {
		references[i] = application(d).Reference
	}
	err = o.db.Read(ctx, func(r store.Reader) error {
		n = 0
		for some := range store.Chunks(references) {
			var more int
			places, args := store.Among(2, some)
			if err := r.QueryRow(`SELECT COUNT(*) FROM paymentorder_held WHERE file = $1 AND reference IN (`+places+`)`,
				append([]any{file}, args...)...).Scan(&more); err != nil {
				return fmt.Errorf("paymentorder: count what is held for file %d: %w", file, err)
			}
			n += more
		}
		return nil
	})
	return n, err
}

// sort parts what is held for a case: who of the respondents is withdrawn
// against, and the reductions in order. What does not fit the application is
// noted in the case and changes nothing.
func (s *session) sort(l *life, held []holding) (withdrawn map[int64]holding, reductions []holding) {
	for _, h := range held {
		who, problem := l.scope(h.applicant, h.respondent, h.oneRespondent)
		if problem != "" {
			s.noteHeld(l, h, problem)
			continue
		}
		if h.kind == holdReduction {
			reductions = append(reductions, h)
			continue
		}
		if withdrawn == nil {
			withdrawn = map[int64]holding{}
		}
		for r := range l.Application.Respondents {
			position := int64(r + 1)
			if _, already := withdrawn[position]; !already && (who == 0 || who == position) {
				withdrawn[position] = h
			}
		}
	}
	return withdrawn, reductions
}

func (s *session) reduceHeld(l *life, h holding) error {
	who, _ := l.scope(h.applicant, h.respondent, h.oneRespondent)
	r, err := l.reduce(s, change{respondent: who, part: h.part, measure: h.measure, amount: h.amount, paid: h.paid})
	if err == nil && r.code != "" {
		s.noteHeld(l, h, r.code)
	}
	return err
}

func (s *session) noteHeld(l *life, h holding, problem filing.Code) {
	s.of(h)
	info, _ := filing.Explain(string(problem))
	l.note(s, eventHeldRefused, 0, h.amount, fmt.Sprintf("%s %s: %s", h.kind, problem, info.RemedySwedish))
	s.of(holding{})
}

// hold keeps documents for applications that are not read in yet. The gates of
// their files are taken.
func (s *session) hold(all []holding) error {
	_, err := s.tx.CopyIn("paymentorder_held", []string{"id", "file", "reference", "code_id", "kind", "source", "day", "at",
		"applicant", "respondent", "one_respondent", "part", "measure", "amount", "paid", "reason", "officer", "officer_reason"},
		func(yield func([]any) bool) {
			for _, h := range all {
				if !yield([]any{h.id, h.file, h.reference, h.codeID, h.kind, h.source, s.day.String(), store.Micros(s.at),
					store.Identity(h.applicant), store.Identity(h.respondent), h.oneRespondent, h.part, string(h.measure), int64(h.amount),
					h.paid, h.reason, h.by.Name, h.by.Reason}) {
					return
				}
			}
		})
	return err
}
