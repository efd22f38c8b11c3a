package sandbox

import (
	_ "embed"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/pelletier/go-toml/v2"

	"filtjanst/money"
)

//go:embed mix.toml
var mixFile []byte

// Mix is what generated claims look like: shares and ranges, all estimates.
type Mix struct {
	Persons        float64   `toml:"persons"`
	JointlyLiable  float64   `toml:"jointly_liable"`
	AgreedInterest float64   `toml:"agreed_interest"`
	Reminder       float64   `toml:"reminder"`
	Invoices       []float64 `toml:"invoices"`
	Branches       []Branch  `toml:"branch"`
}

// Branch is a line of business with the range of its invoices, in kronor.
type Branch struct {
	Name     string   `toml:"name"`
	Weight   float64  `toml:"weight"`
	Low      float64  `toml:"low"`
	High     float64  `toml:"high"`
	Business bool     `toml:"business"`
	Grounds  []string `toml:"ground"`
}

// DefaultMix returns the mix that the sandbox ships.
func DefaultMix() (Mix, error) {
	var m Mix
	if err := toml.Unmarshal(mixFile, &m); err != nil {
		return Mix{}, fmt.Errorf("mix.toml: %w", err)
	}
	return m, nil
}

// capital draws an amount of the branch that leans to the low end.
func (b Branch) capital(r *rand.Rand) money.Amount {
	kronor := b.Low + (b.High-b.Low)*math.Pow(r.Float64(), 2.5)
	return money.Amount(math.Round(kronor * 100))
}

func weighted(r *rand.Rand, weights []float64) int {
	var sum float64
	for _, w := range weights {
		sum += w
	}
	at := r.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}
