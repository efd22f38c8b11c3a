package fee

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// RuleSource is who has made a rule about invoices.
type RuleSource string

// The sources.
const (
	EN16931 RuleSource = "EN 16931"
	Peppol  RuleSource = "Peppol BIS Billing 3"
	OwnRule RuleSource = "Filtjänst"
)

// Rule is one rule, or a group of rules, about an invoice in UBL, in our own
// words.
type Rule struct {
	ID      string // "BR-02"; BR-CO-10, or a group as "BR-S-*"
	Source  RuleSource
	Swedish string
	English string
	// Checked tells whether every document is held against it before it is
	// written. If not, the texts say why.
	Checked bool

	broken func(doc *element) (where string) // "" if it is kept
}

// Rules lists the rules that concern invoices in UBL, those that are checked
// and those that are not, for documentation.
func Rules() []Rule {
	var all []Rule
	for _, part := range [][]Rule{headRules(), partyRules(), sumRules(), taxRules(), lineRules(), codeRules(), swedishRules(), ownRules()} {
		for _, r := range part {
			r.Checked = true
			all = append(all, r)
		}
	}
	return append(all, uncheckedRules()...)
}

// RuleFault is a rule that a document breaks.
type RuleFault struct {
	Rule  Rule
	Where string // path of the element, or of the one that is missing
}

func (f RuleFault) String() string {
	return fmt.Sprintf("%s at %s: %s", f.Rule.ID, f.Where, f.Rule.English)
}

// RuleError is a document that breaks rules.
type RuleError struct {
	Document string // its number
	Faults   []RuleFault
}

func (e *RuleError) Error() string {
	text := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		text[i] = f.String()
	}
	return fmt.Sprintf("fee: %s cannot be written as an e-invoice: %s", e.Document, strings.Join(text, "; "))
}

// CheckUBL holds an invoice or credit note in UBL against the rules that are
// checked, and lists those that it breaks. An error means that it is no XML.
// The rules are those for documents as WriteUBL makes them: an invoice with
// allowances, say, breaks FT-01, whatever else it does.
func CheckUBL(r io.Reader) ([]RuleFault, error) {
	doc, err := readElement(r)
	if err != nil {
		return nil, err
	}
	return faultsOf(doc), nil
}

func faultsOf(doc *element) []RuleFault {
	var faults []RuleFault
	for _, r := range Rules() {
		if !r.Checked {
			continue
		}
		if where := r.broken(doc); where != "" {
			faults = append(faults, RuleFault{r, where})
		}
	}
	return faults
}

// test tells where a document breaks a rule, "" if nowhere.
type test = func(doc *element) (where string)

// every wants pred of each element at the path.
func every(path string, pred func(*element) bool) test {
	return func(doc *element) string {
		for _, e := range doc.all(path) {
			if !pred(e) {
				return path
			}
		}
		return ""
	}
}

// has wants text in the element at the path below each parent; the parent ""
// is the document.
func has(parent, path string) test {
	full := strings.TrimPrefix(parent+"/"+path, "/")
	if parent == "" {
		return func(doc *element) string {
			if doc.at(path) == "" {
				return full
			}
			return ""
		}
	}
	return func(doc *element) string {
		for _, e := range doc.all(parent) {
			if e.at(path) == "" {
				return full
			}
		}
		return ""
	}
}

// exists wants an element, whatever it holds.
func exists(path string) test {
	return func(doc *element) string {
		if len(doc.all(path)) == 0 {
			return path
		}
		return ""
	}
}

// atMost wants no more than n elements at the path.
func atMost(n int, path string) test {
	return func(doc *element) string {
		if len(doc.all(path)) > n {
			return path
		}
		return ""
	}
}

// is wants one of the values, where the element stands at all.
func is(path string, values ...string) test {
	return every(path, func(e *element) bool { return oneOf(e.text, values...) })
}

// attrIs wants one of the values of an attribute.
func attrIs(path, name string, values ...string) test {
	return every(path, func(e *element) bool { return oneOf(e.attr(name), values...) })
}

func oneOf(s string, values ...string) bool { return slices.Contains(values, s) }

// ofLines puts a test of the elements of lines on both kinds of line. The path
// is below the line.
func ofLines(of func(line string) test) test {
	return both(of("cac:InvoiceLine"), of("cac:CreditNoteLine"))
}

// both wants all of the tests.
func both(tests ...test) test {
	return func(doc *element) string {
		for _, t := range tests {
			if where := t(doc); where != "" {
				return where
			}
		}
		return ""
	}
}

// lines lists the lines of the document.
func lines(doc *element) []*element {
	return append(doc.all("cac:InvoiceLine"), doc.all("cac:CreditNoteLine")...)
}
