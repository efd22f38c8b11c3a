package shs

import (
	"io"
	"strconv"
	"strings"
	"time"
)

// ReadLabel reads a label of at most [LabelLimit] bytes, sets the defaults of
// its document type and checks it (see [Label.Check]). Faults are *[Error].
func ReadLabel(r io.Reader) (*Label, error) { return readLabel(r, LabelLimit) }

func readLabel(r io.Reader, limit int64) (*Label, error) {
	root, warnings, err := readXML(r, xmlRules{root: []string{"shs.label"}, size: limit})
	if err != nil {
		return nil, err
	}
	if err := checkOccurrences(root); err != nil {
		return nil, err
	}
	l := &Label{Warnings: warnings}
	l.readAttributes(root)
	l.readActors(root)
	l.readContent(root.child("content"))
	if l.Datetime, err = ParseTime(root.child("datetime").value()); err != nil {
		return nil, &Error{Code: IllegalMessageStructure, Text: "datetime: " + err.Error(), Err: err}
	}
	for _, n := range root.all("history") {
		l.History = append(l.History, l.readHistory(n))
	}
	if err := l.Check(); err != nil {
		return nil, err
	}
	return l, nil
}

// checkOccurrences refuses what the struct cannot show: elements that stand
// more than once, and content that is both simple and compound.
func checkOccurrences(root *node) error {
	single := []struct {
		name string
		code Code
	}{
		{"originator", IllegalSender}, {"from", IllegalSender}, {"to", IllegalReceiver},
		{"end-recipient", IllegalEndRecipient}, {"product", IllegalProductType},
		{"subject", IllegalMessageStructure}, {"datetime", IllegalMessageStructure}, {"content", IllegalMessageStructure},
	}
	for _, s := range single {
		if n := len(root.all(s.name)); n > 1 {
			return fault(s.code, "the label holds %d elements %s, at most one is allowed", n, s.name)
		}
	}
	if root.child("product") == nil {
		return fault(IllegalProductType, "the label holds no product")
	}
	for _, name := range []string{"datetime", "content"} {
		if root.child(name) == nil {
			return fault(IllegalMessageStructure, "the label holds no %s", name)
		}
	}
	if c := root.child("content"); c.child("data") != nil && c.child("compound") != nil {
		return fault(IllegalMessageStructure, "the content holds both data and compound")
	}
	return nil
}

func (l *Label) readAttributes(root *node) {
	l.Version = root.token("version")
	l.TxID, l.CorrID = root.token("tx.id"), root.token("corr.id")
	l.Agreement = root.token("shs.agreement")
	l.Transfer = TransferType(or(root.token("transfer-type"), string(Asynchronous)))
	l.MessageType = Structure(or(root.token("message-type"), string(Simple)))
	l.DocumentType = Structure(or(root.token("document-type"), string(Simple)))
	l.Sequence = SequenceType(root.token("sequence-type"))
	l.Status = Status(or(root.token("status"), string(Production)))
}

func or(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

func (l *Label) readActors(root *node) {
	l.Originator = readRef(root.child("originator"))
	l.From = readRef(root.child("from"))
	l.To = readRef(root.child("to"))
	l.EndRecipient = readRef(root.child("end-recipient"))
	l.Product = *readRef(root.child("product"))
	for _, m := range root.all("meta") {
		l.Meta = append(l.Meta, Meta{Name: m.attr("name"), Value: m.value()})
	}
	l.Subject = root.child("subject").value()
}

func readRef(n *node) *Ref {
	if n == nil {
		return nil
	}
	return &Ref{
		Value:      TrimURN(n.value()),
		Name:       or(n.attr("commonName"), n.attr("name")),
		LabeledURI: n.attr("labeledURI"),
		Email:      n.attr("e-mail"),
	}
}

// readContent takes the identity from content.id, or from uuid as version 1.1 had it.
func (l *Label) readContent(n *node) {
	l.Content.ID = or(n.token("content.id"), n.token("uuid"))
	l.Content.Comment = n.child("comment").value()
	if c := n.child("compound"); c != nil {
		l.Content.CompoundParts = or(c.token("no-of-parts"), "?")
	}
	for _, d := range n.all("data") {
		l.Content.Data = append(l.Content.Data, l.readData(d))
	}
}

func (l *Label) readData(n *node) Data {
	return Data{
		Type:     n.attr("datapartType"),
		Filename: n.attr("filename"),
		Bytes:    l.readNumber(n, "no-of-bytes"),
		Records:  l.readNumber(n, "no-of-records"),
	}
}

func (l *Label) readNumber(n *node, name string) int64 {
	text := n.token(name)
	if text == "" {
		return 0
	}
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 0 {
		l.warn(name + " is not a number and was passed over")
		return 0
	}
	return value
}

func (l *Label) readHistory(n *node) History {
	return History{
		NodeID: n.token("node.id"), ContentID: n.token("content.id"), TxID: n.token("tx.id"),
		LocalID: n.token("local.id"), Agreement: n.token("shs.agreement"),
		From: TrimURN(n.attr("from")), To: TrimURN(n.attr("to")),
		Datetime: l.readLooseTime(n.child("datetime")), Comment: n.child("comment").value(),
	}
}

func (l *Label) readLooseTime(n *node) time.Time {
	t, err := ParseTime(n.value())
	if err != nil {
		l.warn(n.nameOr("history") + ": " + err.Error())
	}
	return t
}

func (n *node) nameOr(fallback string) string {
	if n == nil {
		return fallback
	}
	return n.name
}

func (l *Label) warn(text string) {
	const most = 50
	if len(l.Warnings) < most {
		l.Warnings = append(l.Warnings, strings.TrimSpace(text))
	}
}
