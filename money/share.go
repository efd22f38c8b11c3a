package money

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
)

// ErrShare is wrapped when an amount cannot be divided: it or a weight is
// negative, or there is nothing to divide it by.
var ErrShare = errors.New("the amount cannot be divided")

// ProRata divides the amount in proportion to the weights, to the öre. Each
// part is rounded down; the öre left over go one each to the parts with the
// largest remainders, of equal ones to the earlier. The parts add up to the
// amount. A part never exceeds its weight if the amount does not exceed their
// sum.
func (a Amount) ProRata(weights []Amount) ([]Amount, error) {
	total, err := sumOfWeights(weights)
	if err != nil {
		return nil, err
	}
	if a < 0 || total == 0 && a != 0 {
		return nil, fmt.Errorf("money: %s by weights of %s: %w", a, total, ErrShare)
	}
	parts := make([]Amount, len(weights))
	if a == 0 {
		return parts, nil
	}
	remainders := make([]uint64, len(weights))
	rest := a
	for i, w := range weights {
		hi, lo := bits.Mul64(uint64(a), uint64(w))
		part, remainder := bits.Div64(hi, lo, uint64(total)) // w ≤ total, so the part fits
		parts[i], remainders[i] = Amount(part), remainder
		rest -= parts[i]
	}
	for _, i := range byRemainder(remainders)[:rest] {
		parts[i]++
	}
	return parts, nil
}

func sumOfWeights(weights []Amount) (total Amount, err error) {
	for _, w := range weights {
		if w < 0 {
			return 0, fmt.Errorf("money: negative weight %s: %w", w, ErrShare)
		}
		if total, err = total.Add(w); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// byRemainder is the order in which parts get an öre that is left over.
func byRemainder(remainders []uint64) []int {
	order := make([]int, len(remainders))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		switch {
		case remainders[x] > remainders[y]:
			return -1
		case remainders[x] < remainders[y]:
			return 1
		}
		return 0
	})
	return order
}

// ProRataWithin is ProRata where no part may exceed its cap. What a capped
// part cannot take is divided among the others; what nobody can take is
// returned as rest, so that parts and rest add up to the amount.
func (a Amount) ProRataWithin(weights, caps []Amount) (parts []Amount, rest Amount, err error) {
	if len(weights) != len(caps) {
		return nil, 0, fmt.Errorf("money: %d weights and %d caps: %w", len(weights), len(caps), ErrShare)
	}
	if a < 0 || slices.ContainsFunc(caps, func(c Amount) bool { return c < 0 }) {
		return nil, 0, fmt.Errorf("money: %s within caps, of which one may be negative: %w", a, ErrShare)
	}
	parts, open, left := make([]Amount, len(weights)), slices.Clone(weights), a
	for {
		if open, err = withoutFull(open, parts, caps); err != nil {
			return nil, 0, err
		}
		if left == 0 || !slices.ContainsFunc(open, func(w Amount) bool { return w > 0 }) {
			return parts, left, nil
		}
		more, err := left.ProRata(open)
		if err != nil {
			return nil, 0, err
		}
		for i := range parts {
			taken := min(more[i], caps[i]-parts[i])
			parts[i] += taken
			left -= taken
		}
	}
}

// withoutFull gives no weight to the parts that have reached their caps.
func withoutFull(weights, parts, caps []Amount) ([]Amount, error) {
	if _, err := sumOfWeights(weights); err != nil {
		return nil, err
	}
	for i := range weights {
		if parts[i] >= caps[i] {
			weights[i] = 0
		}
	}
	return weights, nil
}
