package shs

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
)

// Outbox is where messages wait for their recipients. Each method first decides
// whether the peer may act for the address: its own organisation, or one that
// it is recorded to act for; else it returns [ErrUnknownPeer] or
// [ErrForeignAddress].
//
// A message can be opened again until it is acknowledged.
type Outbox interface {
	// List gives what the filter asks for, in its order, at most f.Limit; see
	// [Filter.Apply]. An unknown address gives an empty list.
	List(ctx context.Context, peer Peer, box Address, f Filter) ([]Listed, error)
	// Open gives a message, or [ErrNotFound].
	Open(ctx context.Context, peer Peer, box Address, txID string) (*Outgoing, error)
	// Ack marks a message acknowledged, also where it is so already, or gives
	// [ErrNotFound]. The confirm to its sender is made in the same commit.
	Ack(ctx context.Context, peer Peer, box Address, txID string) error
}

// Outgoing is a message on its way to the one who fetches it.
type Outgoing struct {
	Label    *Label
	Payloads []Payload
	// Done, which may be nil, is told how the writing ended: nil when all bytes
	// were handed to the connection. That is not yet an acknowledgement.
	Done func(error)
}

// DeliveryHandler is the delivery service (hämtningstjänst):
//
//	GET  <Prefix><address>[/<product>]?…        list
//	GET  <Prefix><address>/<tx.id>              fetch
//	POST <Prefix><address>/<tx.id>?action=ack   acknowledge
//
// A list that was cut at maxhits carries the header X-shs-more: yes, which is
// our own, as is the parameter after=<tx.id of the last one> to continue with.
type DeliveryHandler struct {
	Prefix string // of the path, e.g. "/shs/ds/"
	Outbox Outbox
	Random io.Reader    // for boundaries; safe for concurrent use
	Logger *slog.Logger // may be nil
}

// target is what a URL of the delivery service names.
type target struct {
	box     Address
	txID    string
	product string
}

func (h *DeliveryHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		w.Header().Set("Allow", "GET, POST")
		answerError(w, http.StatusMethodNotAllowed, "", "Använd GET eller POST. / Use GET or POST")
		return
	}
	peer, err := PeerOf(r)
	if err != nil {
		h.log().WarnContext(r.Context(), "shs: peer refused", "reason", err)
		answerError(w, http.StatusForbidden, IllegalSender, "the client certificate names no organisation")
		return
	}
	t, err := parseTarget(h.Prefix, r.URL.EscapedPath())
	if err != nil {
		answerError(w, http.StatusBadRequest, "", "Frågan är felaktig. / "+err.Error())
		return
	}
	switch {
	case r.Method == http.MethodPost:
		h.acknowledge(w, r, peer, t)
	case isAck(r):
		answerError(w, http.StatusBadRequest, "", "Kvittera med POST; inget har kvitterats. / Acknowledge with POST; nothing was acknowledged")
	case t.txID != "":
		h.fetch(w, r, peer, t)
	default:
		h.list(w, r, peer, t)
	}
}

// parseTarget takes a path apart: the address, with or without prefix, and a
// segment that is a tx.id if it is a bare UUID, else a product.
func parseTarget(prefix, escaped string) (target, error) {
	rest := strings.Trim(strings.TrimPrefix(escaped, strings.TrimSuffix(prefix, "/")), "/")
	segments := strings.Split(rest, "/")
	if rest == "" || len(segments) > 2 {
		return target{}, errors.New("the path should be an address, and a tx.id or a product")
	}
	for i, s := range segments {
		plain, err := url.PathUnescape(s)
		if err != nil {
			return target{}, errors.New("the path is wrongly escaped")
		}
		segments[i] = plain
	}
	box, err := ParseAddress(segments[0])
	if err != nil {
		return target{}, err
	}
	t := target{box: box}
	switch {
	case len(segments) == 1:
	case IsUUID(segments[1]):
		t.txID = segments[1]
	default:
		t.product, err = ParseProduct(segments[1])
	}
	return t, err
}

func (h *DeliveryHandler) list(w http.ResponseWriter, r *http.Request, peer Peer, t target) {
	f, err := filterOf(r, t)
	if err != nil {
		answerError(w, http.StatusBadRequest, "", "Frågan är felaktig. / "+err.Error())
		return
	}
	limit := f.Limit
	f.Limit++ // one more tells whether the list is cut
	messages, err := h.Outbox.List(r.Context(), peer, t.box, f)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	if len(messages) > limit {
		messages = messages[:limit]
		setHeaders(w, [][2]string{{"X-shs-more", "yes"}})
	}
	doc, err := MarshalList(messages)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/xml;charset=iso-8859-1")
	_, _ = w.Write(doc)
}

// filterOf reads the query; a product in the path goes before those in it.
func filterOf(r *http.Request, t target) (Filter, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return Filter{}, errors.New("the query is wrongly escaped")
	}
	f, err := ParseFilter(query)
	if t.product != "" {
		f.Products = []string{t.product}
	}
	return f, err
}

func (h *DeliveryHandler) fetch(w http.ResponseWriter, r *http.Request, peer Peer, t target) {
	boundary, err := NewBoundary(h.Random)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	out, err := h.Outbox.Open(r.Context(), peer, t.box, t.txID)
	if err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "message/rfc822")
	counted := &countingWriter{w: w}
	err = WriteMessage(counted, out.Label, out.Payloads, boundary)
	if err == nil {
		err = flush(w)
	}
	if out.Done != nil {
		out.Done(err)
	}
	if err != nil {
		h.breakOff(w, r, counted.n, err)
	}
}

// flush hands all bytes to the connection, where what wraps it can do that.
func flush(w http.ResponseWriter) error {
	err := http.NewResponseController(w).Flush()
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

// breakOff ends a fetch that failed: with an answer where none has begun, else
// by cutting the connection, so that the client does not take a part for the whole.
func (h *DeliveryHandler) breakOff(w http.ResponseWriter, r *http.Request, written int64, err error) {
	if written == 0 {
		h.fail(w, r, err)
		return
	}
	h.log().ErrorContext(r.Context(), "shs: delivery broken off", "reason", err)
	panic(http.ErrAbortHandler)
}

func isAck(r *http.Request) bool { return strings.EqualFold(Parameter(r.URL.Query(), "action"), "ack") }

func (h *DeliveryHandler) acknowledge(w http.ResponseWriter, r *http.Request, peer Peer, t target) {
	if t.txID == "" || !isAck(r) {
		answerError(w, http.StatusBadRequest, "", "POST är för <adress>/<tx.id>?action=ack. / POST is for <address>/<tx.id>?action=ack")
		return
	}
	if err := h.Outbox.Ack(r.Context(), peer, t.box, t.txID); err != nil {
		h.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, "OK")
}

func (h *DeliveryHandler) fail(w http.ResponseWriter, r *http.Request, err error) {
	switch {
	case errors.Is(err, ErrForeignAddress):
		h.log().WarnContext(r.Context(), "shs: peer refused", "reason", err)
		answerError(w, http.StatusForbidden, IllegalSender,
			"Adressen tillhör inte organisationen i certifikatet. / The address is not of the organisation in the certificate")
	case errors.Is(err, ErrUnknownPeer):
		h.log().WarnContext(r.Context(), "shs: peer refused", "reason", err)
		answerError(w, http.StatusForbidden, IllegalSender, ErrUnknownPeer.Error())
	case errors.Is(err, ErrNotFound):
		answerError(w, http.StatusNotFound, "", "Meddelandet finns inte här. / "+ErrNotFound.Error())
	default:
		h.log().ErrorContext(r.Context(), "shs: delivery failed", "reason", err)
		answerError(w, http.StatusInternalServerError, "", "Internt fel; försök igen. / internal error; try again")
	}
}

func (h *DeliveryHandler) log() *slog.Logger { return orDiscard(h.Logger) }

type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
