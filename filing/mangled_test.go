package filing_test

import (
	"bytes"
	"slices"
	"testing"

	"filtjanst/filing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func recoded(t *testing.T, file []byte, to func([]byte) ([]byte, error)) []byte {
	t.Helper()
	utf8, err := charmap.ISO8859_1.NewDecoder().Bytes(file)
	if err != nil {
		t.Fatal(err)
	}
	out, err := to(utf8)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func asIs(b []byte) ([]byte, error) { return b, nil }

func utf16(b []byte) ([]byte, error) {
	return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(b)
}

func swap(file []byte, old, new string) []byte {
	return bytes.ReplaceAll(file, []byte(old), []byte(new))
}

// TestWhatSystemsDoToFiles: what means the same is approved; what does not is
// refused with the code that says why.
func TestWhatSystemsDoToFiles(t *testing.T) {
	t.Parallel()
	text := write(t, filing.Own(), filing.TextForm, worked())
	xml := write(t, filing.Own(), filing.XMLForm, worked())
	const latin1Declaration, utf8Declaration = `encoding="ISO-8859-1"`, `encoding="UTF-8"`
	for _, c := range []struct {
		name string
		file []byte
		want filing.Code // one of the errors; "" = approved
	}{
		{"text in UTF-8", recoded(t, text, asIs), "F121"},
		{"text in UTF-16", recoded(t, text, utf16), "F121"},
		{"text with line feeds", swap(text, "\r\n", "\n"), ""},
		{"text without its last line end", bytes.TrimRight(text, "\r\n"), ""},
		{"text without trailing blanks", trimLines(text), ""},
		{"text with blank lines at the end", append(slices.Clone(text), "\r\n\r\n"...), ""},
		{"text with tabs", swap(text, "Obetald faktura", "Obetald\tfaktura"), "D122"},
		{"text with a dash of Windows-1252", swap(text, "mobiltelefon enligt", "mobiltelefon \x96 enligt"), "D122"},
		{"text in one line", swap(text, "\r\n", ""), "F117"},
		{"text twice", append(slices.Clone(text), text...), "F120"},
		{"text cut in the middle", text[:len(text)/2], "F111"},
		{"XML in UTF-8", recoded(t, swap(xml, latin1Declaration, utf8Declaration), asIs), ""},
		{"XML in UTF-8 without declaration", withoutDeclaration(recoded(t, xml, asIs)), ""},
		{"XML in UTF-8 with a byte order mark", append([]byte("\xEF\xBB\xBF"), recoded(t, swap(xml, latin1Declaration, utf8Declaration), asIs)...), ""},
		{"XML in Latin-1 that says UTF-8", swap(xml, latin1Declaration, utf8Declaration), "F121"},
		{"XML in UTF-16", recoded(t, xml, utf16), "F121"},
		{"XML with a comment", swap(xml, "<Huvud>", "<!-- made by hand --><Huvud>"), ""},
		{"XML with character references", swap(xml, "Provk\xf6ping", "Provk&#246;ping"), ""},
		{"XML with CDATA", swap(xml, "Exempelfordran AB", "<![CDATA[Exempelfordran AB]]>"), ""},
		{"XML in one line", swap(xml, "\n", ""), ""},
		{"XML twice", append(slices.Clone(xml), withoutDeclaration(xml)...), "F120"},
		{"XML cut in the middle", xml[:len(xml)/2], "F119"},
		{"XML with a prefix", prefixed(xml), ""},
	} {
		v, _ := check(t, filing.Own(), c.file)
		codes := codesOf(v.Errors)
		if c.want == "" && v.Outcome != filing.Approved || c.want != "" && !slices.Contains(codes, c.want) {
			t.Errorf("%s: %s %v, wants %q", c.name, v.Outcome, codes[:min(5, len(codes))], c.want)
		}
	}
}

func trimLines(file []byte) []byte {
	lines := bytes.Split(file, []byte("\r\n"))
	for i := range lines {
		lines[i] = bytes.TrimRight(lines[i], " ")
	}
	return bytes.Join(lines, []byte("\r\n"))
}

func withoutDeclaration(file []byte) []byte { return file[bytes.Index(file, []byte("?>"))+2:] }

func prefixed(file []byte) []byte {
	file = swap(swap(file, "xmlns=", "xmlns:a="), "<", "<a:")
	return swap(swap(file, "<a:?", "<?"), "<a:/", "</a:")
}
