package xmlpull

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// events writes what a document gives, one event after the other.
func events(r io.Reader, l Limits) (string, error) {
	x := New(r, l)
	var b strings.Builder
	text := ""
	for {
		k, err := x.Next()
		if k != Text && text != "" {
			fmt.Fprintf(&b, "%q ", text)
			text = ""
		}
		if err != nil {
			return strings.TrimSpace(b.String()), err
		}
		switch k {
		case EOF:
			return strings.TrimSpace(b.String()), nil
		case Start:
			fmt.Fprintf(&b, "<%s{%s}", x.Local(), x.Space())
			for _, a := range x.Attrs() {
				fmt.Fprintf(&b, " %s{%s}=%q", a.Local, a.Space, a.Value)
			}
			b.WriteString("> ")
		case End:
			fmt.Fprintf(&b, "</%s> ", x.Local())
		case Text:
			text += string(x.Text())
		}
	}
}

func TestEvents(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"empty element":     {`<a/>`, `<a{}> </a>`},
		"text":              {"<a>x &lt;&#x41;&#66; y</a>", `<a{}> "x <AB y" </a>`},
		"line ends":         {"<a>1\r\n2\r3\n4</a>", `<a{}> "1\n2\n3\n4" </a>`},
		"cdata":             {"<a>1<![CDATA[<&]]]>2</a>", `<a{}> "1<&]2" </a>`},
		"comments":          {"<!-- x --><a><!----><b/><!-- - --></a><!-- y -->\n", `<a{}> <b{}> </b> </a>`},
		"instructions":      {"<?p?><a><?p x?></a><?p ? > ?>", `<a{}> </a>`},
		"attributes":        {"<a b='1' c = \"x&quot;\t'\"/>", `<a{} b{}="1" c{}="x\" '"> </a>`},
		"greater in value":  {`<a b=">"/>`, `<a{} b{}=">"> </a>`},
		"default namespace": {`<a xmlns="u"><b xmlns=""/><c/></a>`, `<a{u}> <b{}> </b> <c{u}> </c> </a>`},
		"prefixed":          {`<p:a xmlns:p="u" p:x="1" x="2"><p:b/></p:a>`, `<a{u} x{u}="1" x{}="2"> <b{u}> </b> </a>`},
		"utf-8":             {"<å>ö€</å >", `<å{}> "ö€" </å>`},
		"latin-1":           {"<?xml version='1.0' encoding='iso-8859-1'?><\xe5 x='\xc4'>\xf6&#8364;</\xe5>", `<å{} x{}="Ä"> "ö€" </å>`},
		"mark":              {"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='yes' ?><a/>", `<a{}> </a>`},
		"xml prefix":        {`<a xml:lang="sv"/>`, `<a{} lang{http://www.w3.org/XML/1998/namespace}="sv"> </a>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, r := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in)), iotest.DataErrReader(strings.NewReader(c.in))} {
				got, err := events(r, Default)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("<a>", 33)
	long := strings.Repeat("x", 70<<10)
	for name, c := range map[string]struct {
		in   string
		want Problem
		line int64
	}{
		"nothing":              {"", Empty, 1},
		"only space":           {" \n", Empty, 2},
		"text alone":           {"\nx", Malformed, 2},
		"mismatched":           {"<a>\n</b>", Malformed, 2},
		"longer end":           {"<a></ab>", Malformed, 1},
		"unclosed":             {"<a><b></b>", Truncated, 1},
		"cut in tag":           {"<a><b", Truncated, 1},
		"cut in end":           {"<a></a", Truncated, 1},
		"cut in text":          {"<a>x", Truncated, 1},
		"cut in comment":       {"<a><!-- ", Truncated, 1},
		"cut in cdata":         {"<a><![CDATA[x]]", Truncated, 1},
		"two roots":            {"<a/>\n<b/>", AfterEnd, 2},
		"text after":           {"<a/>x", AfterEnd, 1},
		"doctype":              {"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", DTD, 1},
		"doctype inside":       {"<a><!DOCTYPE b></a>", DTD, 1},
		"custom entity":        {"<a>&x;</a>", Malformed, 1},
		"bare ampersand":       {"<a>a & b</a>", Malformed, 1},
		"null reference":       {"<a>&#0;</a>", Malformed, 1},
		"surrogate":            {"<a>&#xD800;</a>", Malformed, 1},
		"section end":          {"<a>]]></a>", Malformed, 1},
		"dashes in comment":    {"<a><!-- -- --></a>", Malformed, 1},
		"triple dash":          {"<a><!-- ---></a>", Malformed, 1},
		"control":              {"<a>\x01</a>", Malformed, 1},
		"nul":                  {"<a>\x00</a>", Malformed, 1},
		"bad utf-8":            {"<a>\xe5</a>", Encoding, 1},
		"bad utf-8 in name":    {"<a\xe5/>", Encoding, 1},
		"bad utf-8 in comment": {"<a><!-- \xe5 --></a>", Encoding, 1},
		"nonchar":              {"<a>\uFFFE</a>", Malformed, 1},
		"windows-1252":         {`<?xml version="1.0" encoding="windows-1252"?><a/>`, Encoding, 1},
		"utf-16":               {"\xff\xfe<\x00a\x00", Encoding, 1},
		"mark and latin-1":     {"\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>", Encoding, 1},
		"declaration late":     {"\n<?xml version='1.0'?><a/>", Malformed, 2},
		"declaration bad":      {"<?xml encoding='UTF-8'?><a/>", Malformed, 1},
		"duplicate attribute":  {"<a b='1' b='2'/>", Malformed, 1},
		"same expanded":        {"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", Malformed, 1},
		"unbound":              {"<p:a/>", Malformed, 1},
		"two colons":           {"<a xmlns:p='u'><p:q:r/></a>", Malformed, 1},
		"less in value":        {"<a b='<'/>", Malformed, 1},
		"unquoted":             {"<a b=1/>", Malformed, 1},
		"unspaced":             {"<a b='1'c='2'/>", Malformed, 1},
		"name start":           {"<1/>", Malformed, 1},
		"space before name":    {"< a/>", Malformed, 1},
		"too deep":             {deep, Depth, 1},
		"long text":            {"<a>" + long + "</a>", Limit, 1},
		"long name":            {"<" + long + "/>", Limit, 1},
		"long value":           {"<a b='" + long + "'/>", Limit, 1},
		"cdata outside":        {"<![CDATA[x]]><a/>", Malformed, 1},
		"end outside":          {"</a>", Malformed, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, r := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in))} {
				_, err := events(r, Default)
				var e *Error
				if !errors.As(err, &e) {
					t.Fatalf("got %v", err)
				}
				if e.Problem != c.want || e.Line != c.line {
					t.Errorf("got problem %d on line %d: %v", e.Problem, e.Line, e)
				}
			}
		})
	}
}

func TestLongCommentNeedsNoMemory(t *testing.T) {
	t.Parallel()
	body := strings.NewReader(strings.Repeat("å- ", 1<<20))
	got, err := events(io.MultiReader(strings.NewReader("<a><!--"), body, strings.NewReader("--></a>")), Default)
	if err != nil || got != "<a{}> </a>" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestPositionsCountFileBytes(t *testing.T) {
	t.Parallel()
	const in = "<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\xe5\xe4\xf6\n<b/></a>"
	x := New(iotest.OneByteReader(strings.NewReader(in)), Default)
	for {
		k, err := x.Next()
		if err != nil || k == EOF {
			t.Fatalf("no b: %v", err)
		}
		if k == Start && string(x.Local()) == "b" {
			break
		}
	}
	offset, line := x.Position()
	if want := int64(strings.Index(in, "<b/>")); offset != want || line != 3 {
		t.Errorf("b at byte %d, line %d; want %d, 3", offset, line, want)
	}
}

func TestReaderErrorsComeThrough(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	_, err := events(io.MultiReader(strings.NewReader("<a>"), iotest.ErrReader(broken)), Default)
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{"<a b='1'>x</a>", "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe5<![CDATA[x]]></a>", "<p:a xmlns:p='u'/>", "<!-- - --><a>&#65;</a>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		whole, errWhole := events(strings.NewReader(string(b)), Default)
		pieces, errPieces := events(iotest.OneByteReader(strings.NewReader(string(b))), Default)
		if whole != pieces || fmt.Sprint(errWhole) != fmt.Sprint(errPieces) {
			t.Errorf("whole: %s %v\npieces: %s %v", whole, errWhole, pieces, errPieces)
		}
	})
}
