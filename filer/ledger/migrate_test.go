package ledger

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
)

// before makes a book as the first edition left it: with a confirmed file and a
// fetched one, and no version.
func before(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	text, err := os.ReadFile("schema/1.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		string(text),
		`INSERT INTO series VALUES ('ABC', 'bf.application', 1)`,
		`INSERT INTO file (id, code, kind, sequence, state, form, path, digest, note_path, note_digest, documents, sum_ore, built_at)
			VALUES (5, 'ABC', 'bf.application', 1, 'confirmed', 'text', 'p', 'd', 'n', 'nd', 2, 300, '2026-11-23T08:00:00Z')`,
		`INSERT INTO document (file_id, position, reference, sum_ore, case_number, registered, fee_ore) VALUES
			(5, 1, 'A', 100, '1-26', '2026-11-23', 30000), (5, 2, 'B', 200, '', '', 0)`,
		`INSERT INTO fetched (address, tx, kind, path, digest, saved, matched, acked) VALUES ('o', 'm1', 'bf.confirmation', 'c', 'x', '2026', 1, 1), ('o', 'm2', 'bf.verdict', 'v', 'y', '2026', 0, 0)`,
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// A book of the first edition is brought up to date with all that it holds.
func TestBookOfTheFirstEdition(t *testing.T) {
	t.Parallel()
	path := before(t)
	for range 2 { // the second time there is nothing to do
		l := open(t, path)
		files, err := l.Files(t.Context(), Filter{})
		if err != nil || len(files) != 1 || files[0].Matched != 1 {
			t.Fatalf("%+v, %v", files, err)
		}
		cases, err := l.CasesOf(t.Context(), []string{"A", "B"})
		if err != nil || len(cases["A"]) != 1 || cases["A"][0].Number != "1-26" || !cases["A"][0].Open || len(cases["B"]) != 0 {
			t.Errorf("%+v, %v", cases, err)
		}
		unmatched, err := l.Unmatched(t.Context())
		if err != nil || len(unmatched) != 1 || unmatched[0].Tx != "m2" {
			t.Errorf("%+v, %v", unmatched, err)
		}
		if has, err := l.HasFetched(t.Context(), "o", "m1"); err != nil || !has {
			t.Error("what was fetched is forgotten", err)
		}
		if n, err := l.NextNumber(t.Context(), "ABC", filing.BFApplication); err != nil || n != 2 {
			t.Errorf("next number %d, %v", n, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A book of a later edition is refused, and left as it is.
func TestBookOfALaterEdition(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, path)
	if _, err := l.db.ExecContext(t.Context(), `PRAGMA user_version = 99`); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, time.Now); !errors.Is(err, ErrNewer) {
		t.Errorf("opened: %v", err)
	}
}

// An event keeps its place: ids are never used again, and an outlet never goes
// back.
func TestCursor(t *testing.T) {
	t.Parallel()
	l, ctx := fresh(t), t.Context()
	for _, id := range []string{"m1", "m2"} {
		err := take(ctx, l, id, func(t *Taking) error { return t.Tell(Event{Kind: EventReceipt, Reference: id}) })
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := l.db.ExecContext(ctx, `DELETE FROM event`); err != nil {
		t.Fatal(err)
	}
	if err := take(ctx, l, "m3", func(t *Taking) error { return t.Tell(Event{Kind: EventReceipt}) }); err != nil {
		t.Fatal(err)
	}
	events, err := l.EventsAfter(ctx, 0)
	if err != nil || len(events) != 1 || events[0].ID != 3 || events[0].File != "m3.txt" {
		t.Errorf("%+v, %v", events, err)
	}
	for _, cursor := range []int64{3, 1} {
		if err := l.Tell(ctx, "-", cursor); err != nil {
			t.Fatal(err)
		}
	}
	if told, err := l.Told(ctx, "-"); err != nil || told != 3 {
		t.Errorf("told up to %d, %v", told, err)
	}
	if last, err := l.LastEvent(ctx); err != nil || last != 3 {
		t.Errorf("last %d, %v", last, err)
	}
}

// The key of claims is drawn once for a book, and is another in another book.
func TestDigestsOfClaims(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	creditor, debtor := filingtest.Number("165599990016"), filingtest.Number("199006022397")
	var seen []Digest
	for _, l := range []*Ledger{open(t, path), open(t, path), fresh(t)} {
		d, err := l.Digester(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, d.Claim(creditor, "17", debtor))
		if d.Claim(creditor, "1", debtor) == d.Claim(creditor, "17", debtor) || d.Claim(debtor, "17", creditor) == seen[len(seen)-1] {
			t.Error("other claims have the same digest")
		}
		if d.Debtor(identity.Number{}) != (Digest{}) || d.Debtor(debtor) == d.Debtor(creditor) {
			t.Error("debtors are not told apart")
		}
	}
	if seen[0] != seen[1] || seen[0] == seen[2] {
		t.Errorf("%x", seen)
	}
}
