package intake

import (
	"encoding/json"
	"fmt"
	"slices"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/shs"
)

// write enters what the settlement decided: the message and its halves first,
// since all else points at them.
func (s *settlement) write() error {
	if err := s.messageRow(); err != nil {
		return err
	}
	if err := s.halfRows(); err != nil {
		return fmt.Errorf("intake: enter the parts of message %s: %w", s.visit.transactionID, err)
	}
	if err := s.decided(); err != nil {
		return err
	}
	if err := s.confirm(); err != nil {
		return err
	}
	return s.post()
}

// answers gives the receipts of halves that came before.
func (s *settlement) answers() error {
	if err := s.decided(); err != nil {
		return err
	}
	return s.post()
}

// post lays all that was written in the outboxes.
func (s *settlement) post() error {
	return s.door.rooms.Outbox.Put(s.tx, s.letters...)
}

// decided gives each receipt, and enters what follows from its outcome.
func (s *settlement) decided() error {
	for _, done := range s.receipts {
		if err := s.give(done); err != nil {
			return err
		}
		if err := s.follow(done); err != nil {
			return err
		}
	}
	return nil
}

func (s *settlement) follow(done *settled) error {
	switch {
	case done.rejection:
		return s.openRejection(done.file)
	case done.file == nil, done.receipt.Outcome == filing.Rejected, done.receipt.Outcome == filing.Superseded:
		return nil
	}
	if err := s.replaceRejections(done.file); err != nil {
		return err
	}
	return s.fileRow(done.file)
}

func (s *settlement) messageRow() error {
	v := s.visit
	var repeats any
	if first := s.first(); first != nil {
		repeats = first.from.message
	}
	err := s.tx.Later(`INSERT INTO intake_message
		(id, transaction_id, sender, address, channel, tx_id, corr_id, content_id, arrived, repeats)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		v.id, v.transactionID, v.arrival.Sender, v.arrival.Address, string(v.arrival.Channel), orNull(v.arrival.TxID),
		v.arrival.CorrID, v.arrival.ContentID, store.Micros(v.arrived), repeats)
	if err != nil {
		return fmt.Errorf("intake: enter message %s: %w", v.transactionID, err)
	}
	return nil
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// halfColumns are the columns of a half, in the order of its row.
func halfColumns() []string {
	return []string{
		"id", "message_id", "part", "role", "transaction_name", "form", "name", "data_part_type", "sender", "digest", "size",
		"blob_key", "set_digest", "party_code", "code_id", "sequence", "documents", "sum", "answered", "outcome", "findings",
		"repeats", "repeat_key", "purge_after",
	}
}

// halfRows enters the halves, and the bytes of those that have them in a row.
func (s *settlement) halfRows() error {
	var rows, bodies [][]any
	for _, h := range s.halves {
		row, err := s.halfRow(h)
		if err != nil {
			return fmt.Errorf("part %d: %w", h.part, err)
		}
		rows = append(rows, row)
		if h.key == "" && h.repeats == nil {
			bodies = append(bodies, []any{h.id, h.inline})
		}
	}
	if _, err := s.tx.CopyIn("intake_half", halfColumns(), slices.Values(rows)); err != nil {
		return err
	}
	_, err := s.tx.CopyIn("intake_bytes", []string{"half_id", "body"}, slices.Values(bodies))
	return err
}

func (s *settlement) halfRow(h *half) ([]any, error) {
	found, err := h.waitingFindings()
	if err != nil {
		return nil, err
	}
	var code any
	if h.known {
		code = h.code.ID
	}
	key := h.key
	if h.repeats != nil {
		key = "" // the first half has the bytes
	}
	return []any{
		h.id, s.visit.id, h.part, string(h.role), string(h.transaction), string(h.form), h.name, h.dataPartType, h.from.sender,
		h.digest, h.size, orNull(key), h.set.Digest(), h.partyCode(), code, h.sequence(), h.findings.Facts.Documents,
		h.findings.Facts.Sum.Ore(), string(h.answered()), string(h.answered()), found, idOf(h.repeats), h.repeatKey(), h.purgeAfter,
	}, nil
}

// waitingFindings is what the check found, for as long as it is needed.
func (h *half) waitingFindings() (any, error) {
	if h.outcome != filing.Waiting || h.repeats != nil {
		return nil, nil
	}
	return json.Marshal(h.findings)
}

// confirm writes the SHS confirm that the product asks for; it is put in the
// commit that takes the message.
func (s *settlement) confirm() error {
	a := s.visit.arrival
	if !a.Confirm {
		return nil
	}
	slip := s.stubs[0]
	s.stubs = s.stubs[1:]
	body, err := (&shs.Management{CorrID: a.CorrID, ContentID: a.ContentID, Datetime: s.now}).Marshal()
	if err != nil {
		return fmt.Errorf("intake: write the confirm of %s: %w", s.visit.transactionID, err)
	}
	s.letters = append(s.letters, outbox.Message{
		ID: slip.outbox, TxID: slip.txID, CorrID: a.CorrID, ContentID: a.ContentID, Address: a.Address,
		Sequence: outbox.Adm, Product: shs.ProductConfirm, Name: shs.ProductConfirm + ".xml", DataPartType: shs.ProductConfirm,
		From: s.door.rooms.Organisation, Originator: s.door.rooms.Organisation, EndRecipient: a.Address,
		Body: outbox.Inline(body), Created: s.now,
	})
	return nil
}
