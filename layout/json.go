package layout

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// maskedValue stands in JSON for a sensitive value that is not shown.
const maskedValue = "***"

// AppendJSON appends the tree as a JSON object: keys by name, groups of at
// most one occurrence as objects and other groups as arrays. Texts are
// strings, amounts and rates decimal strings in kronor and percent, days
// YYYY-MM-DD, codes our own symbols, integers numbers and flags booleans. Sensitive
// values are shown only if full; what could not be read is left out.
func (t *Tree) AppendJSON(out []byte, full bool) []byte {
	return t.appendNode(out, 0, full)
}

// MarshalJSON gives the tree without its sensitive values; see
// [Tree.AppendJSON].
func (t *Tree) MarshalJSON() ([]byte, error) { return t.AppendJSON(nil, false), nil }

func (t *Tree) appendNode(out []byte, n Node, full bool) []byte {
	v := t.vocabulary
	out = append(out, '{')
	start := len(out)
	first, count := v.Keys(t.Group(n))
	for k := first; k < first+KeyID(count); k++ {
		if t.Has(n, k) {
			out = appendName(out, start, v.keys[k].Name)
			out = t.appendValue(out, n, k, full)
		}
	}
	for g := range GroupID(v.Groups()) {
		if v.Parent(g) == t.Group(n) && t.First(n, g) != None {
			out = appendName(out, start, v.groups[g].Name)
			out = t.appendGroup(out, n, g, full)
		}
	}
	if extras := t.extrasOf(n); len(extras) > 0 {
		out = appendName(out, start, "extra")
		out = append(out, '{')
		inner := len(out)
		for _, e := range extras {
			out = appendQuoted(appendName(out, inner, e.Name), e.Text)
		}
		out = append(out, '}')
	}
	return append(out, '}')
}

func (t *Tree) extrasOf(n Node) []Extra {
	var all []Extra
	for _, e := range t.extras {
		if e.Node == n {
			all = append(all, e)
		}
	}
	return all
}

func (t *Tree) appendGroup(out []byte, n Node, g GroupID, full bool) []byte {
	if t.vocabulary.Group(g).Max == 1 {
		return t.appendNode(out, t.First(n, g), full)
	}
	out = append(out, '[')
	start := len(out)
	for c := range t.All(n, g) {
		if len(out) > start {
			out = append(out, ',')
		}
		out = t.appendNode(out, c, full)
	}
	return append(out, ']')
}

// appendName appends a member's name, with a comma if it is not the first.
func appendName(out []byte, start int, name string) []byte {
	if len(out) > start {
		out = append(out, ',')
	}
	return append(appendQuoted(out, name), ':')
}

func (t *Tree) appendValue(out []byte, n Node, k KeyID, full bool) []byte {
	key := &t.vocabulary.keys[k]
	if key.Sensitive && !full {
		return appendQuoted(out, maskedValue)
	}
	switch key.Kind {
	case Text, Digits:
		return appendQuoted(out, t.Text(n, k))
	case Integer:
		return strconv.AppendInt(out, t.Num(n, k), 10)
	case Flag:
		return strconv.AppendBool(out, t.Num(n, k) != 0)
	case Code:
		return appendQuoted(out, t.Symbol(n, k))
	}
	var buffer [32]byte
	text, _ := plainFormats[key.Kind].appendNumber(buffer[:0], t.Num(n, k))
	return appendQuoted(out, string(text))
}

// plainFormats write the kinds whose values JSON gives as formatted strings.
var plainFormats = func() map[Kind]*format {
	formats := map[Kind]*format{}
	for _, k := range []Kind{Amount, Rate, Date, DateTime} {
		formats[k], _ = parseFormat(defaultFormat[k], nil) // the names stand in the table above
	}
	return formats
}()

const hexDigits = "0123456789abcdef"

func appendQuoted(out []byte, s string) []byte {
	out = append(out, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r == '\n':
			out = append(out, '\\', 'n')
		case r < 0x20:
			out = append(out, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&15])
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return append(out, '"')
}

var _ json.Marshaler = (*Tree)(nil)
