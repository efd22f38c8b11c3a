package gateway_test

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/gateway"
	"filtjanst/authority/intake"
	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/shs"
)

func (b *bench) upload(method, rest, body string) answer {
	b.Helper()
	return b.send(request{organisation: filer, method: method, host: productionHost, path: gateway.TransportPrefix + applications + rest, body: strings.NewReader(body)})
}

func TestUpload(t *testing.T) {
	for name, test := range map[string]struct{ method, rest, name string }{
		"POST":             {http.MethodPost, "", ""},
		"POST with slash":  {http.MethodPost, "/", ""},
		"PUT":              {http.MethodPut, "/ABC.ANSOKAN", "ABC.ANSOKAN"},
		"UTF-8 name":       {http.MethodPut, "/Abc.Ans%C3%B6kan.etr", "Abc.Ansökan.etr"},
		"Latin-1 name":     {http.MethodPut, "/Abc.Ans%F6kan.etr", "Abc.Ansökan.etr"},
		"name with blank":  {http.MethodPut, "/ABC%20ANSOKAN", "ABC ANSOKAN"},
		"name that climbs": {http.MethodPut, "/..%2F..%2Fetc", "../../etc"},
		"name of dots":     {http.MethodPut, "/..", ".."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, func() *store.DB { return openSQLite(t, t.TempDir()) })
			a := b.upload(test.method, test.rest, "content")
			if a.status != http.StatusOK {
				t.Fatalf("%d %s", a.status, a.body)
			}
			want := []taken{{
				arrival: intake.Arrival{Sender: filer, Channel: intake.ETransport, Transaction: filing.BFApplication},
				names:   []string{test.name}, bodies: []string{"content"},
			}}
			if diff := cmp.Diff(want, b.doors[0].all(), cmp.AllowUnexported(taken{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A rejected file is 200, with transaction id and outcome (DESIGN decision 13).
func TestUploadAnswer(t *testing.T) {
	each(t, func(b *bench) {
		a := b.upload(http.MethodPut, "/ABC.ANSOKAN", "content")
		var got struct {
			ID      string `xml:"transaction-id"`
			Arrived string `xml:"arrived"`
			Files   []struct {
				Transaction string `xml:"transaction"`
				Outcome     struct {
					Symbol  string `xml:",chardata"`
					Swedish string `xml:"sv,attr"`
				} `xml:"outcome"`
			} `xml:"file"`
		}
		b.must(xml.Unmarshal([]byte(a.body), &got))
		if a.status != http.StatusOK || got.ID != "T-1" || got.Arrived != "2026-11-23T10:30:15" || len(got.Files) != 1 ||
			got.Files[0].Outcome.Symbol != "rejected" || got.Files[0].Outcome.Swedish != "avvisad" {
			b.Errorf("%d %s", a.status, a.body)
		}
	})
}

func TestTransportRefuses(t *testing.T) {
	each(t, func(b *bench) {
		for name, test := range map[string]struct {
			r      request
			status int
		}{
			"unknown organisation":  {request{organisation: stranger, method: http.MethodPost, path: applications}, http.StatusForbidden},
			"no organisation":       {request{method: http.MethodPost, path: applications}, http.StatusForbidden},
			"unknown product":       {request{organisation: filer, method: http.MethodPost, path: unknown}, http.StatusNotFound},
			"no product":            {request{organisation: filer, method: http.MethodPost, path: "x"}, http.StatusNotFound},
			"too deep":              {request{organisation: filer, method: http.MethodPut, path: applications + "/a/b"}, http.StatusNotFound},
			"no such file":          {request{organisation: filer, method: http.MethodGet, path: receipts + "/no-such-name"}, http.StatusNotFound},
			"product for fetching":  {request{organisation: filer, method: http.MethodPost, path: receipts}, http.StatusMethodNotAllowed},
			"no such method":        {request{organisation: filer, method: http.MethodDelete, path: applications}, http.StatusMethodNotAllowed},
			"neither list nor name": {request{organisation: filer, method: http.MethodGet, path: receipts}, http.StatusBadRequest},
			"compressed": {request{organisation: filer, method: http.MethodPost, path: applications, body: strings.NewReader("x"),
				header: http.Header{"Content-Encoding": {"gzip"}}}, http.StatusUnsupportedMediaType},
			"in a form": {request{organisation: filer, method: http.MethodPost, path: applications, body: strings.NewReader("x"),
				header: http.Header{"Content-Type": {"Multipart/form-data; boundary=q"}}}, http.StatusUnsupportedMediaType},
			"too large": {request{organisation: filer, method: http.MethodPost, path: applications, body: strings.NewReader(strings.Repeat("x", 1<<20+1))},
				http.StatusRequestEntityTooLarge},
		} {
			test.r.host, test.r.path = productionHost, gateway.TransportPrefix+test.r.path
			a := b.send(test.r)
			if a.status != test.status || strings.Count(a.body, "\n") != 2 {
				b.Errorf("%s: %d %q", name, a.status, a.body)
			}
		}
		if took := b.doors[0].all(); len(took) != 0 {
			b.Errorf("the door took %v", took)
		}
	})
}

func TestTransportTellsRefusalsOfTheDoor(t *testing.T) {
	each(t, func(b *bench) {
		for kind, status := range map[intake.Kind]int{
			intake.Malformed: http.StatusBadRequest, intake.Incomplete: http.StatusBadRequest,
			intake.TooLarge: http.StatusRequestEntityTooLarge, intake.Unwanted: http.StatusNotFound,
		} {
			b.doors[0].fails = &intake.Refusal{Kind: kind, Swedish: "därför", English: "because"}
			if a := b.upload(http.MethodPost, "", "x"); a.status != status || a.body != "därför\nbecause\n" {
				b.Errorf("%s: %d %q", kind, a.status, a.body)
			}
		}
		b.doors[0].fails = fmt.Errorf("intake: %w: %w", intake.ErrBrokenOff, io.ErrUnexpectedEOF)
		if a := b.upload(http.MethodPost, "", "x"); a.status != http.StatusBadRequest || !strings.Contains(a.body, "Sänd igen") {
			b.Errorf("a transfer that broke off: %d %q", a.status, a.body)
		}
		b.doors[0].fails = store.ErrClosed
		if a := b.upload(http.MethodPost, "", "x"); a.status != http.StatusInternalServerError || strings.Contains(a.body, "database") {
			b.Errorf("an error of ours: %d %q", a.status, a.body)
		}
	})
}

// raw opens a connection and sends the head of a request.
func (b *bench) raw(head string) net.Conn {
	b.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(b.url, "http://"))
	b.must(err)
	b.Cleanup(func() { c.Close() })
	_, err = io.WriteString(c, strings.ReplaceAll(head, "\n", "\r\n"))
	b.must(err)
	return c
}

// An upload that is cut leaves nothing (trap 7), announced or chunked.
func TestUploadCutOff(t *testing.T) {
	each(t, func(b *bench) {
		for name, coding := range map[string]string{
			"announced": "Content-Length: 100\n\nhalf of it",
			"chunked":   "Transfer-Encoding: chunked\n\na\nhalf of it",
		} {
			c := b.raw("PUT " + gateway.TransportPrefix + applications + "/A HTTP/1.1\nHost: " + productionHost + "\nOrganisation: " + filer + "\n" + coding)
			b.must(c.(*net.TCPConn).CloseWrite())
			response, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err == nil && response.StatusCode < 400 {
				b.Errorf("%s: %s", name, response.Status)
			}
		}
		if took := b.doors[0].all(); len(took) != 0 {
			b.Errorf("the door took %v", took)
		}
	})
}

// Who is silent, or sends a byte now and then, is not waited for.
func TestSlowUploadIsGivenUp(t *testing.T) {
	for name, p := range map[string]gateway.Patience{
		"silent":  {Silence: 100 * time.Millisecond, Grace: time.Hour, Speed: 1},
		"crawler": {Silence: time.Hour, Grace: 200 * time.Millisecond, Speed: 1 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &bench{T: t}
			b.addWorld("production", shs.Production, productionHost, openSQLite(t, t.TempDir()))
			b.serve(p)
			c := b.raw("POST " + gateway.TransportPrefix + applications + " HTTP/1.1\nHost: " + productionHost + "\nOrganisation: " + filer + "\nContent-Length: 1000000\n\n")
			begun := time.Now()
			go func() {
				for range 200 {
					if _, err := c.Write([]byte("x")); err != nil || name == "silent" {
						return
					}
					time.Sleep(20 * time.Millisecond)
				}
			}()
			response, err := http.ReadResponse(bufio.NewReader(c), nil)
			if err == nil && response.StatusCode != http.StatusRequestTimeout {
				t.Errorf("answered %s", response.Status)
			}
			if took := time.Since(begun); took > 3*time.Second {
				t.Errorf("given up after %s", took)
			}
			if took := b.doors[0].all(); len(took) != 0 {
				t.Errorf("the door took %v", took)
			}
		})
	}
}

// A check that takes longer than a peer may be silent is waited for.
func TestSlowCheckIsWaitedFor(t *testing.T) {
	t.Parallel()
	b := &bench{T: t}
	b.addWorld("production", shs.Production, productionHost, openSQLite(t, t.TempDir()))
	b.doors[0].takes = 600 * time.Millisecond
	b.serve(gateway.Patience{Silence: 400 * time.Millisecond, Grace: 400 * time.Millisecond, Speed: 1 << 20})
	for range 2 { // the connection is used again
		if a := b.upload(http.MethodPost, "", "content"); a.status != http.StatusOK {
			t.Errorf("answered %d %s", a.status, a.body)
		}
	}
	if a := b.post(filer, productionHost, label()); a.status != http.StatusAccepted {
		t.Errorf("answered %d %s", a.status, a.body)
	}
}

// One organisation that asks too much is told to wait; another is not.
func TestShareOfAnOrganisation(t *testing.T) {
	t.Parallel()
	b := newBench(t, func() *store.DB { return openSQLite(t, t.TempDir()) })
	head := "POST " + gateway.TransportPrefix + applications + " HTTP/1.1\nHost: " + productionHost + "\nOrganisation: " + filer + "\nContent-Length: 5\nExpect: 100-continue\n\n"
	var open []net.Conn
	for range 3 {
		c := b.raw(head)
		line, err := bufio.NewReader(c).ReadString('\n') // the door reads
		b.must(err)
		if !strings.Contains(line, "100") {
			t.Fatalf("got %q", line)
		}
		open = append(open, c)
	}
	if a := b.upload(http.MethodPost, "", "x"); a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("the fourth got %d", a.status)
	}
	if a := b.get(other, productionHost, gateway.TransportPrefix+receipts+"?getfilenames=true"); a.status != http.StatusOK {
		t.Errorf("another organisation got %d", a.status)
	}
	open[0].Close()
	b.until(func() bool { return b.upload(http.MethodPost, "", "x").status == http.StatusOK })
}

func (b *bench) names() []string {
	b.Helper()
	a := b.get(filer, productionHost, gateway.TransportPrefix+receipts+"?getfilenames=true")
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") {
		b.Fatalf("list: %d %s", a.status, a.body)
	}
	return strings.Fields(a.body)
}

// A file is listed until it was sent whole, and fetched by name again after.
func TestNamesAndFetch(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		m := b.put(w, filer, "SUPRO.ABC.KVITTENS", "content åäö")
		internal := b.put(w, filer+".system", "SUPRO.ABC.KVITTENS", "internal")
		b.put(w, other, "OTHERS", "x")
		b.put(w, filer, "CONFIRM", "x", func(m *outbox.Message) { m.Transaction, m.Sequence, m.Product = "", outbox.Adm, "confirm" })
		first := fmt.Sprintf("SUPRO.ABC.KVITTENS.%d.261123.etr", m.ID)
		second := fmt.Sprintf("SUPRO.ABC.KVITTENS.%d.261123.etr", internal.ID)
		if diff := cmp.Diff([]string{first, second}, b.names()); diff != "" {
			b.Fatal(diff)
		}
		for range 2 { // the second time it is not listed any more
			a := b.get(filer, productionHost, gateway.TransportPrefix+receipts+"/"+first)
			if a.status != http.StatusOK || a.body != "content åäö" || a.header.Get("Content-Length") != fmt.Sprint(len(a.body)) {
				b.Errorf("fetch: %d %q", a.status, a.body)
			}
			b.until(func() bool { return !slices.Contains(b.names(), first) })
		}
		if diff := cmp.Diff([]string{second}, b.names()); diff != "" {
			b.Error(diff)
		}
	})
}

func (b *bench) until(holds func() bool) {
	b.Helper()
	for deadline := time.Now().Add(5 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.Fatal("it did not come about")
		}
	}
}

func TestFetchOnlyOnesOwn(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		m := b.put(w, filer, "R", "x")
		name := m.Name + fmt.Sprintf(".%d.261123.etr", m.ID)
		for what, try := range map[string]struct {
			organisation, product, name string
			status                      int
		}{
			"another organisation": {other, receipts, name, http.StatusNotFound},
			"a relay":              {node, receipts, name, http.StatusNotFound},
			"another product":      {filer, applications, name, http.StatusNotFound},
			"another name":         {filer, receipts, "X" + name, http.StatusNotFound},
			"plain name":           {filer, receipts, "R", http.StatusNotFound},
			"another case":         {filer, receipts, strings.ToLower(name), http.StatusOK},
		} {
			if a := b.get(try.organisation, productionHost, gateway.TransportPrefix+try.product+"/"+try.name); a.status != try.status {
				b.Errorf("%s: %d %s", what, a.status, a.body)
			}
		}
		if names := listedFor(b, other); names != "" {
			b.Errorf("the other sees %q", names)
		}
	})
}

func listedFor(b *bench, organisation string) string {
	return b.get(organisation, productionHost, gateway.TransportPrefix+receipts+"?getfilenames=true").body
}

// A fetch that was cut leaves the file on the list (trap 12).
func TestFetchCutOffStaysListed(t *testing.T) {
	t.Parallel()
	b := newBench(t, func() *store.DB { return openSQLite(t, t.TempDir()) })
	w := b.worlds[0]
	body, err := w.Box.Stage(t.Context(), "b-1", func(out io.Writer) error {
		_, err := io.CopyN(out, zeros{}, 64<<20)
		return err
	})
	b.must(err)
	m := b.put(w, filer, "LARGE", "", func(m *outbox.Message) { m.Body = body })
	name := fmt.Sprintf("LARGE.%d.261123.etr", m.ID)
	c := b.raw("GET " + gateway.TransportPrefix + receipts + "/" + name + " HTTP/1.1\nHost: " + productionHost + "\nOrganisation: " + filer + "\n\n")
	_, err = io.CopyN(io.Discard, c, 1<<20)
	b.must(err)
	c.Close()
	time.Sleep(200 * time.Millisecond)
	if names := b.names(); !slices.Contains(names, name) {
		t.Errorf("listed are %v", names)
	}
	a := b.get(filer, productionHost, gateway.TransportPrefix+receipts+"/"+name)
	if a.status != http.StatusOK || len(a.body) != 64<<20 {
		t.Errorf("the second try gave %d and %d bytes", a.status, len(a.body))
	}
	b.until(func() bool { return len(b.names()) == 0 })
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// More names than a page holds are all listed (trap 3).
func TestAllNamesAreListed(t *testing.T) {
	t.Parallel()
	b := newBench(t, func() *store.DB { return openSQLite(t, t.TempDir()) })
	const n = 2300
	w := b.worlds[0]
	first, err := w.Box.NewIDs(t.Context(), n)
	b.must(err)
	b.must(w.DB.Do(t.Context(), func(tx store.Tx) error {
		for i := range int64(n) {
			m := outbox.Message{ID: first + i, TxID: fmt.Sprint("tx-", i), CorrID: "c", ContentID: "c", Address: filer, Transaction: filing.BFApplicationReceipt,
				Sequence: outbox.Reply, Product: receipts, Name: "R", From: own, Body: outbox.Inline([]byte("x")), Created: now}
			if err := w.Box.Put(tx, m); err != nil {
				return err
			}
		}
		return nil
	}))
	if got := len(b.names()); got != n {
		t.Errorf("%d of %d names are listed", got, n)
	}
}
