package claimlist

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode turns an export into UTF-8 and tells which encoding was taken.
func decode(raw []byte, wanted string) (text, taken string, err error) {
	switch wanted {
	case "auto":
		return detect(raw)
	case "utf-8":
		raw = bytes.TrimPrefix(raw, utf8Mark)
		if !utf8.Valid(raw) {
			return "", "", unusable("mappningen säger UTF-8, men byte %d är det inte: spara listan som UTF-8, eller ange encoding = \"auto\"",
				"the mapping says UTF-8, but byte %d is not: save the list as UTF-8, or set encoding = \"auto\"", invalidAt(raw))
		}
		return string(raw), "UTF-8", nil
	case "windows-1252":
		text, err = from(charmap.Windows1252, raw)
		return text, "Windows-1252", err
	case "iso-8859-1":
		text, err = from(charmap.ISO8859_1, raw)
		return text, "ISO 8859-1", err
	}
	return "", "", fmt.Errorf("the mapping's encoding is %q: it must be auto, utf-8, windows-1252 or iso-8859-1", wanted)
}

var utf8Mark = []byte("\xef\xbb\xbf")

func detect(raw []byte) (text, taken string, err error) {
	switch {
	case bytes.HasPrefix(raw, utf8Mark):
		return string(bytes.ToValidUTF8(raw[len(utf8Mark):], []byte("\ufffd"))), "UTF-8 (byte order mark)", nil
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		text, err = from(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), raw)
		return text, "UTF-16", err
	case !utf8.Valid(raw):
		text, err = from(charmap.Windows1252, raw)
		return text, "Windows-1252", err
	}
	if once, ok := undouble(string(raw)); ok {
		return once, "UTF-8 read as Windows-1252 once too often (\"Ã–\" for \"Ö\"), mended", nil
	}
	return string(raw), "UTF-8", nil
}

// undouble mends text that was UTF-8, read as Windows-1252 and written as
// UTF-8 again.
func undouble(text string) (string, bool) {
	if !strings.Contains(text, "Ã") {
		return "", false
	}
	back, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil || !utf8.ValidString(back) {
		return "", false
	}
	return back, true
}

func from(e encoding.Encoding, raw []byte) (string, error) {
	text, err := e.NewDecoder().Bytes(raw)
	return string(text), err
}

func invalidAt(raw []byte) int {
	at := 0
	for at < len(raw) {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return at
}
