package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every record documents each column that it selects.
func TestFactsTellWhatTheySelect(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range allFacts() {
		if seen[f.record] || len(f.tells) != len(f.columns) || f.swedish == "" || f.english == "" || f.law == "" {
			t.Errorf("record %s: %d columns, told as %v", f.record, len(f.columns), f.tells)
		}
		seen[f.record] = true
	}
}

// Steps of a refresh end behind about so many rows, wherever they lie.
func TestStepsEnd(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, identity := range []string{"190001019801", "190001019819", "165560000167", "birth_date:1990-01-01", "1"} {
		count[beginning(identity)]++
	}
	if diff := cmp.Diff(map[string]int{"19000101": 2, "165560": 1, "birth_da": 1, "1": 1}, count); diff != "" {
		t.Errorf("counted (-want +got):\n%s", diff)
	}
	got := ends(map[string]int{"19000102": 600, "19000101": 500, "165560": 10, "19000103": 999, "19000104": 1, "19000105": 3})
	if diff := cmp.Diff([]string{"19000102~", "19000104~"}, got); diff != "" {
		t.Errorf("ends (-want +got):\n%s", diff)
	}
}
