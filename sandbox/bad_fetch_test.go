package sandbox

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"filtjanst/filing"
)

// get fetches from e-transport: the list of a product's names, or one file.
func (p *outside) get(ctx context.Context, tx filing.Transaction, name string) (status int, body []byte, err error) {
	link := p.ready.Gateway + "/et/et_web/auto/" + p.ready.Products[tx] + "/" + url.PathEscape(name)
	if name == "" {
		link = strings.TrimSuffix(link, "/") + "?getfilenames=true"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return 0, nil, err
	}
	response, err := p.http.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	return response.StatusCode, body, err
}

func (p *outside) names(t *testing.T) []string {
	t.Helper()
	status, body, err := p.get(t.Context(), filing.BFApplicationReceipt, "")
	if err != nil || status != http.StatusOK {
		t.Fatalf("list: %d, %v: %s", status, err, body)
	}
	return strings.Fields(string(body))
}

// TestRejectionIsFetchedByName: over e-transport the receipt of a rejected
// file is listed until it was sent whole, to its receiver alone.
func TestRejectionIsFetchedByName(t *testing.T) {
	t.Parallel()
	s := opened(t)
	def, abc := outsideOf(t, s.Ready(), "DEF"), outsideOf(t, s.Ready(), "ABC")
	b := batch{code: "DEF", sequence: 4, cases: 2, seed: 3, form: filing.XMLForm}
	def.submit(t, b)
	names := def.names(t)
	if len(names) != 1 || len(abc.names(t)) != 0 {
		t.Fatalf("listed %v to its receiver, %v to another", names, abc.names(t))
	}
	status, text, err := abc.get(t.Context(), filing.BFApplicationReceipt, names[0])
	if err != nil || status != http.StatusNotFound {
		t.Errorf("another got %d, %v", status, err)
	}
	bilingual(t, string(text))
	var first []byte
	for range 2 { // also again, by its name
		status, body, err := def.get(t.Context(), filing.BFApplicationReceipt, names[0])
		if err != nil || status != http.StatusOK || first != nil && !bytes.Equal(first, body) {
			t.Fatalf("fetched %d, %v: %s", status, err, body)
		}
		first = body
	}
	r, err := filing.ReadReceipt(bytes.NewReader(first), filing.Own(), filing.BFApplicationReceipt)
	if err != nil {
		t.Fatal(err)
	}
	if e := rejectedFor(t, answer{r, first}, "F210"); r.Expected != 1 || e.Class != filing.General {
		t.Errorf("next %d, %+v", r.Expected, e)
	}
	if left := def.names(t); len(left) != 0 {
		t.Errorf("still listed: %v", left)
	}
}

// TestRefusedUploads: what e-transport cannot take it refuses by its status,
// in both languages, and nothing of it is left.
func TestRefusedUploads(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "DEF")
	b := large("DEF")
	for _, c := range []struct {
		name, method, path string
		header             http.Header
		status             int
	}{
		{"unknown product", http.MethodPut, "b1000000-0000-4000-8000-0000000000ff/a", nil, http.StatusNotFound},
		{"no product", http.MethodPut, "ansokan/a", nil, http.StatusNotFound},
		{"product that only goes out", http.MethodPut, p.ready.Products[filing.BFConfirmation] + "/a", nil, http.StatusMethodNotAllowed},
		{"compressed", http.MethodPut, p.ready.Products[filing.BFApplication] + "/a", http.Header{"Content-Encoding": {"gzip"}}, http.StatusUnsupportedMediaType},
		{"deleted", http.MethodDelete, p.ready.Products[filing.BFApplication] + "/a", nil, http.StatusMethodNotAllowed},
		{"fetched without a name", http.MethodGet, p.ready.Products[filing.BFApplicationReceipt], nil, http.StatusBadRequest},
	} {
		t.Run(c.name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), c.method, p.ready.Gateway+"/et/et_web/auto/"+c.path, bytes.NewReader(b.file(t)))
			if err != nil {
				t.Fatal(err)
			}
			for key, values := range c.header {
				request.Header[key] = values
			}
			response, err := p.http.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			text, err := io.ReadAll(response.Body)
			if err != nil || response.StatusCode != c.status {
				t.Fatalf("answered %d, %v: %s", response.StatusCode, err, text)
			}
			bilingual(t, string(text))
			noBytes(t, s)
		})
	}
	if letters := p.drained(t); len(letters) > 0 || standingOf(t, s, "DEF") != (standing{Expected: 1}) {
		t.Errorf("%d messages, standing %+v", len(letters), standingOf(t, s, "DEF"))
	}
}
