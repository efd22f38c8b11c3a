package intake

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"filtjanst/authority/journal"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// maxErrors is how many errors a receipt lists, besides the first of each code.
const maxErrors = 1000

// receiptOf fills the receipt of a submission, but for number and event.
func (s *settlement) receiptOf(g submission, outcome filing.Outcome, errs told) filing.Receipt {
	lead := g.lead()
	r := filing.Receipt{
		Transaction: lead.transaction, TransactionID: lead.from.transactionID, PartyCode: lead.partyCode(),
		Sequence: lead.sequence(), FileName: lead.name, Arrived: lead.from.arrived, Outcome: outcome,
		Rules: lead.findings.Facts.Rules, Counts: map[filing.Code]int{},
	}
	if g.note != nil {
		r.NoteDigest = g.note.digest
	}
	if g.file != nil {
		f := g.file.findings.Facts
		r.Digest, r.Records, r.Documents, r.Sum = g.file.digest, f.Records, f.Documents, f.Sum
	}
	if outcome == filing.Superseded {
		return r
	}
	if outcome != filing.Rejected && s.evening(g.file) {
		r.ReadIn = s.readIn
	}
	r.Errors, r.ErrorCount = errs.list, errs.count
	maps.Copy(r.Counts, errs.counts)
	if g.file != nil && g.file.judged != nil {
		r.Warnings = g.file.judged.warnings.list
	}
	if g.file != nil {
		tellVerdict(&r, g.file.findings.Verdict)
		s.tellApplied(&r, g.file)
	}
	return r
}

// tellApplied lists what became of the documents of a file that took effect at
// once, where each stands for itself (R43).
func (s *settlement) tellApplied(r *filing.Receipt, file *half) {
	ready := s.ready(file)
	if file.judged == nil || ready == nil || file.policy().DocumentErrors != filing.PerDocument {
		return
	}
	for _, d := range without(ready.documents, file.judged.refused) {
		note := file.judged.notes[d.Number]
		r.Applied = append(r.Applied, filing.AppliedDocument{
			Document: d.Number, Reference: d.Content.OwnReference(), CaseNumber: note.CaseNumber,
			Result: cmp.Or(note.Effect, service.Applied),
		})
	}
}

// tellVerdict adds what the check of the file found to what the registers say,
// all in the order of the file.
func tellVerdict(r *filing.Receipt, v filing.Verdict) {
	r.Errors, r.Warnings = merge(r.Errors, v.Errors), merge(r.Warnings, v.Warnings)
	r.ErrorCount += v.ErrorCount
	for code, n := range v.Counts {
		r.Counts[code] += n
	}
}

// merge joins two lists of errors into one as a receipt tells them.
func merge(a, b []filing.Error) []filing.Error {
	all := slices.Concat(a, b)
	filing.SortErrors(all)
	return telling(all...).list
}

// event is what the journal's digest of a receipt is made of: enough to prove
// which bytes came when and what was answered, and no personal data.
type event struct {
	Transaction   filing.Transaction `json:"transaction"`
	TransactionID string             `json:"transaction_id"`
	PartyCode     string             `json:"party_code"`
	Sequence      int64              `json:"sequence"`
	Digest        string             `json:"digest"`
	NoteDigest    string             `json:"note_digest"`
	Arrived       string             `json:"arrived"`
	Outcome       filing.Outcome     `json:"outcome"`
	Documents     int64              `json:"documents"`
	Sum           int64              `json:"sum_ore"`
	Expected      int64              `json:"expected"`
	ReadIn        string             `json:"read_in"`
	Errors        int                `json:"errors"`
	Rules         string             `json:"rules"`
}

func eventData(r filing.Receipt) ([]byte, error) {
	return json.Marshal(event{
		Transaction: r.Transaction, TransactionID: r.TransactionID, PartyCode: r.PartyCode, Sequence: r.Sequence,
		Digest: r.Digest, NoteDigest: r.NoteDigest, Arrived: r.Arrived.UTC().Format("2006-01-02T15:04:05Z"), Outcome: r.Outcome,
		Documents: r.Documents, Sum: r.Sum.Ore(), Expected: r.Expected, ReadIn: r.ReadIn.String(), Errors: r.ErrorCount, Rules: r.Rules,
	})
}

// give writes one receipt: its event, its bytes in the form of the file sent
// (R45), its message, to be laid in the outbox, and its row.
func (s *settlement) give(done *settled) error {
	slip := s.stubs[0]
	s.stubs = s.stubs[1:]
	data, err := eventData(done.receipt)
	if err != nil {
		return err
	}
	digest, err := s.door.rooms.Journal.Append(s.tx, journal.Event{
		ID: slip.event, Kind: eventKind(done.receipt.Outcome), Subject: eventSubject(done.receipt.TransactionID),
		At: s.now, Data: data, Salt: slip.salt,
	})
	if err != nil {
		return err
	}
	if done.unsaid() {
		slip.outbox = 0
		return s.receiptRow(done, slip, data)
	}
	done.receipt.Event, done.receipt.EventDigest = strconv.FormatInt(slip.event, 10), digest.String()
	m, err := s.letter(done, slip)
	if err != nil {
		return err
	}
	s.letters = append(s.letters, m)
	return s.receiptRow(done, slip, data)
}

// unsaid tells whether the profile asks for receipts of faults alone and the
// file has none (files.md §4.2). The journal has its event all the same.
func (s *settled) unsaid() bool {
	return s.receipt.Outcome == filing.Approved && s.lead().policy().Receipt == filing.ReceiptFaults
}

func (s *settlement) receiptRow(done *settled, slip stub, data []byte) error {
	lead, note := done.lead(), done.note
	if done.file == nil {
		note = nil
	}
	err := s.tx.Later(`INSERT INTO intake_receipt (half_id, note_half, outcome, outbox_id, event_id, salt, data, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, lead.id, idOf(note), string(done.receipt.Outcome),
		slip.outbox, slip.event, slip.salt, data, store.Micros(s.now))
	if err != nil {
		return fmt.Errorf("intake: enter the receipt of half %d: %w", lead.id, err)
	}
	return nil
}

// letter is the receipt as a message to the sender.
func (s *settlement) letter(done *settled, slip stub) (outbox.Message, error) {
	lead := done.lead()
	receipt := s.door.routes[lead.transaction].route.Receipt
	var content bytes.Buffer
	if err := filing.WriteReceipt(&content, lead.set, lead.receiptForm(receipt), done.receipt); err != nil {
		return outbox.Message{}, fmt.Errorf("intake: write the receipt of %s: %w", lead.from.transactionID, err)
	}
	name, err := s.receiptName(lead, receipt)
	if err != nil {
		return outbox.Message{}, err
	}
	return outbox.Message{
		ID: slip.outbox, TxID: slip.txID, CorrID: lead.from.corrID, ContentID: slip.contentID,
		Address: lead.from.address, Code: lead.codeForOutbox(), Transaction: receipt, Sequence: outbox.Reply,
		Product: s.door.rooms.Products[receipt], Name: name, DataPartType: string(receipt),
		From: s.door.rooms.Organisation, Originator: s.door.rooms.Organisation, EndRecipient: lead.from.address,
		Subject: subject(done.receipt), Body: outbox.Inline(content.Bytes()), Created: s.now,
		Once: "receipt " + strconv.FormatInt(lead.id, 10), PushTo: lead.pushTo(),
	}, nil
}

// receiptForm is the form of the file sent (R45), unless the receipt has only
// the other.
func (h *half) receiptForm(receipt filing.Transaction) filing.Form {
	described, ok := h.set.Layout(receipt)
	if !ok || described.Has(h.form) {
		return h.form
	}
	if h.form == filing.TextForm {
		return filing.XMLForm
	}
	return filing.TextForm
}

// receiptName names the receipt by the profile. A file whose code could not be
// read, or may not be told, is answered under its sender's number.
func (s *settlement) receiptName(lead *half, receipt filing.Transaction) (string, error) {
	code := lead.codeForOutbox()
	if code == "" {
		code = lead.from.sender
	}
	name, err := lead.set.FileName(receipt, filing.NameFacts{Code: code, Day: s.today, Sequence: lead.sequence()}, "")
	if err != nil {
		return "", fmt.Errorf("intake: name the receipt of %s: %w", lead.from.transactionID, err)
	}
	return name, nil
}

// codeForOutbox is the party code under which the receipt is filed; "" where
// the sender has no part in the code.
func (h *half) codeForOutbox() string {
	if !h.known {
		return ""
	}
	return h.code.Code
}

// pushTo is the receive service of the address, when the code is delivered to
// there and by pushing.
func (h *half) pushTo() string {
	to := h.code.Delivery
	if h.known && to.Mode == party.Pushed && to.Address == h.from.address {
		return to.URL
	}
	return ""
}

func subject(r filing.Receipt) string {
	info, _ := filing.Info(r.Transaction)
	return fmt.Sprintf("Kvittens: %s, %s", info.Swedish, r.Outcome.Swedish())
}
