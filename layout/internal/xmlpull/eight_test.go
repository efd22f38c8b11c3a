package xmlpull

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// TestEightBytesAtATime compares with counting one by one: never more, and all
// but the last seven where the bytes are of the kind to the end.
func TestEightBytesAtATime(t *testing.T) {
	t.Parallel()
	near := rapid.SampledFrom([]byte("\x00\t\n\r\x1f !&'<=>@AZ[\\]^`az{~\x7f\x80\xff"))
	for name, c := range map[string]struct {
		count func([]byte) int
		is    func(byte) bool
	}{
		"ordinary": {ordinary, func(b byte) bool { return class[b]&(isControl|isMarkup|isBreak|isHigh) == 0 && b != ']' }},
		"letters":  {letters, func(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }},
		"blanks":   {blanks, func(b byte) bool { return b == ' ' }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				filler := rapid.SampledFrom([]byte("aZ ")).Draw(t, "filler")
				b := bytes.Repeat([]byte{filler}, rapid.IntRange(0, 20).Draw(t, "length"))
				b = append(b, rapid.SliceOfN(rapid.OneOf(near, rapid.Byte()), 0, 20).Draw(t, "rest")...)
				want := 0
				for want < len(b) && c.is(b[want]) {
					want++
				}
				got := c.count(b)
				if got > want || got < want && len(b)-got >= 8 {
					t.Errorf("%q: %d, wants %d", b, got, want)
				}
			})
		})
	}
}
