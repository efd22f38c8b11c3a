package main

import (
	"bytes"
	"testing"
)

func TestProgressIsDrawnOnATerminalOnly(t *testing.T) {
	t.Parallel()
	for _, terminal := range []bool{true, false} {
		var words bytes.Buffer
		a := &app{err: &words, terminal: terminal}
		p := a.progressCount(100, "räknar", "counting")
		p.add(50)
		p.end()
		if drawn := bytes.Contains(words.Bytes(), []byte("counting")); drawn != terminal {
			t.Errorf("terminal %v: drew %q", terminal, words.String())
		}
	}
}
