package ledger

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"filtjanst/calendar"
	"filtjanst/filing"
)

func open(t *testing.T, path string) *Ledger {
	t.Helper()
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	l, err := Open(t.Context(), path, func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func fresh(t *testing.T) *Ledger { return open(t, filepath.Join(t.TempDir(), "ledger.db")) }

func built(t *testing.T, l *Ledger, references ...string) int64 {
	t.Helper()
	n, err := l.NextNumber(t.Context(), "ABC", filing.BFApplication)
	if err != nil {
		t.Fatal(err)
	}
	documents := make([]Document, len(references))
	for i, r := range references {
		documents[i] = Document{Position: int64(i + 1), Reference: r, Sum: 100}
	}
	f, err := l.Add(t.Context(), File{Code: "ABC", Transaction: filing.BFApplication, Sequence: n, Digest: "d" + strings.Join(references, ""), Documents: int64(len(references))}, documents)
	if err != nil {
		t.Fatal(err)
	}
	return f.ID
}

func receipt(outcome filing.Outcome, expected int64, errs ...filing.Error) filing.Receipt {
	return filing.Receipt{Outcome: outcome, Expected: expected, TransactionID: "T1", ReadIn: calendar.MustDay("2026-11-23"), Errors: errs}
}

// take takes a file in that has the number as its id.
func take(ctx context.Context, l *Ledger, id string, fill func(*Taking) error) error {
	f := Fetched{Address: "a", Tx: id, Path: id + ".txt"}
	if err := l.Saved(ctx, f); err != nil {
		return err
	}
	all, err := l.Unmatched(ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.Tx == id {
			_, err := l.Take(ctx, one, fill)
			return err
		}
	}
	return nil
}

func file(ctx context.Context, l *Ledger, id int64) (File, error) {
	files, err := l.Files(ctx, Filter{})
	for _, f := range files {
		if f.ID == id {
			return f, err
		}
	}
	return File{}, err
}

func answer(ctx context.Context, l *Ledger, id int64, r filing.Receipt) error {
	f, err := file(ctx, l, id)
	if err != nil {
		return err
	}
	return take(ctx, l, fmt.Sprint("receipt", id), func(t *Taking) error {
		_, _, err := t.Answer(f, r)
		return err
	})
}

func send(t *testing.T, l *Ledger, id int64) {
	t.Helper()
	if _, err := l.Intend(t.Context(), id, "shs", "tx", ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Delivered(t.Context(), id, "T1"); err != nil {
		t.Fatal(err)
	}
}

func number(t *testing.T, l *Ledger) int64 {
	t.Helper()
	n, err := l.NextNumber(t.Context(), "ABC", filing.BFApplication)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWayOfAFile(t *testing.T) {
	t.Parallel()
	l, ctx := fresh(t), t.Context()
	id := built(t, l, "A", "B")
	send(t, l, id)
	if err := answer(ctx, l, id, receipt(filing.Approved, 2)); err != nil {
		t.Fatal(err)
	}
	f, err := file(ctx, l, id)
	if err != nil {
		t.Fatal(err)
	}
	var m Match
	err = take(ctx, l, "confirmation", func(taking *Taking) (err error) {
		m, _, err = taking.Confirm(f, []Case{{Service: "bf", Reference: "A", Number: "1-26", Fees: 30000}, {Service: "bf", Reference: "X", Number: "2-26"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Match{Matched: 1, Unknown: []string{"X"}, Missing: []string{"B"}}, m); diff != "" {
		t.Error(diff)
	}
	stories, err := l.Stories(ctx, "A")
	if err != nil || len(stories) != 1 || stories[0].Document.CaseNumber != "1-26" || stories[0].File.State != Confirmed {
		t.Errorf("story %+v, %v", stories, err)
	}
	if number(t, l) != 2 {
		t.Errorf("next number %d", number(t, l))
	}
}

func TestRejectedFileFreesItsNumber(t *testing.T) {
	t.Parallel()
	l, ctx := fresh(t), t.Context()
	id := built(t, l, "A")
	send(t, l, id)
	e := filing.Error{Code: "X", Document: 1, Swedish: "fel"}
	if err := answer(ctx, l, id, receipt(filing.Rejected, 1, e)); err != nil {
		t.Fatal(err)
	}
	if n := number(t, l); n != 1 {
		t.Errorf("next number %d, want 1", n)
	}
	d, err := l.Documents(ctx, id)
	if err != nil || d[0].ErrorCode != "X" {
		t.Errorf("documents %+v, %v", d, err)
	}
	again := built(t, l, "A")
	send(t, l, again)
	if err := answer(ctx, l, again, receipt(filing.Approved, 2)); err != nil {
		t.Fatal(err)
	}
	if n := number(t, l); n != 2 {
		t.Errorf("next number %d, want 2", n)
	}
}

func TestLaterFileIsHeld(t *testing.T) {
	t.Parallel()
	l, ctx := fresh(t), t.Context()
	first, second := built(t, l, "A"), built(t, l, "B")
	if _, err := l.Intend(ctx, second, "shs", "tx2", ""); !errors.Is(err, ErrHeld) {
		t.Fatalf("the second file is not held: %v", err)
	}
	send(t, l, first)
	if _, err := l.Intend(ctx, second, "shs", "tx2", ""); !errors.Is(err, ErrHeld) {
		t.Fatalf("the second file is not held: %v", err)
	}
	if err := answer(ctx, l, first, receipt(filing.Approved, 2)); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Intend(ctx, second, "shs", "tx2", ""); err != nil {
		t.Fatal(err)
	}
}

func TestSendingAgainKeepsTheIDs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, path)
	id := built(t, l, "A")
	if _, err := l.Intend(t.Context(), id, "shs", "tx1", "note1"); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil { // as a crash between sending and the answer
		t.Fatal(err)
	}
	f, err := open(t, path).Intend(t.Context(), id, "shs", "tx9", "note9")
	if err != nil || f.FileTx != "tx1" || f.NoteTx != "note1" {
		t.Errorf("ids %q %q, %v", f.FileTx, f.NoteTx, err)
	}
}

func TestReceiptBeforeTheAnswerToSending(t *testing.T) {
	t.Parallel()
	l, ctx := fresh(t), t.Context()
	id := built(t, l, "A")
	if _, err := l.Intend(ctx, id, "e-transport", "", ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Doubt(ctx, id, "timeout"); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the same receipt twice changes nothing
		if err := answer(ctx, l, id, receipt(filing.Approved, 2)); err != nil {
			t.Fatal(err)
		}
	}
	files, err := l.Files(ctx, Filter{States: []State{Approved}})
	if err != nil || len(files) != 1 || files[0].TransactionID != "T1" {
		t.Errorf("files %+v, %v", files, err)
	}
}

func TestNumberTaken(t *testing.T) {
	t.Parallel()
	l := fresh(t)
	built(t, l, "A")
	_, err := l.Add(t.Context(), File{Code: "ABC", Transaction: filing.BFApplication, Sequence: 1}, nil)
	if !errors.Is(err, ErrNumberTaken) {
		t.Errorf("got %v", err)
	}
}

// Whatever is built, sent, approved, rejected and discarded, approved numbers
// follow each other without gap and no two open files share a number.
func TestNumbersFollowEachOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		l, err := Open(t.Context(), filepath.Join(t.TempDir(), rapid.StringMatching(`[a-z]{12}`).Draw(rt, "name"), "l.db"), time.Now)
		if err != nil {
			rt.Fatal(err)
		}
		defer l.Close()
		approved := int64(0)
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			approved = oneStep(rt, t.Context(), l, approved)
		}
	})
}

func oneStep(rt *rapid.T, ctx context.Context, l *Ledger, approved int64) int64 {
	switch rapid.IntRange(0, 2).Draw(rt, "step") {
	case 0:
		n, err := l.NextNumber(ctx, "ABC", filing.BFApplication)
		if err != nil {
			rt.Fatal(err)
		}
		if _, err := l.Add(ctx, File{Code: "ABC", Transaction: filing.BFApplication, Sequence: n}, nil); err != nil {
			rt.Fatal(err)
		}
	default:
		files, err := l.Files(ctx, Filter{States: []State{Built}})
		if err != nil || len(files) == 0 {
			return approved
		}
		f := files[rapid.IntRange(0, len(files)-1).Draw(rt, "file")]
		if _, err := l.Intend(ctx, f.ID, "shs", "t", ""); errors.Is(err, ErrHeld) {
			return approved
		}
		outcome := rapid.SampledFrom([]filing.Outcome{filing.Approved, filing.Rejected}).Draw(rt, "outcome")
		if outcome == filing.Approved {
			if f.Sequence != approved+1 {
				rt.Fatalf("number %d is sent after %d", f.Sequence, approved)
			}
			approved++
		}
		if err := answer(ctx, l, f.ID, receipt(outcome, approved+1)); err != nil {
			rt.Fatal(err)
		}
	}
	return approved
}
