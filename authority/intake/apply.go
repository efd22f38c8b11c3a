package intake

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// apply settles what the registers say of a file that its check let pass: its
// service judges the documents, the quota must suffice, and a file that takes
// effect at once does so (R31).
func (s *settlement) apply(h *half, outcome filing.Outcome) (filing.Outcome, told, error) {
	j, err := s.judge(h)
	if err != nil {
		return "", told{}, err
	}
	if j.rejects(h) {
		return filing.Rejected, j.errors, nil
	}
	exceeded, err := s.useQuota(h, j)
	if err != nil {
		return "", told{}, err
	}
	if exceeded != nil {
		return filing.Rejected, telling(*exceeded), nil //nolint:nilerr // what is wrong with the file, told in its receipt
	}
	if err := s.work(h); err != nil {
		return "", told{}, err
	}
	h.judged = j
	if len(j.refused) > 0 {
		outcome = filing.ApprovedInPart
	}
	return outcome, j.errors, nil
}

// work does what was prepared. What it needs more of than was set aside, since a
// case has changed in between, ends the settlement, so that it is prepared anew.
func (s *settlement) work(h *half) error {
	r := s.ready(h)
	if r == nil {
		return nil
	}
	for _, work := range r.work {
		err := work(s.tx)
		if errors.Is(err, store.ErrShort) {
			return &unreadyError{half: h, file: s.fileOf(h), refused: r.refused}
		}
		if err != nil {
			return fmt.Errorf("intake: apply file %s: %w", h.from.transactionID, err)
		}
	}
	return nil
}

// judge asks the service. A file that is not prepared, or prepared without
// other documents, ends the settlement.
func (s *settlement) judge(h *half) (*judged, error) {
	route := s.door.routes[h.transaction]
	atOnce := route.route.Timing == service.AtOnce
	formally := formallyRefused(h)
	if route.route.Timing == service.Evening && !route.route.Verified {
		return newJudged(formally), nil
	}
	if n := h.findings.Facts.Documents; atOnce && n > service.MaxAtOnce {
		j := newJudged(nil)
		j.add(service.RefusedBy(*refusal(codeTooManyAtOnce, service.MaxAtOnce)), nil)
		return j, nil
	}
	f := s.fileOf(h)
	r := s.ready(h)
	if r == nil {
		return nil, &unreadyError{half: h, file: f, refused: formally}
	}
	if !atOnce {
		return r.judged, nil
	}
	found, err := route.service.Verify(s.tx, f.Telling(r.facts), r.documents)
	if err != nil {
		return nil, fmt.Errorf("intake: verify file %s: %w", f.TransactionID, err)
	}
	j := newJudged(formally)
	j.add(found, r.documents)
	if !j.rejects(h) && !maps.Equal(j.refused, r.refused) {
		return nil, &unreadyError{half: h, file: f, refused: j.refused}
	}
	return j, nil
}

// useQuota takes the documents that are let through from the quota of the
// filer's permit.
func (s *settlement) useQuota(h *half, j *judged) (*filing.Error, error) {
	if !s.limited {
		return nil, nil
	}
	documents := h.findings.Facts.Documents - int64(len(j.refused))
	over, err := s.door.rooms.Permits.Use(s.tx, h.code.MainID, h.transaction, s.today, documents)
	if err != nil || over == nil {
		return nil, err
	}
	sv, en := "per dag", "a day"
	if over.Monthly {
		sv, en = "per månad", "a month"
	}
	return refusal(codeQuota, documents, over.Used, over.Quota, sv, en, over.Opens.String()), nil
}

// ready is the file as it was prepared, if it was.
func (s *settlement) ready(h *half) *ready {
	if s.visit == nil {
		return nil
	}
	return s.visit.ready[h.id]
}

// fileOf is the half as services see it, once it is approved.
func (s *settlement) fileOf(h *half) service.File {
	f := h.file()
	if s.evening(h) {
		f.ReadInDay = s.readIn
	}
	f.AnswerAt = s.answerAt(h)
	if h.judged != nil {
		f.Refused = h.judged.refused.numbers()
	}
	return f
}

// answerAt is when the file is to be answered; zero if it is not answered later.
func (s *settlement) answerAt(h *half) time.Time {
	route := s.door.routes[h.transaction].route
	if route.Timing != service.Answered {
		return time.Time{}
	}
	within, set := s.door.rooms.ResponseTimes[h.transaction]
	if !set {
		within = route.ResponseTime
	}
	return h.from.arrived.Add(within)
}

func (d *Door) timing(h *half) service.Timing { return d.routes[h.transaction].route.Timing }

// evening tells whether the file, once approved, is read in by evening.
func (s *settlement) evening(file *half) bool {
	return file != nil && s.door.timing(file) == service.Evening
}
