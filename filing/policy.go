package filing

import (
	"fmt"
	"slices"

	"filtjanst/layout"
)

// NotePolicy tells whether a cover note goes with the file.
type NotePolicy string

const (
	NoteRequired NotePolicy = "required"
	NoteOptional NotePolicy = "optional"
	NoteNone     NotePolicy = "none"
)

// DocumentMode tells what a document error does to its file (R43).
type DocumentMode string

const (
	WholeFile   DocumentMode = "whole file"
	PerDocument DocumentMode = "per document"
)

// Reaction tells what is done with something that statute does not settle.
type Reaction string

const (
	Refuse Reaction = "refuse"
	Warn   Reaction = "warn"
	Accept Reaction = "accept"
)

// ReceiptPolicy tells which files are answered by a receipt.
type ReceiptPolicy string

// A file that is not approved has a receipt whatever the policy.
const (
	ReceiptAlways ReceiptPolicy = "always" // every file (R27)
	ReceiptFaults ReceiptPolicy = "faults" // only files with errors, as changes had before (files.md §4.2)
)

// Policy is what a set asks of a transaction besides its layout.
type Policy struct {
	CoverNote      NotePolicy
	DocumentErrors DocumentMode
	Sequence       string // scope of the series, such as "per code and transaction" (R40)
	Numbering      Numbering
	PairHours      int      // how long one half waits for the other (R63)
	PaperAddress   Reaction // protected or foreign address (R72)
	Receipt        ReceiptPolicy
	MaxDocuments   int64
	MaxBytes       int64
}

// Numbering is how the numbers of a series follow each other (R40).
type Numbering struct {
	First int64 // number of the first file
	Last  int64 // highest number; 0 = no limit
	Wraps bool  // the first number follows the last
}

// After gives the number expected once n is approved (R37).
func (n Numbering) After(number int64) int64 {
	if n.Wraps && n.Last > 0 && number >= n.Last {
		return n.First
	}
	return number + 1
}

// The settings of [policy] and their values where the description is silent.
const (
	coverNoteSetting    = "cover_note"
	documentSetting     = "document_errors"
	sequenceSetting     = "sequence"
	startSetting        = "sequence_start" // default 1
	widthSetting        = "sequence_width" // digits; default no limit
	wrapSetting         = "sequence_wrap"  // default false
	pairHoursSetting    = "pair_hours"
	paperAddressSetting = "paper_address"
	receiptSetting      = "receipt" // default always

	defaultSequence  = "per code and transaction"
	defaultPairHours = 24
)

func readPolicy(l *layout.Layout) (Policy, error) {
	limits := l.Limits()
	p := Policy{
		CoverNote: NoteNone, DocumentErrors: WholeFile, Sequence: defaultSequence,
		Numbering: Numbering{First: 1}, PairHours: defaultPairHours,
		PaperAddress: Warn, Receipt: ReceiptAlways, MaxDocuments: limits.Documents, MaxBytes: limits.Bytes,
	}
	for name, value := range l.Policy() {
		if err := p.set(name, value); err != nil {
			return Policy{}, fmt.Errorf("policy.%s: %w", name, err)
		}
	}
	return p, nil
}

func (p *Policy) set(name string, value any) (err error) {
	switch name {
	case coverNoteSetting:
		p.CoverNote, err = oneOf(value, NoteRequired, NoteOptional, NoteNone)
	case documentSetting:
		p.DocumentErrors, err = oneOf(value, WholeFile, PerDocument)
	case sequenceSetting:
		p.Sequence, err = oneOf(value, defaultSequence, "per code", "none")
	case startSetting, widthSetting, wrapSetting:
		return p.Numbering.set(name, value)
	case paperAddressSetting:
		p.PaperAddress, err = oneOf(value, Refuse, Warn, Accept)
	case receiptSetting:
		p.Receipt, err = oneOf(value, ReceiptAlways, ReceiptFaults)
	case pairHoursSetting:
		hours, ok := value.(int64)
		if !ok || hours < 1 {
			return fmt.Errorf("%v is not a number of hours from 1", value)
		}
		p.PairHours = int(hours)
	default:
		return fmt.Errorf("no such setting")
	}
	return err
}

// mostDigits is the widest sequence number that can be counted.
const mostDigits = 18

func (n *Numbering) set(name string, value any) error {
	number, isNumber := value.(int64)
	switch {
	case name == wrapSetting:
		wraps, ok := value.(bool)
		if !ok {
			return fmt.Errorf("%v is neither true nor false", value)
		}
		n.Wraps = wraps
	case name == startSetting && isNumber && number >= 0:
		n.First = number
	case name == widthSetting && isNumber && number >= 1 && number <= mostDigits:
		n.Last = 1
		for range number {
			n.Last *= 10
		}
		n.Last--
	default:
		return fmt.Errorf("%v cannot be: sequence_start is a number from 0, sequence_width from 1 to %d", value, mostDigits)
	}
	return nil
}

func oneOf[T ~string](value any, allowed ...T) (T, error) {
	s, _ := value.(string)
	if i := slices.Index(allowed, T(s)); i >= 0 {
		return allowed[i], nil
	}
	return "", fmt.Errorf("%v is none of %v", value, allowed)
}
