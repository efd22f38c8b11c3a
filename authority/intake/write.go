package intake

import (
	"encoding/json"
	"fmt"

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
	for _, h := range s.halves {
		if err := s.halfRow(h); err != nil {
			return fmt.Errorf("intake: enter part %d: %w", h.part, err)
		}
	}
	if err := s.answers(); err != nil {
		return err
	}
	return s.confirm()
}

// answers gives each receipt, and enters what follows from its outcome.
func (s *settlement) answers() error {
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
	_, err := s.tx.Exec(`INSERT INTO intake_message
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

const insertHalf = `INSERT INTO intake_half
	(id, message_id, part, role, transaction_name, form, name, data_part_type, sender, digest, size, blob_key, set_digest,
	 party_code, code_id, sequence, documents, sum, answered, outcome, findings, repeats, repeat_key, purge_after)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`

func (s *settlement) halfRow(h *half) error {
	found, err := h.waitingFindings()
	if err != nil {
		return err
	}
	var code any
	if h.known {
		code = h.code.ID
	}
	key := h.key
	if h.repeats != nil {
		key = "" // the first half has the bytes
	}
	_, err = s.tx.Exec(insertHalf, h.id, s.visit.id, h.part, string(h.role), string(h.transaction), string(h.form), h.name,
		h.dataPartType, h.from.sender, h.digest, h.size, orNull(key), h.set.Digest(), h.partyCode(), code, h.sequence(),
		h.findings.Facts.Documents, h.findings.Facts.Sum.Ore(), string(h.answered()), string(h.answered()),
		found, idOf(h.repeats), h.repeatKey(), h.purgeAfter)
	if err != nil || h.key != "" || h.repeats != nil {
		return err
	}
	_, err = s.tx.Exec(`INSERT INTO intake_bytes (half_id, body) VALUES ($1, $2)`, h.id, h.inline)
	return err
}

// waitingFindings is what the check found, for as long as it is needed.
func (h *half) waitingFindings() (any, error) {
	if h.outcome != filing.Waiting || h.repeats != nil {
		return nil, nil
	}
	return json.Marshal(h.findings)
}

// confirm puts the SHS confirm that the product asks for, in the commit that
// takes the message.
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
	return s.door.rooms.Outbox.Put(s.tx, outbox.Message{
		ID: slip.outbox, TxID: slip.txID, CorrID: a.CorrID, ContentID: a.ContentID, Address: a.Address,
		Sequence: outbox.Adm, Product: shs.ProductConfirm, Name: shs.ProductConfirm + ".xml", DataPartType: shs.ProductConfirm,
		From: s.door.rooms.Organisation, Originator: s.door.rooms.Organisation, EndRecipient: a.Address,
		Body: outbox.Inline(body), Created: s.now,
	})
}
