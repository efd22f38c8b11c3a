package sandbox

import (
	"bytes"
	"testing"

	"filtjanst/filing"
)

// TestStrangeCharactersComeBack: what a file may hold, its confirmation can
// hold too, so that the evening never stops at a name.
func TestStrangeCharactersComeBack(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	for i, c := range []struct {
		form      filing.Form
		reference string
		encode    func(string) []byte
	}{
		{filing.XMLForm, "¤&amp;å½ 7", latin1},
		{filing.XMLForm, "&#26085;&#x672C; &#8364;", latin1},
		{filing.XMLForm, "日本 €", func(s string) []byte { return []byte(replaced("ISO-8859-1", "UTF-8")(s)) }},
		{filing.TextForm, "!\"&<>'`ÿ", latin1},
	} {
		b := batch{code: "ABC", sequence: int64(i + 1), cases: 2, seed: 5, form: c.form}
		old := "26-0000001"
		fresh := c.reference
		if c.form == filing.TextForm {
			old += "          "
			fresh += string(bytes.Repeat([]byte(" "), len(old)-len([]rune(fresh))))
		}
		content := c.encode(replaced(old, fresh)(fromLatin1(b.file(t))))
		p.mustSend(t, b.asFile(content), b.asNote(b.note(t)))
		if r := p.oneReceipt(t); r.Outcome != filing.Approved {
			t.Fatalf("%q: %+v", c.reference, r.Receipt)
		}
	}
	evening(t, s)
	var got []string
	for _, c := range p.confirmations(t) {
		got = append(got, c.Lines[0].Reference)
	}
	want := []string{"¤&å½ 7", "日本 €", "日本 €", "!\"&<>'`ÿ"}
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("confirmed %q, want %q", got, want)
		}
	}
}
