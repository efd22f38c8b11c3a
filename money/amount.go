package money

import (
	"errors"
	"math"
	"math/bits"
)

// Amount is money in öre, a hundredth of a krona.
type Amount int64

// Krona is one krona.
const Krona Amount = 100

// ErrOverflow is returned where a result does not fit in an Amount.
var ErrOverflow = errors.New("money: the amount is too large")

// Add returns a + b, or ErrOverflow.
func (a Amount) Add(b Amount) (Amount, error) {
	sum := a + b
	if (sum > a) != (b > 0) {
		return 0, ErrOverflow
	}
	return sum, nil
}

// Sub returns a − b, or ErrOverflow.
func (a Amount) Sub(b Amount) (Amount, error) {
	diff := a - b
	if (diff < a) != (b > 0) {
		return 0, ErrOverflow
	}
	return diff, nil
}

// Sum adds amounts, or returns ErrOverflow if a partial sum does not fit.
func Sum(amounts ...Amount) (Amount, error) {
	var total Amount
	for _, a := range amounts {
		var err error
		if total, err = total.Add(a); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// FromKronor returns whole kronor as an Amount, or ErrOverflow.
func FromKronor(kronor int64) (Amount, error) {
	if kronor > math.MaxInt64/int64(Krona) || kronor < math.MinInt64/int64(Krona) {
		return 0, ErrOverflow
	}
	return Amount(kronor) * Krona, nil
}

// Ore returns the amount as a number of öre.
func (a Amount) Ore() int64 { return int64(a) }

// Split divides the amount into n parts that differ by at most one öre and add
// up to it, the larger parts first. n must be at least 1.
func (a Amount) Split(n int) []Amount {
	parts := make([]Amount, n)
	share, rest := a/Amount(n), a%Amount(n)
	for i := range parts {
		parts[i] = share
		switch {
		case rest > 0:
			parts[i]++
			rest--
		case rest < 0:
			parts[i]--
			rest++
		}
	}
	return parts
}

// Rounding names a rule for what is less than an öre.
type Rounding uint8

const (
	// HalfUp rounds to the nearest öre, half an öre up, away from zero. The
	// Interest Act has no rule; input.md §4 reproduces filers' figures with it.
	HalfUp Rounding = iota
	// Down cuts what is less than an öre.
	Down
)

// mulDiv returns a·b/div rounded, exactly, or ErrOverflow. div is positive.
func mulDiv(a, b, div int64, r Rounding) (Amount, error) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi >= uint64(div) {
		return 0, ErrOverflow
	}
	q, rem := bits.Div64(hi, lo, uint64(div))
	if r == HalfUp && rem >= uint64(div)-rem {
		q++
	}
	if q > math.MaxInt64 {
		return 0, ErrOverflow
	}
	if (a < 0) != (b < 0) {
		return -Amount(q), nil
	}
	return Amount(q), nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
