package shs

import (
	"io"
	"strings"
	"time"
)

// ManagementLimit is the largest management document that is read, in bytes.
const ManagementLimit = 1 << 20

// Management is the body of a confirm or error message. Its identities are
// those of the message that is confirmed or has failed: correlate on them, not
// on those of the label.
type Management struct {
	CorrID    string
	ContentID string
	Datetime  time.Time // zero where the sender's could not be read
	Failure   *Failure  // nil for a confirmation
	AppInfo   []Meta

	// Warnings lists what was tolerated when the document was read.
	Warnings []string
}

// Failure is what an error message tells.
type Failure struct {
	Code    Code   // empty where the sender gave none; OtherError where unknown
	RawCode string // as sent
	Info    string // free text, never to be parsed
}

// ReadManagement reads a management document (shs.management). A date without
// time and a missing version are accepted.
func ReadManagement(r io.Reader) (*Management, error) { return parseManagement(r, "") }

// parseManagement also accepts a body without <confirmation/> where the label's
// product says that it is a confirm.
func parseManagement(r io.Reader, product string) (*Management, error) {
	root, warnings, err := readXML(r, xmlRules{root: []string{"shs.management"}, size: ManagementLimit, lenient: true})
	if err != nil {
		return nil, err
	}
	m := &Management{CorrID: root.token("corr.id"), ContentID: root.token("content.id"), Warnings: warnings}
	if m.CorrID == "" && m.ContentID == "" {
		return nil, fault(IllegalDatapartContent, "the management message names neither corr.id nor content.id")
	}
	if m.Datetime, err = ParseTime(root.child("datetime").value()); err != nil {
		m.Warnings = append(m.Warnings, "datetime: "+err.Error())
	}
	failure, confirmation := root.child("error"), root.child("confirmation")
	switch {
	case failure != nil && confirmation != nil:
		return nil, fault(IllegalDatapartContent, "the management message both confirms and fails")
	case failure != nil:
		raw := failure.token("errorcode")
		m.Failure = &Failure{Code: ParseCode(raw), RawCode: raw, Info: failure.attr("errorinfo")}
		m.readAppInfo(failure)
	case confirmation != nil:
		m.readAppInfo(confirmation)
	case product != ProductConfirm:
		return nil, fault(IllegalDatapartContent, "the management message holds neither confirmation nor error")
	default:
		m.Warnings = append(m.Warnings, "the confirmation element is missing")
	}
	return m, nil
}

// About tells whether the confirm or error is about the message of this corr.id
// and content.id. Some nodes put into corr.id what they derive from content.id.
func (m *Management) About(corrID, contentID string) bool {
	return strings.EqualFold(m.ContentID, contentID) &&
		(strings.EqualFold(m.CorrID, corrID) || strings.EqualFold(m.CorrID, contentID))
}

func (m *Management) readAppInfo(n *node) {
	for _, a := range n.all("appinfo") {
		m.AppInfo = append(m.AppInfo, Meta{Name: a.token("name"), Value: a.value()})
	}
}

// Marshal writes the document.
func (m *Management) Marshal() ([]byte, error) {
	w := newXMLWriter("shs.management", "shs-management-1.2.dtd")
	w.attr("version", "1.2")
	w.attr("corr.id", m.CorrID)
	w.attr("content.id", m.ContentID)
	w.time("datetime", m.Datetime)
	if m.Failure == nil {
		w.start("confirmation")
	} else {
		w.start("error")
		w.attr("errorcode", or(string(m.Failure.Code), or(m.Failure.RawCode, string(OtherError))))
		w.option("errorinfo", m.Failure.Info)
	}
	for _, a := range m.AppInfo {
		w.start("appinfo")
		w.attr("name", a.Name)
		w.text(a.Value)
		w.end()
	}
	w.end()
	return w.finish()
}

// Confirm makes label and payload of the confirm that answers a message. It
// gives false for adm messages, which are never confirmed.
func (l *Label) Confirm(txID string, at time.Time) (*Label, Payload, bool) {
	return l.adminReply(txID, at, ProductConfirm, nil)
}

// Fail makes label and payload of the error message about a message. It gives
// false for adm messages, about which no errors are sent.
func (l *Label) Fail(txID string, at time.Time, f Failure, info ...Meta) (*Label, Payload, bool) {
	return l.adminReply(txID, at, ProductError, &f, info...)
}

func (l *Label) adminReply(txID string, at time.Time, product string, f *Failure, info ...Meta) (*Label, Payload, bool) {
	if l.Sequence == Admin {
		return nil, Payload{}, false
	}
	reply := l.Reply(txID, at)
	reply.Sequence, reply.Transfer = Admin, Asynchronous
	reply.Product = Ref{Value: product}
	reply.Content.Data = []Data{{Type: product, Filename: product + ".xml"}}
	body := &Management{CorrID: l.CorrID, ContentID: l.Content.ID, Datetime: at, Failure: f, AppInfo: info}
	doc, err := body.Marshal()
	if err != nil {
		// Only text that XML cannot carry fails; the code says enough without it.
		body.AppInfo, body.Failure = nil, &Failure{Code: f.Code}
		doc, _ = body.Marshal()
	}
	return reply, Bytes("text/xml; charset=ISO-8859-1", doc), true
}
