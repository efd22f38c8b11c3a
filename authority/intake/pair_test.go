package intake

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
)

// step is one arrival of a pairing test: parts, or time that passes.
type step struct {
	file, note int // variant of the half from 1; 0 = not in this message
	sequence   int64
	repeat     bool          // the same transmission as the step before
	pass       time.Duration // time that passes instead
	idle       bool          // nobody looks for what expires meanwhile
	want       []filing.Outcome
}

func are(o ...filing.Outcome) []filing.Outcome { return o }

const (
	wait = filing.Waiting
	yes  = filing.Approved
	no   = filing.Rejected
	old  = filing.Superseded
)

// reply is what of a receipt the pairing tests look at.
type reply struct {
	Outcome    filing.Outcome
	Codes      []filing.Code
	Expected   int64
	File, Note bool // answers a file, a note
}

func TestPairing(t *testing.T) {
	cases := map[string]struct {
		steps    []step
		receipts []reply
		expected int64
	}{
		"two messages, file first": {
			steps:    []step{{file: 1, want: are(wait)}, {note: 1, want: are(yes)}},
			receipts: []reply{{Outcome: yes, Expected: 2, File: true, Note: true}}, expected: 2,
		},
		"two messages, note first": {
			steps:    []step{{note: 1, want: are(wait)}, {file: 1, want: are(yes)}},
			receipts: []reply{{Outcome: yes, Expected: 2, File: true, Note: true}}, expected: 2,
		},
		"one message after the other": {
			steps: []step{{file: 1, note: 1, want: are(yes, yes)}, {file: 1, note: 1, sequence: 2, want: are(yes, yes)}},
			receipts: []reply{
				{Outcome: yes, Expected: 2, File: true, Note: true}, {Outcome: yes, Expected: 3, File: true, Note: true},
			}, expected: 3,
		},
		"the waiting half again": {
			steps:    []step{{file: 1, want: are(wait)}, {file: 1, want: are(wait)}, {note: 1, want: are(yes)}},
			receipts: []reply{{Outcome: yes, Expected: 2, File: true, Note: true}}, expected: 2,
		},
		"the waiting half replaced": {
			steps: []step{{file: 1, want: are(wait)}, {file: 2, want: are(wait)}, {note: 2, want: are(yes)}},
			receipts: []reply{
				{Outcome: old, File: true}, {Outcome: yes, Expected: 2, File: true, Note: true},
			}, expected: 2,
		},
		"a waiting note replaced": {
			steps: []step{{note: 2, want: are(wait)}, {note: 1, want: are(wait)}, {file: 1, want: are(yes)}},
			receipts: []reply{
				{Outcome: old, Note: true}, {Outcome: yes, Expected: 2, File: true, Note: true},
			}, expected: 2,
		},
		"a pair replaces a waiting file": {
			steps: []step{{file: 1, want: are(wait)}, {file: 2, note: 2, want: are(yes, yes)}},
			receipts: []reply{
				{Outcome: old, File: true}, {Outcome: yes, Expected: 2, File: true, Note: true},
			}, expected: 2,
		},
		"a pair with the file that waits": {
			steps:    []step{{file: 1, want: are(wait)}, {file: 1, note: 1, want: are(yes, yes)}},
			receipts: []reply{{Outcome: yes, Expected: 2, File: true, Note: true}}, expected: 2,
		},
		"deviation spends both": {
			steps: []step{
				{file: 1, want: are(wait)}, {note: 2, want: are(no)}, {note: 1, want: are(wait)}, {file: 1, want: are(yes)},
			},
			receipts: []reply{
				{Outcome: no, Codes: []filing.Code{"F254"}, Expected: 1, File: true, Note: true},
				{Outcome: yes, Expected: 2, File: true, Note: true},
			}, expected: 2,
		},
		"a message with two numbers": {
			steps:    []step{{file: 1, note: 1, sequence: -1, want: are(no, no)}},
			receipts: []reply{{Outcome: no, Codes: []filing.Code{"F252"}, Expected: 1, File: true, Note: true}}, expected: 1,
		},
		"a number too high": {
			steps:    []step{{file: 1, note: 1, sequence: 3, want: are(no, no)}},
			receipts: []reply{{Outcome: no, Codes: []filing.Code{"F210"}, Expected: 1, File: true, Note: true}}, expected: 1,
		},
		"an approved file again under a new id": {
			steps: []step{{file: 1, note: 1, want: are(yes, yes)}, {file: 1, note: 1, want: are(no, no)}},
			receipts: []reply{
				{Outcome: yes, Expected: 2, File: true, Note: true},
				{Outcome: no, Codes: []filing.Code{"F210"}, Expected: 2, File: true, Note: true},
			}, expected: 2,
		},
		"the same transmission again": {
			steps: []step{
				{file: 1, want: are(wait)}, {repeat: true, file: 1, want: are(wait)},
				{note: 1, want: are(yes)}, {repeat: true, note: 1, want: are(yes)},
			},
			receipts: []reply{{Outcome: yes, Expected: 2, File: true, Note: true}}, expected: 2,
		},
		"a file alone": {
			steps: []step{
				{file: 1, want: are(wait)}, {pass: 24*time.Hour - time.Second}, {pass: time.Second},
				{note: 1, want: are(wait)}, {file: 1, want: are(yes)},
			},
			receipts: []reply{
				{Outcome: no, Codes: []filing.Code{"F260"}, Expected: 1, File: true}, {Outcome: yes, Expected: 2, File: true, Note: true},
			}, expected: 2,
		},
		"a note alone": {
			steps:    []step{{note: 1, want: are(wait)}, {pass: 24 * time.Hour}, {file: 1, want: are(wait)}},
			receipts: []reply{{Outcome: no, Codes: []filing.Code{"F261"}, Expected: 1, Note: true}}, expected: 1,
		},
		"too late, though nobody has looked": {
			steps: []step{{file: 1, want: are(wait)}, {pass: 24 * time.Hour, idle: true}, {note: 1, want: are(wait)}, {file: 1, want: are(yes)}},
			receipts: []reply{
				{Outcome: no, Codes: []filing.Code{"F260"}, Expected: 1, File: true}, {Outcome: yes, Expected: 2, File: true, Note: true},
			}, expected: 2,
		},
		"the same half too late": {
			steps:    []step{{note: 1, want: are(wait)}, {pass: 25 * time.Hour, idle: true}, {note: 1, want: are(wait)}},
			receipts: []reply{{Outcome: no, Codes: []filing.Code{"F261"}, Expected: 1, Note: true}}, expected: 1,
		},
		"alone with a number that is used": {
			steps: []step{{file: 1, note: 1, want: are(yes, yes)}, {file: 1, want: are(wait)}, {pass: 24 * time.Hour}},
			receipts: []reply{
				{Outcome: yes, Expected: 2, File: true, Note: true}, {Outcome: no, Codes: []filing.Code{"F210", "F260"}, Expected: 2, File: true},
			}, expected: 2,
		},
		"the other half just in time": {
			steps:    []step{{note: 1, want: are(wait)}, {pass: 24*time.Hour - time.Second}, {file: 1, want: are(yes)}, {pass: time.Hour}},
			receipts: []reply{{Outcome: yes, Expected: 2, File: true, Note: true}}, expected: 2,
		},
	}
	each(t, func(w *world) {
		for i, name := range slices.Sorted(maps.Keys(cases)) {
			c := cases[name]
			w.TB.(*testing.T).Run(name, func(t *testing.T) {
				w := w.as(t, filer{int64(10 + i), fmt.Sprintf("P%d", i), fmt.Sprintf("55600001%02d", i)})
				w.play(c.steps)
				if diff := cmp.Diff(c.receipts, w.replies()); diff != "" {
					t.Errorf("receipts (-want +got):\n%s", diff)
				}
				if n := w.expected(); n != c.expected {
					t.Errorf("expected next is %d, want %d", n, c.expected)
				}
				w.checkWhole()
			})
		}
	})
}

func (w *world) replies() []reply {
	w.Helper()
	var all []reply
	for _, r := range w.receipts(w.self.owner) {
		all = append(all, reply{r.Outcome, codes(r), r.Expected, r.Digest != "", r.NoteDigest != ""})
	}
	return all
}

func (w *world) play(steps []step) {
	w.Helper()
	var a Arrival
	for i, s := range steps {
		if s.idle {
			w.clock.Advance(s.pass)
			continue
		}
		if s.pass > 0 {
			_, err := w.door.Expire(w.Context(), w.clock.Advance(s.pass))
			w.must(err)
			continue
		}
		if !s.repeat {
			a = w.shs()
		}
		answer := w.take(a, s.contents(w.self.code)...)
		if diff := cmp.Diff(s.want, outcomes(answer)); diff != "" {
			w.Fatalf("step %d (-want +got):\n%s", i, diff)
		}
		if answer.Duplicate != s.repeat && s.repeat {
			w.Fatalf("step %d: a repeat is not told as such", i)
		}
	}
}

// contents are the bytes of the step. A sequence of -1 gives the note another
// number than the file.
func (s step) contents(code string) [][]byte {
	of := func(n int64) int64 { return max(n, 1) }
	var all [][]byte
	if s.file > 0 {
		all = append(all, file(filing.TextForm, code, of(s.sequence), 2, uint64(s.file)))
	}
	if s.note > 0 {
		n := of(s.sequence)
		if s.sequence < 0 {
			all = append(all, noteOf(filing.TextForm, filing.Note{Transaction: filing.BFApplication, PartyCode: code, Sequence: 2}))
			return all
		}
		all = append(all, note(filing.TextForm, code, n, 2, uint64(s.note)))
	}
	return all
}

// checkWhole holds what must be true whenever no message is at the door.
func (w *world) checkWhole() {
	w.Helper()
	for _, c := range []struct{ what, query string }{
		{"answered halves without a receipt", `intake_half h WHERE h.repeats IS NULL AND h.outcome <> 'waiting'
			AND NOT EXISTS (SELECT 1 FROM intake_receipt r WHERE r.half_id = h.id OR r.note_half = h.id)`},
		{"waiting halves with a receipt", `intake_half h WHERE h.outcome = 'waiting' AND h.repeats IS NULL
			AND EXISTS (SELECT 1 FROM intake_receipt r WHERE r.half_id = h.id OR r.note_half = h.id)`},
		{"halves with two receipts", `intake_receipt a JOIN intake_receipt b ON a.half_id = b.note_half`},
		{"waiting halves that no submission holds", `intake_half h WHERE h.outcome = 'waiting' AND h.repeats IS NULL
			AND NOT EXISTS (SELECT 1 FROM intake_submission s WHERE s.file_half = h.id OR s.note_half = h.id)`},
		{"submissions that hold what does not wait", `intake_submission s JOIN intake_half h ON h.id IN (s.file_half, s.note_half)
			WHERE h.outcome <> 'waiting' OR s.expires IS NULL`},
		{"receipts that are not in an outbox", `intake_receipt r WHERE NOT EXISTS (SELECT 1 FROM outbox_message m WHERE m.id = r.outbox_id)`},
		{"receipts without an event", `intake_receipt r WHERE NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.id = r.event_id)`},
		{"approved files without a row to read in", `intake_half h WHERE h.role = 'file' AND h.repeats IS NULL
			AND h.outcome IN ('approved', 'approved in part') AND NOT EXISTS (SELECT 1 FROM intake_file f WHERE f.id = h.id)`},
		{"numbers approved twice", `(SELECT code_id, sequence FROM intake_half WHERE role = 'file' AND repeats IS NULL
			AND outcome IN ('approved', 'approved in part') GROUP BY code_id, sequence HAVING COUNT(*) > 1) AS twice`},
		{"series with a gap", `intake_series s WHERE s.expected <> 1 + (SELECT COUNT(*) FROM intake_half h WHERE h.role = 'file'
			AND h.repeats IS NULL AND h.outcome IN ('approved', 'approved in part') AND h.code_id = s.code_id)`},
		{"halves without bytes", `intake_half h WHERE h.repeats IS NULL AND h.blob_key IS NULL
			AND NOT EXISTS (SELECT 1 FROM intake_bytes b WHERE b.half_id = h.id)`},
	} {
		if n := w.count(c.query); n != 0 {
			w.Errorf("%d %s", n, c.what)
		}
	}
	if receipts, posted := w.count(`intake_receipt`), w.count(`outbox_message WHERE sequence_type <> 'adm'`); receipts != posted {
		w.Errorf("%d receipts, %d messages", receipts, posted)
	}
}
