package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// Files are spoilt as texts; in bytes they are ISO 8859-1.

const personal, personalWrong = "198602019880", "198602019881"

func fromLatin1(b []byte) string {
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

func latin1(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

// utf8Of gives the bytes of UTF-8, as a text of ISO 8859-1.
func utf8Of(s string) string { return fromLatin1([]byte(s)) }

func utf16Of(s string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), 0)
	}
	return fromLatin1(out)
}

func index(s, part string) int {
	i := strings.Index(s, part)
	if i < 0 {
		panic("the file holds no " + part)
	}
	return i
}

func replaced(old, fresh string) func(string) string {
	return func(s string) string { return s[:index(s, old)] + fresh + s[index(s, old)+len(old):] }
}

func first(characters int) func(string) string {
	return func(s string) string { return string([]rune(s)[:characters]) }
}

func before(part string) func(string) string {
	return func(s string) string { return s[:index(s, part)] }
}
func from(part string) func(string) string {
	return func(s string) string { return s[index(s, part):] }
}
func then(more string) func(string) string { return func(s string) string { return s + more } }

func chain(steps ...func(string) string) func(string) string {
	return func(s string) string {
		for _, step := range steps {
			s = step(s)
		}
		return s
	}
}

// moved takes a part away and puts it after the first place.
func moved(part, after string) func(string) string {
	return chain(replaced(part, ""), replaced(after, after+part))
}

// swapped exchanges the first lines that begin with a and with b.
func swapped(a, b string) func(string) string {
	return func(s string) string {
		lines := strings.SplitAfter(s, "\r\n")
		i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, a) })
		j := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, b) })
		lines[i], lines[j] = lines[j], lines[i]
		return strings.Join(lines, "")
	}
}

// bomb makes a name grow to a gibibyte by entities.
func bomb(s string) string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE a [<!ENTITY l0 "ha">`)
	for i := range 30 {
		fmt.Fprintf(&b, `<!ENTITY l%d "&l%d;&l%d;">`, i+1, i, i)
	}
	b.WriteString("]><AnsokanFil")
	return chain(replaced("<AnsokanFil", b.String()), replaced("<Namn>", "<Namn>&l30;"))(s)
}
