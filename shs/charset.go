package shs

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var declaredEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// toUTF8 decides the character set of an XML document by byte order mark, then
// by its XML declaration; what MIME said is ignored (peers contradict
// themselves). Where lenient, text declared UTF-8 that is not is taken for
// ISO 8859-1.
func toUTF8(doc []byte, lenient bool) (text []byte, warning string, err error) {
	if text, ok := fromMarked(doc); ok {
		return text, "", nil
	}
	name := "utf-8"
	declared := declaredEncoding.FindSubmatch(doc[:min(len(doc), 256)])
	if declared != nil {
		name = strings.ToLower(string(declared[1]))
	}
	switch name {
	case "utf-8", "utf8":
		return fromUTF8(doc, lenient || declared == nil)
	case "iso-8859-1", "iso8859-1", "iso8859_1", "latin1", "latin-1", "us-ascii", "ascii":
		return latin1ToUTF8(doc), doubt(doc), nil
	case "windows-1252", "cp1252":
		text, err = charmap.Windows1252.NewDecoder().Bytes(doc)
		return text, "", err
	case "iso-8859-15":
		text, err = charmap.ISO8859_15.NewDecoder().Bytes(doc)
		return text, "", err
	}
	return nil, "", fmt.Errorf("the character set %q is not supported; use ISO-8859-1 or UTF-8", name)
}

func fromUTF8(doc []byte, lenient bool) ([]byte, string, error) {
	if utf8.Valid(doc) {
		return doc, "", nil
	}
	if !lenient {
		return nil, "", fmt.Errorf("the document is declared UTF-8 and is not")
	}
	return latin1ToUTF8(doc), "taken for ISO-8859-1, since it is not valid UTF-8", nil
}

// doubt notes a document that is declared ISO 8859-1 and looks like UTF-8; the
// declaration is still followed.
func doubt(doc []byte) string {
	if !utf8.Valid(doc) || utf8.RuneCount(doc) == len(doc) {
		return ""
	}
	return "declared ISO-8859-1, and the bytes are valid UTF-8; read as declared"
}

func fromMarked(doc []byte) ([]byte, bool) {
	switch {
	case bytes.HasPrefix(doc, []byte{0xEF, 0xBB, 0xBF}) && utf8.Valid(doc):
		return doc[3:], true
	case bytes.HasPrefix(doc, []byte{0xFE, 0xFF}):
		return fromUTF16(doc[2:], 0), true
	case bytes.HasPrefix(doc, []byte{0xFF, 0xFE}):
		return fromUTF16(doc[2:], 1), true
	}
	return nil, false
}

// fromUTF16 decodes big-endian (low 0) or little-endian (low 1) text.
func fromUTF16(doc []byte, low int) []byte {
	units := make([]uint16, len(doc)/2)
	for i := range units {
		units[i] = uint16(doc[2*i+low])<<8 | uint16(doc[2*i+1-low])
	}
	return []byte(string(utf16.Decode(units)))
}

func latin1ToUTF8(doc []byte) []byte {
	out := make([]byte, 0, len(doc)+len(doc)/16)
	for _, b := range doc {
		out = utf8.AppendRune(out, rune(b))
	}
	return out
}
