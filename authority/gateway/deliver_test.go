package gateway_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/gateway"
	"filtjanst/authority/outbox"
	"filtjanst/authority/schema"
	"filtjanst/authority/store"
	"filtjanst/shs"
)

func (b *bench) get(organisation, host, path string) answer {
	b.Helper()
	return b.send(request{organisation: organisation, method: http.MethodGet, host: host, path: path})
}

func (b *bench) ds(rest string) answer {
	b.Helper()
	return b.get(filer, productionHost, gateway.DeliveryPrefix+"urn:X-shs:"+filer+rest)
}

// listed are the file names of a message list, in its order.
func listed(t *testing.T, a answer) []string {
	t.Helper()
	if a.status != http.StatusOK {
		t.Fatalf("list: %d %s", a.status, a.body)
	}
	var names []string
	for _, piece := range strings.Split(a.body, `filename="`)[1:] {
		name, _, _ := strings.Cut(piece, `"`)
		names = append(names, name)
	}
	return names
}

func TestList(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		for i := range 5 {
			b.put(w, filer, fmt.Sprintf("F%d", i), "x", func(m *outbox.Message) {
				m.Meta = map[string]string{"lopnummer": fmt.Sprint(i % 2)}
				m.Subject = fmt.Sprint(9 - i)
			})
		}
		b.put(w, filer+".system", "INTERNAL", "x")
		b.put(w, other, "OTHERS", "x")
		middle := b.put(w, filer, "ACKED", "x")
		b.must(w.DB.Do(b.Context(), func(tx store.Tx) error { _, _, err := w.Box.Ack(tx, filer, middle.TxID, now); return err }))
		for query, want := range map[string][]string{
			"?filter=noack": {"F0", "F1", "F2", "F3", "F4"},
			"":              {"F0", "F1", "F2", "F3", "F4", "ACKED"},
			"?filter=noack&status=production&maxhits=2":                              {"F0", "F1"},
			"?filter=noack&arrivalorder=descending&maxhits=2":                        {"F4", "F3"},
			"?filter=noack&sortattribute=subject":                                    {"F4", "F3", "F2", "F1", "F0"},
			"?filter=noack&sortattribute=transfertype":                               {"F0", "F1", "F2", "F3", "F4"},
			"?filter=noack&meta-lopnummer=1":                                         {"F1", "F3"},
			"?filter=noack&producttype=urn%3AX-shs%3A" + receipts + ",%20" + unknown: {"F0", "F1", "F2", "F3", "F4"},
			"?producttype=" + unknown:                                                nil,
			"?status=test":                                                           nil,
			"?filter=noack&since=" + shs.FormatTime(now.Add(3*time.Second)):          {"F2", "F3", "F4"},
			"?sequencetype=adm":                                                      nil,
			"?originator=urn:X-shs:" + own + "&filter=noack&maxhits=1":               {"F0"},
			"?originator=" + other:                                                   nil,
		} {
			if diff := cmp.Diff(want, listed(b.T, b.ds(query))); diff != "" {
				b.Errorf("%s: %s", query, diff)
			}
		}
		if diff := cmp.Diff([]string{"INTERNAL"}, listed(b.T, b.get(filer, productionHost, gateway.DeliveryPrefix+filer+".system"))); diff != "" {
			b.Error(diff)
		}
	})
}

// A list that is cut says so, and goes on where it ended (trap 3), also behind
// a message that was acknowledged meanwhile.
func TestListGoesOn(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		var all []outbox.Message
		for i := range 7 {
			all = append(all, b.put(w, filer, fmt.Sprintf("F%d", i), "x"))
		}
		a := b.ds("?maxhits=3")
		if a.header.Get("X-shs-more") != "yes" {
			b.Error("the cut list does not say so")
		}
		a = b.ds("?maxhits=3&after=" + all[2].TxID)
		if diff := cmp.Diff([]string{"F3", "F4", "F5"}, listed(b.T, a)); diff != "" || a.header.Get("X-shs-more") != "yes" {
			b.Error(diff)
		}
		a = b.ds("?maxhits=3&after=" + strings.ToUpper(all[5].TxID))
		if diff := cmp.Diff([]string{"F6"}, listed(b.T, a)); diff != "" || a.header.Get("X-shs-more") != "" {
			b.Error(diff)
		}
		b.ack(filer, filer, all[1].TxID)
		a = b.ds("?filter=noack&maxhits=3&after=" + all[1].TxID)
		if diff := cmp.Diff([]string{"F0", "F2", "F3"}, listed(b.T, a)); diff != "" {
			b.Error(diff)
		}
	})
}

func (b *bench) ack(organisation, address, txID string) answer {
	b.Helper()
	path := gateway.DeliveryPrefix + address + "/" + txID + "?action=ack"
	return b.send(request{organisation: organisation, method: http.MethodPost, host: productionHost, path: path})
}

// Until it is acknowledged a message can be fetched again (trap 12).
func TestFetchAgainUntilAcknowledged(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		content := "00ABC\r\n" + strings.Repeat("åäö \x00\xff", 10)
		m := b.put(w, filer, "SUPRO.ABC.KVITTENS", content)
		for range 2 {
			a := b.ds("/" + strings.ToUpper(m.TxID))
			wantStatus(b.T, "fetch", a, http.StatusOK, "")
			b.checkMessage(a, m, content)
		}
		for range 2 {
			if a := b.ack(filer, filer, m.TxID); a.status != http.StatusOK || a.body != "OK" {
				b.Errorf("ack: %d %s", a.status, a.body)
			}
		}
		wantStatus(b.T, "after the ack", b.ds("/"+m.TxID), http.StatusNotFound, "")
		if left := b.waiting(w, filer); len(left) != 0 {
			b.Errorf("left %v", left)
		}
		if names := listed(b.T, b.ds("")); len(names) != 0 {
			b.Errorf("listed though fetched and acknowledged: %v", names)
		}
	})
}

func (b *bench) checkMessage(a answer, m outbox.Message, content string) {
	b.Helper()
	got, err := shs.ReadMessage(strings.NewReader(a.body), a.header.Get("Content-Type"), shs.Limits{})
	b.must(err)
	part, err := got.Next()
	b.must(err)
	var body bytes.Buffer
	_, err = body.ReadFrom(part)
	b.must(err)
	l := got.Label
	if body.String() != content || l.TxID != m.TxID || l.Status != shs.Production || l.To.Value != filer || l.From.Value != own ||
		l.Product.Value != receipts || part.Filename != m.Name || part.Data.Bytes != int64(len(content)) {
		b.Errorf("got %q with %+v", body.String(), l)
	}
}

func TestFetchedIsRecordedWhenSentWhole(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		m := b.put(w, filer, "R", "x")
		b.ds("/" + m.TxID)
		for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			var fetched time.Time
			b.must(w.DB.Read(b.Context(), func(r store.Reader) error {
				all, _, err := w.Box.List(r, filer, outbox.Filter{})
				fetched = all[0].Fetched
				return err
			}))
			if fetched.Equal(now) {
				return
			}
			if time.Now().After(deadline) {
				b.Fatal("the fetch was not recorded")
			}
		}
	})
}

// The certificate's organisation is the owner, and nobody else is: not by a
// beginning, not as a relay, not as one who is unknown (trap 2).
func TestOnlyTheOwner(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		m := b.put(w, filer, "R", "x")
		for _, organisation := range []string{other, node, stranger, ""} {
			for _, path := range []string{filer, filer + ".system", filer + "/" + m.TxID, "16" + filer + "/" + m.TxID} {
				wantStatus(b.T, organisation+" "+path, b.get(organisation, productionHost, gateway.DeliveryPrefix+path), http.StatusForbidden, shs.IllegalSender)
			}
			wantStatus(b.T, "ack", b.ack(organisation, filer, m.TxID), http.StatusForbidden, shs.IllegalSender)
		}
		wantStatus(b.T, "in the wrong box", b.get(other, productionHost, gateway.DeliveryPrefix+other+"/"+m.TxID), http.StatusNotFound, "")
		wantStatus(b.T, "ack in the wrong box", b.ack(other, other, m.TxID), http.StatusNotFound, "")
		if left := b.waiting(w, filer); len(left) != 1 {
			b.Error("somebody acknowledged it")
		}
	})
}

// A world is chosen by status and host name; neither leaks into the other.
func TestTwoWorlds(t *testing.T) {
	t.Parallel()
	open := func(dir string) *store.DB { return openSQLite(t, dir) }
	b := &bench{T: t}
	b.addWorld("production", shs.Production, productionHost, open(t.TempDir()))
	b.addWorld("test", shs.Test, testHost, open(t.TempDir()))
	b.serve(gateway.Patience{})
	production := b.put(b.worlds[0], filer, "PRODUCTION", "x")
	test := b.put(b.worlds[1], filer, "TEST", "x")

	for _, try := range []struct {
		host, rest string
		want       []string
	}{
		{productionHost, "", []string{"PRODUCTION"}}, {testHost, "", []string{"TEST"}},
		{neutralHost, "", []string{"PRODUCTION"}}, {neutralHost, "?status=test", []string{"TEST"}},
		{productionHost, "?status=test", nil}, {testHost, "?status=production", nil}, {testHost + ":8443", "", []string{"TEST"}},
	} {
		if diff := cmp.Diff(try.want, listed(t, b.get(filer, try.host, gateway.DeliveryPrefix+filer+try.rest))); diff != "" {
			t.Errorf("%s%s: %s", try.host, try.rest, diff)
		}
	}
	for host, want := range map[string][2]int{productionHost: {200, 404}, testHost: {404, 200}, neutralHost: {200, 200}} {
		for i, m := range []outbox.Message{production, test} {
			if a := b.get(filer, host, gateway.DeliveryPrefix+filer+"/"+m.TxID); a.status != want[i] {
				t.Errorf("%s at %s: %d", m.Name, host, a.status)
			}
		}
	}
	l := label()
	l.Status = shs.Test
	wantStatus(t, "test label at the production host", b.post(filer, productionHost, l), http.StatusBadRequest, shs.OtherError)
	wantStatus(t, "test label at a neutral host", b.post(filer, neutralHost, l), http.StatusAccepted, "")
	wantStatus(t, "test label at the test host", b.post(filer, testHost, l), http.StatusAccepted, "")
	if len(b.doors[0].all()) != 0 || len(b.doors[1].all()) != 2 {
		t.Errorf("the doors took %d and %d", len(b.doors[0].all()), len(b.doors[1].all()))
	}
	wantStatus(t, "e-transport at a neutral host", b.get(filer, neutralHost, gateway.TransportPrefix+receipts+"?getfilenames=true"), http.StatusMisdirectedRequest, "")
	if a := b.get(filer, testHost, gateway.TransportPrefix+receipts+"?getfilenames=true"); !strings.HasPrefix(a.body, "TEST.") {
		t.Errorf("e-transport at the test host lists %q", a.body)
	}
}

func openSQLite(t *testing.T, dir string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: dir, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := schema.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

// The world that is meant elsewhere takes e-transport at host names that belong
// to none; SHS still goes by status.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	b := &bench{T: t}
	b.addWorld("production", shs.Production, productionHost, openSQLite(t, t.TempDir()))
	b.addWorld("test", shs.Test, testHost, openSQLite(t, t.TempDir()))
	b.worlds[1].Elsewhere = true
	b.serve(gateway.Patience{})
	b.put(b.worlds[0], filer, "PRODUCTION", "x")
	b.put(b.worlds[1], filer, "TEST", "x")
	for host, want := range map[string]string{productionHost: "PRODUCTION", testHost: "TEST", neutralHost: "TEST"} {
		if a := b.get(filer, host, gateway.TransportPrefix+receipts+"?getfilenames=true"); !strings.HasPrefix(a.body, want) {
			t.Errorf("%s lists %q", host, a.body)
		}
	}
	if diff := cmp.Diff([]string{"PRODUCTION"}, listed(t, b.get(filer, neutralHost, gateway.DeliveryPrefix+filer))); diff != "" {
		t.Error(diff)
	}
}
