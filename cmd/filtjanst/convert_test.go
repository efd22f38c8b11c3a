package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/layout"
	"filtjanst/money"

	"github.com/google/go-cmp/cmp"
)

// Facts of a CSV file stand in columns named as they are, beside columns of
// the format itself.
func TestNoFactIsNamedAsAColumnOfTheFormat(t *testing.T) {
	t.Parallel()
	for _, info := range filing.Catalogue() {
		v, ok := filing.VocabularyOf(info.Transaction)
		if !ok {
			continue
		}
		for k := range layout.KeyID(v.NumKeys()) {
			switch v.Key(k).Name {
			case documentColumn, groupColumn, extraColumn:
				t.Errorf("%s: %s has the name of a column of the format", info.Transaction, v.KeyPath(k))
			}
		}
	}
}

// others are files of the transactions that the scripts do not convert.
var others = map[filing.Transaction]func(io.Writer) error{
	filing.BFApplicationNote: func(w io.Writer) error {
		documents, sum := int64(3), claimed
		return filing.WriteNote(w, filing.Own(), filing.TextForm, filing.Note{
			Transaction: filing.BFApplication, PartyCode: "ABC", Sequence: 17, Documents: &documents, Sum: &sum,
		})
	},
	filing.BFApplicationReceipt: func(w io.Writer) error {
		return filing.WriteReceipt(w, filing.Own(), filing.TextForm, receipt())
	},
	filing.BFConfirmation: func(w io.Writer) error {
		c, err := filing.NewWriter(w, filing.Own(), filing.BFConfirmation, filing.TextForm, filing.FileFacts{
			PartyCode: "ABC", Sequence: 17, FileName: "ABC.ANSOKAN", ReadIn: filingtest.Today, Documents: 1, Sum: 30000,
		})
		if err != nil {
			return err
		}
		err = c.Write(&filing.ConfirmedCase{
			Reference: "26-0000001", CaseNumber: "BF-26-000001", Registered: filingtest.Today, Fee: 30000, Sum: claimed,
		})
		if err != nil {
			return err
		}
		return c.Close()
	},
}

const claimed money.Amount = 134800

func receipt() filing.Receipt {
	wrong := filing.NewError("F230", filing.Place{Record: "99", Line: 50, Offset: 7004, Field: "ANTAL", Value: "0000004"}, 4, 3)
	return filing.Receipt{
		Transaction: filing.BFApplication, TransactionID: "00000000-0000-4000-8000-000000000001", PartyCode: "ABC", Sequence: 17,
		FileName: "ABC.ANSOKAN", Digest: filing.Own().Digest(), Arrived: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC),
		Outcome: filing.Rejected, Records: 50, Documents: 3, Sum: claimed, Expected: 17, Rules: filing.Own().Digest(),
		Errors: []filing.Error{wrong}, ErrorCount: 1, Counts: map[filing.Code]int{"F230": 1},
	}
}

func TestOtherTransactionsSurviveEveryForm(t *testing.T) {
	t.Parallel()
	for tx, write := range others {
		t.Run(string(tx), func(t *testing.T) {
			t.Parallel()
			var file bytes.Buffer
			if err := write(&file); err != nil {
				t.Fatal(err)
			}
			got := file.Bytes()
			for _, form := range []string{"json", "csv", "xml", "csv", "json", "text"} {
				got = converted(t, got, form)
			}
			if diff := cmp.Diff(file.String(), string(got)); diff != "" {
				t.Errorf("the file changed on its way (-was +is):\n%s", diff)
			}
		})
	}
}

// converted runs convert on the bytes.
func converted(t *testing.T, file []byte, to string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, complaints bytes.Buffer
	a := &app{out: &out, err: &complaints, now: filingtest.Today.Time, env: func(string) string { return "" }}
	if code := run(a, []string{"convert", path, "--to", to}); code != exitDone {
		t.Fatalf("convert --to %s: exit code %d: %s\n%s", to, code, complaints.String(), file)
	}
	return out.Bytes()
}
