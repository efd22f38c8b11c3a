package shs

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// Inbox stores what comes in. Receive decides on the label before it reads any
// part: whether the peer may send it, and whether its tx.id is there already,
// in which case it returns at once with Duplicate set.
//
// Otherwise it reads the parts with m.Next until io.EOF, which comes only when
// the closing boundary was seen, and stores all of them durably before it
// returns; after any other error nothing may remain. An *[Error] is answered
// with its code, [ErrUnknownPeer] with 403, a message that was cut off on its way
// with 408, everything else with 500.
//
// A confirm or error message (Label.Sequence is Admin) comes with m.Management
// set.
type Inbox interface {
	Receive(ctx context.Context, peer Peer, m *Message) (Accepted, error)
}

// Accepted is what an Inbox tells about a stored message.
type Accepted struct {
	LocalID   string    // own identity of the stored message
	Arrived   time.Time // of the first arrival where Duplicate; not told when zero
	Duplicate bool
}

// ReceiveHandler is the receive service (mottagningstjänst): POST of a message.
type ReceiveHandler struct {
	NodeID string // told in X-shs-nodeid
	Inbox  Inbox
	Limits Limits
	// Logger gets what is answered with 500 and what peers did wrong; may be nil.
	Logger *slog.Logger
}

// drainLimit is how much of a refused message is read, so that a peer that
// writes all before it reads meets the answer and not a broken connection.
const drainLimit = 64 << 20

func (h *ReceiveHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		answerError(w, http.StatusMethodNotAllowed, "", "Använd POST. / Use POST")
		return
	}
	peer, err := PeerOf(r)
	if err != nil {
		h.log().WarnContext(r.Context(), "shs: peer refused", "reason", err)
		answerError(w, http.StatusForbidden, IllegalSender, "the client certificate names no organisation")
		return
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		answerError(w, http.StatusUnsupportedMediaType, "", "Sänd meddelandet utan Content-Encoding. / Send the message without Content-Encoding")
		return
	}
	m, accepted, err := h.receive(r, peer)
	if err != nil {
		_, _ = io.CopyN(io.Discard, r.Body, drainLimit)
		h.refuse(w, r, peer, err)
		return
	}
	if accepted.Duplicate {
		_, _ = io.Copy(io.Discard, r.Body)
	}
	for _, warning := range m.Label.Warnings {
		h.log().InfoContext(r.Context(), "shs: tolerated in a label", "tx", m.Label.TxID, "what", warning)
	}
	h.accept(w, m.Label, accepted)
}

func (h *ReceiveHandler) receive(r *http.Request, peer Peer) (*Message, Accepted, error) {
	m, err := ReadMessage(r.Body, r.Header.Get("Content-Type"), h.Limits)
	if err != nil {
		return nil, Accepted{}, err
	}
	if m.Label.Transfer == Synchronous {
		return nil, Accepted{}, fault(IllegalMessageStructure, "synchronous messages are not served here; send it as asynch")
	}
	if err := m.ReadManagement(); err != nil {
		return nil, Accepted{}, err
	}
	accepted, err := h.Inbox.Receive(r.Context(), peer, m)
	if err != nil {
		return nil, Accepted{}, err
	}
	if !accepted.Duplicate && !m.Complete() {
		return nil, Accepted{}, errors.New("the inbox accepted a message that it did not read to its end")
	}
	return m, accepted, nil
}

// accept answers 202 with the protocol's own spelling of the header names,
// which some peers compare.
func (h *ReceiveHandler) accept(w http.ResponseWriter, l *Label, a Accepted) {
	duplicate, arrived := "no", ""
	if a.Duplicate {
		duplicate, a.LocalID = "yes", ""
	}
	if !a.Arrived.IsZero() {
		arrived = FormatTime(a.Arrived)
	}
	setHeaders(w, [][2]string{
		{"X-shs-txid", l.TxID}, {"X-shs-corrid", l.CorrID}, {"X-shs-contentid", l.Content.ID},
		{"X-shs-nodeid", h.NodeID}, {"X-shs-localid", a.LocalID},
		{"X-shs-arrivaldate", arrived}, {"X-shs-duplicatemsg", duplicate},
		{"Content-Type", "text/plain"},
	})
	w.WriteHeader(http.StatusAccepted)
	_, _ = io.WriteString(w, l.TxID)
}

func setHeaders(w http.ResponseWriter, headers [][2]string) {
	for _, h := range headers {
		if h[1] != "" {
			w.Header()[h[0]] = []string{h[1]}
		}
	}
}

func (h *ReceiveHandler) refuse(w http.ResponseWriter, r *http.Request, peer Peer, err error) {
	var coded *Error
	var cut *TransportError
	log := h.log().With("organisation", mask(peer.Organisation), "reason", err)
	switch {
	case errors.Is(err, ErrUnknownPeer):
		log.WarnContext(r.Context(), "shs: peer refused")
		answerError(w, http.StatusForbidden, IllegalSender, ErrUnknownPeer.Error())
	case errors.As(err, &coded):
		log.InfoContext(r.Context(), "shs: message refused")
		answerError(w, http.StatusBadRequest, coded.Code, coded.Text)
	case errors.As(err, &cut): // the sender's doing, who learns to send it again
		log.WarnContext(r.Context(), "shs: message not received")
		answerError(w, http.StatusRequestTimeout, "", "Överföringen bröts; sänd igen med samma tx.id. / the transfer broke off; send again with the same tx.id")
	default:
		log.ErrorContext(r.Context(), "shs: message not received")
		answerError(w, http.StatusInternalServerError, "", "Internt fel; sänd igen med samma tx.id. / internal error; send again with the same tx.id")
	}
}

// answerError says what went wrong in both languages: what the code means in
// Swedish, and the text.
func answerError(w http.ResponseWriter, status int, code Code, text string) {
	setHeaders(w, [][2]string{
		{"X-shs-errorcode", string(code)},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"X-Content-Type-Options", "nosniff"},
	})
	w.WriteHeader(status)
	text = or(text, code.English())
	if code != "" {
		text = code.Swedish() + ". / " + text
	}
	_, _ = io.WriteString(w, text+"\n")
}

func (h *ReceiveHandler) log() *slog.Logger { return orDiscard(h.Logger) }

func orDiscard(l *slog.Logger) *slog.Logger {
	if l == nil {
		return slog.New(slog.DiscardHandler)
	}
	return l
}
