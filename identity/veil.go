package identity

import (
	"math/rand/v2"
	"sync"
)

// veil turns a number into another that means nothing outside this process, so
// that a printed field is not a personal number. It guards against accident,
// not against an attacker who reads memory.
type veil struct{ mask, factor, inverse uint64 }

// processVeil is drawn once; veiled values never leave the process.
var processVeil = sync.OnceValue(func() veil { return newVeil(rand.Uint64(), rand.Uint64()) })

func newVeil(mask, seed uint64) veil {
	factor := seed | 1 // odd numbers have an inverse modulo 2⁶⁴
	inverse := factor
	for range 5 { // Newton's step doubles the right bits, of which 3 are there
		inverse *= 2 - factor*inverse
	}
	return veil{mask, factor, inverse}
}

func (v veil) cover(n uint64) uint64 { return (n ^ v.mask) * v.factor }

func (v veil) uncover(n uint64) uint64 { return n*v.inverse ^ v.mask }

// twelve is the stored form of a Swedish number in ASCII.
type twelve [longLength]byte

func (t twelve) veiled() uint64 {
	var n uint64
	for _, c := range t {
		n = n*10 + uint64(c-'0')
	}
	return processVeil().cover(n)
}

func unveiled(n uint64) (t twelve) {
	n = processVeil().uncover(n)
	for i := len(t) - 1; i >= 0; i-- {
		t[i] = '0' + byte(n%10)
		n /= 10
	}
	return t
}

func (t twelve) year() int  { return pair(t[:])*100 + pair(t[2:]) }
func (t twelve) month() int { return pair(t[4:]) }
func (t twelve) day() int   { return pair(t[6:]) }
