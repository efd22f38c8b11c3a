package identity

import (
	"encoding/json"
	"errors"
	"testing"
)

func TestBankgiro(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"991-2346":               "991-2346",
		"9912346":                "991-2346",
		"991\u00a02346":          "991-2346",
		" " + "991 - 2346" + " ": "991-2346",
		"5050-1055":              "5050-1055",
		"50501055":               "5050-1055",
		"9-9-1-2-3-4-6-":         "991-2346",
	} {
		if b, err := ParseBankgiro(in); err != nil || b.String() != want {
			t.Errorf("ParseBankgiro(%q) = %q, %v; want %q", in, b, err, want)
		}
	}
	for in, want := range map[string]Fault{
		"":            FaultEmpty,
		"991-2347":    FaultCheckDigit,
		"991234":      FaultLength,
		"0099-12346":  FaultLength,
		"BG 991-2346": FaultNonDigit,
		"991–2346":    FaultSeparator,
		"991/2346":    FaultSeparator,
		"9,91235E+06": FaultScientific,
		"-":           FaultLength,
		"９９１-2346":    FaultNonDigit,
	} {
		if _, err := ParseBankgiro(in); !errors.Is(err, want) {
			t.Errorf("ParseBankgiro(%q) = %v, want %v", in, err, want)
		}
	}
}

func TestPlusgiro(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"4-2":        "4-2",
		"42":         "4-2",
		"90 19 50-6": "90 19 50-6",
		"9019506":    "90 19 50-6",
		"901950-6":   "90 19 50-6",
	} {
		p, err := ParsePlusgiro(in)
		if err != nil || p.String() != want {
			t.Errorf("ParsePlusgiro(%q) = %q, %v; want %q", in, p, err, want)
		}
	}
	for in, want := range map[string]Fault{
		"4-3":         FaultCheckDigit,
		"4":           FaultLength,
		"123456789":   FaultLength,
		"90.19.50-6":  FaultSeparator,
		"PG 901950-6": FaultNonDigit,
	} {
		if _, err := ParsePlusgiro(in); !errors.Is(err, want) {
			t.Errorf("ParsePlusgiro(%q) = %v, want %v", in, err, want)
		}
	}
}

func TestPlusgiroPairsFromTheRight(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]string{"18": "1-8", "125": "12-5", "1230": "1 23-0", "12344": "12 34-4", "12345674": "1 23 45 67-4"} {
		if got := (Plusgiro{digits}).String(); got != want {
			t.Errorf("%s is written %q, want %q", digits, got, want)
		}
	}
}

func TestGiroText(t *testing.T) {
	t.Parallel()
	type accounts struct {
		B Bankgiro
		P Plusgiro
	}
	in := `{"B":"991-2346","P":"90 19 50-6"}`
	var a accounts
	if err := json.Unmarshal([]byte(in), &a); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(a)
	if err != nil || string(out) != in {
		t.Errorf("%s became %s, %v", in, out, err)
	}
	if err := json.Unmarshal([]byte(`{"B":"","P":""}`), &a); err != nil || !a.B.IsZero() || !a.P.IsZero() {
		t.Errorf("empty texts gave %v, %v", a, err)
	}
	if err := json.Unmarshal([]byte(`{"B":"991-2347"}`), &a); !errors.Is(err, FaultCheckDigit) {
		t.Errorf("wrong check digit in JSON: %v", err)
	}
}

func TestGiroErrorsSpeakOfGiro(t *testing.T) {
	t.Parallel()
	_, err := ParseBankgiro("991234")
	var e *Error
	if !errors.As(err, &e) || e.Subject != BankgiroNumber {
		t.Fatalf("%v", err)
	}
	if e.English() == FaultLength.English() || e.Swedish() == FaultLength.Swedish() {
		t.Errorf("a bankgiro fault speaks of identity numbers: %s", e.English())
	}
}
