package shs

import (
	"io"
	"time"
)

// ListLimit is the largest message list that is read, in bytes.
const ListLimit = 16 << 20

// Listed is one message of a list. Addresses and products are without prefix.
type Listed struct {
	TxID, CorrID, ContentID string
	Timestamp               time.Time // of the label, at most nodes
	Size                    int64     // 0 where not told; not to be trusted
	Originator, From        string
	To, EndRecipient        string
	Product                 string
	Sequence                SequenceType
	Status                  Status
	Subject                 string
	Meta                    []Meta
	Data                    []Data

	// The rest is not on the wire; an Outbox sets it for Filter to look at.
	Transfer     TransferType
	Arrived      time.Time
	Acknowledged bool
}

// ListedOf gives the entry for a message that arrived at the given time.
func ListedOf(l *Label, arrived time.Time) Listed {
	var size int64
	for _, d := range l.Content.Data {
		size += d.Bytes
	}
	return Listed{
		TxID: l.TxID, CorrID: l.CorrID, ContentID: l.Content.ID, Timestamp: l.Datetime, Size: size,
		Originator: l.Originator.value(), From: l.From.value(), To: l.To.value(), EndRecipient: l.EndRecipient.value(),
		Product: l.Product.Value, Sequence: l.Sequence, Status: l.Status, Subject: l.Subject,
		Meta: l.Meta, Data: l.Content.Data, Transfer: l.Transfer, Arrived: arrived,
	}
}

// MarshalList writes a message list (shs.message-list).
func MarshalList(messages []Listed) ([]byte, error) {
	w := newXMLWriter("shs.message-list", "shs-message-list-1.2.01.dtd")
	w.attr("version", "1.2")
	for _, m := range messages {
		m.write(w)
	}
	return w.finish()
}

func (m Listed) write(w *xmlWriter) {
	w.start("message")
	w.attr("tx.id", m.TxID)
	w.attr("timestamp", FormatTime(m.Timestamp))
	w.option("corr.id", m.CorrID)
	w.option("content.id", m.ContentID)
	w.number("size", m.Size)
	w.option("originator", addressURN(m.Originator))
	w.option("from", URN(m.From))
	w.option("to", URN(m.To))
	w.option("end-recipient", addressURN(m.EndRecipient))
	w.option("product", URN(m.Product))
	w.attr("sequence-type", string(m.Sequence))
	w.attr("status", or(string(m.Status), string(Production)))
	for _, meta := range m.Meta {
		w.start("meta")
		w.attr("name", meta.Name)
		w.text(meta.Value)
		w.end()
	}
	w.optionalLeaf("subject", m.Subject)
	for _, d := range m.Data {
		d.write(w)
	}
	w.end()
}

// addressURN puts the prefix before an address and leaves free text alone.
func addressURN(s string) string {
	if _, err := ParseAddress(s); err != nil {
		return s
	}
	return URN(s)
}

// ReadList reads a message list, or the older document list. Entries without a
// usable tx.id are left out; warnings tell how many.
func ReadList(r io.Reader) (messages []Listed, warnings []string, err error) {
	root, warnings, err := readXML(r, xmlRules{
		root: []string{"shs.message-list", "shs.document-list"}, size: ListLimit, lenient: true,
	})
	if err != nil {
		return nil, nil, err
	}
	for _, n := range append(root.all("message"), root.all("document")...) {
		if !isToken(n.token("tx.id")) {
			warnings = append(warnings, "an entry without usable tx.id was left out")
			continue
		}
		messages = append(messages, readListed(n))
	}
	return messages, warnings, nil
}

func readListed(n *node) Listed {
	var loose Label // collects warnings, which for a list say nothing more than zero values do
	timestamp, _ := ParseTime(n.token("timestamp"))
	m := Listed{
		TxID: n.token("tx.id"), CorrID: n.token("corr.id"), ContentID: n.token("content.id"),
		Timestamp: timestamp, Size: loose.readNumber(n, "size"),
		Originator: TrimURN(n.attr("originator")), From: TrimURN(n.attr("from")),
		To: TrimURN(n.attr("to")), EndRecipient: TrimURN(n.attr("end-recipient")),
		Product: TrimURN(n.attr("product")), Sequence: SequenceType(n.token("sequence-type")),
		Status: Status(or(n.token("status"), string(Production))), Subject: n.child("subject").value(),
	}
	for _, meta := range n.all("meta") {
		m.Meta = append(m.Meta, Meta{Name: meta.attr("name"), Value: meta.value()})
	}
	for _, d := range n.all("data") {
		m.Data = append(m.Data, loose.readData(d))
	}
	return m
}
