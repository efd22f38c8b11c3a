package layout

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"syscall"
	"testing"
	"time"
)

// libraryBytes is a file of that many documents.
func libraryBytes(t testing.TB, l *Layout, f Form, documents int) []byte {
	v := l.Vocabulary()
	docs := make([]*Tree, documents)
	for i := range docs {
		docs[i] = libraryDocument(v, fmt.Sprintf("A-%d", i))
	}
	return write(t, l, f, libraryFile(v, int64(documents), 0), docs...)
}

// readAll reads a file to its end and returns how many documents it holds.
func readAll(t testing.TB, l *Layout, f Form, b []byte, doc *Tree) int {
	r := l.NewReader(bytes.NewReader(b), f, Options{Limits: Limits{Documents: 1 << 40}})
	for n := 0; ; n++ {
		err := r.Next(doc)
		if len(r.Faults()) > 0 {
			t.Fatalf("fault: %s", describeFault(r.Faults()[0]))
		}
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func benchmarkReader(b *testing.B, f Form) {
	l := libraryLayout(b)
	file := libraryBytes(b, l, f, 5_000)
	doc := NewTree(l.Vocabulary(), DocumentGroup)
	measure(b, len(file), func() { readAll(b, l, f, file, doc) })
}

// measure reports the speed against processor time, which other work on the
// machine disturbs less than the clock.
func measure(b *testing.B, size int, work func()) {
	b.ReportAllocs()
	before := processorTime()
	n := 0
	for b.Loop() {
		work()
		n++
	}
	b.ReportMetric(float64(size)*float64(n)/1e6/(processorTime()-before).Seconds(), "MB/cpu-s")
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkText(b *testing.B) { benchmarkReader(b, TextForm) }
func BenchmarkXML(b *testing.B)  { benchmarkReader(b, XMLForm) }

// BenchmarkTextFloor reads the same bytes line by line.
func BenchmarkTextFloor(b *testing.B) {
	file := libraryBytes(b, libraryLayout(b), TextForm, 5_000)
	measure(b, len(file), func() {
		s := bufio.NewScanner(bytes.NewReader(file))
		for s.Scan() {
		}
	})
}

// BenchmarkXMLFloor tokenizes the same bytes with encoding/xml.
func BenchmarkXMLFloor(b *testing.B) {
	file := libraryBytes(b, libraryLayout(b), XMLForm, 5_000)
	file = bytes.ToValidUTF8(bytes.Replace(file, []byte("ISO-8859-1"), []byte("UTF-8"), 1), []byte("ö"))
	measure(b, len(file), func() {
		d := xml.NewDecoder(bytes.NewReader(file))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkPadded reads records that are mostly blanks, 200 bytes long.
func BenchmarkPadded(b *testing.B) {
	l := paddedLayout(b)
	file := paddedBytes(50_000)
	doc := NewTree(l.Vocabulary(), DocumentGroup)
	measure(b, len(file), func() { readAll(b, l, TextForm, file, doc) })
}

func paddedLayout(t testing.TB) *Layout {
	v, err := NewVocabulary("padded", &Group{}, &Group{Keys: []Key{{Name: "number", Kind: Digits, Required: true}, {Name: "name", Kind: Text}, {Name: "amount", Kind: Amount}, {Name: "day", Kind: Date}, {Name: "town", Kind: Text}}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("padded.toml", []byte(paddedDescription), v)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const paddedDescription = `
transaction = "padded"
edition = "1"
status = "own"
[text]
encoding = "ISO-8859-1"
line_end = "LF"
record_type = { position = 1, length = 2 }
record_length = 199
[[text.record]]
type = "10"
group = "document"
[[text.record.field]]
name = "NR"
position = 3
length = 12
key = "document.number"
format = "digits"
[[text.record.field]]
name = "NAMN"
position = 15
length = 60
key = "document.name"
format = "text"
[[text.record.field]]
name = "BELOPP"
position = 75
length = 12
key = "document.amount"
format = "amount:2"
[[text.record.field]]
name = "DATUM"
position = 87
length = 8
key = "document.day"
format = "date:yyyymmdd"
[[text.record.field]]
name = "ORT"
position = 95
length = 60
key = "document.town"
format = "text"
`

func paddedBytes(records int) []byte {
	var b bytes.Buffer
	for i := range records {
		fmt.Fprintf(&b, "10%012d%-60s%012d%s%-105s\n", i, "Nordan Handel", 100*i, "20260131", "Lund")
	}
	return b.Bytes()
}

// TestReadingAllocatesNothingPerDocument compares files of different size.
func TestReadingAllocatesNothingPerDocument(t *testing.T) {
	l := libraryLayout(t)
	doc := NewTree(l.Vocabulary(), DocumentGroup)
	for _, f := range l.Forms() {
		small, large := libraryBytes(t, l, f, 100), libraryBytes(t, l, f, 2_100)
		a := testing.AllocsPerRun(3, func() { readAll(t, l, f, small, doc) })
		b := testing.AllocsPerRun(3, func() { readAll(t, l, f, large, doc) })
		if b-a > 20 {
			t.Errorf("%s: %v allocations for 2 000 documents more", f, b-a)
		}
	}
}
