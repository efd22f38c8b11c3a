package traffic

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"filtjanst/filing"
)

const product = "11111111-2222-4333-8444-555555555555"

func portal(t *testing.T, h http.HandlerFunc) *ETransport {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return &ETransport{
		HTTP: server.Client(), Base: server.URL + "/et/et_web/auto",
		Products: map[filing.Transaction]string{filing.BFApplication: product, filing.BFApplicationReceipt: product},
		Fetched:  []filing.Transaction{filing.BFApplicationReceipt, filing.BFConfirmation},
	}
}

func parcel(t *testing.T, name, content string) Parcel {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return Parcel{Transaction: filing.BFApplication, Items: []Item{{Path: path, Name: name}}}
}

func TestUploadIsAnswered(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		body   string
		want   Sent
		err    error
	}{
		{"our own answer", 200, `<answer><transaction-id>T1</transaction-id><file><outcome sv="avvisad">rejected</outcome></file></answer>`, Sent{TransactionID: "T1", Outcome: "rejected"}, nil},
		{"another's answer", 201, `<?xml version="1.0"?><Svar><TransaktionsId>T2</TransaktionsId></Svar>`, Sent{TransactionID: "T2"}, nil},
		{"no XML", 200, "mottagen", Sent{}, nil},
		{"refused", 403, "okänd organisation", Sent{}, ErrRefused},
		{"server fault", 502, "bad gateway", Sent{}, ErrUnclear},
		{"redirect", 302, "", Sent{}, ErrUnclear},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := portal(t, func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil || string(body) != "content" || r.Method != http.MethodPut {
					t.Errorf("%s %q, %v", r.Method, body, err)
				}
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			sent, err := e.Send(t.Context(), parcel(t, "ABC.ANSOKAN", "content"))
			if !errors.Is(err, test.err) || sent != test.want {
				t.Errorf("%+v, %v", sent, err)
			}
		})
	}
}

func TestCutAnswerIsUnclear(t *testing.T) {
	t.Parallel()
	e := portal(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	})
	if _, err := e.Send(t.Context(), parcel(t, "A", "content")); !errors.Is(err, ErrUnclear) {
		t.Errorf("got %v", err)
	}
}

// shelf is a Keeper that remembers in memory.
type shelf struct {
	mu    sync.Mutex
	saved map[string]string
	acked []string
}

func (s *shelf) Has(_ context.Context, address, id string) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, has := s.saved[address+"/"+id]
	return has, nil
}

func (s *shelf) Unacknowledged(context.Context, string) ([]string, error) { return nil, nil }

func (s *shelf) Save(_ context.Context, next func() (Incoming, error)) error {
	for {
		in, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		text, err := io.ReadAll(in.Body)
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.saved[in.Address+"/"+in.ID] = string(text)
		s.mu.Unlock()
	}
}

func (s *shelf) Acknowledged(_ context.Context, _, id string) error {
	s.acked = append(s.acked, id)
	return nil
}

func TestFetchTakesEveryNameOnce(t *testing.T) {
	t.Parallel()
	var asked []string
	e := portal(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("getfilenames") == "true" {
			_, _ = io.WriteString(w, "Supro.abc.rapport.12.261123.etr\r\nKbl.Ansökan.etr\r\n\r\nbroken\r\n")
			return
		}
		name := filepath.Base(r.URL.Path)
		asked = append(asked, name)
		if name == "broken" {
			http.Error(w, "borta", http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, "bytes of "+name)
	})
	s := &shelf{saved: map[string]string{}}
	for range 2 {
		if _, err := e.Fetch(t.Context(), s); err == nil || !strings.Contains(err.Error(), "broken") {
			t.Fatalf("the name that fails is not told: %v", err)
		}
	}
	if got := s.saved[product+"/Kbl.Ansökan.etr"]; got != "bytes of Kbl.Ansökan.etr" {
		t.Errorf("saved %q", got)
	}
	slices.Sort(asked)
	want := []string{"Kbl.Ansökan.etr", "Supro.abc.rapport.12.261123.etr", "broken", "broken"}
	if !slices.Equal(asked, want) || len(s.acked) != 2 {
		t.Errorf("asked %q, acknowledged %q", asked, s.acked)
	}
}

func TestCutDownloadIsNotSaved(t *testing.T) {
	t.Parallel()
	e := portal(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("getfilenames") == "true" {
			_, _ = io.WriteString(w, "A\n")
			return
		}
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, "only a part")
		panic(http.ErrAbortHandler)
	})
	s := &shelf{saved: map[string]string{}}
	if _, err := e.Fetch(t.Context(), s); err == nil || len(s.acked) != 0 || len(s.saved) != 0 {
		t.Errorf("saved %v, acknowledged %v, %v", s.saved, s.acked, err)
	}
}
