package xmlpull

// What the latest event says. Slices are valid until the next event.

// Local returns the element's name without prefix, after Start and End.
func (r *Reader) Local() []byte { return r.local }

// Space returns the element's namespace, after Start.
func (r *Reader) Space() string { return r.space }

// Attrs returns the attributes, without namespace declarations, after Start.
func (r *Reader) Attrs() []Attr { return r.attrs }

// Text returns the characters as UTF-8, after Text. White space that stands
// alone after a tag gives no event.
func (r *Reader) Text() []byte { return r.text }

// Rough tells whether Text may hold anything but ASCII, or tabs or line ends.
func (r *Reader) Rough() bool { return r.rough }

// Depth returns how many elements are open.
func (r *Reader) Depth() int { return len(r.open) }

// ByteOrderMark tells whether the file began with one.
func (r *Reader) ByteOrderMark() bool { return r.bom }

// Latin1 tells whether the file is written in ISO 8859-1.
func (r *Reader) Latin1() bool { return r.latin1 }

// take moves past an event of that length.
func (r *Reader) take(size int) { r.token, r.pos = r.pos, r.pos+size }

// takeUnbroken is take for an event without line feeds, which need not be
// looked for.
func (r *Reader) takeUnbroken(size int) {
	if r.lineMark == r.pos {
		r.lineMark += size
	}
	r.take(size)
}

// Position tells where in the file the latest event begins. For the end of an
// empty-element tag it is where the tag ends.
func (r *Reader) Position() (offset, line int64) {
	return r.position(r.token)
}

// Offset is the first of Position alone; it costs less.
func (r *Reader) Offset() int64 { return r.offset(r.token) }

// Read tells how many bytes and lines have been understood.
func (r *Reader) Read() (offset, lines int64) { return r.position(r.pos) }
