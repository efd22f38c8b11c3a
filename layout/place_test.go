package layout

import "testing"

func TestHasPlace(t *testing.T) {
	t.Parallel()
	l := parsed(t, allotmentText, allotment(t))
	for path, want := range map[string]bool{
		"file.clerk":            true,
		"document.tenant":       true,
		"document.tenant.name":  true,
		"document.way":          true, // set by the kind of record
		"file":                  true,
		"document.tool.colour":  false,
		"document.reference.no": false,
	} {
		if got := l.HasPlace(TextForm, path); got != want {
			t.Errorf("%s: %t, want %t", path, got, want)
		}
		if l.HasPlace(XMLForm, path) {
			t.Errorf("%s has a place in a form that is not described", path)
		}
	}
}
