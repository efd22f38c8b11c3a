package shs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// List is one answer of a delivery service.
type List struct {
	Messages []Listed
	// More says that the node holds more than it listed, as far as it tells.
	More bool
	// Filled says that the list has as many messages as were asked for.
	Filled bool
}

// List lists an outbox. The node is asked for products, status, since, not
// acknowledged and limit; the rest of the filter is applied here, as nodes pass
// over it.
func (c *Client) List(ctx context.Context, box Address, f Filter) (List, error) {
	link := c.link(box, "")
	if query := f.query(); len(query) > 0 {
		link += "?" + query.Encode()
	}
	response, err := c.do(ctx, http.MethodGet, link)
	if err != nil {
		return List{}, fmt.Errorf("list outbox %s: %w", box, err)
	}
	defer response.Body.Close()
	defer drainBody(response.Body)
	messages, _, err := ReadList(response.Body)
	if err != nil {
		return List{}, fmt.Errorf("list outbox %s: %w", box, unclear(response, err))
	}
	l := List{More: strings.EqualFold(response.Header.Get("X-shs-more"), "yes"), Filled: len(messages) >= limitOrDefault(f.Limit)}
	f.Since = time.Time{} // the node has seen to it: a list does not show arrivals
	l.Messages = slices.DeleteFunc(messages, func(m Listed) bool { return !f.Match(m) })
	if f.SortBy != "" {
		f.Sort(l.Messages)
	}
	return l, nil
}

func limitOrDefault(limit int) int {
	if limit <= 0 {
		return DefaultHits
	}
	return limit
}

// unclear says that what came instead of a document is not one.
func unclear(response *http.Response, err error) error {
	var coded *Error
	if errors.As(err, &coded) {
		return &UnclearAnswer{Status: response.StatusCode, Text: coded.Text}
	}
	return err
}

// Fetch gets one message and hands it to save, which reads it to its end and
// stores it durably. The message is not acknowledged by this. A message that
// is not to be had gives [ErrNotFound].
func (c *Client) Fetch(ctx context.Context, box Address, txID string, save func(context.Context, *Message) error) error {
	response, err := c.do(ctx, http.MethodGet, c.link(box, txID))
	if err != nil {
		return fmt.Errorf("fetch message %s: %w", txID, err)
	}
	defer response.Body.Close()
	defer drainBody(response.Body)
	m, err := ReadMessage(response.Body, response.Header.Get("Content-Type"), c.Limits)
	if err != nil {
		return fmt.Errorf("fetch message %s: %w", txID, err)
	}
	if !strings.EqualFold(m.Label.TxID, txID) {
		return fmt.Errorf("fetch message %s: %w", txID, &UnclearAnswer{Status: response.StatusCode, Text: "the node gave another message, tx.id " + m.Label.TxID})
	}
	if err := save(ctx, m); err != nil {
		return fmt.Errorf("save message %s: %w", txID, err)
	}
	if !m.Complete() {
		return fmt.Errorf("save message %s: it was not read to its end", txID)
	}
	return nil
}

// Ack acknowledges a message that is stored durably. Repeating it is harmless.
func (c *Client) Ack(ctx context.Context, box Address, txID string) error {
	response, err := c.do(ctx, http.MethodPost, c.link(box, txID)+"?action=ack")
	if err != nil {
		return fmt.Errorf("acknowledge message %s: %w", txID, err)
	}
	drainBody(response.Body)
	response.Body.Close()
	return nil
}

func (c *Client) link(box Address, txID string) string {
	link := strings.TrimSuffix(c.DeliveryURL, "/") + "/" + url.PathEscape(box.URN())
	if txID != "" {
		link += "/" + url.PathEscape(txID)
	}
	return link
}

// do sends a request without body and gives the answer if it is 200.
func (c *Client) do(ctx context.Context, method, link string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, link, http.NoBody)
	if err != nil {
		return nil, err
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		err = remoteError(response)
	} else {
		err = refuseHTML(response)
	}
	if err != nil {
		drainBody(response.Body)
		response.Body.Close()
		return nil, err
	}
	return response, nil
}
