package gateway_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/gateway"
	"filtjanst/authority/intake"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/shs"
)

func TestReceive(t *testing.T) {
	each(t, func(b *bench) {
		l := label()
		l.Content.Data = append(l.Content.Data, shs.Data{Type: "missiv", Filename: "ärende-åäö.MISSIV"})
		a := b.post(filer, productionHost, l)
		wantStatus(b.T, "post", a, http.StatusAccepted, "")
		for name, want := range map[string]string{
			"X-shs-txid": l.TxID, "X-shs-corrid": l.CorrID, "X-shs-contentid": l.Content.ID, "X-shs-nodeid": "node",
			"X-shs-localid": "T-1", "X-shs-arrivaldate": "2026-11-23T10:30:15", "X-shs-duplicatemsg": "no",
		} {
			if got := a.header.Get(name); got != want {
				b.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		want := []taken{{
			arrival: intake.Arrival{
				Sender: filer, Address: filer, Channel: intake.SHS, TxID: l.TxID, CorrID: l.CorrID, ContentID: l.Content.ID,
				Transaction: filing.BFApplication, Confirm: true,
			},
			names: []string{"ABC.ANSOKAN", "ärende-åäö.MISSIV"}, bodies: []string{"content", "content"},
		}}
		if diff := cmp.Diff(want, b.doors[0].all(), cmp.AllowUnexported(taken{})); diff != "" {
			b.Error(diff)
		}
	})
}

func TestReceiveRefuses(t *testing.T) {
	tests := map[string]struct {
		organisation, host string
		change             func(*shs.Label)
		status             int
		code               shs.Code
	}{
		"unknown organisation":         {organisation: stranger, change: func(l *shs.Label) { l.From.Value = stranger }, status: http.StatusForbidden, code: shs.IllegalSender},
		"no organisation":              {organisation: "", status: http.StatusForbidden, code: shs.IllegalSender},
		"another's from":               {organisation: other, status: http.StatusBadRequest, code: shs.IllegalSender},
		"a number that begins alike":   {organisation: filer, change: func(l *shs.Label) { l.From.Value = filer[:9] + "8" }, status: http.StatusBadRequest, code: shs.IllegalSender},
		"relay for another":            {organisation: node, change: func(l *shs.Label) { l.From.Value = other }, status: http.StatusBadRequest, code: shs.IllegalSender},
		"another receiver":             {organisation: filer, change: func(l *shs.Label) { l.To.Value = other }, status: http.StatusBadRequest, code: shs.UnknownReceiver},
		"a receiver that begins alike": {organisation: filer, change: func(l *shs.Label) { l.To.Value = own[:9] + "2" }, status: http.StatusBadRequest, code: shs.UnknownReceiver},
		"unknown product":              {organisation: filer, change: func(l *shs.Label) { l.Product.Value = unknown }, status: http.StatusBadRequest, code: shs.UnknownProductType},
		"product that goes out only":   {organisation: filer, change: func(l *shs.Label) { l.Product.Value = receipts }, status: http.StatusBadRequest, code: shs.UnknownProductType},
		"agreement that is not there":  {organisation: filer, change: func(l *shs.Label) { l.Agreement = "9a4b2c6d-0e1f-4a2b-8c3d-5e6f7a8b9c0d" }, status: http.StatusBadRequest, code: shs.MissingAgreement},
		"status of no world":           {organisation: filer, host: neutralHost, change: func(l *shs.Label) { l.Status = shs.Test }, status: http.StatusBadRequest, code: shs.OtherError},
		"status against the host":      {organisation: filer, change: func(l *shs.Label) { l.Status = shs.Test }, status: http.StatusBadRequest, code: shs.OtherError},
	}
	each(t, func(b *bench) {
		for name, test := range tests {
			l := label()
			if test.change != nil {
				test.change(l)
			}
			host := test.host
			if host == "" {
				host = productionHost
			}
			wantStatus(b.T, name, b.post(test.organisation, host, l), test.status, test.code)
		}
		if took := b.doors[0].all(); len(took) != 0 {
			b.Errorf("the door took in %v", took)
		}
	})
}

// Agreements are data: who has one may send, and is confirmed to as it says.
func TestAgreements(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		w.Public = nil
		w.Agreements = []shs.Agreement{{
			ID: "9a4b2c6d-0e1f-4a2b-8c3d-5e6f7a8b9c0d", Transfer: shs.Asynchronous, Principal: shs.Ref{Value: own}, Customer: &shs.Ref{Value: other},
			Products: []shs.Ref{{Value: applications}}, Flow: shs.FromCustomer, Confirm: "no", ValidFrom: "2026-11-01", ValidTo: "2026-11-23",
		}}
		wantStatus(b.T, "without one", b.post(filer, productionHost, label()), http.StatusBadRequest, shs.MissingAgreement)
		l := label()
		l.From, l.To = &shs.Ref{Value: other}, nil
		wantStatus(b.T, "with one", b.post(other, productionHost, l), http.StatusAccepted, "")
		if took := b.doors[0].all(); len(took) != 1 || took[0].arrival.Confirm {
			b.Errorf("the door took %+v", took)
		}
		w.Clock.(*calendar.Fixed).Advance(24 * time.Hour)
		wantStatus(b.T, "with one that has run out", b.post(other, productionHost, l), http.StatusBadRequest, shs.MissingAgreement)
	})
}

// A node that relays is not the sender; nor is it any more the day after.
func TestReceiveByRelay(t *testing.T) {
	each(t, func(b *bench) {
		wantStatus(b.T, "in time", b.post(node, productionHost, label()), http.StatusAccepted, "")
		if took := b.doors[0].all(); len(took) != 1 || took[0].arrival.Sender != filer {
			b.Errorf("the door took %+v", took)
		}
		b.worlds[0].Clock.(*calendar.Fixed).Advance(24 * time.Hour)
		wantStatus(b.T, "a day late", b.post(node, productionHost, label()), http.StatusBadRequest, shs.IllegalSender)
	})
}

func TestReceiveWithoutFromAndTo(t *testing.T) {
	each(t, func(b *bench) {
		l := label()
		l.From, l.To, l.Originator = nil, nil, &shs.Ref{Value: filer}
		wantStatus(b.T, "post", b.post(filer, neutralHost, l), http.StatusAccepted, "")
		if took := b.doors[0].all(); len(took) != 1 || took[0].arrival.Sender != filer {
			b.Errorf("the door took %+v", took)
		}
	})
}

// A repeat is answered from the label alone, with the first arrival (trap 4).
func TestReceiveDuplicate(t *testing.T) {
	each(t, func(b *bench) {
		l := label()
		b.doors[0].seen[filer+"/"+l.TxID] = intake.Answer{TransactionID: "T-0", Arrived: now.Add(-time.Hour)}
		a := b.post(filer, productionHost, l)
		wantStatus(b.T, "post", a, http.StatusAccepted, "")
		if a.header.Get("X-shs-duplicatemsg") != "yes" || a.header.Get("X-shs-arrivaldate") != "2026-11-23T09:30:15" || a.header.Get("X-shs-localid") != "" {
			b.Errorf("headers %v", a.header)
		}
		if len(b.doors[0].all()) != 0 {
			b.Error("the door took it in again")
		}
	})
}

// A message cut off anywhere leaves nothing behind (trap 7).
func TestReceiveCutOff(t *testing.T) {
	each(t, func(b *bench) {
		whole := message(b.T, label(), strings.Repeat("content\r\n", 100))
		for _, keep := range []int{10, 300, len(whole) / 2, len(whole) - 40, len(whole) - 5} {
			a := b.send(request{organisation: filer, method: http.MethodPost, host: productionHost, path: gateway.ReceivePath, body: bytes.NewReader(whole[:keep])})
			if a.status == http.StatusAccepted || len(b.doors[0].all()) != 0 {
				b.Errorf("%d of %d bytes were accepted: %d", keep, len(whole), a.status)
			}
		}
	})
}

func TestReceiveTellsRefusalsOfTheDoor(t *testing.T) {
	codes := map[intake.Kind]shs.Code{
		intake.Malformed: shs.IllegalDatapartContent, intake.Incomplete: shs.IllegalDatapartContent,
		intake.TooLarge: shs.IllegalDatapartContent, intake.Unwanted: shs.UnknownProductType,
	}
	each(t, func(b *bench) {
		for kind, code := range codes {
			b.doors[0].fails = &intake.Refusal{Kind: kind, Swedish: "därför", English: "because"}
			a := b.post(filer, productionHost, label())
			wantStatus(b.T, string(kind), a, http.StatusBadRequest, code)
			if !strings.Contains(a.body, "därför") || !strings.Contains(a.body, "because") {
				b.Errorf("the answer says %q", a.body)
			}
		}
	})
}

// An error of our own tells nothing of the inside.
func TestReceiveHidesInternalErrors(t *testing.T) {
	each(t, func(b *bench) {
		b.doors[0].fails = store.ErrClosed
		a := b.post(filer, productionHost, label())
		wantStatus(b.T, "post", a, http.StatusInternalServerError, "")
		if strings.Contains(a.body, "database") {
			b.Errorf("the answer says %q", a.body)
		}
	})
}

func TestPinnedCertificateIsAskedFor(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		b.must(w.DB.Do(b.Context(), func(tx store.Tx) error {
			return w.Parties.PinCertificate(tx, party.Pin{ID: 9, Organisation: filer, SPKI: "another key", From: calendar.Of(now)})
		}))
		wantStatus(b.T, "post", b.post(filer, productionHost, label()), http.StatusForbidden, shs.IllegalSender)
	})
}

// A confirm acknowledges what it answers, an error quarantines it; both may
// come twice, and neither reaches another organisation's messages.
func TestManagement(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		confirmed := b.put(w, filer, "A", "a")
		failed := b.put(w, filer, "B", "b")
		for range 2 {
			b.manage(other, confirmed, nil)
		}
		if left := b.waiting(w, filer); len(left) != 2 {
			b.Errorf("another's confirm left %v", left)
		}
		for range 2 {
			b.manage(filer, confirmed, nil)
			b.manage(filer, failed, &shs.Failure{Code: shs.IllegalDatapartContent, Info: "broken"})
		}
		if left := b.waiting(w, filer); len(left) != 0 {
			b.Errorf("left %v", left)
		}
		if took := b.doors[0].all(); len(took) != 0 {
			b.Errorf("the door took %v", took)
		}
	})
}

// A confirm that is cut off confirms nothing.
func TestManagementCutOff(t *testing.T) {
	each(t, func(b *bench) {
		w := b.worlds[0]
		whole := b.adm(filer, b.put(w, filer, "A", "a"), nil)
		for _, keep := range []int{len(whole) - 3, len(whole) - 12, len(whole) - 40} {
			a := b.send(request{organisation: filer, method: http.MethodPost, host: productionHost, path: gateway.ReceivePath, body: bytes.NewReader(whole[:keep])})
			if left := b.waiting(w, filer); a.status == http.StatusAccepted || len(left) != 1 {
				b.Errorf("%d of %d bytes: %d, left %v", keep, len(whole), a.status, left)
			}
		}
	})
}

// manage sends what a filer's node answers to a message of ours.
func (b *bench) manage(organisation string, m outbox.Message, f *shs.Failure) {
	b.Helper()
	body := bytes.NewReader(b.adm(organisation, m, f))
	a := b.send(request{organisation: organisation, method: http.MethodPost, host: productionHost, path: gateway.ReceivePath, body: body})
	wantStatus(b.T, "adm", a, http.StatusAccepted, "")
}

func (b *bench) adm(organisation string, m outbox.Message, f *shs.Failure) []byte {
	b.Helper()
	asked := label()
	asked.CorrID, asked.Content.ID = m.CorrID, m.ContentID
	asked.From, asked.To = &shs.Ref{Value: own}, &shs.Ref{Value: organisation}
	answer, payload, _ := asked.Confirm("0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b02", now)
	if f != nil {
		answer, payload, _ = asked.Fail("0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b03", now, *f)
	}
	var body bytes.Buffer
	b.must(shs.WriteMessage(&body, answer, []shs.Payload{payload}, "=_border"))
	return body.Bytes()
}

func (b *bench) waiting(w *gateway.World, address string) (names []string) {
	b.Helper()
	b.must(w.DB.Read(b.Context(), func(r store.Reader) error {
		all, _, err := w.Box.List(r, address, outbox.Filter{NoAck: true})
		for _, l := range all {
			names = append(names, l.Name)
		}
		return err
	}))
	return names
}
