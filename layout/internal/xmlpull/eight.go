package xmlpull

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes at a time: how many at the beginning of b are of a kind. Each
// stops early where fewer than eight bytes are left; the caller looks at those
// one by one.

const (
	each      = 0x0101010101010101
	highBits  = 0x80 * each
	lowBits   = 0x7F * each
	feedBytes = '\n' * each
	caseBits  = 0x20 * each
)

// zeros marks the first byte of w that is zero by its highest bit; above that
// it may mark others.
func zeros(w uint64) uint64 { return (w - each) &^ w & highBits }

// ordinary counts bytes that are ASCII, no control characters and none of <, &
// and ].
func ordinary(b []byte) (n int) {
	for ; len(b)-n >= 8; n += 8 {
		w := binary.LittleEndian.Uint64(b[n:])
		controls := (w - ' '*each) &^ w
		if odd := (controls|w)&highBits | zeros(w^'<'*each) | zeros(w^'&'*each) | zeros(w^']'*each); odd != 0 {
			return n + bits.TrailingZeros64(odd)/8
		}
	}
	return n
}

// letters counts ASCII letters.
func letters(b []byte) (n int) {
	for ; len(b)-n >= 8; n += 8 {
		w := binary.LittleEndian.Uint64(b[n:])
		lower := w&lowBits | caseBits
		fromA, beyondZ := lower+(0x80-'a')*each, lower+(0x80-'z'-1)*each
		if odd := (^fromA | beyondZ | w) & highBits; odd != 0 {
			return n + bits.TrailingZeros64(odd)/8
		}
	}
	return n
}

// blanks counts blanks.
func blanks(b []byte) (n int) {
	for ; len(b)-n >= 8; n += 8 {
		if odd := binary.LittleEndian.Uint64(b[n:]) ^ ' '*each; odd != 0 {
			return n + bits.TrailingZeros64(odd)/8
		}
	}
	return n
}

// asciiLength is how many bytes come before the first above ASCII, with those
// at the end.
func asciiLength(b []byte) (n int) {
	for len(b)-n >= 8 && binary.LittleEndian.Uint64(b[n:])&highBits == 0 {
		n += 8
	}
	for n < len(b) && b[n]&0x80 == 0 {
		n++
	}
	return n
}

// lineFeeds counts them in all of b; most places asked for are closer together
// than a call of bytes.Count pays for.
func lineFeeds(b []byte) int64 {
	n := 0
	for len(b) >= 8 {
		w := binary.LittleEndian.Uint64(b) ^ feedBytes
		n += 8 - bits.OnesCount64(((w&lowBits+lowBits)|w)&highBits)
		b = b[8:]
	}
	for _, c := range b {
		if c == '\n' {
			n++
		}
	}
	return int64(n)
}
