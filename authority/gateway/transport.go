package gateway

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"filtjanst/authority/intake"
	"filtjanst/authority/store"
	"filtjanst/shs"
)

// TransportPrefix is the path of e-transport (shs.md §11.1).
const TransportPrefix = "/et/et_web/auto/"

// transport is e-transport: files by name, without envelope.
type transport struct {
	worlds    worlds
	maxUpload int64
	log       *slog.Logger
}

// call is one request, once it is known who asks and where.
type call struct {
	world   *World
	peer    shs.Peer
	product string
	name    string // decoded; "" without one
}

func (t *transport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := t.serve(w, r); err != nil {
		t.fail(w, r, err)
	}
}

func (t *transport) serve(w http.ResponseWriter, r *http.Request) error {
	c, err := t.identify(r)
	if err != nil {
		return err
	}
	switch r.Method {
	case http.MethodPost, http.MethodPut:
		return t.upload(w, r, c)
	case http.MethodGet, http.MethodHead:
		if c.name != "" {
			return t.fetch(w, r, c)
		}
		return t.list(w, r, c)
	}
	w.Header().Set("Allow", "GET, HEAD, POST, PUT")
	return &problem{http.StatusMethodNotAllowed, "Använd GET, POST eller PUT.", "Use GET, POST or PUT."}
}

func (t *transport) identify(r *http.Request) (call, error) {
	peer, err := shs.PeerOf(r)
	if err != nil {
		return call{}, errors.Join(err, shs.ErrUnknownPeer)
	}
	world, ok := t.worlds.ofTransport(r.Context())
	if !ok {
		return call{}, &problem{http.StatusMisdirectedRequest,
			"Värdnamnet tillhör varken test eller produktion. Använd det som anslutningen anger.",
			"The host name belongs neither to test nor to production. Use the one given at connection."}
	}
	if err := world.DB.Read(r.Context(), func(reader store.Reader) error { return world.admit(reader, peer) }); err != nil {
		return call{}, err // before anything is told of what is here
	}
	product, name, err := splitPath(r.URL.EscapedPath())
	if err != nil {
		return call{}, err
	}
	if !world.Products.known(product) {
		return call{}, &problem{http.StatusNotFound, "Produkten är okänd.", "The product is unknown."}
	}
	return call{world: world, peer: peer, product: product, name: name}, nil
}

var errPath = &problem{http.StatusNotFound,
	"Adressen ska vara produktens UUID och högst ett filnamn.", "The path should be the product's UUID and at most a file name."}

func splitPath(escaped string) (product, name string, err error) {
	rest := strings.TrimPrefix(escaped, TransportPrefix)
	first, last, _ := strings.Cut(rest, "/")
	product, err = shs.ParseProduct(first)
	if err != nil || !shs.IsUUID(product) || strings.Contains(last, "/") {
		return "", "", errPath
	}
	name, err = decodeName(last)
	return product, name, err
}

// decodeName takes the percent-coding off. Which characters the bytes stand for
// is not published: they are UTF-8 if they can be, else ISO 8859-1.
func decodeName(escaped string) (string, error) {
	name, err := url.PathUnescape(escaped)
	if err != nil {
		return "", errPath
	}
	if utf8.ValidString(name) {
		return name, nil
	}
	runes := make([]rune, len(name))
	for i := range len(name) {
		runes[i] = rune(name[i])
	}
	return string(runes), nil
}

// upload takes the body as one file or cover note.
func (t *transport) upload(w http.ResponseWriter, r *http.Request, c call) error {
	tx, ok := c.world.Products.in(c.product)
	if !ok {
		w.Header().Set("Allow", "GET, HEAD")
		return &problem{http.StatusMethodNotAllowed, "Produkten är bara för hämtning.", "The product is for fetching only."}
	}
	if coding := r.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		return &problem{http.StatusUnsupportedMediaType, "Sänd filen utan Content-Encoding.", "Send the file without Content-Encoding."}
	}
	if isForm(r.Header.Get("Content-Type")) {
		return &problem{http.StatusUnsupportedMediaType,
			"Sänd filen som den är, inte i ett formulär (curl --data-binary eller -T, inte -F).",
			"Send the file as it is, not in a form (curl --data-binary or -T, not -F)."}
	}
	if r.ContentLength > t.maxUpload {
		return &http.MaxBytesError{Limit: t.maxUpload} // said before a byte is sent
	}
	part := intake.Part{Name: c.name, Body: http.MaxBytesReader(w, r.Body, t.maxUpload), Declared: r.ContentLength}
	given := false
	answer, err := c.world.Door.Take(r.Context(), intake.Arrival{
		Sender: c.peer.Organisation, Channel: intake.ETransport, Transaction: tx,
	}, func() (intake.Part, error) {
		if given {
			return intake.Part{}, io.EOF
		}
		given = true
		return part, nil
	})
	if err != nil {
		return err
	}
	return writeAnswer(w, answer)
}

// isForm tells a form with the file as one of its parts. The type that curl
// gives to what it sends with --data-binary says nothing.
func isForm(contentType string) bool {
	return len(contentType) >= len(multipartForm) && strings.EqualFold(contentType[:len(multipartForm)], multipartForm)
}

const multipartForm = "multipart/form-data"

// fail answers with what went wrong, in words for who reads the script's log.
func (t *transport) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := forHTTP(err)
	level := slog.LevelInfo
	if p.status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	if !errors.Is(err, context.Canceled) {
		t.log.Log(r.Context(), level, "gateway: e-transport refused", "method", r.Method, "status", p.status, "reason", err)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		_, _ = io.WriteString(w, p.swedish+"\n"+p.english+"\n")
	}
}
