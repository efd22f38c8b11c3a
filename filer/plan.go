package filer

import (
	"cmp"
	"context"
	"slices"

	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/identity"
)

// plan picks the documents of every row.
func (d *Desk) plan(ctx context.Context, r DoRequest, acts []claimlist.Act, done *Done) ([]*batch, error) {
	acts = done.once(r.Act, acts)
	known, err := d.known(ctx, acts)
	if err != nil {
		return nil, err
	}
	batches := map[filing.Transaction]*batch{}
	concerned := map[target]int{}
	for _, row := range acts {
		steps, why := choose(r.Act, row, known.of(row, d))
		for _, s := range steps {
			why = cmp.Or(why, only(r.Only, s), repeated(concerned, row, s))
		}
		if why != nil {
			done.leave(row, why)
			continue
		}
		for _, s := range steps {
			b := batches[s.transaction]
			if b == nil {
				b = &batch{transaction: s.transaction, report: &done.Report}
				batches[s.transaction] = b
			}
			concerned[targetOf(row, s)] = row.Row
			b.add(s.content, s.entry, row.Row)
		}
	}
	return inOrder(batches), nil
}

func inOrder(batches map[filing.Transaction]*batch) []*batch {
	var all []*batch
	for _, info := range filing.Catalogue() {
		if b := batches[info.Transaction]; b != nil {
			all = append(all, b)
		}
	}
	return all
}

func only(wanted filing.Transaction, s step) *refusal {
	if wanted == "" || wanted == s.transaction {
		return nil
	}
	return why("other_transaction", "målets läge kräver %s", "the state of the case asks for %s", s.transaction)
}

// target is what a document concerns.
type target struct {
	key  filing.CaseKey
	part int64
}

func targetOf(row claimlist.Act, s step) target {
	key := filing.CaseKey{}
	if k, ok := s.content.(filing.Keyed); ok {
		key = *k.Key()
	}
	if key.CaseNumber != "" {
		key.Reference = ""
	}
	if s.transaction == filing.XXPartyChange { // changes of several kinds go together
		key.Reference += "/" + string(row.Change.Kind)
	}
	return target{key, row.Part}
}

// repeated tells that another row of the list leads to the same case.
func repeated(concerned map[target]int, row claimlist.Act, s step) *refusal {
	first, there := concerned[targetOf(row, s)]
	if !there || s.entry.Act == ledger.ReduceBy {
		return nil
	}
	return why("same_case", "leder till samma mål som rad %d", "leads to the same case as row %d", first)
}

// once leaves out rows that say again what another says, and all of those that
// contradict each other.
func (done *Done) once(act Act, acts []claimlist.Act) []claimlist.Act {
	type subject struct {
		reference, number string
		respondent        identity.Number
		part              int64
		change            filing.PartyChangeKind
	}
	first := map[subject]int{}
	contradicted := map[int]bool{}
	var kept []claimlist.Act
	for _, a := range acts {
		s := subject{a.Reference, a.CaseNumber, a.Respondent, a.Part, ""}
		if a.Change != nil {
			s.change = a.Change.Kind
		}
		at, again := first[s]
		if !again {
			first[s] = len(kept)
			kept = append(kept, a)
			continue
		}
		switch {
		case same(kept[at], a):
			done.leave(a, why("twice", "säger detsamma som rad %d", "says the same as row %d", kept[at].Row))
		case act == Reduce && a.Way == filing.ReduceBy && kept[at].Way == filing.ReduceBy:
			kept = append(kept, a)
		default:
			contradicted[at] = true
			done.leave(a, why("contradicts", "säger emot rad %d: ingen av dem används", "contradicts row %d: neither is used", kept[at].Row))
		}
	}
	return slices.DeleteFunc(kept, func(a claimlist.Act) bool {
		for at := range contradicted {
			if kept[at].Row == a.Row {
				done.leave(a, why("contradicts", "sägs emot av en senare rad: ingen av dem används", "is contradicted by a later row: neither is used"))
				return true
			}
		}
		return false
	})
}

func (done *Done) leave(a claimlist.Act, r *refusal) {
	done.LeftOut = append(done.LeftOut, LeftOut{Row: a.Row, Reference: a.Reference, Case: a.CaseNumber, Code: r.code, Swedish: r.sv, English: r.en})
}
