package intake

import (
	"bytes"
	"fmt"
	"io"
	"runtime/debug"
	"slices"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/layout"
)

// recognise tells from the product and the beginning of the bytes what a part
// is. A part that fits nothing is taken for what the product says, and its
// check says what is wrong with it.
func (v *visit) recognise(p Part, head []byte) (*half, error) {
	wanted := v.arrival.Transaction
	set, found := v.door.chooseSet(wanted, head, v.today)
	if set == nil {
		return nil, unwanted(wanted)
	}
	if !related(wanted, found) {
		found = wanted
	}
	info, known := filing.Info(found)
	if !known {
		return nil, unrecognised()
	}
	h := &half{role: info.Role, transaction: found, name: clean(p.Name, maxName), dataPartType: clean(p.DataPartType, maxName), set: set}
	h.form = layout.Detect(head)
	if info.Role == filing.RoleNote {
		h.transaction = info.Of
	}
	return h, v.admit(h)
}

// admit refuses what no service takes in, and what the set does not describe.
func (v *visit) admit(h *half) error {
	route, ok := v.door.routes[h.transaction]
	if !ok || !v.door.offers(h.transaction) || h.role != filing.RoleFile && h.role != filing.RoleNote {
		return unwanted(h.transaction)
	}
	policy, ok := h.set.Policy(h.transaction)
	if !ok || h.role == filing.RoleNote && policy.CoverNote == filing.NoteNone {
		return unwanted(h.transaction)
	}
	h.note = route.route.Note
	h.from = source{
		message: v.id, transactionID: v.transactionID, sender: v.arrival.Sender,
		address: v.arrival.Address, channel: v.arrival.Channel, corrID: v.arrival.CorrID,
	}
	return nil
}

// offers tells whether the transaction is taken in by the installation: all but
// our own extensions are.
func (d *Door) offers(tx filing.Transaction) bool {
	info, _ := filing.Info(tx)
	return !info.Extension || slices.Contains(d.rooms.Extensions, tx)
}

// related tells whether a start record may come under the product: the same
// transaction, or file and note of one exchange.
func related(product, found filing.Transaction) bool {
	return found != "" && (product == "" || fileOf(product) == fileOf(found))
}

func fileOf(tx filing.Transaction) filing.Transaction {
	if info, ok := filing.Info(tx); ok && info.Role == filing.RoleNote {
		return info.Of
	}
	return tx
}

// examine checks the bytes of a half. The error is for reading alone. A panic
// is an error too: it would else end the process, and others' uploads with it.
func (v *visit) examine(h *half, src io.ReadSeeker) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("intake: the check of part %d panicked: %v\n%s", h.part, p, debug.Stack())
		}
	}()
	f := &h.findings
	if h.role == filing.RoleNote {
		var note filing.Note
		f.Verdict, note, f.Facts, err = filing.CheckNote(src, h.set, h.note)
		f.Note = &note
	} else {
		f.Verdict, f.Facts, err = filing.Check(src, h.set, filing.Expect{Transaction: h.transaction, Name: h.name, Today: v.today, Law: v.door.rooms.Statute})
	}
	if err != nil {
		return fmt.Errorf("intake: check part %d: %w", h.part, err)
	}
	return nil
}

// chooseSet finds the set that a file is read with: by the date and by the
// filer that the file names itself, so that the start record is read with each
// set that could be meant.
func (d *Door) chooseSet(wanted filing.Transaction, head []byte, today calendar.Day) (*filing.Set, filing.Transaction) {
	common, ok := d.rooms.Sets.For("", today)
	if ok && len(d.rooms.Sets) == 1 {
		found, _, _ := common.Identify(head)
		return common, found
	}
	for _, set := range d.rooms.Sets {
		found, _, ok := set.Identify(head)
		if !ok || !related(wanted, found) {
			continue
		}
		if chosen, ok := d.rooms.Sets.For(codeIn(set, found, head, today), today); ok && chosen == set {
			return set, found
		}
	}
	if !ok {
		return nil, ""
	}
	found, _, _ := common.Identify(head)
	return common, found
}

// codeIn reads the party code that the beginning of a file states.
func codeIn(set *filing.Set, tx filing.Transaction, head []byte, today calendar.Day) string {
	src := bytes.NewReader(head)
	if info, _ := filing.Info(tx); info.Role == filing.RoleNote {
		_, note, _, _ := filing.CheckNote(src, set, tx)
		return note.PartyCode
	}
	_, facts, _ := filing.Check(src, set, filing.Expect{Transaction: tx, Today: today})
	return facts.PartyCode
}
