package layout

import (
	"maps"
	"slices"
)

// Form is the form of a file.
type Form string

// The two forms. A description may give one or both.
const (
	TextForm Form = "text"
	XMLForm  Form = "xml"
)

// Layout is a description compiled against its vocabulary. It is immutable
// and safe for use by many goroutines.
type Layout struct {
	vocabulary *Vocabulary
	source     description
	digest     string
	limits     Limits
	names      Names
	lists      []CodeList
	text       *textForm
	xml        *xmlForm
	defaults   []constant   // for keys that were not given, from fields and [default]
	derived    []derivation // for keys that no field carries
}

// Limits bound what a reader takes.
type Limits struct {
	Documents     int64 // documents in a file
	Bytes         int64 // bytes of a file
	DocumentBytes int64 // bytes of one document
	LineBytes     int64 // bytes of one line
}

var defaultLimits = Limits{Documents: 1_000_000, Bytes: 2 << 30, DocumentBytes: 1 << 20, LineBytes: 4096}

// or fills in what is not set.
func (l Limits) or(other Limits) Limits {
	fill := func(v *int64, o int64) {
		if *v <= 0 {
			*v = o
		}
	}
	fill(&l.Documents, other.Documents)
	fill(&l.Bytes, other.Bytes)
	fill(&l.DocumentBytes, other.DocumentBytes)
	fill(&l.LineBytes, other.LineBytes)
	return l
}

// Names are the templates for file names, by generation.
type Names struct {
	Default   string            // the generation that is written
	Templates map[string]string // generation to template
}

// CodeList maps the values of a file to our own symbols.
type CodeList struct {
	Name    string
	Swedish string
	English string
	Values  []CodeValue
}

// CodeValue is one value of a code list.
type CodeValue struct {
	Symbol  string // our own
	Text    string // in text records
	XML     string // in XML
	Swedish string
	English string
}

// In returns the value as it is written in the form.
func (v CodeValue) In(f Form) string {
	if f == XMLForm {
		return v.XML
	}
	return v.Text
}

// Vocabulary returns the vocabulary the layout was compiled against.
func (l *Layout) Vocabulary() *Vocabulary { return l.vocabulary }

// Transaction returns the identifier of the transaction.
func (l *Layout) Transaction() string { return l.source.Transaction }

// Edition returns the edition of the description.
func (l *Layout) Edition() string { return l.source.Edition }

// Status is "own" for a profile of our own, or "official".
func (l *Layout) Status() string { return l.source.Status }

// ValidFrom is the first day of the edition, as YYYY-MM-DD, or "".
func (l *Layout) ValidFrom() string { return l.source.ValidFrom }

// Title returns the title in Swedish and English.
func (l *Layout) Title() (sv, en string) { return l.source.TitleSv, l.source.TitleEn }

// Digest is the SHA-256 of the description's bytes, in lower-case hex.
func (l *Layout) Digest() string { return l.digest }

// Policy returns the settings under [policy], which layout does not interpret.
// Values are string, int64, float64, bool, or slices and maps of them.
func (l *Layout) Policy() map[string]any { return maps.Clone(l.source.Policy) }

// Limits returns the limits of the description, with defaults filled in.
func (l *Layout) Limits() Limits { return l.limits }

// Names returns the templates of file names.
func (l *Layout) Names() Names {
	return Names{Default: l.names.Default, Templates: maps.Clone(l.names.Templates)}
}

// CodeLists returns the code lists, in the order of the description.
func (l *Layout) CodeLists() []CodeList { return slices.Clone(l.lists) }

// Forms returns the forms that the description gives.
func (l *Layout) Forms() []Form {
	var forms []Form
	if l.text != nil {
		forms = append(forms, TextForm)
	}
	if l.xml != nil {
		forms = append(forms, XMLForm)
	}
	return forms
}

// Has tells whether the description gives the form.
func (l *Layout) Has(f Form) bool { return slices.Contains(l.Forms(), f) }

// Detect tells the form of a file from its first bytes: XML begins with '<'.
func Detect(head []byte) Form {
	for _, c := range withoutBOM(head) {
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '<':
			return XMLForm
		}
		break
	}
	return TextForm
}

const byteOrderMark = "\xEF\xBB\xBF"

func withoutBOM(b []byte) []byte {
	if len(b) >= 3 && string(b[:3]) == byteOrderMark {
		return b[3:]
	}
	return b
}
