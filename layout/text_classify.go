package layout

import "bytes"

// classify finds the record type of the current line.
func (r *textReader) classify() {
	r.record = nil
	wrong := r.view.look(r.form, r.current.bytes)
	if wrong != "" && !r.wrongCode && !r.current.endless {
		r.wrongCode = true
		r.fault(Fault{Code: FaultEncoding, Node: None, Key: None, Origin: r.current.origin(""), Want: r.layout.source.Text.Encoding, Field: wrong}, r.current.bytes)
	}
	if kind, _ := r.view.cut(r.form.typeAt, r.form.typeEnd); !r.current.endless {
		if r.record = r.form.find(kind); r.record != nil && r.record.variants != nil {
			r.record = r.record.variants.choose(&r.view)
		}
	}
}

func (r *textReader) unknown() {
	r.lost = true
	kind, _ := r.view.cut(r.form.typeAt, r.form.typeEnd)
	f := Fault{Code: FaultRecordUnknown, Node: None, Key: None, Origin: r.current.origin("")}
	needs := r.form.typeEnd
	if rec := r.form.find(kind); rec != nil { // of a known type, and a variant that is not
		kind, f.Want = rec.variants.name(&r.view, kind), rec.variants.kinds()
		needs = max(needs, rec.variants.end)
	}
	if !r.current.ended && r.view.length() < needs {
		f.Code = FaultTruncated
	}
	r.fault(f, kind)
}

// leavesDocument tells whether the current line ends the open document.
func (r *textReader) leavesDocument() bool {
	return r.record != nil && (!r.record.inDoc || r.record.within == FileGroup)
}

// begin tells once if the file does not begin with its start record.
func (r *textReader) begin() {
	if r.started {
		return
	}
	r.started = true
	if start := r.form.start; start != nil && (r.record == nil || r.record.first != start.id) {
		r.fault(Fault{Code: FaultMissingStart, Node: None, Key: None, Origin: r.current.origin(""), Want: start.wanted}, nil)
	}
}

func withoutEndMark(l *line) []byte {
	if !l.ended || len(l.bytes) > 0 && l.bytes[0] == endMark[0] {
		return bytes.TrimRight(l.bytes, endMark)
	}
	return l.bytes
}
