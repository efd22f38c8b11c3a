package gateway

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/shs"
)

// namesPage is how many names are read at once.
const namesPage = 1000

// list writes the names that wait for the organisation, a line each, all of
// them.
func (t *transport) list(w http.ResponseWriter, r *http.Request, c call) error {
	if !strings.EqualFold(shs.Parameter(r.URL.Query(), "getfilenames"), "true") {
		return &problem{http.StatusBadRequest, "Lägg till ?getfilenames=true eller ett filnamn.", "Add ?getfilenames=true or a file name."}
	}
	addresses, err := c.addresses(r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	for _, address := range addresses {
		for _, tx := range c.world.Products.out(c.product) {
			if err := writeNames(w, c.world.namesOf(r.Context(), address, string(tx))); err != nil {
				t.log.WarnContext(r.Context(), "gateway: a list of names broke off", "world", c.world.Name, "reason", err)
				breakOff()
			}
		}
	}
	return nil
}

func (c call) addresses(ctx context.Context) (all []string, err error) {
	err = c.world.DB.Read(ctx, func(r store.Reader) (err error) {
		all, err = c.world.Parties.AddressesOf(r, c.peer.Organisation)
		return err
	})
	return all, err
}

// fetch sends one file whole. It stays listed until its last byte was handed to
// the connection, and can be fetched again by name for as long as it is kept.
func (t *transport) fetch(w http.ResponseWriter, r *http.Request, c call) error {
	l, body, err := c.find(r.Context())
	if err != nil {
		return err
	}
	defer body.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.FormatInt(l.Body.Size, 10))
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": l.ListedName()}))
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	n, err := io.Copy(w, body)
	if err == nil && n != l.Body.Size {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		err = http.NewResponseController(w).Flush()
	}
	if err != nil {
		t.log.WarnContext(r.Context(), "gateway: e-transport broke off", "world", c.world.Name, "message", l.ID, "sent", n, "reason", err)
		breakOff()
	}
	t.sentWhole(context.WithoutCancel(r.Context()), c, l)
	return nil
}

// breakOff cuts the connection, so that a part is not taken for the whole.
func breakOff() { panic(http.ErrAbortHandler) }

// sentWhole takes the file off the list. Where that fails it is listed, and
// fetched, once more; nothing is lost.
func (t *transport) sentWhole(ctx context.Context, c call, l outbox.Listed) {
	now := c.world.Clock.Now()
	err := c.world.DB.Do(ctx, func(tx store.Tx) error { return c.world.Box.SentWhole(tx, l.ID, now) })
	if err != nil {
		t.log.ErrorContext(ctx, "gateway: a fetch could not be recorded", "world", c.world.Name, "message", l.ID, "reason", err)
	}
}

// find looks for the name in the organisation's own outboxes, under the
// product that was asked.
func (c call) find(ctx context.Context) (outbox.Listed, io.ReadCloser, error) {
	addresses, err := c.addresses(ctx)
	if err != nil {
		return outbox.Listed{}, nil, err
	}
	for _, address := range addresses {
		l, body, err := c.world.Box.OpenByName(ctx, address, c.name)
		if errors.Is(err, outbox.ErrNotFound) {
			continue
		}
		if err == nil && !slices.Contains(c.world.Products.out(c.product), l.Transaction) {
			body.Close()
			continue
		}
		return l, body, err
	}
	return outbox.Listed{}, nil, outbox.ErrNotFound
}
