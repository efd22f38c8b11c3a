package layout

import "strconv"

func (r *textReader) checkLength(rec *textRecord, n Node) {
	length := r.view.length()
	code := FaultRecordLong
	switch {
	case rec.shortest <= length && length <= rec.length:
		return
	case length < rec.shortest && !r.current.ended:
		code = FaultTruncated
	case length < rec.shortest:
		code = FaultRecordShort
	}
	r.fault(Fault{Code: code, Node: n, Key: None, Origin: r.current.origin(rec.kind), Want: strconv.Itoa(rec.length)}, nil)
}

func (r *textReader) takeFields(rec *textRecord, n Node, at int32) {
	if r.view.flags&forbidden != 0 {
		r.checkCharacters(rec, n)
	}
	if len(r.deferred) > 0 {
		r.deferred = r.deferred[:0]
	}
	r.keptAt = -1
	t := r.tree(r.inDoc)
	cut := r.view.length() < rec.shortest
	for i := range rec.fields {
		f := &rec.fields[i]
		raw, column := r.view.cut(f.start, f.end)
		b, before := trim(raw)
		if len(b) == 0 {
			if !cut || len(raw) == f.end-f.start {
				r.takeBlank(t, n, f)
			}
			continue
		}
		r.takeValue(t, n, f, &reading{bytes: b, state: r.view.state, origin: at, column: int32(column + before)})
	}
	for _, f := range r.deferred {
		if target := f.place(t, n); target != None {
			r.fillBlank(t, target, f)
		}
	}
}

func (r *textReader) takeValue(t *Tree, n Node, f *textField, v *reading) {
	switch f.format.kind {
	case asFiller:
		return
	case asConst:
		if string(v.bytes) != f.format.constant && !(v.state == latin1 && decodeLatin1(v.bytes) == f.format.constant) {
			r.badValue(n, f, v)
		}
		return
	}
	if f.extra {
		t.extras = append(t.extras, Extra{Node: n, Name: f.name, Text: decoded(v)})
		return
	}
	if f.up > 0 || len(f.route) > 0 {
		n = t.below(t.climb(n, f.up), f.route, v.origin)
	}
	if f.lines {
		t.putLine(n, f.key, v, int(r.emptied[f.key]))
		r.emptied[f.key] = 0
		return
	}
	num, ok := f.format.decode(v.bytes)
	if !ok && v.state == latin1 && (f.format.kind == asCode || f.format.kind == asFlag) {
		num, ok = f.format.decode([]byte(decodeLatin1(v.bytes)))
	}
	v.num = num
	if !ok || f.digits && !allDigits(v.bytes) {
		r.badValue(n, f, v)
		v.state = faulty
	} else if f.up > 0 && t.given(n, f.key, v) {
		r.agree(t, n, f, v)
		return
	}
	t.put(n, f.key, r.kept(t)+int(v.column), v)
}

// given tells whether another record has given the key.
func (t *Tree) given(n Node, k KeyID, r *reading) bool {
	v := t.value(n, k)
	return v.state != absent && v.origin >= 0 && v.origin != r.origin
}

// agree wants the same value as the record gave that named the key before.
func (r *textReader) agree(t *Tree, n Node, f *textField, v *reading) {
	same := t.Num(n, f.key) == v.num
	if k := r.layout.vocabulary.Key(f.key).Kind; k == Text || k == Digits {
		same = t.Text(n, f.key) == decoded(v)
	}
	if same || !t.Has(n, f.key) {
		return
	}
	fault := Fault{Code: FaultFieldConstant, Node: n}
	if !f.secret {
		fault.Want = t.Text(n, f.key)
	}
	r.fieldFault(f, fault, int64(v.column), v.bytes)
}

// kept keeps the whole line at its first value, so that the others need no copy
// of their own.
func (r *textReader) kept(t *Tree) (start int) {
	if r.keptAt < 0 {
		r.keptAt = t.keep(r.view.bytes)
	}
	return r.keptAt
}

func decoded(v *reading) string {
	if v.state == latin1 {
		return decodeLatin1(v.bytes)
	}
	return string(v.bytes)
}

func (r *textReader) badValue(n Node, f *textField, v *reading) {
	want := f.format.source
	if f.digits {
		want = "digits"
	}
	r.fieldFault(f, Fault{Code: f.format.fault(), Node: n, Want: want}, int64(v.column), v.bytes)
}

func (r *textReader) fieldFault(f *textField, fault Fault, column int64, value []byte) {
	fault.Key, fault.Field, fault.Sensitive = f.key, f.name, f.secret
	fault.Origin = r.current.origin(r.record.kind)
	fault.Origin.Offset += column
	r.fault(fault, value)
}

// takeBlank sees to a field with nothing in it. Whether a group below the
// record's own is there at all shows when all fields are read.
func (r *textReader) takeBlank(t *Tree, n Node, f *textField) {
	switch {
	case f.format.kind == asConst:
		_, column := r.view.cut(f.start, f.end)
		r.badValue(n, f, &reading{column: int32(column)})
	case f.key == None:
		if f.required {
			r.missing(n, f)
		}
	case f.lines && r.hasLine(t, n, f):
		r.emptied[f.key]++
	case f.up > 0 || len(f.route) > 0:
		r.deferred = append(r.deferred, f)
	default:
		r.fillBlank(t, n, f)
	}
}

func (r *textReader) hasLine(t *Tree, n Node, f *textField) bool {
	n = f.place(t, n)
	return n != None && t.Given(n, f.key)
}

func (r *textReader) fillBlank(t *Tree, n Node, f *textField) {
	switch {
	case f.up > 0 && t.Given(n, f.key):
	case f.fallback != nil:
		f.fallback.giveTo(t, n)
	case f.format.kind == asFlag && f.format.no == "":
		t.SetNum(n, f.key, 0)
	case f.required && !t.Given(n, f.key):
		r.missing(n, f)
	}
}

func (r *textReader) missing(n Node, f *textField) {
	_, column := r.view.cut(f.start, f.end)
	r.fieldFault(f, Fault{Code: FaultFieldMissing, Node: n}, int64(column), nil)
}

// checkCharacters names the first character of each field that is not
// permitted, or of the record if it stands between the fields.
func (r *textReader) checkCharacters(rec *textRecord, n Node) {
	isUTF8 := r.view.state == utf8Set
	found := false
	for i := range rec.fields {
		f := &rec.fields[i]
		raw, column := r.view.cut(f.start, f.end)
		if char, before, bad := r.form.permitted.firstForbidden(raw, isUTF8); bad {
			found = true
			r.fieldFault(f, Fault{Code: FaultCharacter, Node: n, Char: char, Position: f.start + before + 1}, int64(column), raw)
		}
	}
	if found {
		return
	}
	if char, before, bad := r.form.permitted.firstForbidden(r.view.bytes, isUTF8); bad {
		r.fault(Fault{Code: FaultCharacter, Node: n, Key: None, Origin: r.current.origin(rec.kind), Char: char, Position: before + 1}, nil)
	}
}
