package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filing"
)

// built makes a file of a list.
func built(t *testing.T, d *filer.Desk, tx filing.Transaction, list []byte) filer.Built {
	t.Helper()
	b, err := d.Build(t.Context(), filer.BuildRequest{Transaction: tx, From: bytes.NewReader(list)})
	if err != nil || len(b.Refusals()) > 0 {
		t.Fatalf("build %s: %v: %v", tx, err, b.Report.Problems)
	}
	return b
}

// acted makes files of what is to be done to cases.
func acted(t *testing.T, d *filer.Desk, act filer.Act, list string, want ...filing.Transaction) {
	t.Helper()
	done, err := d.Do(t.Context(), filer.DoRequest{Act: act, From: strings.NewReader(list), Yes: true})
	if err != nil {
		t.Fatalf("%s: %v: %+v %+v", act, err, done.Report.Problems, done.LeftOut)
	}
	var got []filing.Transaction
	for _, f := range done.Files {
		got = append(got, f.Transaction)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s became %v, wants %v: %+v", act, got, want, done.LeftOut)
	}
}

// delivered sends what is built, and wants the receipt to approve it.
func delivered(t *testing.T, d *filer.Desk, receipt filing.Transaction) filer.Received {
	t.Helper()
	if _, err := d.Send(t.Context(), filer.SendRequest{}); err != nil {
		t.Fatal(err)
	}
	r := fetchOne(t, d, receipt)
	if r.Outcome != filing.Approved {
		t.Fatalf("%s: %s: %+v", receipt, r.Outcome, r.Errors)
	}
	return r
}

// fetched is what waits, by transaction, in the order in which it came.
func fetched(t *testing.T, d *filer.Desk) map[filing.Transaction][]filer.Received {
	t.Helper()
	all, err := d.Fetch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := map[filing.Transaction][]filer.Received{}
	for _, r := range all {
		if r.Problem != "" {
			t.Errorf("%s: %s", r.Path, r.Problem)
		}
		got[r.Transaction] = append(got[r.Transaction], r)
	}
	return got
}

// only is the one file of a transaction.
func only(t *testing.T, got map[filing.Transaction][]filer.Received, tx filing.Transaction) filer.Received {
	t.Helper()
	if len(got[tx]) != 1 {
		t.Fatalf("%d files %s", len(got[tx]), tx)
	}
	return got[tx][0]
}

func pass(t *testing.T, s *Sandbox, days int) {
	t.Helper()
	if _, err := s.Advance(t.Context(), time.Duration(days)*24*time.Hour); err != nil {
		t.Fatal(err)
	}
}

// contents reads a file that was fetched.
func contents[C filing.Content](t *testing.T, r filer.Received) (all []C) {
	t.Helper()
	f, err := os.Open(r.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	form := filing.TextForm
	if head := make([]byte, 5); true {
		if _, err := f.ReadAt(head, 0); err == nil && string(head) == "<?xml" {
			form = filing.XMLForm
		}
	}
	documents, err := filing.Documents(f, filing.Own(), r.Transaction, form)
	if err != nil {
		t.Fatal(err)
	}
	for {
		c, err := documents.Next()
		if err != nil {
			break
		}
		one, ok := c.(C)
		if !ok {
			t.Fatalf("%s holds a %T", r.Transaction, c)
		}
		all = append(all, one)
	}
	if len(all) != int(r.Cases) {
		t.Fatalf("%s: %d of %d documents can be read", r.Transaction, len(all), r.Cases)
	}
	return all
}

func livingClaims(t *testing.T, s *Sandbox, code string, serials ...int) []byte {
	t.Helper()
	text, err := os.ReadFile(s.path("filers", code, "clients.toml"))
	if err != nil {
		t.Fatal(err)
	}
	return claimsOf(t, s, text, serials)
}

// stateOf is how a case stands in the test world.
func stateOf(t *testing.T, s *Sandbox, number string) *authority.CaseView {
	t.Helper()
	v, err := testWorld(s).Case(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// refusals lists the steps of the test world that were refused: serial, step
// and code of the refusal.
func refusals(t *testing.T, s *Sandbox) (all []string) {
	t.Helper()
	err := testWorld(s).DB.Read(t.Context(), func(r store.Reader) error {
		for row, err := range store.Each(r.Query(`SELECT serial, step, ended FROM sandbox_plan WHERE ended NOT IN ('', 'done') ORDER BY serial, step, ended`)) {
			var serial, step int
			var code string
			if err == nil {
				err = row.Scan(&serial, &step, &code)
			}
			if err != nil {
				return err
			}
			all = append(all, fmt.Sprintf("%d.%d %s", serial, step, code))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// stepsDone counts the steps that were carried out, by serial and step; one
// that goes on counts when it has been done once.
func stepsDone(t *testing.T, s *Sandbox) map[[2]int]int {
	t.Helper()
	got := map[[2]int]int{}
	err := testWorld(s).DB.Read(t.Context(), func(r store.Reader) error {
		for row, err := range store.Each(r.Query(`SELECT serial, step FROM sandbox_plan WHERE ended = 'done' OR round > 1`)) {
			var key [2]int
			if err == nil {
				err = row.Scan(&key[0], &key[1])
			}
			if err != nil {
				return err
			}
			got[key]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// enforcedCase is the number of the only enforcement case under an own reference.
func enforcedCase(t *testing.T, s *Sandbox, code, reference string) (number string) {
	t.Helper()
	w, owner := testWorld(s), codeOf(t, s, code)
	err := w.DB.Read(t.Context(), func(r store.Reader) error {
		all, err := w.Enforcements.Find(r, owner.ID, reference)
		if err == nil && len(all) != 1 {
			err = fmt.Errorf("%d cases under %s", len(all), reference)
		}
		if err == nil {
			number = all[0].Number
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// invoicesOf counts the invoices of a filer.
func invoicesOf(t *testing.T, s *Sandbox, code string) (n int) {
	t.Helper()
	w, owner := testWorld(s), codeOf(t, s, code)
	err := w.DB.Read(t.Context(), func(r store.Reader) error {
		all, err := w.Fees.Invoices(r, owner.ID, calendar.Date(1, 1, 1), calendar.Date(9999, 12, 31))
		n = len(all)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
