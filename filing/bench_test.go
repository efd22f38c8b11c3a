package filing_test

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"runtime"
	"syscall"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

func BenchmarkCheck(b *testing.B) {
	for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
		b.Run(string(f), func(b *testing.B) {
			file := write(b, filing.Own(), f, filingtest.New(3).Applications(20_000))
			measure(b, len(file), func() {
				if v, _ := check(b, filing.Own(), file); v.Outcome != filing.Approved {
					b.Fatal(v.Errors[0])
				}
			})
		})
	}
}

// BenchmarkCheckSmall checks files of one document, of the first transaction of
// the set and of the last that filers send.
func BenchmarkCheckSmall(b *testing.B) {
	for _, tx := range []filing.Transaction{filing.BFApplication, filing.XXPartyChange} {
		for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
			b.Run(string(tx)+"/"+string(f), func(b *testing.B) {
				file, err := filingtest.File(filing.Own(), tx, f, 3, 1)
				if err != nil {
					b.Fatal(err)
				}
				measure(b, len(file), func() { check(b, filing.Own(), file) })
			})
		}
	}
}

// BenchmarkRead makes typed documents of files that were checked.
func BenchmarkRead(b *testing.B) {
	for _, f := range []filing.Form{filing.TextForm, filing.XMLForm} {
		b.Run(string(f), func(b *testing.B) {
			file := write(b, filing.Own(), f, filingtest.New(3).Applications(20_000))
			measure(b, len(file), func() {
				r, err := filing.Documents(bytes.NewReader(file), filing.Own(), filing.BFApplication, f)
				if err != nil {
					b.Fatal(err)
				}
				for err == nil {
					_, err = r.Next()
				}
				if !errors.Is(err, io.EOF) {
					b.Fatal(err)
				}
			})
		})
	}
}

// BenchmarkCheckFloors reads the lines, and the tokens, of the same files.
func BenchmarkCheckFloors(b *testing.B) {
	b.Run("lines", func(b *testing.B) {
		file := write(b, filing.Own(), filing.TextForm, filingtest.New(3).Applications(20_000))
		measure(b, len(file), func() {
			for s := bufio.NewScanner(bytes.NewReader(file)); s.Scan(); {
			}
		})
	})
	b.Run("tokens", func(b *testing.B) {
		file := write(b, filing.Own(), filing.XMLForm, filingtest.New(3).Applications(20_000))
		file = bytes.ToValidUTF8(bytes.Replace(file, []byte("ISO-8859-1"), []byte("UTF-8"), 1), []byte("ö"))
		measure(b, len(file), func() {
			d := xml.NewDecoder(bytes.NewReader(file))
			for err := error(nil); err == nil; {
				if _, err = d.Token(); err != nil && !errors.Is(err, io.EOF) {
					b.Fatal(err)
				}
			}
		})
	})
}

// measure reports the speed against processor time, which other work on the
// machine disturbs less than the clock.
func measure(b *testing.B, size int, work func()) {
	b.ReportAllocs()
	before := processorTime(b)
	n := 0
	for b.Loop() {
		work()
		n++
	}
	b.ReportMetric(float64(size)*float64(n)/1e6/(processorTime(b)-before).Seconds(), "MB/cpu-s")
}

func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestCheckAllocatesNothingPerDocument compares files of two sizes: what the
// larger costs more is the chunks of the reference set only.
func TestCheckAllocatesNothingPerDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector allocates too")
	}
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

// TestSmallFilesTakeLittleMemory: most files are of a few kilobytes, and what a
// check clears and gives back is much of its processor time.
func TestSmallFilesTakeLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector allocates too")
	}
	for form, most := range map[filing.Form]uint64{filing.TextForm: 110 << 10, filing.XMLForm: 170 << 10} {
		file := write(t, filing.Own(), form, filingtest.New(4).Applications(2))
		check(t, filing.Own(), file)
		const turns = 50
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range turns {
			check(t, filing.Own(), file)
		}
		runtime.ReadMemStats(&after)
		if each := (after.TotalAlloc - before.TotalAlloc) / turns; each > most {
			t.Errorf("a check of %d bytes of %s takes %d bytes, more than %d", len(file), form, each, most)
		}
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
