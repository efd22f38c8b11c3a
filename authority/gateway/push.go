package gateway

import (
	"context"
	"errors"
	"io"
	"net/http"

	"filtjanst/authority/outbox"
	"filtjanst/shs"
)

// Deliverer pushes messages of one world to filers' own receive services. It
// is an [outbox.Deliverer].
type Deliverer struct {
	HTTP         *http.Client // see [shs.NewHTTPClient]
	Status       shs.Status
	Organisation string    // the authority's own number
	Random       io.Reader // safe for concurrent use
}

// Deliver posts the message once. What another attempt would meet as well
// becomes an [outbox.Refusal].
func (d *Deliverer) Deliver(ctx context.Context, m outbox.Message, body io.Reader) error {
	client := shs.Client{HTTP: d.HTTP, ReceiveURL: m.PushTo, Random: d.Random}
	payload := shs.Payload{ContentType: contentType(m), Open: func() (io.ReadCloser, error) { return io.NopCloser(body), nil }}
	_, err := client.Send(ctx, labelOf(d.Status, d.Organisation, m), []shs.Payload{payload})
	remote, isRemote := errors.AsType[*shs.RemoteError](err)
	own, isOwn := errors.AsType[*shs.Error](err)
	switch {
	case err == nil || shs.Retryable(err) || ctx.Err() != nil:
		return err
	case isRemote:
		return &outbox.Refusal{Code: remote.RawCode, Info: remote.Text}
	case isOwn:
		return &outbox.Refusal{Code: string(own.Code), Info: own.Text}
	}
	return err
}
