package sandbox

import (
	"fmt"
	"testing"

	"filtjanst/filing"
)

// TestNumbers: only the number expected next is taken; the receipt of any other
// names it, and it stays free (R37–R39).
func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ code, channel string }{{"ABC", "shs"}, {"DEF", "e-transport"}} {
		t.Run(c.channel, func(t *testing.T) {
			t.Parallel()
			s := opened(t)
			p := outsideOf(t, s.Ready(), c.code)
			for _, step := range []struct {
				given, expected int64 // expected before
				form            filing.Form
				want            filing.Code
			}{
				{2, 1, filing.TextForm, "F210"}, // skipped
				{1, 1, filing.XMLForm, ""},
				{1, 2, filing.TextForm, "F210"}, // repeated
				{3, 2, filing.XMLForm, "F210"},
				{2, 2, filing.TextForm, ""},
				{1, 3, filing.XMLForm, "F210"}, // long ago
				{9_999_999, 3, filing.TextForm, "F210"},
				{3, 3, filing.XMLForm, ""},
			} {
				b := batch{code: c.code, sequence: step.given, cases: 1, seed: uint64(100*step.given + step.expected), form: step.form}
				p.submit(t, b)
				p.numbered(t, s, b, step.expected, step.want)
			}
			evening(t, s)
			var read []int64
			for _, one := range p.confirmations(t) {
				read = append(read, one.Sequence)
			}
			if fmt.Sprint(read) != "[1 2 3]" {
				t.Errorf("read in %v", read)
			}
		})
	}
}

// submit sends both halves in the way of the filer.
func (p *outside) submit(t testing.TB, b batch) {
	t.Helper()
	file, note := b.asFile(b.file(t)), b.asNote(b.note(t))
	if p.filer.Channel == "shs" {
		p.mustSend(t, file, note)
		return
	}
	p.mustUpload(t, file)
	p.mustUpload(t, note)
}

// numbered holds the receipt of a file against what its number should come to.
func (p *outside) numbered(t *testing.T, s *Sandbox, b batch, expected int64, want filing.Code) {
	t.Helper()
	r := p.oneReceipt(t)
	if want == "" {
		if r.Outcome != filing.Approved || r.Expected != expected+1 {
			t.Errorf("number %d: %s, next %d", b.sequence, r.Outcome, r.Expected)
		}
		return
	}
	e := rejectedFor(t, r, want)
	swedish := fmt.Sprintf("Löpnumret är %d; väntat löpnummer är %d.", b.sequence, expected)
	if r.Expected != expected || e.Swedish != swedish {
		t.Errorf("number %d: next %d, %q", b.sequence, r.Expected, e.Swedish)
	}
	if got := standingOf(t, s, b.code); got.Expected != expected || got.Waiting != 0 {
		t.Errorf("number %d left %+v", b.sequence, got)
	}
}

// TestNoNumber is a file whose number is not one.
func TestNoNumber(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	for _, c := range []struct {
		name    string
		form    filing.Form
		old     string
		given   string
		want    filing.Code
		atStart string
	}{
		{"zero", filing.TextForm, "00000012026", "00000002026", "F211", "0000000"},
		{"zero", filing.XMLForm, "<Lopnummer>1<", "<Lopnummer>0<", "F211", "0<"},
		{"letters", filing.TextForm, "00000012026", "ettettt2026", "F126", "ettettt"},
		{"negative", filing.XMLForm, "<Lopnummer>1<", "<Lopnummer>-1<", "F211", "-1<"},
		{"blank", filing.TextForm, "00000012026", "       2026", "F123", "       "},
		{"too large to count", filing.XMLForm, "<Lopnummer>1<", "<Lopnummer>99999999999999999999<", "F126", "99999"},
	} {
		t.Run(string(c.form)+" "+c.name, func(t *testing.T) {
			b := batch{code: "ABC", sequence: 1, cases: 1, seed: 5, form: c.form}
			content := latin1(replaced(c.old, c.given)(fromLatin1(b.file(t))))
			p.mustSend(t, b.asFile(content), b.asNote(b.note(t)))
			r := p.oneReceipt(t)
			e := rejectedFor(t, r, c.want)
			if got := string(content[e.Offset:]); got[:len(c.atStart)] != c.atStart {
				t.Errorf("at byte %d stands %q", e.Offset, got[:10])
			}
			if got := standingOf(t, s, "ABC"); r.Expected != 1 || got != (standing{Expected: 1}) {
				t.Errorf("next %d, standing %+v", r.Expected, got)
			}
		})
	}
}
