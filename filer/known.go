package filer

import (
	"context"
	"reflect"
	"slices"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
)

// same tells whether two rows say the same, wherever they stand.
func same(a, b claimlist.Act) bool {
	a.Row, b.Row = 0, 0
	return reflect.DeepEqual(a, b)
}

// knowledge is what the book knows of the rows of a list.
type knowledge struct {
	stories map[string][]ledger.Story // by reference
	cases   map[string][]ledger.Case  // by reference
	numbers map[string]ledger.Case    // by number
	parents map[string][]ledger.Case  // enforcement cases by the payment-order case
}

// known reads what the book knows of all rows, a few questions for many.
func (d *Desk) known(ctx context.Context, acts []claimlist.Act) (*knowledge, error) {
	var references, numbers []string
	for _, a := range acts {
		if a.Reference != "" {
			references = append(references, a.Reference)
		}
		if a.CaseNumber != "" {
			numbers = append(numbers, a.CaseNumber)
		}
	}
	k := &knowledge{}
	var err error
	if k.numbers, err = d.Book.CasesNumbered(ctx, numbers); err != nil {
		return nil, err
	}
	for _, c := range k.numbers {
		if c.Reference != "" {
			references = append(references, c.Reference)
		}
	}
	slices.Sort(references)
	references = slices.Compact(references)
	if k.cases, err = d.Book.CasesOf(ctx, references); err != nil {
		return nil, err
	}
	if k.parents, err = d.Book.CasesEnforcing(ctx, numbers); err != nil {
		return nil, err
	}
	k.stories, err = d.Book.StoriesOf(ctx, references, numbers)
	return k, err
}

// of is what is known of one row.
func (k *knowledge) of(a claimlist.Act, d *Desk) subject {
	s := subject{debtor: d.digest.Debtor(a.Respondent), today: d.today()}
	reference := a.Reference
	if a.CaseNumber != "" {
		if c, known := k.numbers[a.CaseNumber]; known {
			s.cases = append([]ledger.Case{c}, k.parents[a.CaseNumber]...)
			reference = firstOf(reference, c.Reference)
		}
	} else {
		s.cases = k.cases[reference]
	}
	stories := k.stories[a.CaseNumber]
	if reference != "" {
		stories = append(slices.Clone(stories), k.stories[reference]...)
	}
	for i := range stories {
		s.add(&stories[i], a)
	}
	return s
}

// add sorts a document under what it is for the row: the application, or an act
// of which the outcome is not known.
func (s *subject) add(story *ledger.Story, a claimlist.Act) {
	f, d := story.File, story.Document
	if f.State == ledger.Rejected || f.State == ledger.Discarded || d.Result == ledger.Refused || d.ErrorCode != "" {
		return
	}
	switch info, _ := filing.Info(f.Transaction); {
	case d.Act == "" && info.Timing == filing.Evening:
		if a.CaseNumber == "" || d.CaseNumber == a.CaseNumber {
			s.document = story
		}
	case d.Act != "" && (f.ReceiptPath == "" || d.Result == filing.Held && len(s.cases) == 0):
		s.pending = append(s.pending, *story)
	}
}
