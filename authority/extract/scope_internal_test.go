package extract

import "testing"

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
