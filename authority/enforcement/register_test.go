package enforcement_test

import (
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/filing"
)

// A file whose read-in was broken off goes on another day with the numbers that
// were set aside: its cases are registered, and what they lack is to be lodged,
// by the day on which they come to be.
func TestFileGoesOnAnotherDay(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(filing.VEApplication, 2), documents(application("A", 1), unlodged("B", 2))
		b.apply(f, docs[:1])
		_, err := b.room.Apply(b.Context(), f, docs[1:]) // and then the power fails
		b.must(err)
		b.open(application("C", 3))
		b.clock.Set(b.in(3).At(19, 0))
		day := b.today()
		b.apply(f, docs[1:])
		first, later, other := b.one("A"), b.one("B"), b.one("C")
		if later.Registered != day || first.Registered != day-3 {
			b.Errorf("registered %s and %s, want %s", first.Registered, later.Registered, day)
		}
		if first.Number >= later.Number || later.Number >= other.Number {
			b.Errorf("numbers %s, %s and then %s", first.Number, later.Number, other.Number)
		}
		b.sleep(20)
		if got := b.state(later.Number); got != enforcement.AwaitingTitle {
			b.Errorf("20 days after it came to be the case is %s", got)
		}
		b.sleep(3)
		if got := b.state(later.Number); got != enforcement.Dismissed {
			b.Errorf("23 days after it came to be the case is %s", got)
		}
	})
}
