package paymentorder

import (
	"filtjanst/authority/service"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// saveEvents appends what was said in each case to its story, and to the file of
// the extension bf.event where that is on.
func (s *session) saveEvents() error {
	var all []service.Event
	var told []report
	for _, l := range s.lives {
		on, err := s.tellsOf(l)
		if err != nil {
			return err
		}
		for _, said := range l.story() {
			e, err := s.event(l, said)
			if err != nil {
				return err
			}
			all = append(all, e)
			if kind, there := reported(said.event); on && there {
				told = append(told, report{life: l, kind: kind, said: said})
			}
		}
		l.said = nil
	}
	if len(all) == 0 {
		return nil
	}
	if err := s.Orders.events.Append(s.tx, all...); err != nil {
		return err
	}
	return s.saveReports(told)
}

func (s *session) tellsOf(l *life) (bool, error) {
	if len(l.said) == 0 {
		return false, nil
	}
	return s.tell(l.CodeID)
}

func (s *session) event(l *life, w said) (service.Event, error) {
	id, err := s.reserved.events.Take()
	return service.Event{ID: id, Service: filing.PaymentOrder, Case: l.ID, Day: w.day, At: s.at, Kind: w.event,
		Respondent: w.respondent, Part: w.part, From: string(w.from), To: string(w.to), Amount: w.amount, File: w.file,
		By: w.by, Text: w.text}, err
}

// alike is what words have in common that are said of several pairs at once.
type alike struct {
	event    string
	from, to State
	text     string
	last     calendar.Day
	file     int64
	by       service.Officer
}

// story is what was said, with one event for what happened to all pairs of a
// respondent, or to all pairs of the case, at once.
func (l *life) story() []said {
	var order []alike
	groups := map[alike][]said{}
	var story []said
	for _, w := range l.said {
		if w.from == "" && w.to == "" {
			story = append(story, w)
			continue
		}
		key := alike{w.event, w.from, w.to, w.text, w.last, w.file, w.by}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], w)
	}
	var moved []said
	for _, key := range order {
		moved = append(moved, l.gather(groups[key])...)
	}
	return append(moved, story...)
}

type pairKey struct{ respondent, part int64 }

// gather makes few words of many.
func (l *life) gather(words []said) []said {
	sums := map[pairKey]money.Amount{}
	var keys []pairKey
	for _, w := range words {
		k := pairKey{w.respondent, w.part}
		if _, there := sums[k]; !there {
			keys = append(keys, k)
		}
		sums[k] += w.amount
	}
	ofCase, ofRespondent := l.size()
	if len(keys) == ofCase && ofCase > 1 {
		return []said{whole(words[0], 0, l.total(sums))}
	}
	parts, total := map[int64]int{}, map[int64]money.Amount{}
	for _, k := range keys {
		parts[k.respondent]++
		total[k.respondent] += sums[k]
	}
	var few []said
	for _, k := range keys {
		switch n := parts[k.respondent]; {
		case n == 0: // told already
		case n == ofRespondent[k.respondent] && n > 1:
			few = append(few, whole(words[0], k.respondent, total[k.respondent]))
			parts[k.respondent] = 0
		default:
			w := words[0]
			w.respondent, w.part, w.amount = k.respondent, k.part, sums[k]
			few = append(few, w)
		}
	}
	return few
}

// size counts the pairs of the case, and of each respondent.
func (l *life) size() (ofCase int, ofRespondent map[int64]int) {
	there := map[pairKey]bool{}
	ofRespondent = map[int64]int{}
	for _, p := range l.pairs {
		if k := (pairKey{p.Respondent, p.Part}); !there[k] {
			there[k] = true
			ofRespondent[p.Respondent]++
		}
	}
	return len(there), ofRespondent
}

func whole(w said, respondent int64, amount money.Amount) said {
	w.respondent, w.part, w.amount = respondent, 0, amount
	return w
}

// total adds up what concerns all pairs: of a joint debt once.
func (l *life) total(sums map[pairKey]money.Amount) money.Amount {
	by := map[int64]money.Amount{}
	var all, most money.Amount
	for k, a := range sums {
		by[k.respondent] += a
		all += a
	}
	for _, a := range by {
		most = max(most, a)
	}
	if l.Application.Joint {
		return most
	}
	return all
}
