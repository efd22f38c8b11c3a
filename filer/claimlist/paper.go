package claimlist

import "strings"

// paper tells why a case must go on paper (R72), or nil. The row's own cells
// are looked at, before anything else is read of the case.
func (b *builder) paper(r row) *Paper {
	switch {
	case foreign(r):
		return &Paper{
			Reference: r.cells[Reference], Row: r.number,
			Swedish: "svaranden har en utländsk adress eller ett postnummer som inte har fem siffror: ansök på papper",
			English: "the respondent has a foreign address or a postcode that is not five digits: apply on paper",
		}
	case protected(r):
		return &Paper{
			Reference: r.cells[Reference], Row: r.number,
			Swedish: "svaranden saknar adress eller har skyddade personuppgifter: ansök på papper",
			English: "the respondent has no address or a protected identity: apply on paper",
		}
	}
	return nil
}

func protected(r row) bool {
	street := strings.ToLower(r.cells[Street])
	hidden := strings.Contains(street, "skyddad") || strings.Contains(street, "sekretessmark")
	return hidden || street == "" || r.cells[PostalCode] == ""
}

func foreign(r row) bool {
	switch strings.ToUpper(r.cells[Country]) {
	case "", "SE", "SVERIGE", "SWEDEN":
	default:
		return true
	}
	code := postalCode(r.cells[PostalCode])
	return code != "" && (len(code) != 5 || digitsOf(code) != code)
}
