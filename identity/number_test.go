package identity

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var today = time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)

func mustParse(t *testing.T, s string) Number {
	t.Helper()
	n, err := Parse(s, today)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNumberFacts(t *testing.T) {
	t.Parallel()
	type facts struct {
		Short   string
		Birth   string
		Test    bool
		Natural bool
	}
	born := func(n Number) string {
		if d, ok := n.BirthDate(); ok {
			return d.Format(time.DateOnly)
		}
		return ""
	}
	for in, want := range map[string]facts{
		"199006022397":              {"900602-2397", "1990-06-02", false, true},
		"188112189876":              {"811218+9876", "1881-12-18", true, true},
		"197010632391":              {"701063-2391", "1970-10-03", false, true},
		"165560000167":              {"556000-0167", "", false, false},
		"birth_date:1971-02-03":     {"birth_date:1971-02-03", "1971-02-03", false, true},
		"foreign_organisation:DE 1": {"foreign_organisation:DE 1", "", false, false},
	} {
		n, err := Parse12(in)
		if err != nil {
			t.Fatal(err)
		}
		got := facts{n.FullShort(today), born(n), n.IsTest(), n.IsNatural()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", in, diff)
		}
	}
}

func TestFullShortTakesPlusInTheHundredthYear(t *testing.T) {
	t.Parallel()
	ten := withCheck("261224980")
	n, err := Parse12("19" + ten)
	if err != nil {
		t.Fatal(err)
	}
	if got := n.FullShort(today.AddDate(-1, 0, 0)); got != dashed(ten, "-") {
		t.Errorf("the year before: %s", got)
	}
	if got := n.FullShort(today); got != dashed(ten, "+") {
		t.Errorf("the year: %s", got)
	}
}

func TestNumbersCompare(t *testing.T) {
	t.Parallel()
	if mustParse(t, "900602-2397") != mustParse(t, "199006022397") {
		t.Error("one number read in two forms differs")
	}
	date, err := NewForeign(BirthDate, "1971-02-03")
	if err != nil {
		t.Fatal(err)
	}
	other, err := NewForeign(OtherIdentification, "1971-02-03")
	if err != nil {
		t.Fatal(err)
	}
	if date == other {
		t.Error("two kinds with one value are the same number")
	}
	var zero Number
	if !zero.IsZero() || zero.Full() != "" || zero.String() != "" || zero == date {
		t.Error("the zero Number is not empty")
	}
}

func TestNewForeignFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind  ForeignKind
		value string
		want  Fault
	}{
		{NotForeign, "1", FaultForeignKindUnknown},
		{foreignKindCount, "1", FaultForeignKindUnknown},
		{ForeignPerson, " ", FaultEmpty},
		{ForeignPerson, "a\nb", FaultNonDigit},
		{ForeignPerson, "a\xffb", FaultNonDigit},
		{ForeignPerson, string(make([]byte, 65)), FaultLength},
		{BirthDate, "1971-02-30", FaultDayOfMonth},
	} {
		if _, err := NewForeign(tt.kind, tt.value); !errors.Is(err, tt.want) {
			t.Errorf("NewForeign(%d, %q) = %v, want %v", tt.kind, tt.value, err, tt.want)
		}
	}
}
