package shs

import (
	"bufio"
	"errors"
	"fmt"
	"mime"
	"net/textproto"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readHeader reads RFC 822 header lines up to the empty line. Bytes are taken
// as they are; blank lines before the header are skipped.
func readHeader(r *bufio.Reader) (textproto.MIMEHeader, error) {
	h := textproto.MIMEHeader{}
	var name string
	for first := true; ; {
		line, err := readLine(r)
		if err != nil {
			return nil, err
		}
		switch {
		case strings.HasSuffix(line, afterCut):
			return nil, errors.New("the message is empty, or ends in its header")
		case line == "" && first:
			continue
		case line == "":
			return h, nil
		case line[0] == ' ' || line[0] == '\t':
			if name == "" {
				return nil, errors.New("the header begins with a continuation line")
			}
			values := h[name]
			values[len(values)-1] += " " + strings.TrimSpace(line)
		default:
			key, value, ok := strings.Cut(line, ":")
			if !ok || !isFieldName(strings.TrimRight(key, " \t")) {
				return nil, fmt.Errorf("%q is not a header line", clip(textOf(line)))
			}
			name = textproto.CanonicalMIMEHeaderKey(strings.TrimRight(key, " \t"))
			h[name] = append(h[name], strings.TrimSpace(value))
		}
		first = false
	}
}

// readLine reads up to a line feed; its source is bounded by the caller.
func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func isFieldName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == ':' }) < 0
}

// parseParameters reads "value; name=value; …" more leniently than package
// mime: unquoted values may hold blanks, '=' and bytes above ASCII, and a
// missing end quote is forgiven. Names are in lower case, values in UTF-8.
func parseParameters(s string) (value string, parameters map[string]string) {
	parts := splitOutsideQuotes(s)
	parameters = make(map[string]string, len(parts))
	for _, p := range parts[1:] {
		name, v, ok := strings.Cut(p, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if _, seen := parameters[name]; ok && !seen {
			parameters[name] = textOf(unquote(strings.TrimSpace(v)))
		}
	}
	joinExtended(parameters)
	return strings.ToLower(strings.TrimSpace(parts[0])), parameters
}

func splitOutsideQuotes(s string) []string {
	var parts []string
	quoted, start := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\' && i+1 < len(s) && s[i+1] == '"':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	return append(parts, s[start:])
}

// unquote takes quotes off. A backslash escapes a quote or a backslash only, so
// that unescaped Windows paths survive.
func unquote(s string) string {
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	s = strings.TrimSuffix(s[1:], `"`)
	return unescaped.Replace(s)
}

var unescaped = strings.NewReplacer(`\"`, `"`, `\\`, `\`)

// textOf gives UTF-8: as it stands where valid, else from ISO 8859-1.
func textOf(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string(latin1ToUTF8([]byte(s)))
}

// joinExtended decodes RFC 2231 (name*=charset'lang'text, name*0*=…) and the
// encoded words of RFC 2047 that some libraries put into file names.
func joinExtended(parameters map[string]string) {
	for _, name := range []string{"filename", "name", "boundary"} {
		if plain, ok := parameters[name]; ok {
			parameters[name] = decodeWords(plain)
			continue
		}
		if extended, ok := parameters[name+"*"]; ok {
			parameters[name] = decodeExtended(extended)
			continue
		}
		if joined, ok := joinNumbered(parameters, name); ok {
			parameters[name] = joined
		}
	}
}

func joinNumbered(parameters map[string]string, name string) (string, bool) {
	var joined strings.Builder
	extended := false
	for i := 0; ; i++ {
		key := name + "*" + strconv.Itoa(i)
		plain, isPlain := parameters[key]
		coded, isCoded := parameters[key+"*"]
		if !isPlain && !isCoded {
			break
		}
		extended = extended || isCoded
		joined.WriteString(plain + coded)
	}
	if extended {
		return decodeExtended(joined.String()), true
	}
	return joined.String(), joined.Len() > 0
}

func decodeExtended(s string) string {
	if parts := strings.SplitN(s, "'", 3); len(parts) == 3 {
		s = parts[2]
	}
	raw, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	return textOf(raw)
}

func decodeWords(s string) string {
	var d mime.WordDecoder
	if decoded, err := d.DecodeHeader(s); err == nil && utf8.ValidString(decoded) {
		return decoded
	}
	return s
}

// BaseName gives the last element of a peer's file name, without directories of
// either style; empty where nothing usable is left.
func BaseName(filename string) string {
	name := path.Base(strings.ReplaceAll(filename, `\`, "/"))
	if name == "." || name == ".." || name == "/" || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return ""
	}
	return name
}
