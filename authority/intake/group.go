package intake

import (
	"fmt"

	"filtjanst/filing"
)

// submission is what one message says under one key: a file, a note or both.
type submission struct{ file, note *half }

func (g submission) lead() *half {
	if g.file != nil {
		return g.file
	}
	return g.note
}

// named is the half that says under which code the submission comes: the file,
// or the note beside a file that cannot be read; nil if neither does.
func (g submission) named() *half {
	for _, h := range []*half{g.file, g.note} {
		if h != nil && h.readable() {
			return h
		}
	}
	return nil
}

// group pairs the parts of one message. A message of one file and one note of
// the same transaction is one submission, whatever they say of themselves:
// that is compared. In larger messages file and note go together by their key.
func group(halves []*half) []submission {
	if len(halves) == 2 && halves[0].role != halves[1].role && halves[0].transaction == halves[1].transaction {
		return []submission{pair(halves[0], halves[1])}
	}
	var all []submission
	at := map[string]int{}
	for _, h := range halves {
		key := fmt.Sprintf("%s %s %d", h.transaction, h.partyCode(), h.sequence())
		i, found := at[key]
		if found && h.readable() && all[i].takes(h) {
			all[i] = pair(all[i].lead(), h)
			continue
		}
		at[key] = len(all)
		all = append(all, pair(h, nil))
	}
	return all
}

func pair(a, b *half) submission {
	var g submission
	for _, h := range []*half{a, b} {
		switch {
		case h == nil:
		case h.role == filing.RoleNote:
			g.note = h
		default:
			g.file = h
		}
	}
	return g
}

func (g submission) takes(h *half) bool {
	return (g.file == nil) != (g.note == nil) && g.lead().role != h.role
}

// readable tells whether the half says to which submission it belongs.
func (h *half) readable() bool {
	return h.partyCode() != "" && (h.sequence() > 0 || h.policy().Sequence == sequenceNone)
}
