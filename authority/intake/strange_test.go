package intake

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
)

// TestStrangeNames: a name is told back in the receipt and kept, whatever is
// in it; it is never a reason to give no answer.
func TestStrangeNames(t *testing.T) {
	each(t, func(w *world) {
		for i, name := range []string{
			"", "Abc.Ansökan.D261123.etr", "файл 📄.txt", "a\x00b\r\nc\x1b[2J", "\xff\xfe\xfd", strings.Repeat("ö", 5000),
			"../../etc/passwd", "<file name=\"&amp;\">", "%s%d%!", strings.Repeat("📄", 200),
		} {
			for _, form := range []filing.Form{filing.TextForm, filing.XMLForm} {
				n := w.expected()
				contents := [][]byte{file(form, code, n, 1, 0), note(form, code, n, 1, 0)}
				next := parts(contents...)
				answer, err := w.door.Take(t.Context(), w.shs(), func() (Part, error) {
					p, err := next()
					p.Name, p.DataPartType = name, name
					return p, err
				})
				if err != nil {
					t.Errorf("%s name %d: %v", form, i, err)
					continue
				}
				if diff := cmp.Diff(are(yes, yes), outcomes(answer)); diff != "" {
					t.Errorf("%s name %d (-want +got):\n%s", form, i, diff)
				}
			}
		}
		w.receipts(owner) // all can be read
		w.checkWhole()
	})
}

// TestStrangeBytes overwrites the start of a file, where code, number and date
// stand, with whatever bytes there are. Each gets an answer.
func TestStrangeBytes(t *testing.T) {
	each(t, func(w *world) {
		good := file(filing.TextForm, code, 1, 1, 0)
		length := bytes.IndexByte(good, '\n')
		sent := 0
		for _, b := range []byte{0, 7, '\n', '\r', ' ', '0', 'Z', '<', '&', 0x7f, 0x80, 0xa0, 0xe5, 0xff} {
			for at := 0; at < length; at += 3 {
				bad := bytes.Clone(good)
				bad[at], bad[at+1] = b, b
				if _, err := w.door.Take(t.Context(), w.shs(), parts(bad, note(filing.TextForm, code, 1, 1, 0))); err != nil {
					t.Errorf("bytes %#x at %d: %v", b, at, err)
				}
				sent++
			}
		}
		if n := len(w.receipts(owner)); n != sent {
			t.Errorf("%d receipts to %d messages", n, sent)
		}
	})
}

// TestOneMessageWithMuchInIt: copies, other halves and notes in any order.
func TestOneMessageWithMuchInIt(t *testing.T) {
	f := func(n int64, v uint64) []byte { return file(filing.TextForm, code, n, 1, v) }
	m := func(n int64, v uint64) []byte { return note(filing.TextForm, code, n, 1, v) }
	cases := map[string]struct {
		parts    [][]byte
		want     []filing.Outcome
		receipts int
	}{
		"the file twice":     {[][]byte{f(1, 0), f(1, 0), m(1, 0)}, are(yes, yes, yes), 1},
		"two files":          {[][]byte{f(1, 0), f(1, 1)}, are(old, wait), 1},
		"two submissions":    {[][]byte{f(1, 0), m(1, 0), f(2, 0), m(2, 0)}, are(yes, yes, yes, yes), 2},
		"notes first":        {[][]byte{m(1, 0), m(2, 0), f(1, 0), f(2, 0)}, are(yes, yes, yes, yes), 2},
		"with one unread":    {[][]byte{[]byte("?"), f(1, 0), m(1, 0)}, are(no, yes, yes), 2},
		"the note twice":     {[][]byte{m(1, 0), m(1, 0)}, are(wait, wait), 0},
		"in falling order":   {[][]byte{f(2, 0), m(2, 0), f(1, 0), m(1, 0)}, are(no, no, yes, yes), 2},
		"another and a pair": {[][]byte{f(1, 1), f(1, 0), m(1, 0)}, are(old, yes, yes), 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			if diff := cmp.Diff(c.want, outcomes(w.take(w.shs(), c.parts...))); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
			if n := len(w.receipts(owner)); n != c.receipts {
				t.Errorf("%d receipts, want %d", n, c.receipts)
			}
			w.checkWhole()
		})
	}
}
