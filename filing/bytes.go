package filing

import "unicode/utf8"

// textOf reads bytes of a file whose encoding is not known: UTF-8 if they are,
// else ISO 8859-1.
func textOf(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = rune(c)
	}
	return string(out)
}
