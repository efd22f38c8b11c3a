package claimlist

import "testing"

func TestNearestName(t *testing.T) {
	t.Parallel()
	names := []string{"reference", "amount", "bf.serve"}
	for written, want := range map[string]string{
		"referense": "reference", "refrence": "reference", "amnt": "", "bf.sreve": "bf.serve", "x": "", "": "", "belopp": "",
	} {
		if got, _ := Near(written, names); got != want {
			t.Errorf("Near(%q) = %q, want %q", written, got, want)
		}
	}
}
