package layout

// textForm is the compiled [text] section.
type textForm struct {
	utf8      bool // encoding of the file; otherwise ISO 8859-1
	lineEnd   string
	typeAt    int
	typeEnd   int
	permitted *characters
	records   []textRecord
	byType    map[string]*textRecord // the first of each type
	byPair    *[1 << 16]uint8        // record id plus one by the two bytes of its type; nil if types are of another length
	contexts  []textContext          // by GroupID
	byGroup   []*textRecord          // a record that opens the group or routes fields into it, or nil
	through   []bool                 // by group: no record opens it, but one opens a group below it
	borrowed  []KeyID                // keys that only records of groups below their own carry
	start     *textRecord            // must come first, or nil
	end       *textRecord            // must come last, or nil
	checks    []groupCheck
	late      []KeyID // required keys that no record is certain to carry
}

// textRecord is one record type. A record that opens a group's occurrence is
// counted in the occurrence around it; any other in its own group's.
type textRecord struct {
	id       int
	kind     string      // type and variant
	variants *variantSet // of a first record of its type, if it has any
	mark     *mark       // what a key at the variant's position holds in this variant, or nil
	first    int         // id of the first of the alternatives that the record is one of: its own, if there are no others
	wanted   string      // the kinds of all alternatives
	table    *textRecordTable
	group    GroupID
	within   GroupID
	opens    bool
	adds     bool      // a variant that is chosen by what the occurrence holds
	begins   bool      // opens a document, and with it all groups on the route
	route    []GroupID // begins: from the document, which is left out, down to its group
	around   GroupID   // the context around its group, if it opens it
	inDoc    bool      // belongs to a document
	rank     int       // order among the records of the same context
	min, max int
	length   int // bytes or characters, without line end
	shortest int
	fields   []textField
	set      []constant
}

// textContext is a group whose occurrences hold records.
type textContext struct {
	parent   GroupID // the context around, None for the file
	children []GroupID
	records  []*textRecord
	lines    []KeyID // keys of several lines that its records carry
}

// field is what text fields and XML values have in common.
type field struct {
	name     string
	table    *fieldTable
	format   *format
	key      KeyID     // None for const, filler and extra
	up       int32     // groups to climb from the record's group before the route
	route    []GroupID // groups of at most one occurrence, from there down to the key's
	required bool
	fallback *constant
	extra    bool
	lines    bool
	digits   bool // text that the vocabulary wants as digits
	secret   bool
	free     bool // a fitting writer fits it
}

type textField struct {
	field
	start, end int
}

// groupCheck is a cardinality of the vocabulary that the order of records
// does not guarantee by itself.
type groupCheck struct {
	group    GroupID
	parent   GroupID
	min, max int
}

func (c *compiler) textForm() {
	t := c.layout.source.Text
	if t == nil {
		return
	}
	f := &textForm{byType: map[string]*textRecord{}, contexts: make([]textContext, c.vocabulary.Groups())}
	c.layout.text = f
	c.textFrame(t, f)
	f.records = make([]textRecord, len(t.Records))
	opened := c.openedGroups(t)
	for i := range t.Records {
		c.textRecord(f, i, opened)
	}
	if len(t.Records) == 0 {
		c.add("text", "[text] has no records")
		return
	}
	f.arrange()
	c.alternatives(f)
	c.beginnings(f)
	c.textGuarantees(f)
}

func (c *compiler) textFrame(t *textTable, f *textForm) {
	switch t.Encoding {
	case "ISO-8859-1":
	case "UTF-8":
		f.utf8 = true
	default:
		c.add("text.encoding", "encoding is %q, wants ISO-8859-1 or UTF-8", t.Encoding)
	}
	ends := map[string]string{"CRLF": "\r\n", "LF": "\n"}
	f.lineEnd = ends[t.LineEnd]
	if f.lineEnd == "" {
		c.add("text.line_end", "line_end is %q, wants CRLF or LF", t.LineEnd)
	}
	f.typeAt, f.typeEnd = t.RecordType.Position-1, t.RecordType.Position-1+t.RecordType.Length
	if f.typeAt < 0 || t.RecordType.Length < 1 {
		c.add("text.record_type", "record_type wants a position from 1 and a length from 1")
	}
	if t.RecordLength < 0 {
		c.add("text.record_length", "record_length is negative")
	}
	if int64(t.RecordLength) > c.layout.limits.LineBytes {
		c.add("text.record_length", "record_length is %d but limits.line_bytes is %d", t.RecordLength, c.layout.limits.LineBytes)
	}
	set, err := parseCharacters(t.Permitted, !f.utf8)
	if err != nil {
		c.add("text.permitted", "permitted: %v", err)
		set, _ = parseCharacters("", !f.utf8)
	}
	f.permitted = set
}

// openedGroups finds the groups that records open, besides the file.
func (c *compiler) openedGroups(t *textTable) map[GroupID]bool {
	opened := map[GroupID]bool{FileGroup: true}
	for _, r := range t.Records {
		if g := c.vocabulary.FindGroup(r.Group); g != None && !r.Append {
			opened[g] = true
			opened[DocumentGroup] = opened[DocumentGroup] || r.Opens
		}
	}
	return opened
}

func (c *compiler) textRecord(f *textForm, i int, opened map[GroupID]bool) {
	t := &c.layout.source.Text.Records[i]
	place := at("text.record", i)
	r := &f.records[i]
	*r = textRecord{id: i, first: i, kind: t.Type, table: t, min: t.Min, max: t.Max}
	r.group = c.vocabulary.FindGroup(t.Group)
	if r.group == None {
		c.add(place+".group", "the vocabulary has no group %q", t.Group)
		return
	}
	r.inDoc = c.vocabulary.within(r.group, DocumentGroup)
	if len([]rune(t.Type)) != f.typeEnd-f.typeAt {
		c.add(place+".type", "record type %q is not %d characters long", t.Type, f.typeEnd-f.typeAt)
	}
	c.variant(place, f, r)
	if t.Min < 0 || t.Max < 0 || t.Max > 0 && t.Min > t.Max {
		c.add(place, "record %s: min %d and max %d contradict each other", r.kind, t.Min, t.Max)
	}
	c.placeRecord(place, f, r, opened)
	r.set = c.constants(place, r.group, t.Set, r.begins)
	c.textFields(place, f, r)
}

// placeRecord decides in which context a record is counted and whether it
// opens an occurrence. The file exists once. A document is opened by the first
// record of the document group and by those that say so.
func (c *compiler) placeRecord(place string, f *textForm, r *textRecord, opened map[GroupID]bool) {
	v := c.vocabulary
	first := true
	for i := range r.id {
		first = first && f.records[i].group != r.group
	}
	r.opens = !r.table.Append && r.group != FileGroup && (r.group != DocumentGroup || first || r.table.Opens)
	r.begins = r.opens && (r.group == DocumentGroup || r.table.Opens)
	if r.table.Opens {
		c.beginning(place, r)
	}
	if r.table.Append && !opened[r.group] {
		c.add(place, "record %s appends to %s, which no record opens", r.kind, r.table.Group)
	}
	r.within = r.group
	if !r.opens {
		return
	}
	if r.group == DocumentGroup {
		r.within, r.around = FileGroup, FileGroup
		return
	}
	for r.around = v.Parent(r.group); !opened[r.around] && r.around > DocumentGroup; r.around = v.Parent(r.around) {
		if v.Group(r.around).Max != 1 {
			c.add(place, "record %s: its group lies in %s, which may occur several times but no record opens", r.kind, v.GroupPath(r.around))
		}
	}
	if r.within = r.around; r.begins {
		r.within = FileGroup
	}
	if r.within == DocumentGroup && !opened[DocumentGroup] {
		c.add(place, "record %s: no record opens the document", r.kind)
	}
	if most := v.Group(r.group).Max; most > 0 && r.max > most && r.within == v.Parent(r.group) {
		c.add(place, "record %s may occur more often than the %d of %s", r.kind, most, r.table.Group)
	}
}

// constants reads what a record or element implies for the keys of its group,
// and for those of the groups around it if it opens them too.
func (c *compiler) constants(place string, g GroupID, set map[string]any, around bool) []constant {
	var all []constant
	for path, value := range sorted(set) {
		k := c.findKey(place+".set", path)
		if k == None {
			continue
		}
		up, route, ok := c.vocabulary.way(g, c.vocabulary.GroupOf(k), TextForm)
		if !ok || len(route) > 0 || up > 0 && !around {
			c.add(place+".set", "%s does not belong to %s", path, c.vocabulary.GroupPath(g))
			continue
		}
		constant, err := parseConstant(c.vocabulary, k, value)
		if err != nil {
			c.add(place+".set", "%v", err)
			continue
		}
		constant.up = up
		all = append(all, constant)
	}
	return all
}
