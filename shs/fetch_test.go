package shs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestFetchRefuses(t *testing.T) {
	t.Parallel()
	box := mustAddress(t, "2021000001")
	save := (&memoryKeeper{saved: map[string]bool{}}).Save
	tests := map[string]http.HandlerFunc{
		"a web page": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html><body>Logga in</body></html>") },
		"another message": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "message/rfc822")
			_, _ = w.Write(sampleMessage())
		},
		"half a message": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "message/rfc822")
			_, _ = w.Write(sampleMessage()[:1000])
		},
		"a server's fault": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "x", http.StatusInternalServerError) },
	}
	for name, h := range tests {
		if err := serve(t, h).Fetch(t.Context(), box, txB, save); err == nil || errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := serve(t, http.NotFoundHandler()).Fetch(t.Context(), box, txB, save); !errors.Is(err, ErrNotFound) {
		t.Errorf("404: %v", err)
	}
	whole := serve(t, tests["another message"])
	lazy := func(context.Context, *Message) error { return nil }
	if err := whole.Fetch(t.Context(), box, txA, lazy); err == nil {
		t.Error("a message that was not read to its end counts as saved")
	}
	if err := whole.Fetch(t.Context(), box, txA, save); err != nil {
		t.Error(err)
	}
}

func TestListFiltersWhatNodesPassOver(t *testing.T) {
	t.Parallel()
	var query string
	c := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query = r.URL.Path + "?" + r.URL.RawQuery
		a, b := ListedOf(sampleLabel(), time.Time{}), ListedOf(sampleLabel(), time.Time{})
		b.TxID, b.Meta = txB, nil
		doc, _ := MarshalList([]Listed{a, b})
		_, _ = w.Write(doc)
	}))
	f := Filter{Status: Test, Unacknowledged: true, Products: []string{product}, Limit: 2, Since: sampleTime(), Meta: []Meta{{"lopnummer", "17"}}}
	list, err := c.List(t.Context(), mustAddress(t, "162021000001.a"), f)
	if err != nil || len(list.Messages) != 1 || list.Messages[0].TxID != txA || !list.Filled || list.More {
		t.Errorf("%+v, %v", list, err)
	}
	want := "/shs/ds/urn:X-shs:162021000001.a?filter=noack&maxhits=2&producttype=urn%3AX-shs%3A" + product + "&since=2025-11-03T08%3A15%3A00&status=test"
	if query != want {
		t.Errorf("asked %s", query)
	}
}
