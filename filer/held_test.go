package filer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What could not be done is told with the code of why, where a confirmation has
// one.
func TestHeldRefusedIsTold(t *testing.T) {
	t.Parallel()
	told := heldRefused{}
	told.note("1", false, "")
	told.note("2", true, "")
	told.note("3", true, "D347")
	want := heldRefused{"2": {"held": "refused"}, "3": {"held": "refused", "held_code": "D347"}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}
