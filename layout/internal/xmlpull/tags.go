package xmlpull

import "bytes"

// startTag takes a start tag. Most have a name and nothing else.
func (r *Reader) startTag() (Kind, error) {
	if r.rooted && len(r.open) == 0 {
		return EOF, r.fail(AfterEnd, "a second root element")
	}
	size, f, err := r.nameAt(1)
	if err != nil {
		return EOF, err
	}
	if !r.atLeast(1 + size + 1) {
		return EOF, r.truncated("a tag")
	}
	r.attrs = r.attrs[:0]
	whole := 1 + size + 1
	simple := r.buf[r.pos+1+size] == '>'
	if !simple {
		if whole, err = r.tagLength(1 + size); err != nil {
			return EOF, err
		}
	}
	if err := r.push(r.buf[r.pos+1:r.pos+1+size], f); err != nil {
		return EOF, err
	}
	if !simple {
		if err := r.attributes(r.buf[r.pos+1+size : r.pos+whole]); err != nil {
			return EOF, err
		}
	}
	if err := r.resolve(); err != nil {
		return EOF, err
	}
	if simple {
		r.takeUnbroken(whole)
	} else {
		r.take(whole)
	}
	return Start, nil
}

// nameAt measures the name that stands skip bytes after pos, and joins the
// flags of its bytes.
func (r *Reader) nameAt(skip int) (size int, f byte, err error) {
	if size = letters(r.buf[r.pos+skip : r.end]); size > 0 {
		f = class['a']
	}
	for {
		for _, b := range r.buf[r.pos+skip+size : r.end] {
			c := class[b]
			if c&isName == 0 {
				break
			}
			f |= c
			size++
		}
		if size > r.limits.Name {
			return 0, 0, r.fail(Limit, "a name that is too long")
		}
		if r.pos+skip+size < r.end || !r.more() {
			break
		}
	}
	name := r.buf[r.pos+skip : r.pos+skip+size]
	if size > 0 && f&(isHigh|isBracket) == 0 && class[name[0]]&isNameStart != 0 {
		return size, f, nil
	}
	if size == 0 && r.over && r.pos+skip == r.end {
		return 0, 0, r.truncated("a tag")
	}
	if err := r.checkFlagged(name, f); err != nil {
		return 0, 0, err
	}
	if !validName(name) {
		return 0, 0, r.fail(Malformed, "a tag without a proper name")
	}
	return size, f, nil
}

// tagLength finds the '>' that ends the tag, outside quotes.
func (r *Reader) tagLength(from int) (int, error) {
	quote := byte(0)
	for i := from; ; i++ {
		if i > r.limits.Tag {
			return 0, r.fail(Limit, "a tag that is too long")
		}
		if r.pos+i == r.end && !r.more() {
			return 0, r.truncated("a tag")
		}
		switch c := r.buf[r.pos+i]; {
		case c == '<':
			return 0, r.fail(Malformed, "< inside a tag")
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1, nil
		}
	}
}

func (r *Reader) push(name []byte, f byte) error {
	if len(r.open) >= r.limits.Depth {
		return r.fail(Depth, "elements that nest too deeply")
	}
	r.rooted = true
	colon := 0
	if f&isBracket != 0 {
		colon = bytes.IndexByte(name, ':') + 1
	}
	r.open = append(r.open, frame{name: len(r.names), colon: colon, bindings: len(r.spaces)})
	r.names = append(r.names, name...)
	return nil
}

// attributes takes what stands between the name of a start tag and its end.
func (r *Reader) attributes(b []byte) error {
	b = b[:len(b)-1]
	if len(b) > 0 && b[len(b)-1] == '/' {
		b, r.emptyTag = b[:len(b)-1], true
	}
	values := r.scratch[:0]
	for {
		rest := trimSpace(b)
		if len(rest) == 0 {
			r.scratch = values
			return r.bind()
		}
		if len(rest) == len(b) {
			return r.fail(Malformed, "attributes without white space between them")
		}
		name, value, tail, ok := cutAttribute(rest)
		if !ok {
			return r.fail(Malformed, `an attribute that is not of the form name="value"`)
		}
		if len(r.attrs) >= r.limits.Attrs {
			return r.fail(Limit, "too many attributes")
		}
		var err error
		if values, err = r.attribute(name, value, values); err != nil {
			return err
		}
		b = tail
	}
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && class[b[0]]&isSpace != 0 {
		b = b[1:]
	}
	return b
}

func cutAttribute(b []byte) (name, value, rest []byte, ok bool) {
	n := 0
	for n < len(b) && class[b[n]]&isName != 0 {
		n++
	}
	name, b = b[:n], trimSpace(b[n:])
	if len(b) == 0 || b[0] != '=' {
		return nil, nil, nil, false
	}
	if b = trimSpace(b[1:]); len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(b[1:], b[0])
	if end < 0 {
		return nil, nil, nil, false
	}
	return name, b[1 : 1+end], b[2+end:], true
}

func (r *Reader) attribute(name, raw, values []byte) ([]byte, error) {
	if err := r.checkCharacters(name); err != nil {
		return values, err
	}
	if !validName(name) || len(name) > r.limits.Name {
		return values, r.fail(Malformed, "an attribute without a proper name")
	}
	value, values, err := r.attributeValue(raw, values)
	if err != nil {
		return values, err
	}
	a := Attr{Local: name, Value: value}
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		a.Prefix, a.Local = name[:colon], name[colon+1:]
	}
	for _, o := range r.attrs {
		if bytes.Equal(o.Local, a.Local) && bytes.Equal(o.Prefix, a.Prefix) {
			return values, r.fail(Malformed, "the attribute "+string(name)+" stands twice")
		}
	}
	r.attrs = append(r.attrs, a)
	return values, nil
}

// attributeValue replaces references, and white space by blanks. What it
// replaces is written after the values before it.
func (r *Reader) attributeValue(raw, values []byte) (value, all []byte, err error) {
	if err := r.checkCharacters(raw); err != nil {
		return nil, values, err
	}
	start := len(values)
	for i := 0; i < len(raw); {
		c := raw[i]
		switch {
		case c == '&':
			char, size, ok := reference(raw[i:])
			if !ok {
				return nil, values, r.failIn(raw, i, Malformed, "a reference in an attribute that is neither a character nor predefined")
			}
			values = append(values, string(char)...)
			i += size
			continue
		case class[c]&isSpace != 0:
			if c == '\r' && i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			c = ' '
		}
		values = append(values, c)
		i++
	}
	return values[start:len(values):len(values)], values, nil
}

// endTag takes an end tag, which must have the name of the open element.
func (r *Reader) endTag() (Kind, error) {
	if len(r.open) == 0 {
		if r.rooted {
			return EOF, r.fail(AfterEnd, "an end tag after the root element")
		}
		return EOF, r.fail(Malformed, "an end tag without a start tag")
	}
	name := r.names[r.open[len(r.open)-1].name:]
	if !r.atLeast(2 + len(name) + 1) {
		return EOF, r.truncated("an end tag")
	}
	size := 2 + len(name)
	if !bytes.Equal(r.buf[r.pos+2:r.pos+size], name) || class[r.buf[r.pos+size]]&isName != 0 {
		return EOF, r.fail(Malformed, "the end tag does not belong to the open element "+string(name))
	}
	for ; class[r.buf[r.pos+size]]&isSpace != 0; size++ {
		if size > r.limits.Tag {
			return EOF, r.fail(Limit, "a tag that is too long")
		}
		if !r.atLeast(size + 2) {
			return EOF, r.truncated("an end tag")
		}
	}
	if r.buf[r.pos+size] != '>' {
		return EOF, r.fail(Malformed, "an end tag with more than a name")
	}
	if size == 2+len(name) {
		r.takeUnbroken(size + 1)
	} else {
		r.take(size + 1)
	}
	return r.pop(), nil
}

// pop closes the innermost element; its name stays readable until the next event.
func (r *Reader) pop() Kind {
	f := r.open[len(r.open)-1]
	name := r.names[f.name:]
	r.local, r.prefix = name[f.colon:], name[:max(0, f.colon-1)]
	r.names = r.names[:f.name]
	r.open = r.open[:len(r.open)-1]
	if len(r.spaces) != f.bindings {
		r.spaces, r.looked = r.spaces[:f.bindings], -1
	}
	return End
}
