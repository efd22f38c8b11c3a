package layout

import "slices"

// arrange joins records to the contexts they are counted in and ranks them.
// Records that open the same group and follow each other in the description
// share a rank: they may come in any order.
func (f *textForm) arrange() {
	for g := range f.contexts {
		f.contexts[g].parent = None
	}
	for i := range f.records {
		r := &f.records[i]
		if r.group == None {
			continue
		}
		context := &f.contexts[r.within]
		r.rank = len(context.records)
		if n := len(context.records); n > 0 {
			last := context.records[n-1]
			if r.rank = last.rank + 1; r.begins && last.begins || r.opens && last.opens && last.group == r.group {
				r.rank = last.rank
			}
			if r.alternativeTo(last) {
				r.rank, r.first = last.rank, last.first
			}
		}
		f.want(r)
		r.adds = r.told()
		context.records = append(context.records, r)
		f.noteLines(r)
		if r.begins {
			f.nest(DocumentGroup, FileGroup)
		}
		if r.opens {
			f.nest(r.group, r.around)
		}
	}
	f.frame()
	f.pair()
	for g := range f.contexts {
		f.byGroup = append(f.byGroup, f.carried(GroupID(g)))
	}
}

// nest joins a group's context to the one around it.
func (f *textForm) nest(g, around GroupID) {
	if f.contexts[g].parent == None {
		f.contexts[g].parent = around
		f.contexts[around].children = append(f.contexts[around].children, g)
	}
}

// pair fills the table by which types of two ASCII characters are found.
func (f *textForm) pair() {
	if f.typeEnd-f.typeAt != 2 || len(f.records) > 254 {
		return
	}
	f.byPair = new([1 << 16]uint8)
	for i := range f.records {
		if kind := f.records[i].table.Type; len(kind) == 2 && f.byType[kind] != nil {
			f.byPair[uint16(kind[0])<<8|uint16(kind[1])] = uint8(f.byType[kind].id + 1)
		}
	}
}

// find returns the first record of that type, or nil.
func (f *textForm) find(kind []byte) *textRecord {
	if f.byPair == nil || len(kind) != 2 {
		return f.byType[string(kind)]
	}
	if id := f.byPair[uint16(kind[0])<<8|uint16(kind[1])]; id > 0 {
		return &f.records[id-1]
	}
	return nil
}

func (f *textForm) noteLines(r *textRecord) {
	for i := range r.fields {
		if k := r.fields[i].key; r.fields[i].lines && !slices.Contains(f.contexts[r.group].lines, k) {
			f.contexts[r.group].lines = append(f.contexts[r.group].lines, k)
		}
	}
}

// frame finds the records that begin and end a file.
func (f *textForm) frame() {
	file := f.contexts[FileGroup].records
	if len(file) == 0 {
		return
	}
	first, last := file[0], file[len(file)-1]
	if first.group == FileGroup && first.min == 1 {
		f.start = first
	}
	if last.first != first.id && last.group == FileGroup && last.min == 1 && last.max == 1 {
		f.end = &f.records[last.first]
	}
}

// carried finds a record that opens the group or routes fields into it.
func (f *textForm) carried(g GroupID) *textRecord {
	var routed *textRecord
	for i := range f.records {
		r := &f.records[i]
		if r.group == g && (r.opens || g == FileGroup) {
			return r
		}
		if r.group == g {
			routed = r
		}
		for j := range r.fields {
			for _, on := range r.fields[j].route {
				if on == g {
					routed = r
				}
			}
		}
	}
	return routed
}
