package authority

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"filtjanst/authority/fee"
)

// Parties lists party codes that follow the given one in order; "" begins.
func (c Control) Parties(ctx context.Context, world, after string) (all []PartyView, err error) {
	return all, c.call(ctx, http.MethodGet, "/parties?"+query("world", world, "after", after), nil, &all)
}

// Party tells all that is known of a party code.
func (c Control) Party(ctx context.Context, world, code string) (v PartyView, err error) {
	return v, c.call(ctx, http.MethodGet, "/party?"+query("world", world, "code", code), nil, &v)
}

// File finds an approved file by its transaction id, or by code and number.
func (c Control) File(ctx context.Context, world, name string) (v FileView, err error) {
	return v, c.call(ctx, http.MethodGet, "/file?"+query("world", world, "name", name), nil, &v)
}

// Stop takes back an approved application file before the evening, or lines of it.
func (c Control) Stop(ctx context.Context, call StopCall) (v FileView, err error) {
	body, err := json.Marshal(call)
	if err != nil {
		return v, err
	}
	return v, c.call(ctx, http.MethodPost, "/stop?"+query("world", call.World), bytes.NewReader(body), &v)
}

// Invoice reads one invoice or credit note with its lines.
func (c Control) Invoice(ctx context.Context, world, number string) (i fee.Invoice, err error) {
	return i, c.call(ctx, http.MethodGet, "/invoice?"+query("world", world, "number", number), nil, &i)
}

// Letter writes one letter: as "pdf" or "html".
func (c Control) Letter(ctx context.Context, world string, id int64, as string, w io.Writer) error {
	return c.download(ctx, http.MethodGet, "/letter?"+query("world", world, "id", strconv.FormatInt(id, 10), "as", as), w)
}
