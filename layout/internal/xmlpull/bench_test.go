package xmlpull

import (
	"bytes"
	"strings"
	"testing"
)

func BenchmarkReader(b *testing.B) {
	file := []byte("<a>\n" + strings.Repeat("  <post>\n    <namn>Nordan Handel</namn>\n    <belopp>1348.00</belopp>\n  </post>\n", 20_000) + "</a>")
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		r := New(bytes.NewReader(file), Default)
		for {
			k, err := r.Next()
			if err != nil {
				b.Fatal(err)
			}
			if k == EOF {
				break
			}
		}
	}
}
