package paymentorder

import (
	"cmp"
	"context"
	"fmt"
	"slices"

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
	holdParty      = "party"
	holdStop       = "stop" // kept by service.Stops
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
	source        int64           // the file that brought it
	document      int64           // and its number there
	by            service.Officer // of a stop
	applicant     identity.Number
	respondent    identity.Number
	oneRespondent bool
	part          int64
	measure       filing.ReductionKind
	amount        money.Amount
	paid          calendar.Day
	reason        string
}

const selectHeld = `SELECT id, file, reference, code_id, kind, source, document, applicant, respondent, one_respondent, part, measure,
	amount, paid, reason FROM paymentorder_held `

func scanHeld(rows *store.Rows) (h holding, err error) {
	var applicant, respondent string
	var amount int64
	err = rows.Scan(&h.id, &h.file, &h.reference, &h.codeID, &h.kind, &h.source, &h.document, &applicant, &respondent, &h.oneRespondent,
		&h.part, &h.measure, &amount, &h.paid, &h.reason)
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
// own reference and in order, and with it what is stopped.
func (o *Orders) takeHeld(tx store.Tx, c chunk) (map[string][]holding, error) {
	stopped, err := o.stops.Take(tx, c.file.ID)
	if err != nil {
		return nil, err
	}
	n, err := takeGate(tx, c.file.ID, 0)
	if err != nil {
		return nil, err
	}
	held := map[string][]holding{}
	if n > 0 {
		if err := takeHeldFor(tx, c, held); err != nil {
			return nil, err
		}
	}
	for _, d := range c.docs {
		reference := application(d).Reference
		if by, yes := stopped.Of(reference); yes {
			held[reference] = append(held[reference], holding{file: c.file.ID, reference: reference, kind: holdStop, by: by})
		}
	}
	return held, nil
}

func takeHeldFor(tx store.Tx, c chunk, held map[string][]holding) error {
	all, err := heldFor(tx, c.file.ID, c.docs)
	if err != nil || len(all) == 0 {
		return err
	}
	for _, h := range all {
		held[h.reference] = append(held[h.reference], h)
	}
	for some := range store.Chunks(referencesOf(c.docs)) {
		places, args := store.Among(2, some)
		_, err := tx.Exec(`DELETE FROM paymentorder_held WHERE file = $1 AND reference IN (`+places+`)`, append([]any{c.file.ID}, args...)...)
		if err != nil {
			return err
		}
	}
	_, err = takeGate(tx, c.file.ID, -int64(len(all)))
	return err
}

// heldFor reads what is held for applications of a file, in order.
func heldFor(r store.Reader, file int64, docs []service.Document) (held []holding, err error) {
	for some := range store.Chunks(referencesOf(docs)) {
		places, args := store.Among(2, some)
		more, err := store.Collect(scanHeld)(r.Query(selectHeld+`WHERE file = $1 AND reference IN (`+places+`) ORDER BY at, id`,
			append([]any{file}, args...)...))
		if err != nil {
			return nil, err
		}
		held = append(held, more...)
	}
	return held, nil
}

func referencesOf(docs []service.Document) []string {
	references := make([]string, len(docs))
	for i, d := range docs {
		references[i] = application(d).Reference
	}
	return references
}

// foresee counts what is held for applications of a file, and reads what is held
// of party data. What is held later than this is met when the chunk is tried
// again.
func (o *Orders) foresee(ctx context.Context, file int64, docs []service.Document) (n int, parties service.HeldParties, err error) {
	var held []holding
	err = o.db.Read(ctx, func(r store.Reader) (err error) {
		held, err = heldFor(r, file, docs)
		return err
	})
	if err != nil {
		return 0, nil, fmt.Errorf("paymentorder: read what is held for file %d: %w", file, err)
	}
	var sources []service.HeldDocument
	for _, h := range held {
		if h.ofParty() {
			sources = append(sources, h.sourceDocument())
		}
	}
	parties, err = service.ReadHeldParties(ctx, o.files, sources)
	return len(held), parties, err
}

// sourceDocument is the document that says what is held.
func (h holding) sourceDocument() service.HeldDocument {
	return service.HeldDocument{File: h.source, Number: h.document}
}

// heldReduction is a reduction that is held, and the respondent it concerns.
type heldReduction struct {
	holding
	who int64 // 0: all
}

// sort goes through what is held for a case in the order in which it came: it
// makes the changes of party data, and tells who of the respondents is withdrawn
// against, and the reductions. What does not fit the application is noted in the
// case and changes nothing.
func (s *session) sort(l *life, held []holding, changes service.HeldParties) (withdrawn map[int64]holding, reductions []heldReduction, err error) {
	withdrawn = map[int64]holding{}
	if slices.ContainsFunc(held, holding.ofParty) {
		l.own()
	}
	for _, h := range held {
		if h.ofParty() {
			if err := s.changeHeld(l, h, changes); err != nil {
				return nil, nil, err
			}
			continue
		}
		who, problem := l.scope(h.applicant, h.respondent, h.oneRespondent)
		switch {
		case problem != "":
			s.noteHeld(l, h, problem)
		case h.kind == holdReduction:
			reductions = append(reductions, heldReduction{h, who})
		default:
			l.withdrawnBy(h, who, withdrawn)
		}
	}
	return withdrawn, reductions, nil
}

// ofParty tells whether it is a change of party data.
func (h holding) ofParty() bool { return h.kind == holdParty }

// withdrawnBy adds whom a held withdrawal concerns, and is not withdrawn against
// already.
func (l *life) withdrawnBy(h holding, who int64, withdrawn map[int64]holding) {
	for r := range l.Application.Respondents {
		position := int64(r + 1)
		if _, already := withdrawn[position]; !already && (who == 0 || who == position) {
			withdrawn[position] = h
		}
	}
}

func (s *session) reduceHeld(l *life, h heldReduction) error {
	r, err := l.reduce(s, change{respondent: h.who, part: h.part, measure: h.measure, amount: h.amount, paid: h.paid})
	if err == nil && r.code != "" {
		s.noteHeld(l, h.holding, r.code)
	}
	return err
}

func (s *session) noteHeld(l *life, h holding, problem filing.Code) {
	s.of(h)
	l.refused = cmp.Or(l.refused, problem)
	l.note(s, eventHeldRefused, 0, h.amount, h.kind+" "+string(problem))
	s.of(holding{})
}

// hold keeps documents for applications that are not read in yet. The gates of
// their files are taken.
func (s *session) hold(all []holding) error {
	_, err := s.tx.CopyIn("paymentorder_held", []string{"id", "file", "reference", "code_id", "kind", "source", "document", "day",
		"at", "applicant", "respondent", "one_respondent", "part", "measure", "amount", "paid", "reason"},
		func(yield func([]any) bool) {
			for _, h := range all {
				if !yield([]any{h.id, h.file, h.reference, h.codeID, h.kind, h.source, h.document, s.day.String(), store.Micros(s.at),
					store.Identity(h.applicant), store.Identity(h.respondent), h.oneRespondent, h.part, string(h.measure), int64(h.amount),
					h.paid, h.reason}) {
					return
				}
			}
		})
	return err
}
