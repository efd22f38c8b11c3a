package xmlpull

// bind enters the namespace declarations of the start tag and takes them out
// of its attributes.
func (r *Reader) bind() error {
	kept := r.attrs[:0]
	for _, a := range r.attrs {
		switch {
		case string(a.Prefix) == "xmlns":
			if err := r.declare(string(a.Local), a.Value); err != nil {
				return err
			}
		case len(a.Prefix) == 0 && string(a.Local) == "xmlns":
			if err := r.declare("", a.Value); err != nil {
				return err
			}
		default:
			kept = append(kept, a)
		}
	}
	r.attrs = kept
	return nil
}

func (r *Reader) declare(prefix string, uri []byte) error {
	switch {
	case prefix == "xmlns", string(uri) == xmlnsSpace, (prefix == "xml") != (string(uri) == XMLSpace):
		return r.fail(Malformed, "a reserved prefix or namespace is declared")
	case prefix != "" && len(uri) == 0:
		return r.fail(Malformed, "the prefix "+prefix+" is declared without a namespace")
	}
	r.spaces = append(r.spaces, binding{prefix: prefix, uri: r.known(uri)})
	return nil
}

// known returns the text of a namespace without making it anew if an open
// element has it.
func (r *Reader) known(uri []byte) string {
	for _, b := range r.spaces {
		if b.uri == string(uri) {
			return b.uri
		}
	}
	return string(uri)
}

// resolve finds the namespaces of the element just pushed and its attributes.
func (r *Reader) resolve() error {
	f := r.open[len(r.open)-1]
	name := r.names[f.name:]
	r.local, r.prefix = name[f.colon:], name[:max(0, f.colon-1)]
	if f.colon > 0 || len(r.spaces) != r.looked {
		space, ok := r.lookup(r.prefix)
		if !ok {
			return r.undeclared(r.prefix)
		}
		r.space = space
		if r.looked = len(r.spaces); f.colon > 0 {
			r.looked = -1
		}
	}
	return r.resolveAttributes()
}

func (r *Reader) resolveAttributes() error {
	for i := range r.attrs {
		a := &r.attrs[i]
		if len(a.Prefix) == 0 {
			continue
		}
		space, ok := r.lookup(a.Prefix)
		if !ok {
			return r.undeclared(a.Prefix)
		}
		a.Space = space
		for _, o := range r.attrs[:i] {
			if o.Space == a.Space && len(o.Prefix) > 0 && string(o.Local) == string(a.Local) {
				return r.fail(Malformed, "two attributes have the same name in the same namespace")
			}
		}
	}
	return nil
}

func (r *Reader) undeclared(prefix []byte) error {
	return r.fail(Malformed, "the prefix "+string(prefix)+" is not declared")
}

func (r *Reader) lookup(prefix []byte) (uri string, ok bool) {
	for i := len(r.spaces) - 1; i >= 0; i-- {
		if r.spaces[i].prefix == string(prefix) {
			return r.spaces[i].uri, true
		}
	}
	if string(prefix) == "xml" {
		return XMLSpace, true
	}
	return "", len(prefix) == 0
}
