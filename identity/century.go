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
	twelve, fault := r.withCentury(short, separator)
	if fault != FaultNone {
		return Number{}, fault
	}
	if separator != '+' && r.Strict && r.unclear(string(twelve)) {
		return Number{}, FaultCenturyUnclear
	}
	return swedish(kindOf(twelve), string(twelve)), FaultNone
}

// withCentury tries the centuries from the newest and takes the first whose
// date exists, is not in the future and agrees with the separator.
func (r Rules) withCentury(short []byte, separator byte) ([]byte, Fault) {
	fault := FaultFutureDate
	for _, century := range []string{"20", "19", "18"} {
		twelve := append([]byte(century), short...)
		if dateFault := r.check(twelve); dateFault != FaultNone {
			fault = dateFault
			continue
		}
		full := string(twelve)
		hundred := turnsHundred(year(full), r.Today)
		switch {
		case r.future(full), separator == '+' && !hundred:
			continue
		case separator == '-' && hundred:
			return nil, FaultFutureDate
		}
		return twelve, FaultNone
	}
	return nil, fault
}

// unclear reports whether the same ten digits a century earlier could be a
// living person.
func (r Rules) unclear(twelve string) bool {
	return r.Today.Year()-(year(twelve)-100) <= oldestPlausibleAge
}
