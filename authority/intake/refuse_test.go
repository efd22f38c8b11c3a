package intake

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/outbox"
	"filtjanst/filing"
)

// TestEveryCheckedFileIsAnswered gives what no profile can read (R27).
func TestEveryCheckedFileIsAnswered(t *testing.T) {
	good := string(file(filing.TextForm, code, 1, 2, 0))
	start, rest, _ := strings.Cut(good, "\n")
	cases := map[string]struct {
		content string
		code    filing.Code
	}{
		"empty":              {"", "F101"},
		"blanks":             {" \r\n ", "F101"},
		"not a file at all":  {"hello", ""},
		"binary":             {"\x00\x01\x02\xff\xfe" + strings.Repeat("\x00", 5000), ""},
		"other bytes":        {strings.Repeat("\xe5\xe4\xf6", 70000), ""},
		"without its start":  {rest, ""},
		"markup":             {"<a><b></a>", ""},
		"entity":             {"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", ""},
		"the start only":     {start + "\n", ""},
		"a byte order mark":  {"\xef\xbb\xbf", ""},
		"cut off in the end": {good[:len(good)-250], ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			answer := w.take(w.shs(), []byte(c.content), note(filing.TextForm, code, 1, 2, 0))
			if diff := cmp.Diff(are(no, no), outcomes(answer)); diff != "" {
				t.Fatalf("outcomes (-want +got):\n%s", diff)
			}
			all := w.receipts(owner)
			if len(all) != 1 || all[0].ErrorCount == 0 {
				t.Fatalf("receipts %+v", all)
			}
			if c.code != "" && all[0].Errors[0].Code != c.code {
				t.Errorf("errors %v, want %s", codes(all[0]), c.code)
			}
			if n := w.count("intake_rejection WHERE code_id = $1 AND closed IS NULL", codeID); n != 1 {
				t.Errorf("%d open rejections; the note says whose file it is", n)
			}
			if w.expected() != 1 {
				t.Error("a rejected file left a trace in the numbering")
			}
			w.checkWhole()
		})
	}
}

var errCable = errors.New("the cable was pulled")

// broken is a message that cannot be taken, and why.
func broken() map[string]struct {
	parts func() (Part, error)
	kind  Kind // "" for a failure
} {
	good := file(filing.TextForm, code, 1, 2, 0)
	large := bytes.Repeat(good, 1+200_000/len(good))
	one := func(p Part) func() (Part, error) {
		given := false
		return func() (Part, error) {
			if given {
				return Part{}, io.EOF
			}
			given = true
			return p, nil
		}
	}
	many := make([][]byte, maxParts+1)
	for i := range many {
		many[i] = good
	}
	cut := func(b []byte, n int, err error) io.Reader {
		return io.MultiReader(bytes.NewReader(b[:n]), iotest.ErrReader(err))
	}
	return map[string]struct {
		parts func() (Part, error)
		kind  Kind
	}{
		"nothing in it":        {parts(), Malformed},
		"too many parts":       {parts(many...), Malformed},
		"small, cut off":       {one(Part{Body: cut(good, 300, errCable)}), ""},
		"small, ends early":    {one(Part{Body: cut(good, 300, io.ErrUnexpectedEOF)}), ""},
		"large, cut off":       {one(Part{Body: cut(large, 150_000, errCable)}), ""},
		"large, ends early":    {one(Part{Body: cut(large, 150_000, io.ErrUnexpectedEOF)}), ""},
		"small, less":          {one(Part{Body: bytes.NewReader(good), Declared: int64(len(good)) + 1}), Incomplete},
		"small, more":          {one(Part{Body: bytes.NewReader(good), Declared: int64(len(good)) - 1}), Incomplete},
		"large, less":          {one(Part{Body: bytes.NewReader(large), Declared: int64(len(large)) + 1}), Incomplete},
		"announced too much":   {one(Part{Body: bytes.NewReader(good), Declared: 2<<30 + 1}), TooLarge},
		"parts break off":      {func() (Part, error) { return Part{}, errCable }, ""},
		"a reader that sticks": {one(Part{Body: iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(good)))}), ""},
	}
}

func TestWhatIsNotTakenLeavesNothing(t *testing.T) {
	for name, c := range broken() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			_, err := w.door.Take(t.Context(), w.shs(), c.parts)
			refusal, refused := errors.AsType[*Refusal](err)
			if err == nil || refused != (c.kind != "") || refused && refusal.Kind != c.kind {
				t.Fatalf("error %v, want kind %q", err, c.kind)
			}
			if refused == errors.Is(err, ErrBrokenOff) {
				t.Errorf("error %v: broke off or not", err)
			}
			w.nothingKept()
		})
	}
}

// nothingKept tells that no row and no blob is left.
func (w *world) nothingKept() {
	w.Helper()
	for _, table := range []string{"intake_message", "intake_half", "intake_bytes", "intake_receipt", "intake_submission", "outbox_message", "journal_event"} {
		if n := w.count(table); n != 0 {
			w.Errorf("%d rows in %s", n, table)
		}
	}
	if keys := w.blobKeys(); len(keys) > 0 {
		w.Errorf("blobs are left: %v", keys)
	}
}

func (w *world) blobKeys() []string {
	w.Helper()
	var keys []string
	for info, err := range w.rooms.Blobs.List(w.Context()) {
		w.must(err)
		keys = append(keys, info.Key)
	}
	return keys
}

func TestUnwantedTransaction(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	for _, tx := range []filing.Transaction{"ve.application", filing.BFApplicationReceipt, "bf.none"} {
		a := w.shs()
		a.Transaction = tx
		_, err := w.door.Take(t.Context(), a, parts([]byte("x")))
		if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Kind != Unwanted && refusal.Kind != Malformed {
			t.Errorf("%s: %v", tx, err)
		}
	}
	w.nothingKept()
}

// TestTheStartRecordTellsWhatItIs: without a product, by content alone.
func TestTheStartRecordTellsWhatItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, openSQLite(t))
	a := upload()
	a.Transaction = ""
	first := w.take(a, note(filing.TextForm, code, 1, 1, 0))
	second := w.take(a, file(filing.TextForm, code, 1, 1, 0))
	want := []HalfAnswer{{filing.BFApplicationNote, wait}, {filing.BFApplication, yes}}
	if diff := cmp.Diff(want, append(first.Outcomes, second.Outcomes...)); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	_, err := w.door.Take(t.Context(), a, parts([]byte("hello")))
	if refusal, ok := errors.AsType[*Refusal](err); !ok || refusal.Kind != Malformed {
		t.Errorf("unknown kind of file: %v", err)
	}
}

func TestConfirmStandsInTheSameCommit(t *testing.T) {
	each(t, func(w *world) {
		a := w.shs()
		a.Confirm = true
		w.take(a, file(filing.TextForm, code, 1, 1, 0))
		w.take(a, file(filing.TextForm, code, 1, 1, 0)) // the answer was lost
		posted := w.messages(owner)
		if len(posted) != 1 {
			t.Fatalf("%d messages, want one confirm", len(posted))
		}
		m := posted[0]
		if m.Sequence != outbox.Adm || m.Product != "confirm" || m.CorrID != a.CorrID || m.ContentID != a.ContentID || m.TxID == a.TxID {
			t.Errorf("confirm %+v", m)
		}
		_, body, err := w.box.Open(t.Context(), owner, m.TxID)
		w.must(err)
		defer body.Close()
		content, err := io.ReadAll(body)
		w.must(err)
		if !bytes.Contains(content, []byte("<confirmation")) || !bytes.Contains(content, []byte(a.CorrID)) {
			t.Errorf("confirm is %s", content)
		}
	})
}
