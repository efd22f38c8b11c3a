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

// Policy is what a set asks of a transaction besides its layout.
type Policy struct {
	CoverNote      NotePolicy
	DocumentErrors DocumentMode
	Sequence       string   // scope of the series, such as "per code and transaction" (R40)
	PairHours      int      // how long one half waits for the other (R63)
	PaperAddress   Reaction // protected or foreign address (R72)
	MaxDocuments   int64
	MaxBytes       int64
}

// The settings of [policy] and their values where the description is silent.
const (
	coverNoteSetting    = "cover_note"
	documentSetting     = "document_errors"
	sequenceSetting     = "sequence"
	pairHoursSetting    = "pair_hours"
	paperAddressSetting = "paper_address"

	defaultSequence  = "per code and transaction"
	defaultPairHours = 24
)

func readPolicy(l *layout.Layout) (Policy, error) {
	limits := l.Limits()
	p := Policy{
		CoverNote: NoteNone, DocumentErrors: WholeFile, Sequence: defaultSequence, PairHours: defaultPairHours,
		PaperAddress: Warn, MaxDocuments: limits.Documents, MaxBytes: limits.Bytes,
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
	case paperAddressSetting:
		p.PaperAddress, err = oneOf(value, Refuse, Warn, Accept)
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

func oneOf[T ~string](value any, allowed ...T) (T, error) {
	s, _ := value.(string)
	if i := slices.Index(allowed, T(s)); i >= 0 {
		return allowed[i], nil
	}
	return "", fmt.Errorf("%v is none of %v", value, allowed)
}
