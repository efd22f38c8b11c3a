package gateway_test

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"filtjanst/authority/gateway"
	"filtjanst/authority/outbox"
	"filtjanst/filing"
	"filtjanst/shs"
)

func pushed(url string) outbox.Message {
	return outbox.Message{
		ID: 1, TxID: "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01", CorrID: "c", ContentID: "d", Address: filer, Transaction: filing.BFConfirmation,
		Sequence: outbox.Event, Product: receipts, Name: "SUPRO.ABC.ANSBEKR", DataPartType: "bekraftelse", Created: now,
		Meta: map[string]string{"b": "2", "a": "1"}, PushTo: url, Body: outbox.Body{Size: 7},
	}
}

func deliver(t *testing.T, answer http.HandlerFunc) error {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	d := gateway.Deliverer{HTTP: server.Client(), Status: shs.Test, Organisation: own, Random: rand.Reader}
	return d.Deliver(t.Context(), pushed(server.URL), strings.NewReader("content"))
}

func TestDeliver(t *testing.T) {
	t.Parallel()
	err := deliver(t, func(w http.ResponseWriter, r *http.Request) {
		m, err := shs.ReadMessage(r.Body, r.Header.Get("Content-Type"), shs.Limits{})
		if err != nil {
			t.Error(err)
			return
		}
		part, err := m.Next()
		if err != nil {
			t.Error(err)
			return
		}
		body, _ := io.ReadAll(part)
		if l := m.Label; string(body) != "content" || l.Status != shs.Test || l.From.Value != own || l.To.Value != filer || l.Meta[0].Name != "a" {
			t.Errorf("pushed %q with %+v", body, l)
		}
		w.Header().Set("X-shs-txid", m.Label.TxID)
		w.WriteHeader(http.StatusAccepted)
	})
	if err != nil {
		t.Error(err)
	}
}

// What another attempt would meet as well is a refusal; the rest is tried again.
func TestDeliverTellsLastingFromPassing(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status  int
		code    string
		refused bool
	}{
		"SHS refusal": {http.StatusBadRequest, "UnknownReceiver", true},
		"not let in":  {http.StatusForbidden, "", true},
		"down":        {http.StatusServiceUnavailable, "", false},
		"node behind": {http.StatusBadRequest, "MissingDeliveryExecution", false},
		"too many":    {http.StatusTooManyRequests, "", false},
		"a web page":  {http.StatusOK, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := deliver(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				if test.code != "" {
					w.Header().Set("X-shs-errorcode", test.code)
				}
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, "<html>no</html>")
			})
			refusal, refused := errors.AsType[*outbox.Refusal](err)
			if err == nil || refused != test.refused {
				t.Fatalf("got %v", err)
			}
			if refused && refusal.Code != test.code {
				t.Errorf("the code is %q", refusal.Code)
			}
		})
	}
}
