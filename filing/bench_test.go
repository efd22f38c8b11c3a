package filing_test

import (
	"bytes"
	"os"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func BenchmarkCheck(b *testing.B) {
	for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
		b.Run(string(f), func(b *testing.B) {
			file := write(b, filing.Own(), f, filingtest.New(3).Applications(20_000))
			b.SetBytes(int64(len(file)))
			b.ReportAllocs()
			for b.Loop() {
				if v, _ := check(b, filing.Own(), file); v.Outcome != filing.Approved {
					b.Fatal(v.Errors[0])
				}
			}
		})
	}
}

// TestCheckAllocatesNothingPerDocument compares files of two sizes: what the
// larger costs more is the chunks of the reference set only.
func TestCheckAllocatesNothingPerDocument(t *testing.T) {
	for _, f := range forms(filing.Own()) {
		t.Run(string(f), func(t *testing.T) {
			small := write(t, filing.Own(), f, filingtest.New(4).Applications(500))
			large := write(t, filing.Own(), f, filingtest.New(4).Applications(5_500))
			cost := func(file []byte) float64 {
				return testing.AllocsPerRun(3, func() {
					if _, _, err := filing.Check(bytes.NewReader(file), filing.Own(), filing.Expect{Today: filingtest.Today}); err != nil {
						t.Error(err)
					}
				})
			}
			more := cost(large) - cost(small)
			if per := more / 5000; per > 0.12 {
				t.Errorf("%.3f allocations per document, wants none but the growth of the reference set", per)
			}
		})
	}
}

func forms(set *filing.Set) []filing.Form {
	l, _ := set.Layout(filing.BFApplication)
	return l.Forms()
}

func BenchmarkLoadSet(b *testing.B) {
	profiles := os.DirFS("profiles")
	for b.Loop() {
		if _, err := filing.LoadSet(profiles); err != nil {
			b.Fatal(err)
		}
	}
}
