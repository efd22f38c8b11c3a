package traffic

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"filtjanst/filing"
)

// ETransport is the way over the Tax Agency's portal e-transport: plain files
// under a product, without labels.
type ETransport struct {
	HTTP *http.Client // with the organisation certificate; no redirects
	Base string       // such as https://host/et/et_web/auto
	// Products are the product numbers, of what is sent and what is fetched.
	Products map[filing.Transaction]string
	Fetched  []filing.Transaction // those of Products that are listed by Fetch
}

// answerLimit bounds what is read of an answer that is no file.
const answerLimit = 1 << 20

// Send uploads the parcel's one file under its name.
func (e *ETransport) Send(ctx context.Context, p Parcel) (Sent, error) {
	if len(p.Items) != 1 {
		return Sent{}, fmt.Errorf("e-transport takes one file at a time, not %d", len(p.Items))
	}
	product, known := e.Products[p.Transaction]
	if !known {
		return Sent{}, fmt.Errorf("there is no product number for %s: add it under [products] in the configuration", p.Transaction)
	}
	item := p.Items[0]
	file, err := os.Open(item.Path)
	if err != nil {
		return Sent{}, fmt.Errorf("the file to send is not there: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Sent{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, e.url(product, item.Name), file)
	if err != nil {
		return Sent{}, err
	}
	request.ContentLength = info.Size()
	request.Header.Set("Content-Type", "application/octet-stream")
	return e.upload(request)
}

func (e *ETransport) upload(request *http.Request) (Sent, error) {
	response, err := e.HTTP.Do(request)
	if err != nil {
		return Sent{}, fmt.Errorf("%w: %w", ErrUnclear, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerLimit))
	switch {
	case response.StatusCode >= 400 && response.StatusCode < 500 && response.StatusCode != http.StatusRequestTimeout:
		return Sent{}, fmt.Errorf("%w: HTTP %d: %s", ErrRefused, response.StatusCode, strings.TrimSpace(string(body)))
	case response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated && response.StatusCode != http.StatusAccepted:
		return Sent{}, fmt.Errorf("%w: HTTP %d: %s", ErrUnclear, response.StatusCode, strings.TrimSpace(string(body)))
	case err != nil:
		return Sent{}, fmt.Errorf("%w: the answer was cut off: %w", ErrUnclear, err)
	}
	return readAnswer(body), nil
}

// readAnswer looks for a transaction id and an outcome in the small XML
// document that answers an upload, wherever they stand; its layout is not
// known for other peers than our own.
func readAnswer(body []byte) Sent {
	var sent Sent
	decoder := xml.NewDecoder(strings.NewReader(string(body)))
	element := ""
	for {
		token, err := decoder.Token()
		if err != nil {
			return sent
		}
		switch t := token.(type) {
		case xml.StartElement:
			element = strings.ToLower(strings.ReplaceAll(t.Name.Local, "-", ""))
		case xml.EndElement:
			element = ""
		case xml.CharData:
			note(&sent, element, strings.TrimSpace(string(t)))
		}
	}
}

func note(sent *Sent, element, text string) {
	switch element {
	case "transactionid", "transaktionsid", "transaktionsidentitet":
		sent.TransactionID = first(sent.TransactionID, text)
	case "outcome", "utfall", "status":
		sent.Outcome = first(sent.Outcome, text)
	}
}

func (e *ETransport) url(product, name string) string {
	return strings.TrimSuffix(e.Base, "/") + "/" + url.PathEscape(product) + "/" + url.PathEscape(name)
}

// Fetch lists each product, and fetches every name that was not fetched before.
func (e *ETransport) Fetch(ctx context.Context, k Keeper) (int, error) {
	saved := 0
	var errs []error
	var seen []string
	for _, transaction := range e.Fetched {
		product, known := e.Products[transaction]
		if !known || slices.Contains(seen, product) {
			continue
		}
		seen = append(seen, product)
		n, err := e.fetchProduct(ctx, k, product)
		saved += n
		errs = append(errs, err)
	}
	return saved, errors.Join(errs...)
}

func (e *ETransport) fetchProduct(ctx context.Context, k Keeper, product string) (int, error) {
	names, err := e.list(ctx, product)
	if err != nil {
		return 0, err
	}
	saved := 0
	var errs []error
	for _, name := range names {
		has, err := k.Has(ctx, product, name)
		if err != nil {
			return saved, err
		}
		if has {
			continue
		}
		if err := e.fetch(ctx, k, product, name); err != nil {
			errs = append(errs, fmt.Errorf("fetching %s: %w", name, err))
			continue
		}
		saved++
	}
	return saved, errors.Join(errs...)
}

func (e *ETransport) list(ctx context.Context, product string) ([]string, error) {
	body, err := e.get(ctx, strings.TrimSuffix(e.Base, "/")+"/"+url.PathEscape(product)+"?getfilenames=true")
	if err != nil {
		return nil, fmt.Errorf("listing the files of product %s: %w", product, err)
	}
	defer body.Close()
	text, err := io.ReadAll(io.LimitReader(body, 64*answerLimit))
	if err != nil {
		return nil, err
	}
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' || r == '\r' }), nil
}

func (e *ETransport) fetch(ctx context.Context, k Keeper, product, name string) error {
	body, err := e.get(ctx, e.url(product, name))
	if err != nil {
		return err
	}
	defer body.Close()
	given := false
	err = k.Save(ctx, func() (Incoming, error) {
		if given {
			return Incoming{}, io.EOF
		}
		given = true
		return Incoming{Address: product, ID: name, Name: name, Product: product, Body: body}, nil
	})
	if err != nil {
		return err
	}
	return k.Acknowledged(ctx, product, name)
}

func (e *ETransport) get(ctx context.Context, address string) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := e.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(response.Body, answerLimit))
		response.Body.Close()
		return nil, fmt.Errorf("%w: HTTP %d: %s", ErrRefused, response.StatusCode, strings.TrimSpace(string(text)))
	}
	return response.Body, nil
}
