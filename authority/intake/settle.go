package intake

import (
	"fmt"
	"time"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// settlement is one run of the closure that settles a message or an expired
// half. It works on copies, so that a second run begins as the first did.
type settlement struct {
	door     *Door
	tx       store.Tx
	visit    *visit // nil when halves expire
	halves   []*half
	now      time.Time
	today    calendar.Day
	readIn   calendar.Day
	stubs    []stub
	receipts []*settled
	letters  []outbox.Message // written, not yet in the outbox
	limited  bool             // a permit has a quota
}

// settled is one answer that is to be given: to a file, a cover note or both.
type settled struct {
	file, note *half // one may be nil
	receipt    filing.Receipt
	rejection  bool // to be mended by the filer (R20)
}

// lead is the half that the receipt is named by.
func (s *settled) lead() *half {
	if s.file != nil {
		return s.file
	}
	return s.note
}

func (v *visit) settlement(tx store.Tx) *settlement {
	s := &settlement{
		door: v.door, tx: tx, visit: v, now: v.arrived, today: calendar.Of(v.arrived), readIn: v.readIn,
		stubs: v.stubs, halves: make([]*half, len(v.halves)),
	}
	for i, h := range v.halves {
		fresh := *h
		s.halves[i] = &fresh
	}
	return s
}

// message settles all parts of the visit and writes what came of them.
func (s *settlement) message() error {
	for _, g := range group(s.halves) {
		if err := s.submit(g); err != nil {
			return err
		}
	}
	if s.visit.arrival.Channel == ETransport && s.first() != nil {
		return s.answers() // nothing came in, and no id of the sender's is to be remembered
	}
	return s.write()
}

// submit lays the halves in their submission, and settles it if it is complete.
func (s *settlement) submit(g submission) error {
	done, err := s.repeatOf(g, answeredOnly)
	if err != nil || done {
		return err
	}
	if g.named() == nil {
		return s.reject(g, nil)
	}
	refusal, err := s.entitle(g)
	if err != nil {
		return err
	}
	switch {
	case refusal != nil:
		return s.reject(g, []filing.Error{*refusal})
	case !g.lead().readable():
		return s.reject(g, nil)
	}
	if g.lead().policy().CoverNote == filing.NoteNone {
		return s.settle(g)
	}
	return s.pair(g)
}

// settle decides the outcome of a complete submission. The series row is taken
// first, so that files of one series are settled one after another.
func (s *settlement) settle(g submission) error {
	series, err := s.lockSeries(g.file)
	if err != nil {
		return err
	}
	if done, err := s.repeatOf(g, orWaiting); err != nil || done {
		return err
	}
	errs := telling(append(g.deviations(), series.judge(g.file.findings.Facts.Sequence)...)...)
	outcome := g.file.findings.Verdict.Outcome
	if errs.count > 0 {
		outcome = filing.Rejected
	}
	if outcome != filing.Rejected {
		outcome, errs, err = s.apply(g.file, outcome)
		if err != nil {
			return err
		}
	}
	if outcome != filing.Rejected {
		if err := s.advance(&series, g.file.findings.Facts.Sequence); err != nil {
			return err
		}
	}
	return s.conclude(g, outcome, errs, series.expected)
}

// deviations are the faults of the note and what the file contradicts in it
// (R34–R36).
func (g submission) deviations() []filing.Error {
	if g.note == nil {
		return nil
	}
	found := g.note.findings
	errs := append([]filing.Error{}, found.Verdict.Errors...)
	if found.Note == nil || !g.file.readable() {
		return errs
	}
	return append(errs, filing.Compare(*found.Note, g.file.findings.Facts)...)
}

// reject ends a submission that cannot be settled.
func (s *settlement) reject(g submission, errs []filing.Error) error {
	return s.conclude(g, filing.Rejected, telling(append(errs, g.noteFaults()...)...), 0)
}

func (g submission) noteFaults() []filing.Error {
	if g.note == nil {
		return nil
	}
	return g.note.findings.Verdict.Errors
}

// conclude gives the halves their outcome and the receipt its content. Both are
// spent then (R35). A rejection names the number expected next, unless the
// sender has no part in the series.
func (s *settlement) conclude(g submission, outcome filing.Outcome, errs told, expected int64) error {
	for _, h := range []*half{g.file, g.note} {
		if h == nil {
			continue
		}
		if err := s.end(h, outcome); err != nil {
			return err
		}
	}
	done := &settled{file: g.file, note: g.note, receipt: s.receiptOf(g, outcome, errs)}
	if lead := g.lead(); expected == 0 && outcome == filing.Rejected && lead.known {
		var err error
		if expected, err = s.door.Expected(s.tx, lead.code.ID, lead.transaction, lead.set); err != nil {
			return err
		}
	}
	done.receipt.Expected = expected
	done.rejection = outcome == filing.Rejected && g.file != nil && g.file.known && lodging(g.file.transaction)
	s.receipts = append(s.receipts, done)
	if outcome == filing.Rejected && done.receipt.ErrorCount == 0 {
		return fmt.Errorf("intake: %s of %s would be rejected without an error", g.lead().transaction, g.lead().from.transactionID)
	}
	return nil
}

// end gives a half its outcome for good. One that waits in the database must
// wait there still.
func (s *settlement) end(h *half, outcome filing.Outcome) (err error) {
	h.outcome = outcome
	if outcome == filing.Rejected || outcome == filing.Superseded {
		h.purgeAfter, err = s.purgeAfter()
	}
	if err != nil || !h.stored {
		return err
	}
	err = store.One(errNotOne)(s.tx.Exec(`UPDATE intake_half SET outcome = $1, findings = NULL, repeat_key = $2, purge_after = $3
		WHERE id = $4 AND outcome = $5`, string(outcome), h.repeatKey(), h.purgeAfter, h.id, string(filing.Waiting)))
	if err != nil {
		return fmt.Errorf("intake: end the wait of half %d: %w", h.id, err)
	}
	return nil
}

// lodging tells whether a rejected file must be corrected (R20): what a filer
// lodges, not what it asks.
func lodging(tx filing.Transaction) bool {
	info, _ := filing.Info(tx)
	switch info.Service {
	case filing.PaymentOrder, filing.Enforcement, filing.Restructuring:
		return true
	}
	return false
}
