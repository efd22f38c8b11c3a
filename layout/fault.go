package layout

// FaultCode names what is wrong in a file; the names are stable.
type FaultCode uint8

// The codes of faults.
const (
	FaultMissingStart FaultCode = iota
	FaultMissingEnd
	FaultEmpty
	FaultRecordUnknown
	FaultRecordOrder
	FaultRecordMissing
	FaultRecordTooMany
	FaultRecordShort
	FaultRecordLong
	FaultLineEndless
	FaultTruncated
	FaultDataAfterEnd
	FaultEncoding // told once; in text Want is the description's encoding and Field the one that was found
	FaultCharacter
	FaultFieldMissing
	FaultFieldConstant
	FaultFieldDigits
	FaultFieldInteger
	FaultFieldAmount
	FaultFieldRate
	FaultFieldDate
	FaultFieldDateTime
	FaultFieldCode
	FaultFieldFlag
	FaultValueTooLong
	FaultDocumentTooLarge
	FaultTooManyDocuments
	FaultFileTooLarge
	FaultXMLMalformed
	FaultXMLDTD
	FaultXMLDepth
	FaultXMLLimit
	FaultXMLRoot
	FaultXMLNamespace
	FaultXMLElementUnknown
	FaultXMLElementOrder
	FaultXMLElementMissing
	FaultXMLElementTooMany
	FaultXMLAttribute
	FaultXMLText
	numFaultCodes
)

var faultNames = [numFaultCodes]string{
	FaultMissingStart:      "missing-start",
	FaultMissingEnd:        "missing-end",
	FaultEmpty:             "empty",
	FaultRecordUnknown:     "record-unknown",
	FaultRecordOrder:       "record-order",
	FaultRecordMissing:     "record-missing",
	FaultRecordTooMany:     "record-too-many",
	FaultRecordShort:       "record-short",
	FaultRecordLong:        "record-long",
	FaultLineEndless:       "line-endless",
	FaultTruncated:         "truncated",
	FaultDataAfterEnd:      "data-after-end",
	FaultEncoding:          "encoding",
	FaultCharacter:         "character",
	FaultFieldMissing:      "field-missing",
	FaultFieldConstant:     "field-constant",
	FaultFieldDigits:       "field-digits",
	FaultFieldInteger:      "field-integer",
	FaultFieldAmount:       "field-amount",
	FaultFieldRate:         "field-rate",
	FaultFieldDate:         "field-date",
	FaultFieldDateTime:     "field-datetime",
	FaultFieldCode:         "field-code",
	FaultFieldFlag:         "field-flag",
	FaultValueTooLong:      "value-too-long",
	FaultDocumentTooLarge:  "document-too-large",
	FaultTooManyDocuments:  "too-many-documents",
	FaultFileTooLarge:      "file-too-large",
	FaultXMLMalformed:      "xml-malformed",
	FaultXMLDTD:            "xml-dtd",
	FaultXMLDepth:          "xml-depth",
	FaultXMLLimit:          "xml-limit",
	FaultXMLRoot:           "xml-root",
	FaultXMLNamespace:      "xml-namespace",
	FaultXMLElementUnknown: "xml-element-unknown",
	FaultXMLElementOrder:   "xml-element-order",
	FaultXMLElementMissing: "xml-element-missing",
	FaultXMLElementTooMany: "xml-element-too-many",
	FaultXMLAttribute:      "xml-attribute",
	FaultXMLText:           "xml-text",
}

func (c FaultCode) String() string {
	if c < numFaultCodes {
		return faultNames[c]
	}
	return "unknown"
}

// FaultCodes returns every code a reader can give.
func FaultCodes() []FaultCode {
	all := make([]FaultCode, numFaultCodes)
	for i := range all {
		all[i] = FaultCode(i)
	}
	return all
}

// Fault is one thing wrong in a file, placed.
type Fault struct {
	Code       FaultCode
	Fatal      bool   // the rest of the file cannot be read
	InDocument bool   // a fault of the document that Next is reading, not of the file as a whole
	Node       Node   // in the document's tree, or the file's when InDocument is false; None
	Key        KeyID  // None if no key is concerned
	Field      string // name or path of the field in the description; "" for a whole record
	Origin     Origin // Offset at the first byte of the field
	Value      []byte // as it stands in the file, cut after 200 bytes; show it only if the key is not Sensitive
	Sensitive  bool   // Value comes from a field whose key is sensitive
	Want       string // what was expected: a record type, element, format, encoding or number; for xml-malformed what is wrong, in English
	Char       rune   // FaultCharacter: the first character that is not permitted
	Position   int    // FaultCharacter: its position in the record or value, from 1
}

// keptValue bounds how much of a faulty value is shown.
const keptValue = 200

// faultLog collects the faults since the last document and counts all of them.
type faultLog struct {
	faults []Fault
	text   []byte
	kept   int
	counts [numFaultCodes]int64
}

func (l *faultLog) reset() { l.faults, l.text = l.faults[:0], l.text[:0] }

func (l *faultLog) add(f Fault, value []byte) {
	l.counts[f.Code]++
	if len(l.faults) >= l.kept && !f.Fatal {
		return
	}
	start := len(l.text)
	l.text = append(l.text, value[:min(len(value), keptValue)]...)
	f.Value = l.text[start:len(l.text):len(l.text)]
	l.faults = append(l.faults, f)
}
