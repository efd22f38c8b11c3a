package layout

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

// TestFlagsOfEightBytesAreThoseOfEach compares with the table, byte by byte.
func TestFlagsOfEightBytesAreThoseOfEach(t *testing.T) {
	t.Parallel()
	sets := []string{"", "space !-~", "A-Z a-z 0-9"}
	near := rapid.SampledFrom([]byte{0, 0x1F, ' ', 'A', '~', 0x7F, 0x80, 0xA0, 0xFF})
	rapid.Check(t, func(t *rapid.T) {
		c, err := parseCharacters(rapid.SampledFrom(sets).Draw(t, "set"), true)
		if err != nil {
			t.Fatal(err)
		}
		b := rapid.SliceOfN(rapid.OneOf(near, rapid.Byte()), 0, 40).Draw(t, "bytes")
		var want byte
		for _, x := range b {
			want |= c.low[x]
		}
		if got := c.flags(b); got != want {
			t.Errorf("%q: %b, want %b", b, got, want)
		}
	})
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	for place := range 8 {
		for x := range 256 {
			b := []byte("a ~ a ~ ")
			b[place] = byte(x)
			if got, want := printable(binary.LittleEndian.Uint64(b)), x >= ' ' && x <= '~'; got != want {
				t.Errorf("%q: %v", b, got)
			}
		}
	}
}
