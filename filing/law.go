package filing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"filtjanst/calendar"
	"filtjanst/money"
	"filtjanst/statute"
)

// law is what the rules need of statute on one day.
type law struct {
	ownWork, collection, reminder, latePayment, fee money.Amount // 0: not known
	rates                                           []actRate    // in order of day
}

// actRate is the rate of the Interest Act (RL §6) from a day on.
type actRate struct {
	from calendar.Day
	rate money.Rate
}

// dayRules are the numbers of law on a day, and the digest of all that a check
// of the day is made with.
type dayRules struct {
	law         law
	rulesDigest string
}

// lawDay is one day by one table.
type lawDay struct {
	table *statute.Table
	day   calendar.Day
}

// rulesOn finds what the day's checks by the table have in common; nil is the
// built-in table. It is made once for each day.
func (s *Set) rulesOn(t *statute.Table, day calendar.Day) *dayRules {
	if t == nil {
		t = statute.Default()
	}
	at := lawDay{t, day}
	if known, ok := s.days.Load(at); ok {
		return known.(*dayRules)
	}
	known, _ := s.days.LoadOrStore(at, s.newDayRules(t, day))
	return known.(*dayRules)
}

// newDayRules covers profile set, code table, rules and the numbers of law in
// force with the digest.
func (s *Set) newDayRules(t *statute.Table, day calendar.Day) *dayRules {
	l := lawOn(t, day)
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n%+v", s.digest, codesDigest(), ruleEdition, l)
	return &dayRules{l, hex.EncodeToString(h.Sum(nil))}
}

func lawOn(t *statute.Table, today calendar.Day) law {
	amount := func(s statute.Symbol) money.Amount {
		ore, _, err := t.Amount(s, today.Time())
		if err != nil {
			return 0
		}
		return money.Amount(ore)
	}
	return law{
		ownWork: amount("cost.own_work"), collection: amount("cost.collection_demand"),
		reminder: amount("cost.reminder"), latePayment: amount("cost.late_payment_compensation"),
		fee: amount("fee.application"), rates: actRates(t, today),
	}
}

// oldestDay is older than any claim that is not barred by limitation.
var oldestDay = time.Date(1980, time.January, 1, 0, 0, 0, 0, time.UTC)

func actRates(t *statute.Table, today calendar.Day) []actRate {
	var rates []actRate
	for _, day := range t.Changes("interest.reference_rate", oldestDay, today.Time()) {
		reference, _, err := t.Rate("interest.reference_rate", day)
		if err != nil {
			continue
		}
		addition, _, err := t.Rate("interest.addition", day)
		if err != nil {
			continue
		}
		rates = append(rates, actRate{calendar.FromTime(day), money.Rate(reference + addition)})
	}
	return rates
}

// lowest returns the lowest rate of the Act in force on any day of the period;
// false where it is not known.
func (l *law) lowest(from, to calendar.Day) (money.Rate, bool) {
	var least money.Rate
	found := false
	for i, r := range l.rates {
		ends := i+1 < len(l.rates) && l.rates[i+1].from <= from
		if ends || r.from > to {
			continue
		}
		if !found || r.rate < least {
			least, found = r.rate, true
		}
	}
	return least, found
}
