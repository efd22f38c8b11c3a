package filing

import (
	"cmp"
	"fmt"
	"unicode"

	"filtjanst/layout"
)

// layoutFaults translates what the reader found.
func (r *run) layoutFaults(faults []layout.Fault) {
	for i := range faults {
		r.layoutFault(&faults[i])
	}
}

func (r *run) layoutFault(f *layout.Fault) {
	r.faults[f.Code]++
	r.cut = r.cut || f.Code == layout.FaultDocumentTooLarge
	class := General
	if f.InDocument && !f.Fatal {
		class = Document
	}
	code := r.faultCode(class, f)
	names := r.codes.row(code).Args
	args := make([]any, len(names))
	for i, name := range names {
		args[i] = faultArgument(f, name)
	}
	field, value := f.Field, faultValue(f)
	if f.Code == layout.FaultEncoding && f.Key == layout.None {
		field, value = "", f.Field // the encoding found
	}
	r.report(code, f.Origin, field, value, args...)
}

// measureNotByFile tells of a measure that is none of those that can be sought
// by file (R58).
const measureNotByFile Code = "D460"

// faultCode is the code of a fault; what stands for another measure than those
// that a file can seek is told as such, since the remedy is another.
func (r *run) faultCode(class Class, f *layout.Fault) Code {
	if f.Code == layout.FaultFieldCode && r.transaction == VEApplication && class == Document &&
		r.profile.layout.Vocabulary().KeyPath(f.Key) == "document.measure" {
		return measureNotByFile
	}
	return r.codes.ofFault(class, f.Code.String())
}

// faultValue returns what may be shown of a fault: the value of a field that
// is not sensitive, or the name of a record or element. What stands where
// nothing is described may be anything, and is not shown.
func faultValue(f *layout.Fault) string {
	if f.Key != layout.None && !f.Sensitive || namesPlace(f.Code) || f.Code == layout.FaultFieldConstant {
		return textOf(f.Value)
	}
	return ""
}

// namesPlace tells faults whose value is the name of a record or element that
// has no place of its own in the description.
func namesPlace(c layout.FaultCode) bool {
	switch c {
	case layout.FaultRecordUnknown, layout.FaultXMLElementUnknown, layout.FaultXMLNamespace, layout.FaultXMLRoot:
		return true
	}
	return false
}

// faultArgument fills a text of the code table.
func faultArgument(f *layout.Fault, name string) string {
	switch name {
	case "field":
		return faultField(f)
	case "character":
		return character(f.Char)
	case "record":
		return faultPlace(f)
	case "given":
		return textOf(f.Value)
	}
	return f.Want
}

// faultField names the field, or the place in the record where there is none.
func faultField(f *layout.Fault) string {
	if f.Field == "" && f.Position > 0 {
		return fmt.Sprintf("%s, position %d,", f.Origin.Record, f.Position)
	}
	return f.Field
}

// faultPlace names the record or element that is meant: what is missing, what
// is unknown, or else the one at hand.
func faultPlace(f *layout.Fault) string {
	missing := f.Code == layout.FaultRecordMissing || f.Code == layout.FaultXMLElementMissing
	switch {
	case missing && f.Want != "":
		return f.Want
	case namesPlace(f.Code) && len(f.Value) > 0:
		return textOf(f.Value)
	}
	return cmp.Or(f.Origin.Record, `""`)
}

// character names a character so that one that cannot be seen is named too.
func character(c rune) string {
	if c > 0xFF || !unicode.IsPrint(c) {
		return fmt.Sprintf("U+%04X", c)
	}
	return fmt.Sprintf("%q (U+%04X)", string(c), c)
}
