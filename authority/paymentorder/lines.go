package paymentorder

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// place is what a line of a file concerns, whether it has a case yet or not.
type place struct {
	caseID, file int64
	reference    string
}

func (o order) place() place {
	if o.target.caseID != 0 {
		return place{caseID: o.target.caseID}
	}
	return place{file: o.target.file, reference: o.key.Reference}
}

// who is the respondent of a line; the zero number for all.
func (o order) who() identity.Number {
	if o.one {
		return o.key.Respondent
	}
	return identity.Number{}
}

// parties are whom a line names to be held against the case.
type parties struct{ applicant, respondent identity.Number }

func (o order) parties() parties { return parties{o.key.Applicant, o.key.Respondent} }

// within tells whether a line that names these parties fits every case that one
// naming the others fits.
func (p parties) within(others parties) bool {
	return (p.applicant.IsZero() || p.applicant == others.applicant) && (p.respondent.IsZero() || p.respondent == others.respondent)
}

// linesBefore are the lines of a file that stand.
type linesBefore = service.Lines[place, order]

// clash tells how two lines of the same case go together. Reductions of the
// same part that follow each other are applied in order, but not two new
// amounts, and nothing is reduced that is withdrawn.
func clash(first, later order) service.Clash {
	if first.who() != later.who() && !first.who().IsZero() && !later.who().IsZero() {
		return service.Together
	}
	switch {
	case first.withdrawal != nil && later.withdrawal != nil:
		if (first.who() == later.who() || first.who().IsZero()) && first.fitsWhere(later) {
			return service.Repeats
		}
		return service.Together
	case first.withdrawal != nil || later.withdrawal != nil:
		return service.Contradicts
	}
	a, b := first.reduction, later.reduction
	switch {
	case a.Part != b.Part || a.Kind != b.Kind || first.who() != later.who():
		return service.Together
	case a.Amount == b.Amount && a.Paid == b.Paid:
		return service.Repeats
	case a.Kind == filing.ReduceTo:
		return service.Contradicts
	}
	return service.Together
}

// fitsWhere tells whether a line that stands takes effect wherever the later one
// does. What is held for an application is first held against it when that is
// read in.
func (o order) fitsWhere(later order) bool {
	return o.target.file == 0 || o.parties().within(later.parties())
}

// heldBefore are the withdrawals that are held already.
type heldBefore struct {
	withdrawn map[place][]departure
}

// departure is a withdrawal that is held, or a stop.
type departure struct {
	who identity.Number // the respondent who leaves; zero for all
	parties
}

func newHeldBefore() *heldBefore { return &heldBefore{withdrawn: map[place][]departure{}} }

// gone tells whether all that the document is about is withdrawn already. A
// withdrawal that may yet turn out not to fit takes nothing from a later one.
func (h *heldBefore) gone(o order) bool {
	before := slices.Concat(h.withdrawn[o.place()], h.withdrawn[place{file: o.target.file}])
	return slices.ContainsFunc(before, func(d departure) bool {
		return (d.who.IsZero() || d.who == o.who()) && d.within(o.parties())
	})
}

// take tells what becomes of a document for an application that is not read in
// yet. Its amounts cannot be held against the application before it is.
func (h *heldBefore) take(o order) ruling {
	gone := h.gone(o)
	switch {
	case o.one && o.key.Respondent.IsZero():
		return refused(service.CodeNotRespondent)
	case gone && o.withdrawal != nil:
		return ruling{effect: service.Already}
	case gone:
		return refused(service.CodeWithdrawn, o.key.Reference)
	}
	if o.withdrawal != nil {
		h.withdrawn[o.place()] = append(h.withdrawn[o.place()], departure{o.who(), o.parties()})
	}
	return ruling{effect: service.Held}
}

// heldBefore reads the withdrawals and stops that are held for the applications
// of the documents.
func (s *session) heldBefore(all []order) (*heldBefore, error) {
	h := newHeldBefore()
	references := map[int64][]string{}
	for _, o := range all {
		if o.target.file != 0 {
			references[o.target.file] = append(references[o.target.file], o.key.Reference)
		}
	}
	for file, own := range references {
		if err := h.read(s.reader, file, own); err != nil {
			return nil, fmt.Errorf("paymentorder: read what is held for file %d: %w", file, err)
		}
		stopped, err := s.stops.Known(s.reader, file)
		if err != nil {
			return nil, err
		}
		for reference := range stopped {
			h.withdrawn[place{file: file, reference: reference}] = []departure{{}}
		}
	}
	return h, nil
}

func (h *heldBefore) read(r store.Reader, file int64, own []string) error {
	for some := range store.Chunks(own) {
		places, args := store.Among(3, some)
		held, err := store.Collect(scanHeld)(r.Query(selectHeld+`WHERE file = $1 AND kind = $2 AND reference IN (`+places+`)`,
			append([]any{file, holdWithdrawal}, args...)...))
		if err != nil {
			return err
		}
		for _, w := range held {
			d := departure{parties: parties{w.applicant, w.respondent}}
			if w.oneRespondent {
				d.who = w.respondent
			}
			at := place{file: file, reference: w.reference}
			h.withdrawn[at] = append(h.withdrawn[at], d)
		}
	}
	return nil
}
