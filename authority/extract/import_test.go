package extract_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// onlyReader hides that a source can seek.
type onlyReader struct{ io.Reader }

func TestImportReadsWhatTheGeneratorWrites(t *testing.T) {
	size := extracttest.Size{Persons: 1500, Cases: 2000, Today: day("2026-03-02"), Seed: 3}
	each(t, func(b *bench) {
		for _, f := range extract.Formats() {
			var file strings.Builder
			b.must(extracttest.Register(&file, f.Kind, size))
			in, err := b.room.Import(b.Context(), f.Kind, onlyReader{strings.NewReader(file.String())}, nil)
			b.must(err)
			kept := b.count(`SELECT COUNT(*) FROM ` + f.Table())
			if lines := int64(strings.Count(file.String(), "\n")); in.Rows != lines-1 || kept != in.Rows || in.Rows == 0 {
				b.Errorf("%s: %d rows imported and %d kept of %d lines", f.Kind, in.Rows, kept, lines)
			}
		}
		other := newBench(b.TB.(*testing.T), sqlite(b.TB.(*testing.T)), extract.Config{})
		b.must(extracttest.Load(b.Context(), other.db, size))
		for _, sum := range []string{
			`SELECT SUM(amount + received + year) FROM extract_public_case WHERE crime AND notice = 'given' AND ended IS NOT NULL`,
			`SELECT COUNT(*) FROM extract_person WHERE protected`,
			`SELECT COUNT(*) FROM extract_administrator WHERE until_day IS NULL`,
		} {
			if imported, loaded := b.count(sum), other.count(sum); imported != loaded || loaded == 0 {
				b.Errorf("%s: imported %d, loaded %d", sum, imported, loaded)
			}
		}
	})
}

func TestFaultyFileChangesNothing(t *testing.T) {
	t.Parallel()
	good := "number,identity,kind,crime,amount,registered\n"
	person := extracttest.Person(1).Full()
	line := func(number string) string { return fmt.Sprintf("%s,%s,tax,no,100,2026-01-01\n", number, person) }
	tests := map[string]struct {
		file string
		want []extract.Fault // line and column
	}{
		"empty":          {"", []extract.Fault{{Line: 1}}},
		"no columns":     {"hej\n", []extract.Fault{{Line: 1, Column: "number"}}},
		"column missing": {"number,identity,kind,crime,amount\n", []extract.Fault{{Line: 1, Column: "registered"}}},
		"column unknown": {"number,identity,kind,crime,amount,registered,colour\n", []extract.Fault{{Line: 1, Column: "colour"}}},
		"column twice":   {"number,identity,kind,crime,amount,registered,kind\n", []extract.Fault{{Line: 1, Column: "kind"}}},
		"short line":     {good + line("A-1") + "A-2,x\n" + line("A-3"), []extract.Fault{{Line: 3}}},
		"open quote":     {good + line("A-1") + "\"A-2,x\n", []extract.Fault{{Line: 3}}},
		"number":         {good + strings.Replace(line("A-1"), person, "190001019999", 1), []extract.Fault{{Line: 2, Column: "identity"}}},
		"amount":         {good + strings.Replace(line("A-1"), ",100,", ",1.2.3,", 1), []extract.Fault{{Line: 2, Column: "amount"}}},
		"below zero":     {good + strings.Replace(line("A-1"), ",100,", ",-1,", 1), []extract.Fault{{Line: 2, Column: "amount"}}},
		"day":            {good + strings.Replace(line("A-1"), "2026-01-01", "2026-02-30", 1), []extract.Fault{{Line: 2, Column: "registered"}}},
		"yes":            {good + strings.Replace(line("A-1"), ",no,", ",perhaps,", 1), []extract.Fault{{Line: 2, Column: "crime"}}},
		"missing":        {good + line(" "), []extract.Fault{{Line: 2, Column: "number"}}},
		"too long":       {good + line(strings.Repeat("A", 41)), []extract.Fault{{Line: 2, Column: "number"}}},
		"control":        {good + line("A\x01"), []extract.Fault{{Line: 2, Column: "number"}}},
		"letter":         {good + line("Ł-1"), []extract.Fault{{Line: 2, Column: "number"}}},
		"above all":      {good + strings.Replace(line("A-1"), ",100,", ",100000000000,", 1), []extract.Fault{{Line: 2, Column: "amount"}}},
		"two faults":     {good + line("A-1") + line("") + strings.Replace(line("A-3"), ",no,", ",x,", 1), []extract.Fault{{Line: 3, Column: "number"}, {Line: 4, Column: "crime"}}},
		"notice":         {strings.Replace(good, "\n", ",notice\n", 1) + strings.Replace(line("A-1"), "\n", ",given\n", 1), []extract.Fault{{Line: 2, Column: "notice_day"}}},
		"ended early":    {strings.Replace(good, "\n", ",ended\n", 1) + strings.Replace(line("A-1"), "\n", ",2025-01-01\n", 1), []extract.Fault{{Line: 2, Column: "ended"}}},
		"other person":   {good + line("A-1") + line("A-2") + line("A-1") + strings.Replace(line("A-1"), person, extracttest.Person(2).Full(), 1), []extract.Fault{{Line: 5, Column: "identity"}}},
		"not json":       {"{\"number\": \n", []extract.Fault{{Line: 1}}},
		"json member":    {"{\"colour\": 1}\n", []extract.Fault{{Line: 1}}},
		"json nested":    {"{\"number\": [1]}\n", []extract.Fault{{Line: 1}}},
		"json too long":  {"{\"number\": \"" + strings.Repeat("A", 1<<20) + "\"}\n", []extract.Fault{{Line: 1}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, sqlite(t), extract.Config{})
			_, err := b.room.Import(t.Context(), extract.PublicCases, strings.NewReader(tt.file), nil)
			faults, ok := errors.AsType[*extract.Faults](err)
			if !ok {
				t.Fatalf("error %v", err)
			}
			var got []extract.Fault
			for _, f := range faults.First {
				if f.Swedish == "" || f.English == "" || strings.Contains(f.Swedish+f.English, person) {
					t.Errorf("fault %+v", f)
				}
				got = append(got, extract.Fault{Line: f.Line, Column: f.Column})
			}
			if name == "no columns" {
				got = got[:1]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if n := b.count(`SELECT COUNT(*) FROM extract_public_case`) + b.count(`SELECT COUNT(*) FROM extract_import`); n != 0 {
				t.Errorf("%d rows were kept", n)
			}
		})
	}
}

func TestImportTakesJSONAndMarks(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	file := "\ufeff" + fmt.Sprintf(`{"number": "A-1", "identity": %q, "kind": "tax", "crime": false, "amount": 100.5, "registered": "2026-01-01", "year": 2025, "ended": null}`,
		extracttest.Person(1).Full()) + "\n\n"
	in, err := b.room.Import(t.Context(), extract.PublicCases, strings.NewReader(file), nil)
	b.must(err)
	if n := b.count(`SELECT amount + year FROM extract_public_case WHERE ended IS NULL AND notice = ''`); in.Rows != 1 || n != 10050+2025 {
		t.Errorf("%d rows, %d", in.Rows, n)
	}
}

// Which rows have one number and two persons is told by their lines.
func TestBothRowsAreNamed(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	file := table([]row{whole("A-1", 1, nil), whole("A-2", 1, nil), whole("A-1", 2, nil)})
	_, err := b.room.Import(t.Context(), extract.PublicCases, bytes.NewReader(file), nil)
	if err == nil || !strings.Contains(err.Error(), "line 4, identity: is another than in line 2") {
		t.Errorf("error %v", err)
	}
	b.load(extract.PublicCases, whole("A-1", 1, nil))
	b.load(extract.PublicCases, whole("A-1", 2, nil)) // a later file corrects it
}

// A later row of one file, and a later file, take the place of an earlier one;
// a block stays.
func TestRowsReplaceEachOther(t *testing.T) {
	each(t, func(b *bench) {
		b.load(extract.PublicCases, whole("A-1", 1, row{"amount": "1"}), whole("A-1", 1, row{"amount": "2"}))
		b.do(func(tx store.Tx) error {
			_, err := tx.Exec(`UPDATE extract_public_case SET blocked = TRUE`)
			return err
		})
		b.load(extract.PublicCases, whole("A-1", 1, row{"amount": "3", "ended": "2026-02-01"}))
		if n := b.count(`SELECT SUM(amount) FROM extract_public_case WHERE blocked AND purge_after = '2031-12-31'`); n != 300 {
			b.Errorf("sum %d", n)
		}
	})
}

// An import that is broken off stops deliveries, and is continued where it
// was.
func TestImportIsContinued(t *testing.T) {
	each(t, func(b *bench) {
		b.permit(filing.CreditExtract, permit.ScopeBureau)
		b.subscribe("ABC", codeID, filing.CEExtract, daily)
		var rows []row
		for i := range 1200 {
			rows = append(rows, whole(fmt.Sprintf("A-%d", i), i, nil))
		}
		file := string(table(rows))
		ctx, stop := context.WithCancel(b.Context())
		_, err := b.room.Import(ctx, extract.PublicCases, strings.NewReader(file), func(done, all int64) {
			if done == 500 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			b.Fatalf("error %v", err)
		}
		if err := b.room.Refresh(b.Context()); !errors.Is(err, extract.ErrUnfinished) {
			b.Errorf("a refresh over half an import: %v", err)
		}
		in, err := b.room.Import(b.Context(), extract.PublicCases, strings.NewReader(file), nil)
		b.must(err)
		if n := b.count(`SELECT COUNT(*) FROM extract_public_case`); in.Continued != 500 || in.Rows != 1200 || n != 1200 {
			b.Errorf("%+v, %d kept", in, n)
		}
		b.must(b.room.Refresh(b.Context()))
		if n := b.count(`SELECT COUNT(*) FROM extract_line`); n < 1200 {
			b.Errorf("%d lines", n)
		}
	})
}

// A newer file takes the place of one that was broken off.
func TestNewerFileTakesOver(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	var rows []row
	for i := range 700 {
		rows = append(rows, whole(fmt.Sprintf("A-%d", i), i, nil))
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err := b.room.Import(ctx, extract.PublicCases, strings.NewReader(string(table(rows))), func(int64, int64) { stop() })
	if err == nil {
		t.Fatal("not broken off")
	}
	b.load(extract.PublicCases, rows[:3]...)
	b.must(b.room.Refresh(t.Context()))
}

// interrupted is a clock that lets something happen when it has been asked so
// often.
type interrupted struct {
	calendar.Clock
	after int
	do    func()
}

func (c *interrupted) Now() time.Time {
	if c.after--; c.after == 0 {
		c.do()
	}
	return c.Clock.Now()
}

// What is imported while lines are refreshed is told on the same day.
func TestAnImportDuringARefreshIsNotLost(t *testing.T) {
	each(t, func(b *bench) {
		b.load(extract.PublicCases, whole("A-1", 1, nil))
		b.must(b.room.Refresh(b.Context()))
		b.nextDay()
		told := func(amount int) int64 {
			return b.count(`SELECT COUNT(*) FROM extract_line WHERE record = '01' AND rev_to > 1000000 AND amount_1 = $1`, amount)
		}
		meanwhile := &interrupted{b.clock, 2, func() { // once of whom there is news has been asked about
			b.load(extract.PublicCases, whole("A-1", 1, row{"amount": "7.00"}))
		}}
		room, err := extract.New(extract.Config{DB: b.db, Clock: meanwhile, Permits: b.permits})
		b.must(err)
		b.must(room.Refresh(b.Context()))
		if meanwhile.after > 0 || told(150050) != 1 {
			b.Fatal("the import was not made in the midst of the refresh")
		}
		b.must(room.Refresh(b.Context()))
		if told(700) != 1 || told(150050) != 0 {
			b.Error("what was imported during the refresh is not told")
		}
	})
}
