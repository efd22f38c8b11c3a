package filing

import "testing"

func TestNumbering(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		settings map[string]any
		first    int64
		after    map[int64]int64
	}{
		"by default":         {nil, 1, map[int64]int64{1: 2, 999: 1000, 1 << 40: 1<<40 + 1}},
		"from nought":        {map[string]any{"sequence_start": int64(0)}, 0, map[int64]int64{0: 1}},
		"three digits":       {map[string]any{"sequence_width": int64(3)}, 1, map[int64]int64{998: 999, 999: 1000}},
		"wraps":              {map[string]any{"sequence_width": int64(3), "sequence_wrap": true}, 1, map[int64]int64{998: 999, 999: 1}},
		"wraps to its start": {map[string]any{"sequence_start": int64(100), "sequence_width": int64(3), "sequence_wrap": true}, 100, map[int64]int64{999: 100}},
	}
	for name, c := range cases {
		p := Policy{Numbering: Numbering{First: 1}}
		for setting, value := range c.settings {
			if err := p.set(setting, value); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if p.Numbering.First != c.first {
			t.Errorf("%s: begins with %d, want %d", name, p.Numbering.First, c.first)
		}
		for number, want := range c.after {
			if got := p.Numbering.After(number); got != want {
				t.Errorf("%s: %d follows %d, want %d", name, got, number, want)
			}
		}
	}
}

func TestNumberingThatCannotBe(t *testing.T) {
	t.Parallel()
	for setting, value := range map[string]any{"sequence_start": int64(-1), "sequence_width": int64(19), "sequence_wrap": "yes"} {
		p := Policy{}
		if err := p.set(setting, value); err == nil {
			t.Errorf("%s = %v is taken", setting, value)
		}
	}
}
