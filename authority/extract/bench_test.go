package extract_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

var (
	persons = flag.Int("extract.persons", 10_000, "persons of the country that benchmarks are made with")
	perhaps = flag.Int("extract.cases", 30_000, "public cases of that country")
	again   = flag.Bool("extract.import", false, "import the public cases too")
)

// BenchmarkExtracts tells the time and the peak memory of each side of what
// bench compares, once:
//
//	go test -run - -bench Extracts -benchtime 1x -extract.persons 1000000 -extract.cases 3000000 ./authority/extract
func BenchmarkExtracts(b *testing.B) {
	db, err := store.Open(b.Context(), store.Config{Engine: store.SQLite, Dir: b.TempDir(), Connections: 1})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	migrate(b, db)
	x := newBench(b, db, extract.Config{})
	x.permit(filing.DebtExtract, permit.ScopeCollection)
	x.permit(filing.CreditExtract, permit.ScopeBureau)
	m := measured{bench: x, size: extracttest.Size{Persons: *persons, Cases: *perhaps, Today: x.today(), Seed: 1}}
	for b.Loop() {
		m.timed("load", func() error { return extracttest.Load(b.Context(), db, m.size) })
		if *again {
			m.timed("import the public cases again", m.imported)
		}
		m.requests()
		m.deliveries()
	}
}

// measured is a country that is measured.
type measured struct {
	*bench
	size extracttest.Size
}

// timed tells how long something takes, and the most memory meanwhile.
func (m *measured) timed(name string, fn func() error) {
	m.Helper()
	runtime.GC()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak begins anew, on Linux
	begun := time.Now()
	m.must(fn())
	fmt.Fprintf(os.Stderr, "%-40s %9.3f s  peak %s\n", name, time.Since(begun).Seconds(), peak())
}

func peak() string {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "unknown"
}

func (m *measured) requests() {
	debt, docs := m.room.Debt(), m.size.Questions(1000)
	f := service.File{ID: 1, PartyCode: "ABC", CodeID: codeID, MainCodeID: codeID, Sequence: 1, Documents: 1000, Arrived: arrived}
	m.timed("enter 1000 questions", func() error { return extracttest.Ask(m.Context(), m.db, debt, f, docs) })
	for range 3 {
		m.timed("write 1000 answers", func() error { return m.written(debt, answering(debt, 1)) })
		m.timed("  floor: select them", func() error { return floor(extracttest.RowsOfAnswers(m.Context(), m.db, 1)) })
	}
}

func (m *measured) deliveries() {
	credit := m.room.Credit()
	id, err := m.room.Subscribe(m.Context(), officer, extract.Subscription{CodeID: codeID, MainCodeID: codeID, Code: "ABC", Extract: filing.CEExtract})
	m.must(err)
	deliver := func() error { return extracttest.Deliver(m.Context(), m.db, credit, id) }
	m.timed("refresh of all lines", deliver)
	m.timed("  floor: select the cases", func() error { return floor(extracttest.RowsOfCases(m.Context(), m.db)) })
	full := m.outgoing(credit)[0]
	for range 2 {
		m.timed("write the full extract", func() error { return m.written(credit, full) })
		m.timed("  without file", func() error {
			return m.db.Read(m.Context(), func(r store.Reader) error {
				return credit.Each(r, full, func(filing.Content) error { return nil })
			})
		})
		m.timed("  floor: select its lines", func() error { return floor(extracttest.RowsOfLines(m.Context(), m.db, "01")) })
	}
	m.nextDay()
	m.timed("refresh of the next day", deliver)
	m.timed("write the difference", func() error { return m.written(credit, m.outgoing(credit)[1]) })
}

func floor(_ int64, err error) error { return err }

func (m *measured) written(s service.Service, batch service.Batch) error {
	return m.db.Read(m.Context(), func(r store.Reader) error {
		return s.Write(r, batch, service.Output{Writer: io.Discard, Form: filing.TextForm, Set: filing.Own()})
	})
}

// imported imports the cases that are there already, from a file.
func (m *measured) imported() error {
	file, err := os.Create(filepath.Join(m.TempDir(), "cases.csv"))
	if err != nil {
		return err
	}
	defer file.Close()
	if err := extracttest.Register(file, extract.PublicCases, m.size); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = m.room.Import(m.Context(), extract.PublicCases, file, nil)
	return err
}
