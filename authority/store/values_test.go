package store_test

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
)

// row has one field a kind of column.
type row struct {
	ID    int64
	Text  string
	Bytes []byte
	Truth bool
	None  *string
}

var rowColumns = []string{"id", "txt", "bytes", "truth", "none"}

func createRows(e store.Engine) string {
	bytesType := "BLOB"
	if e == store.Postgres {
		bytesType = "BYTEA"
	}
	return `CREATE TABLE kinds (id BIGINT PRIMARY KEY, txt TEXT NOT NULL, bytes ` + bytesType +
		` NOT NULL, truth BOOLEAN NOT NULL DEFAULT FALSE, none TEXT)`
}

func readRows(t *testing.T, db *store.DB) (all []row) {
	t.Helper()
	err := db.Read(t.Context(), func(r store.Reader) (err error) {
		all, err = store.Collect(func(rows *store.Rows) (v row, err error) {
			return v, rows.Scan(&v.ID, &v.Text, &v.Bytes, &v.Truth, &v.None)
		})(r.Query(`SELECT id, txt, bytes, truth, none FROM kinds ORDER BY id`))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var extremes = []row{
	{ID: math.MinInt64, Text: "", Bytes: []byte{}, Truth: true},
	{ID: -1, Text: "12", Bytes: []byte("0012"), Truth: false},
	{ID: math.MaxInt64 - 1, Text: "åäö É €", Bytes: []byte{0, 1, 0xff}, Truth: true},
	{ID: math.MaxInt64, Text: "1e3", Bytes: bytes.Repeat([]byte{0}, 70_000)},
}

func TestValuesRoundTrip(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createRows(db.Engine()))
		err := db.Do(t.Context(), func(tx store.Tx) error {
			for _, v := range extremes {
				if _, err := tx.Exec(`INSERT INTO kinds (id, txt, bytes, truth, none) VALUES ($1, $2, $3, $4, $5)`,
					v.ID, v.Text, v.Bytes, v.Truth, nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(extremes, readRows(t, db), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestBindsAreTakenByNumber(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		var got string
		err := open().Read(t.Context(), func(r store.Reader) error {
			return r.QueryRow(`SELECT CAST($2 AS TEXT) || CAST($1 AS TEXT) || CAST($2 AS TEXT)`, "a", "b").Scan(&got)
		})
		if err != nil || got != "bab" {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

func TestCopyIn(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createRows(db.Engine()))
		want := make([]row, 1234)
		for i := range want {
			want[i] = row{ID: int64(i), Text: strings.Repeat("x", i%50), Bytes: []byte{byte(i)}, Truth: i%2 == 0}
		}
		var n int64
		err := db.Do(t.Context(), func(tx store.Tx) (err error) {
			n, err = tx.CopyIn("kinds", rowColumns, eachRow(want))
			return err
		})
		if err != nil || n != 1234 {
			t.Fatalf("copied %d: %v", n, err)
		}
		if diff := cmp.Diff(want, readRows(t, db)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestIdentityRoundTrip(t *testing.T) {
	t.Parallel()
	for _, full := range []string{"", "198112189876", "165560000167"} {
		n, err := store.ParseIdentity(full)
		if err != nil || store.Identity(n) != full {
			t.Errorf("%q comes back as %q, %v", full, store.Identity(n), err)
		}
	}
	if _, err := store.ParseIdentity("198112189875"); err == nil {
		t.Error("a number with a wrong check digit was read")
	}
}

// day is a value that tells itself how it is stored, as calendar.Day does.
type day int32

func (d day) Value() (driver.Value, error) {
	switch {
	case d < 0:
		return nil, errNoDay
	case d == 0:
		return nil, nil
	}
	return fmt.Sprintf("2026-03-%02d", int32(d)), nil
}

func (d day) String() string { return "day" }

var errNoDay = errors.New("no day of March")

// A few rows are inserted and many are copied: both ask a value how it is stored.
func TestCopyInAsksValuesHowTheyAreStored(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, `CREATE TABLE days (id BIGINT PRIMARY KEY, day TEXT)`)
		for _, n := range []int{3, 700} {
			if err := db.Do(t.Context(), copyDays(n, 0)); err != nil {
				t.Fatalf("%d rows: %v", n, err)
			}
			var stored, none int
			var text string
			err := db.Read(t.Context(), func(r store.Reader) error {
				return r.QueryRow(`SELECT COUNT(*), COUNT(*) - COUNT(day), COALESCE(MAX(day), '') FROM days`).Scan(&stored, &none, &text)
			})
			if err != nil || stored != n || none != n/3 || text != "2026-03-02" {
				t.Errorf("%d rows: stored %d, %d without a day, the last %q, %v", n, stored, none, text, err)
			}
			if err := db.Do(t.Context(), copyDays(n, -5)); err == nil || !strings.Contains(err.Error(), errNoDay.Error()) {
				t.Errorf("%d rows with a value that cannot be stored: %v", n, err)
			}
			execute(t, db, `DELETE FROM days`)
		}
	})
}

// copyDays copies n rows with days 1, 2, none and so on, each moved by a shift.
func copyDays(n int, shift day) func(store.Tx) error {
	return func(tx store.Tx) error {
		_, err := tx.CopyIn("days", []string{"id", "day"}, func(yield func([]any) bool) {
			for i := range n {
				if !yield([]any{int64(i) - int64(shift)*1000, day((i+1)%3) + shift}) {
					return
				}
			}
		})
		return err
	}
}

// eachRow yields the values of rows in one slice used over and over.
func eachRow(rows []row) func(func([]any) bool) {
	return func(yield func([]any) bool) {
		values := make([]any, len(rowColumns))
		for _, v := range rows {
			values[0], values[1], values[2], values[3], values[4] = v.ID, v.Text, v.Bytes, v.Truth, nil
			if !yield(values) {
				return
			}
		}
	}
}

func TestCopyInFailsWhole(t *testing.T) {
	t.Parallel()
	storetest.EachEmpty(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		execute(t, db, createRows(db.Engine()))
		err := db.Do(t.Context(), func(tx store.Tx) error {
			_, err := tx.CopyIn("kinds", rowColumns, eachRow(append(make([]row, 1), extremes[1], extremes[1])))
			return err
		})
		if err == nil {
			t.Error("a null and a repeated key were copied")
		}
		short := db.Do(t.Context(), func(tx store.Tx) error {
			_, err := tx.CopyIn("kinds", rowColumns[:2], eachRow(extremes))
			return err
		})
		if short == nil || !strings.Contains(short.Error(), "5 values for 2 columns") {
			t.Errorf("rows of the wrong width: %v", short)
		}
		if got := readRows(t, db); len(got) != 0 {
			t.Errorf("%d rows are left", len(got))
		}
	})
}

func TestMomentsAndDays(t *testing.T) {
	t.Parallel()
	at := time.Date(2024, 2, 29, 23, 59, 59, 999_999_999, time.FixedZone("", 3600))
	if got, want := store.Moment(store.Micros(at)), at.UTC().Truncate(time.Microsecond); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := store.Day(at); got != "2024-02-29" {
		t.Errorf("day %s", got)
	}
	if d, err := store.ParseDay("2024-02-29"); err != nil || store.Day(d) != "2024-02-29" {
		t.Errorf("got %v, %v", d, err)
	}
	for _, bad := range []string{"", "2023-02-29", "20240229", "2024-2-29", "2024-02-29 "} {
		if _, err := store.ParseDay(bad); err == nil {
			t.Errorf("%q passed for a day", bad)
		}
	}
}
