package filer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What could not be done is told with the code of why, where a confirmation has
// one, and so is what it warns of.
func TestRemarksOfConfirmations(t *testing.T) {
	t.Parallel()
	told := remarks{}
	told.refused("1", false, "")
	told.warned("1", "", "")
	told.refused("2", true, "")
	told.refused("3", true, "D347")
	told.warned("3", "W431", "2026-0000017")
	told.warned("4", "W452", "U-2026-0000017")
	want := remarks{
		"2": {"held": "refused"},
		"3": {"held": "refused", "held_code": "D347", "warning": "W431", "repeats": "2026-0000017"},
		"4": {"warning": "W452", "repeats": "U-2026-0000017"},
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}
