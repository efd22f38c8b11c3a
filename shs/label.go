package shs

import "time"

// LabelLimit is the largest label that is read, in bytes.
const LabelLimit = 1 << 20

// TransferType says whether the answer comes in the same exchange.
type TransferType string

// SequenceType is the role of a message in a conversation.
type SequenceType string

// Status separates test traffic from production.
type Status string

// Structure says whether messages or documents are single or compound.
type Structure string

// The values of the label's attributes. Asynchronous, Simple and Production are
// the defaults of the document type and are set when the attribute is absent.
const (
	Asynchronous TransferType = "asynch"
	Synchronous  TransferType = "synch"
	AnyTransfer  TransferType = "any" // agreements only

	Event   SequenceType = "event" // one-way
	Request SequenceType = "request"
	Reply   SequenceType = "reply"
	Admin   SequenceType = "adm" // confirm or error

	Test       Status = "test"
	Production Status = "production"

	Simple   Structure = "simple"
	Compound Structure = "compound"
)

// Label is the envelope of a message (etikett, shs.label). Relays change it in
// transit, so its bytes are never compared or signed.
type Label struct {
	Version      string // "1.1", "1.2", or empty when absent; written as 1.2
	TxID         string // unique for this transmission
	CorrID       string // ties request, reply, confirm and error together
	Agreement    string // identity of an agreement to use, or empty
	Transfer     TransferType
	MessageType  Structure
	DocumentType Structure
	Sequence     SequenceType
	Status       Status

	Originator   *Ref // at least one of Originator and From
	From         *Ref
	To           *Ref // nil for product addressing
	EndRecipient *Ref
	Product      Ref
	Meta         []Meta
	Subject      string
	Datetime     time.Time // on the wire local Swedish time in whole seconds
	Content      Content
	History      []History

	// Warnings lists what was tolerated when the label was read.
	Warnings []string
}

// Ref names an actor or a product: its value without the prefix urn:X-shs:,
// and what is told about it.
type Ref struct {
	Value      string
	Name       string // commonName, or name for originator and end recipient
	LabeledURI string
	Email      string // from only
}

// Address reads the value as an address. A nil reference gives an error.
func (r *Ref) Address() (Address, error) { return ParseAddress(r.value()) }

func (r *Ref) value() string {
	if r == nil {
		return ""
	}
	return r.Value
}

// Meta is a named value of the label, free for the applications.
type Meta struct{ Name, Value string }

// Content describes the data parts: the n-th Data describes the n-th MIME part
// after the label.
type Content struct {
	ID            string // content.id, a UUID of at most 36 characters
	Data          []Data
	CompoundParts string // no-of-parts of compound content, which is not supported
	Comment       string
}

// Data describes one data part.
type Data struct {
	Type     string // datapartType
	Filename string // as the sender wrote it: never use it as a path
	Bytes    int64  // declared size of the decoded content; 0 when not declared
	Records  int64  // declared number of records; 0 when not declared
}

// History is a trace left by a node on the way.
type History struct {
	NodeID, ContentID, TxID, LocalID, Agreement string
	From, To                                    string
	Datetime                                    time.Time
	Comment                                     string
}

// Sender is the address in from. A message with an originator only has none.
func (l *Label) Sender() (Address, error) {
	a, err := l.From.Address()
	if err != nil {
		return a, &Error{Code: IllegalSender, Text: "from: " + err.Error(), Err: err}
	}
	return a, nil
}

// Receiver is the address in to.
func (l *Label) Receiver() (Address, error) {
	a, err := l.To.Address()
	if err != nil {
		return a, &Error{Code: IllegalReceiver, Text: "to: " + err.Error(), Err: err}
	}
	return a, nil
}

// Reply makes the label of an answer to l: sender and receiver swapped, as are
// originator and end recipient; correlation, content, agreement, status and
// transfer kept. Meta, subject, data parts and history are left out. Where l has
// no receiver (product addressing) the caller sets From. A content.id that is
// too long to be sent on is cut; management messages carry the whole one inside.
func (l *Label) Reply(txID string, at time.Time) *Label {
	return &Label{
		Version: "1.2", TxID: txID, CorrID: l.CorrID, Agreement: l.Agreement,
		Transfer: l.Transfer, MessageType: Simple, DocumentType: Simple,
		Sequence: Reply, Status: l.Status,
		Originator: l.EndRecipient, From: l.To, To: l.From, EndRecipient: l.Originator,
		Product: l.Product, Datetime: at, Content: Content{ID: l.Content.ID[:min(len(l.Content.ID), MaxContentID)]},
	}
}
