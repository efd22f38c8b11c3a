package main

import (
	"bytes"
	"testing"
	"time"
)

func TestProgressIsDrawnOnATerminalOnly(t *testing.T) {
	t.Parallel()
	for _, terminal := range []bool{true, false} {
		var words bytes.Buffer
		a := &app{err: &words, terminal: terminal}
		p := a.progressCount(100, "räknar", "counting")
		p.add(50)
		time.Sleep(2 * drawnEvery)
		p.reached(60, "sixty of them")
		p.end()
		for _, text := range []string{"counting", "sixty of them"} {
			if drawn := bytes.Contains(words.Bytes(), []byte(text)); drawn != terminal {
				t.Errorf("terminal %v: drew %q", terminal, words.String())
			}
		}
	}
}
