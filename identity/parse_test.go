package identity

import (
	"errors"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		kind Kind
		full string
	}{
		{"900602-2397", Person, "199006022397"},
		{"9006022397", Person, "199006022397"},
		{"199006022397", Person, "199006022397"},
		{"19900602-2397", Person, "199006022397"},
		{" 900602-2397\u00a0", Person, "199006022397"},
		{"811218-9876", Person, "198112189876"},
		{"811218+9876", Person, "188112189876"},
		{"18811218+9876", Person, "188112189876"},
		{"18811218-9876", Person, "188112189876"},
		{"701063-2391", Coordination, "197010632391"},
		{"197010632391", Coordination, "197010632391"},
		{"556000-0167", Organisation, "165560000167"},
		{"5560000167", Organisation, "165560000167"},
		{"165560000167", Organisation, "165560000167"},
		{"16556000-0167", Organisation, "165560000167"},
	} {
		n, err := Parse(tt.in, today)
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.in, err)
			continue
		}
		if n.Kind() != tt.kind || n.Full() != tt.full {
			t.Errorf("Parse(%q) = %s %s, want %s %s", tt.in, n.Kind(), n.Full(), tt.kind, tt.full)
		}
	}
}

func TestParseFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		in   string
		want Fault
	}{
		{"", FaultEmpty},
		{"  ", FaultEmpty},
		{"900602239", FaultLength},
		{"90060223971", FaultLength},
		{"1199006022397", FaultLength},
		{"-", FaultSeparator},
		{"900602-239A", FaultNonDigit},
		{"900602-239\x00", FaultNonDigit},
		{"900602–2397", FaultNonDigit},
		{"９００６０２2397", FaultNonDigit},
		{"900602 2397", FaultNonDigit},
		{"9006-022397", FaultSeparator},
		{"900602--2397", FaultSeparator},
		{"-9006022397", FaultSeparator},
		{"556000+0167", FaultSeparator},
		{"19900602+2397", FaultSeparator},
		{"901302-2397", FaultMonth},
		{"900002-2397", FaultMonth},
		{"900631-2397", FaultDayOfMonth},
		{"900600-2397", FaultDayOfMonth},
		{"900229-2397", FaultDayOfMonth},
		{"900292-2397", FaultDayOfMonth},
		{"900660-2397", FaultDayOfMonth},
		{"190002292397", FaultDayOfMonth},
		{"900602-2398", FaultCheckDigit},
		{"556000-0168", FaultCheckDigit},
		{"165560000168", FaultCheckDigit},
		{"209006022397", FaultFutureDate},
		{"169006022397", FaultOrganisationThirdDigit},
		{"179006022397", FaultCenturyPrefix},
		{"005560000167", FaultCenturyPrefix},
		{"9,00602E+09", FaultScientific},
		{"9.00602e9", FaultScientific},
		{"1,99006E+11", FaultScientific},
	} {
		_, err := Parse(tt.in, today)
		if !errors.Is(err, tt.want) {
			t.Errorf("Parse(%q) = %v, want %v", tt.in, err, tt.want)
		}
	}
}

// Numbers of the years around today: a child, someone who turns 100 this year,
// someone over 100. Their serials are of the test range.
func TestCentury(t *testing.T) {
	t.Parallel()
	strict := Rules{Today: today, Strict: true}
	lenient := Rules{Today: today}
	for _, tt := range []struct {
		name  string
		rules Rules
		short string
		want  string // "" for a fault
		fault Fault
	}{
		{"child, bare", lenient, withCheck("200101980"), "20" + withCheck("200101980"), 0},
		{"child, bare, strict", strict, withCheck("200101980"), "", FaultCenturyUnclear},
		{"child with hyphen, strict", strict, dashed(withCheck("200101980"), "-"), "", FaultCenturyUnclear},
		{"over 100 with plus, strict", strict, dashed(withCheck("200101980"), "+"), "19" + withCheck("200101980"), 0},
		{"adult, strict", strict, withCheck("080101980"), "20" + withCheck("080101980"), 0},
		{"middle-aged, strict", strict, withCheck("700101980"), "19" + withCheck("700101980"), 0},
		{"date to come this year, bare", lenient, withCheck("261224980"), "19" + withCheck("261224980"), 0},
		{"date to come this year, hyphen", lenient, dashed(withCheck("261224980"), "-"), "", FaultFutureDate},
		{"turns 100 this year, plus", lenient, dashed(withCheck("261224980"), "+"), "19" + withCheck("261224980"), 0},
		{"turns 100 next year, plus", lenient, dashed(withCheck("270101980"), "+"), "18" + withCheck("270101980"), 0},
		{"born today", lenient, withCheck("261122980"), "20" + withCheck("261122980"), 0},
		{"born tomorrow, bare", lenient, withCheck("261123980"), "19" + withCheck("261123980"), 0},
		{"leap day of 2000", lenient, withCheck("000229980"), "20" + withCheck("000229980"), 0},
		{"leap day that 1900 lacks", lenient, dashed(withCheck("000229980"), "+"), "", FaultDayOfMonth},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n, err := tt.rules.Parse(tt.short)
			if tt.want == "" {
				if !errors.Is(err, tt.fault) {
					t.Fatalf("%s: %v, want %v", n.Full(), err, tt.fault)
				}
				return
			}
			if err != nil || n.Full() != tt.want {
				t.Fatalf("%s, %v; want %s", n.Full(), err, tt.want)
			}
		})
	}
}

// withCheck adds the check digit to nine digits.
func withCheck(nine string) string {
	for c := byte('0'); c <= '9'; c++ {
		if ten := append([]byte(nine), c); luhn(ten) {
			return string(ten)
		}
	}
	panic("no check digit fits")
}

func dashed(ten, separator string) string { return ten[:6] + separator + ten[6:] }

func TestTodayIsTheDateShown(t *testing.T) {
	t.Parallel()
	east := time.Date(2026, 11, 23, 0, 30, 0, 0, time.FixedZone("east", 3*60*60)) // 22 November in UTC
	if n, err := Parse("20"+withCheck("261123980"), east); err != nil {
		t.Errorf("born on the date shown: %v, %v", n, err)
	}
}

func TestIncompleteCoordination(t *testing.T) {
	t.Parallel()
	rules := Rules{Today: today, IncompleteCoordination: true}
	for _, nine := range []string{"700060980", "700160980", "700075980"} {
		short := withCheck(nine)
		if _, err := Parse(short, today); err == nil {
			t.Errorf("%s passed without the option", nine)
		}
		n, err := rules.Parse(short)
		if err != nil || n.Kind() != Coordination {
			t.Errorf("%s with the option: %v, %v", nine, n, err)
			continue
		}
		if _, ok := n.BirthDate(); ok {
			t.Errorf("%s has a date of birth", nine)
		}
		if back, err := Parse12(n.Full()); err != nil || back != n {
			t.Errorf("%s stored and read back: %v", nine, err)
		}
	}
	if _, err := rules.Parse(withCheck("701360980")); !errors.Is(err, FaultMonth) {
		t.Errorf("month 13 with the option: %v", err)
	}
}

func TestParse12(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"199006022397", "197010632391", "165560000167", "birth_date:1971-02-03", "foreign_person:DE 123"} {
		n, err := Parse12(s)
		if err != nil || n.Full() != s {
			t.Errorf("Parse12(%q) = %q, %v", s, n.Full(), err)
		}
	}
	for in, want := range map[string]Fault{
		"9006022397":         FaultLength,
		"":                   FaultLength,
		"900602-23970":       FaultNonDigit,
		"passport:1":         FaultForeignKindUnknown,
		":1":                 FaultForeignKindUnknown,
		"foreign_person:":    FaultEmpty,
		"birth_date:1971-13": FaultDayOfMonth,
	} {
		if _, err := Parse12(in); !errors.Is(err, want) {
			t.Errorf("Parse12(%q) = %v, want %v", in, err, want)
		}
	}
}

func TestParseOrganisation(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"556000-0167", "5560000167", "165560000167", "16556000-0167"} {
		if n, err := ParseOrganisation(s); err != nil || n.Full() != "165560000167" {
			t.Errorf("ParseOrganisation(%q) = %v, %v", s, n, err)
		}
	}
	for in, want := range map[string]Fault{
		"900602-2397":  FaultOrganisationThirdDigit,
		"199006022397": FaultKindMismatch,
		"556000-0168":  FaultCheckDigit,
		"556000+0167":  FaultSeparator,
		"5,56E+09":     FaultScientific,
	} {
		if _, err := ParseOrganisation(in); !errors.Is(err, want) {
			t.Errorf("ParseOrganisation(%q) = %v, want %v", in, err, want)
		}
	}
}
