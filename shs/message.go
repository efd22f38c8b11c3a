package shs

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"strings"
)

// Limits bound what is read. A zero field has the stated default.
type Limits struct {
	Label int64 // bytes of the label; LabelLimit
	Part  int64 // bytes of one decoded data part; 2 GiB
	Parts int   // data parts; 100
	// ExactSize refuses a data part whose size differs from its no-of-bytes.
	// Off, the difference is told by Part.SizeDiffers, since peers count differently.
	ExactSize bool
}

func (l Limits) withDefaults() Limits {
	if l.Label <= 0 {
		l.Label = LabelLimit
	}
	if l.Part <= 0 {
		l.Part = 2 << 30
	}
	if l.Parts <= 0 {
		l.Parts = 100
	}
	return l
}

// Message is a message being read: its label, then part by part.
type Message struct {
	Label *Label
	// Management is the parsed body of a confirm or error message, set by
	// [Message.ReadManagement] and by the receive service before it calls its Inbox;
	// nil for other messages, adm messages of other products among them.
	Management *Management

	src     *source
	parts   *multipart.Reader
	limits  Limits
	current *Part
	next    int
	ahead   *Part  // first part of an adm message, read ahead
	replay  []byte // its content
	err     error  // sticky result of Next
}

// readBuffer is as much as a TLS record holds: no read gives more.
const readBuffer = 16 << 10

// ReadMessage reads header and label of a message. The MIME header stands in
// the body itself or, where contentType (the Content-Type of HTTP, may be
// empty) has a boundary, the body may begin with it directly.
//
// Faults of the message are *[Error]; a failing reader gives *[TransportError].
func ReadMessage(body io.Reader, contentType string, limits Limits) (*Message, error) {
	limits = limits.withDefaults()
	src := &source{r: body, budget: limits.Label + 256<<10}
	ending := &brokenEnd{r: src}
	buffered := bufio.NewReaderSize(ending, readBuffer)
	boundary, err := findBoundary(buffered, contentType)
	if err != nil {
		return nil, src.fault(err, "header")
	}
	ending.closing = "\n--" + boundary + "--"
	m := &Message{src: src, parts: multipart.NewReader(buffered, boundary), limits: limits}
	if err := m.readLabel(); err != nil {
		return nil, src.fault(err, "label")
	}
	src.budget = -1
	if n := len(m.Label.Content.Data); n > limits.Parts {
		return nil, fault(IllegalDatapartContent, "the label has %d data parts, at most %d are accepted", n, limits.Parts)
	}
	return m, nil
}

// findBoundary reads the header in the body, if there is one, and gives the
// boundary of the multipart.
func findBoundary(r *bufio.Reader, contentType string) (string, error) {
	outer := boundaryOf(contentType)
	if outer != "" && !startsWithHeader(r) {
		return outer, nil
	}
	h, err := readHeader(r)
	if err != nil {
		return "", err
	}
	boundary := boundaryOf(h.Get("Content-Type"))
	if boundary == "" {
		return "", fault(IllegalMessageStructure, "the message is not a multipart with a boundary (Content-Type %q)", clip(textOf(h.Get("Content-Type"))))
	}
	return boundary, nil
}

func boundaryOf(contentType string) string {
	value, parameters := parseParameters(contentType)
	boundary := parameters["boundary"]
	if !strings.HasPrefix(value, "multipart/") || len(boundary) > 200 {
		return ""
	}
	return boundary
}

// startsWithHeader looks whether the first line is a header line.
func startsWithHeader(r *bufio.Reader) bool {
	head, _ := r.Peek(256)
	head = bytes.TrimLeft(head, "\r\n")
	name, _, ok := bytes.Cut(head, []byte(":"))
	return ok && !bytes.HasPrefix(head, []byte("--")) && isFieldName(string(name))
}

func (m *Message) readLabel() error {
	raw, err := m.parts.NextRawPart()
	if ended(err) {
		return fault(IllegalMessageStructure, "the message has no parts")
	}
	if err != nil {
		return err
	}
	body, err := decodeTransfer(raw, raw.Header.Get("Content-Transfer-Encoding"))
	if err != nil {
		return err
	}
	m.Label, err = readLabel(body, m.limits.Label)
	return err
}

// Next gives the next data part, of which there are as many as the label has
// <data> elements; superfluous ones are passed over. Unread rest of the
// former part is read and checked.
//
// After the last part it reads on to the closing boundary and the end of the
// body, and only then gives io.EOF: nothing may be accepted before that.
func (m *Message) Next() (*Part, error) {
	if m.err != nil {
		return nil, m.err
	}
	part, err := m.advance()
	if err != nil {
		m.err = err
		return nil, err
	}
	return part, nil
}

func (m *Message) advance() (*Part, error) {
	if m.current != nil {
		if _, err := io.Copy(io.Discard, m.current); err != nil {
			return nil, err
		}
		m.current = nil
	}
	if m.next >= len(m.Label.Content.Data) {
		return nil, m.finish()
	}
	if m.ahead != nil && m.next == 0 {
		return m.hand(&Part{Header: m.ahead.Header, content: bytes.NewReader(m.replay)}), nil
	}
	raw, err := m.parts.NextRawPart()
	if ended(err) {
		return nil, m.missingPart()
	}
	if err != nil {
		return nil, m.src.fault(err, "data part")
	}
	return m.open(raw)
}

func (m *Message) missingPart() error {
	if m.next == 0 {
		return fault(IllegalMessageStructure, "the message consists of the label only; %d data parts were declared", len(m.Label.Content.Data))
	}
	return fault(IllegalDatapartContent, "the message has %d data parts, its label declares %d", m.next, len(m.Label.Content.Data))
}

// finish passes over superfluous parts, looks for the closing boundary and
// reads what may follow it.
func (m *Message) finish() error {
	for {
		_, err := m.parts.NextRawPart()
		if ended(err) {
			break
		}
		if err != nil {
			return m.src.fault(err, "end")
		}
	}
	if _, err := io.Copy(io.Discard, m.src); err != nil {
		return m.src.fault(err, "end")
	}
	return io.EOF
}

// Complete tells whether the message was read to its end without fault.
func (m *Message) Complete() bool { return ended(m.err) }

// ReadManagement reads the first data part of a confirm or error message into
// Management. The part is still given by Next, also where it could not be
// understood. For other messages it does nothing.
func (m *Message) ReadManagement() error {
	if m.Label.Sequence != Admin || m.ahead != nil || m.next > 0 {
		return nil
	}
	product, err := ParseProduct(m.Label.Product.Value)
	if known := err == nil && product != ProductAgreement && isSpecialProduct(product); !known {
		return nil
	}
	part, err := m.Next()
	if ended(err) {
		return m.refuse(fault(IllegalDatapartContent, "the %s message has no data part", product))
	}
	if err != nil {
		return err
	}
	doc, err := io.ReadAll(io.LimitReader(part, ManagementLimit+1))
	if err != nil {
		return m.refuse(err)
	}
	if len(doc) > ManagementLimit {
		return m.refuse(fault(IllegalDatapartContent, "the %s message is larger than %d bytes", product, ManagementLimit))
	}
	m.ahead, m.replay, m.next = part, doc, 0
	m.Management, err = parseManagement(bytes.NewReader(doc), product)
	return asContent(err)
}

func (m *Message) refuse(err error) error {
	m.err = err
	return err
}

// asContent gives a fault inside a data part the code for that.
func asContent(err error) error {
	var coded *Error
	if errors.As(err, &coded) {
		return &Error{Code: IllegalDatapartContent, Text: coded.Text, Err: coded.Err}
	}
	return err
}
