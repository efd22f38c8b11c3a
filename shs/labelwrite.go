package shs

import "fmt"

// Marshal writes the label as version 1.2: ISO 8859-1, the root on one line and
// beginning with "<shs.label ", as old nodes look for just that. Kinds that are
// empty get the defaults of the document type. A label that breaks a rule, or
// has a content.id over 36 characters, is refused.
func (l *Label) Marshal() ([]byte, error) {
	d := l.withDefaults()
	if err := d.Check(); err != nil {
		return nil, err
	}
	if len(d.Content.ID) > MaxContentID {
		return nil, fault(IllegalMessageStructure, "content.id has %d characters, at most %d are accepted by all nodes; use a UUID", len(d.Content.ID), MaxContentID)
	}
	if d.Datetime.IsZero() {
		return nil, fault(IllegalMessageStructure, "the label has no datetime")
	}
	w := newXMLWriter("shs.label", "shs-label-1.2.dtd")
	d.writeAttributes(w)
	d.writeActors(w)
	d.writeContent(w)
	for _, h := range d.History {
		h.write(w)
	}
	doc, err := w.finish()
	if err != nil {
		return nil, fmt.Errorf("write label %s: %w", l.TxID, err)
	}
	return doc, nil
}

func (l *Label) withDefaults() *Label {
	d := *l
	d.Version = "1.2"
	d.Transfer = TransferType(or(string(l.Transfer), string(Asynchronous)))
	d.MessageType = Structure(or(string(l.MessageType), string(Simple)))
	d.DocumentType = Structure(or(string(l.DocumentType), string(Simple)))
	d.Status = Status(or(string(l.Status), string(Production)))
	return &d
}

func (l *Label) writeAttributes(w *xmlWriter) {
	w.attr("version", l.Version)
	w.attr("tx.id", l.TxID)
	w.attr("corr.id", l.CorrID)
	w.option("shs.agreement", l.Agreement)
	w.attr("transfer-type", string(l.Transfer))
	w.attr("message-type", string(l.MessageType))
	w.attr("document-type", string(l.DocumentType))
	w.attr("sequence-type", string(l.Sequence))
	w.attr("status", string(l.Status))
}

func (l *Label) writeActors(w *xmlWriter) {
	l.Originator.writeNamed(w, "originator")
	if l.From != nil {
		w.start("from")
		w.attr("commonName", l.From.Name)
		w.option("e-mail", l.From.Email)
		w.option("labeledURI", l.From.LabeledURI)
		w.text(URN(l.From.Value))
		w.end()
	}
	if l.To != nil {
		w.start("to")
		w.option("commonName", l.To.Name)
		w.text(URN(l.To.Value))
		w.end()
	}
	l.EndRecipient.writeNamed(w, "end-recipient")
	writeProductRef(w, "product", l.Product)
	for _, m := range l.Meta {
		w.start("meta")
		w.attr("name", m.Name)
		w.text(m.Value)
		w.end()
	}
	w.optionalLeaf("subject", l.Subject)
	w.time("datetime", l.Datetime)
}

// writeNamed writes originator and end-recipient, whose text is free: an
// address among them gets its prefix back.
func (r *Ref) writeNamed(w *xmlWriter, element string) {
	if r == nil {
		return
	}
	w.start(element)
	w.option("name", r.Name)
	w.option("labeledURI", r.LabeledURI)
	w.text(addressURN(r.Value))
	w.end()
}

func writeProductRef(w *xmlWriter, element string, r Ref) {
	w.start(element)
	w.option("commonName", r.Name)
	w.option("labeledURI", r.LabeledURI)
	w.text(URN(r.Value))
	w.end()
}

func (l *Label) writeContent(w *xmlWriter) {
	w.start("content")
	w.attr("content.id", l.Content.ID)
	for _, d := range l.Content.Data {
		d.write(w)
	}
	w.optionalLeaf("comment", l.Content.Comment)
	w.end()
}

func (d Data) write(w *xmlWriter) {
	w.start("data")
	w.attr("datapartType", d.Type)
	w.option("filename", d.Filename)
	w.number("no-of-bytes", d.Bytes)
	w.number("no-of-records", d.Records)
	w.end()
}

func (h History) write(w *xmlWriter) {
	w.start("history")
	w.attr("node.id", h.NodeID)
	w.option("content.id", h.ContentID)
	w.option("tx.id", h.TxID)
	w.option("local.id", h.LocalID)
	w.option("shs.agreement", h.Agreement)
	w.option("from", URN(h.From))
	w.option("to", URN(h.To))
	w.time("datetime", h.Datetime)
	w.optionalLeaf("comment", h.Comment)
	w.end()
}
