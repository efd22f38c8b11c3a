package layout

import "unicode/utf8"

// view is a line seen as characters at positions.
type view struct {
	bytes  []byte
	starts []int32 // byte index of each character and of the end; nil when a character is a byte
	flags  byte
	state  valueState // of the values cut from it
}

// look makes a view of the line. wrong is the encoding that the line turns
// out to have when it is not the description's.
func (v *view) look(f *textForm, b []byte) (wrong string) {
	v.bytes, v.starts, v.state = b, v.starts[:0], utf8Set
	v.flags = f.permitted.flags(b)
	if v.flags&nonASCII == 0 {
		return ""
	}
	if !utf8.Valid(b) {
		v.state = latin1
		if f.utf8 {
			return "ISO-8859-1"
		}
		return ""
	}
	v.flags |= forbidden // characters above 127 are looked at one by one
	for i := range string(b) {
		v.starts = append(v.starts, int32(i))
	}
	v.starts = append(v.starts, int32(len(b)))
	if !f.utf8 {
		return "UTF-8"
	}
	return ""
}

// length is the number of characters.
func (v *view) length() int {
	if len(v.starts) > 0 {
		return len(v.starts) - 1
	}
	return len(v.bytes)
}

// cut returns the characters from start to end, as far as there are any, and
// the byte they begin at.
func (v *view) cut(start, end int) (b []byte, column int) {
	n := v.length()
	start, end = min(start, n), min(end, n)
	if len(v.starts) > 0 {
		start, end = int(v.starts[start]), int(v.starts[end])
	}
	return v.bytes[start:end], start
}

// trim removes blanks on both sides and says how many stood before.
func trim(b []byte) (trimmed []byte, before int) {
	end := len(b)
	for end >= 8 && string(b[end-8:end]) == "        " {
		end -= 8
	}
	for end > 0 && b[end-1] == ' ' {
		end--
	}
	for before < end && b[before] == ' ' {
		before++
	}
	return b[before:end], before
}
