package extract_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
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
)

// BenchmarkExtracts tells the time of each side of what bench compares, once:
//
//	go test -run - -bench Extracts -benchtime 1x -extract.persons 1000000 -extract.cases 3000000 ./authority/extract
func BenchmarkExtracts(b *testing.B) {
	dir := b.TempDir()
	db, err := store.Open(b.Context(), store.Config{Engine: store.SQLite, Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	migrate(b, db)
	x := newBench(b, db, extract.Config{})
	x.permit(filing.DebtExtract, permit.ScopeCollection)
	x.permit(filing.CreditExtract, permit.ScopeBureau)
	size := extracttest.Size{Persons: *persons, Cases: *perhaps, Today: x.today(), Seed: 1}
	timed := func(name string, fn func() (int64, error)) {
		b.Helper()
		begun := time.Now()
		n, err := fn()
		x.must(err)
		println(fmt.Sprintf("%-40s %8d rows %9.3f s", name, n, time.Since(begun).Seconds()))
	}
	for b.Loop() {
		timed("load", func() (int64, error) { return 0, extracttest.Load(b.Context(), db, size) })
		timed("import the public cases again", func() (int64, error) { return imported(x, size) })
		debt := x.room.Debt()
		f := service.File{ID: 1, PartyCode: "ABC", CodeID: codeID, MainCodeID: codeID, Sequence: 1, Documents: 1000, Arrived: arrived}
		docs := size.Questions(1000)
		timed("enter 1000 questions", func() (int64, error) { return 1000, extracttest.Ask(b.Context(), db, debt, f, docs) })
		for range 3 {
			timed("answer 1000 questions", func() (n int64, err error) {
				return n, db.Read(b.Context(), func(r store.Reader) error {
					return debt.Each(r, service.Batch{File: 1, Day: x.today()}, func(e *filing.Extract) error {
						n += max(1, int64(len(e.Debts)))
						return nil
					})
				})
			})
			timed("  floor", func() (int64, error) { return extracttest.RowsOfAnswers(b.Context(), db, 1) })
		}
		id, err := x.room.Subscribe(b.Context(), officer, extract.Subscription{CodeID: codeID, MainCodeID: codeID, Code: "ABC", Extract: filing.CEExtract})
		x.must(err)
		timed("refresh and make a full delivery", func() (int64, error) {
			return 0, extracttest.Deliver(b.Context(), db, x.room.Credit(), id)
		})
		timed("  floor", func() (int64, error) { return extracttest.RowsOfCases(b.Context(), db) })
		batch := x.outgoing(x.room.Credit())[0]
		for range 2 {
			timed("full extract", func() (n int64, err error) {
				return n, db.Read(b.Context(), func(r store.Reader) error {
					return x.room.Credit().Each(r, batch, func(filing.Content) error { n++; return nil })
				})
			})
			timed("  floor", func() (int64, error) { return extracttest.RowsOfLines(b.Context(), db, "01") })
		}
		x.nextDay()
		timed("refresh of the next day", func() (int64, error) {
			return 0, extracttest.Deliver(b.Context(), db, x.room.Credit(), id)
		})
		batch = x.outgoing(x.room.Credit())[1]
		timed("difference", func() (n int64, err error) {
			return n, db.Read(b.Context(), func(r store.Reader) error {
				return x.room.Credit().Each(r, batch, func(filing.Content) error { n++; return nil })
			})
		})
		size := int64(0)
		files, _ := filepath.Glob(filepath.Join(dir, "*"))
		for _, f := range files {
			if i, err := os.Stat(f); err == nil {
				size += i.Size()
			}
		}
		b.Logf("database %d MiB", size>>20)
	}
}

// imported imports the cases that are there already, from a file.
func imported(x *bench, size extracttest.Size) (int64, error) {
	file, err := os.Create(filepath.Join(x.TempDir(), "cases.csv"))
	if err != nil {
		return 0, err
	}
	defer file.Close()
	if err := extracttest.Register(file, extract.PublicCases, size); err != nil {
		return 0, err
	}
	if _, err := file.Seek(0, 0); err != nil {
		return 0, err
	}
	in, err := x.room.Import(x.Context(), extract.PublicCases, file, nil)
	return in.Rows, err
}
