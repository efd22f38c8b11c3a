package notice

import (
	"io"
	"testing"
)

func BenchmarkPDF(b *testing.B) {
	p := press(b)
	l := examples(b, p.matrix)["bf.verdict_respondent/respondent"]
	for b.Loop() {
		if err := p.PDF(io.Discard, Item{Letter: l}); err != nil {
			b.Fatal(err)
		}
	}
}
