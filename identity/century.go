package identity

// oldestPlausibleAge bounds who may still be a party: with Strict, ten digits
// are unclear only if the elder reading is at most this old. It is set so that
// no adult of today is asked for twelve digits.
const oldestPlausibleAge = 115

// tenDigits settles the century of a person's ten digits and reads the twelve.
func (r Rules) tenDigits(short []byte, separator byte) (Number, Fault) {
	if fault := r.check(short); fault != FaultNone {
		return Number{}, fault
	}
	t, fault := r.withCentury(short, separator)
	if fault != FaultNone {
		return Number{}, fault
	}
	if separator != '+' && r.Strict && r.unclear(t) {
		return Number{}, FaultCenturyUnclear
	}
	return swedish(t.kind(), t), FaultNone
}

// withCentury tries the centuries from the newest and takes the first whose
// date exists, is not in the future and agrees with the separator.
func (r Rules) withCentury(short []byte, separator byte) (twelve, Fault) {
	fault := FaultFutureDate
	for _, century := range [...]string{"20", "19", "18"} {
		t := withPrefix(century, short)
		if dateFault := r.check(t[:]); dateFault != FaultNone {
			fault = dateFault
			continue
		}
		hundred := turnsHundred(t.year(), r.Today)
		switch {
		case r.future(t), separator == '+' && !hundred:
			continue
		case separator == '-' && hundred:
			return twelve{}, FaultFutureDate
		}
		return t, FaultNone
	}
	return twelve{}, fault
}

// unclear reports whether the same ten digits a century earlier could be a
// living person.
func (r Rules) unclear(t twelve) bool {
	return r.Today.Year()-(t.year()-100) <= oldestPlausibleAge
}
