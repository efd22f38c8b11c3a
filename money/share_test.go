package money

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestProRata(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		amount  Amount
		weights []Amount
		want    []Amount
	}{
		"even":                          {300, []Amount{1, 1, 1}, []Amount{100, 100, 100}},
		"equal remainders, earlier one": {100, []Amount{1, 1, 1}, []Amount{34, 33, 33}},
		"largest remainder":             {10, []Amount{10, 25, 65}, []Amount{1, 3, 6}},
		"a weight of nothing":           {5, []Amount{0, 3}, []Amount{0, 5}},
		"nothing":                       {0, []Amount{0, 0}, []Amount{0, 0}},
		"nobody":                        {0, nil, []Amount{}},
		"as large as can be":            {math.MaxInt64, []Amount{math.MaxInt64 - 1, 1}, []Amount{math.MaxInt64 - 1, 1}},
	} {
		got, err := tt.amount.ProRata(tt.weights)
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestProRataRefuses(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		amount  Amount
		weights []Amount
		want    error
	}{
		"negative amount": {-1, []Amount{1}, ErrShare},
		"negative weight": {1, []Amount{2, -1}, ErrShare},
		"no weight":       {1, []Amount{0}, ErrShare},
		"nobody":          {1, nil, ErrShare},
		"overflow":        {1, []Amount{math.MaxInt64, 1}, ErrOverflow},
	} {
		if got, err := tt.amount.ProRata(tt.weights); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		if got, _, err := tt.amount.ProRataWithin(tt.weights, make([]Amount, len(tt.weights))); errors.Is(tt.want, ErrOverflow) && !errors.Is(err, tt.want) {
			t.Errorf("%s, within: %v, %v", name, got, err)
		}
	}
	for name, caps := range map[string][]Amount{"too few caps": {1}, "negative cap": {1, -1}} {
		if _, _, err := Amount(1).ProRataWithin([]Amount{1, 1}, caps); !errors.Is(err, ErrShare) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func drawWeights(t *rapid.T) []Amount {
	return rapid.SliceOfN(rapid.Map(rapid.Int64Range(0, 1e15), func(n int64) Amount { return Amount(n) }), 1, 20).Draw(t, "weights")
}

// Every part is within an öre of its exact share, and they add up.
func TestProRataPartsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weights := drawWeights(t)
		total, _ := Sum(weights...)
		amount := Amount(rapid.Int64Range(0, 1e15).Draw(t, "amount"))
		if total == 0 {
			amount = 0
		}
		parts, err := amount.ProRata(weights)
		sum, _ := Sum(parts...)
		if err != nil || sum != amount {
			t.Fatalf("%d by %v: %v add up to %d, %v", amount, weights, parts, sum, err)
		}
		for i, p := range parts {
			if total == 0 {
				continue
			}
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(weights[i]))), big.NewInt(int64(total)))
			off := new(big.Rat).Sub(new(big.Rat).SetInt64(int64(p)), exact)
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("part %d is %d, exactly %s", i, p, exact)
			}
			if amount <= total && p > weights[i] {
				t.Fatalf("part %d is %d of at most %d", i, p, weights[i])
			}
		}
	})
}

// With caps nothing is lost, nobody exceeds its cap, and something is left
// only if everybody with a weight is full.
func TestProRataWithinCaps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		weights := drawWeights(t)
		caps := make([]Amount, len(weights))
		for i := range caps {
			caps[i] = Amount(rapid.Int64Range(0, 1e12).Draw(t, "cap"))
		}
		amount := Amount(rapid.Int64Range(0, 1e13).Draw(t, "amount"))
		parts, rest, err := amount.ProRataWithin(weights, caps)
		sum, _ := Sum(parts...)
		if err != nil || sum+rest != amount || rest < 0 {
			t.Fatalf("%v and rest %d of %d, %v", parts, rest, amount, err)
		}
		for i, p := range parts {
			if p < 0 || p > caps[i] || p > 0 && weights[i] == 0 {
				t.Fatalf("part %d is %d, weight %d, cap %d", i, p, weights[i], caps[i])
			}
			if rest > 0 && weights[i] > 0 && p < caps[i] {
				t.Fatalf("%d is left though part %d has room", rest, i)
			}
		}
	})
}
