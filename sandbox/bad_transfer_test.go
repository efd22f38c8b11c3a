package sandbox

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/shs"
)

// large is a batch whose file stands in a blob beside the database.
func large(code string) batch {
	return batch{code: code, sequence: 1, cases: 150, seed: 7, form: filing.TextForm}
}

// wire is a whole HTTP request as it goes over the wire.
func (p *outside) wire(t *testing.T, b batch, transport bool) []byte {
	t.Helper()
	var body bytes.Buffer
	head := "PUT /et/et_web/auto/" + p.ready.Products[filing.BFApplication] + "/" + b.code + ".ANSOKAN HTTP/1.1\r\n"
	if transport {
		body.Write(b.file(t))
	} else {
		head = "POST /shs/rs HTTP/1.1\r\nContent-Type: message/rfc822\r\n"
		parts := []part{b.asFile(b.file(t)), b.asNote(b.note(t))}
		payloads := []shs.Payload{shs.Bytes("", parts[0].body), shs.Bytes("", parts[1].body)}
		if err := shs.WriteMessage(&body, p.label(newID(), parts), payloads, "=_cut"); err != nil {
			t.Fatal(err)
		}
	}
	head += fmt.Sprintf("Host: localhost\r\nContent-Length: %d\r\n\r\n", body.Len())
	return append([]byte(head), body.Bytes()...)
}

// TestCutConnection: of a message that breaks off anywhere nothing is left;
// sent whole it is taken.
func TestCutConnection(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code      string
		transport bool
	}{{"ABC", false}, {"DEF", true}} {
		t.Run(c.code, func(t *testing.T) {
			t.Parallel()
			s := opened(t)
			p := outsideOf(t, s.Ready(), c.code)
			b := large(c.code)
			whole := p.wire(t, b, c.transport)
			config := clientConfigOf(p)
			for _, at := range []int{10, 600, 2_000, 40_000, len(whole) / 2, len(whole) - 400, len(whole) - 1} {
				for _, orderly := range []bool{true, false} {
					cut(t, s, config, whole[:at], orderly)
				}
			}
			settled(t, s)
			if letters := p.drained(t); len(letters) > 0 || standingOf(t, s, c.code) != (standing{Expected: 1}) {
				t.Errorf("%d messages, standing %+v", len(letters), standingOf(t, s, c.code))
			}
			p.submit(t, b)
			if r := p.oneReceipt(t); r.Outcome != filing.Approved {
				t.Errorf("sent whole: %+v", r.Receipt)
			}
		})
	}
}

func clientConfigOf(p *outside) *tls.Config {
	return p.http.Transport.(*http.Transport).TLSClientConfig.Clone()
}

// cut writes a part of a request and hangs up, with or without goodbye.
func cut(t *testing.T, s *Sandbox, config *tls.Config, some []byte, orderly bool) {
	t.Helper()
	config.ServerName = "localhost"
	conn, err := tls.Dial("tcp", strings.TrimPrefix(s.Ready().Gateway, "https://"), config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write(some); err != nil {
		t.Fatal(err)
	}
	if orderly {
		_ = conn.CloseWrite()
		answer, _ := io.ReadAll(conn)
		if bytes.Contains(answer, []byte(" 202 ")) || bytes.Contains(answer, []byte(" 200 ")) {
			t.Errorf("%d bytes of a message were answered %.80q", len(some), answer)
		}
	}
	_ = conn.NetConn().Close()
}

// settled waits until the gateway has let go of what was cut.
func settled(t *testing.T, s *Sandbox) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if blobs(t, s) == 0 {
			return
		}
	}
	noBytes(t, s)
}

// TestSendingStops: the sender's own file cannot be read to its end.
func TestSendingStops(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	b := large("ABC")
	parts := []part{b.asFile(b.file(t)), b.asNote(b.note(t))}
	broken := shs.Payload{Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(parts[0].body[:100_000]), failing{})), nil
	}}
	id := newID()
	_, err := p.shs.Send(t.Context(), p.label(id, parts), []shs.Payload{broken, shs.Bytes("", parts[1].body)})
	if err == nil {
		t.Fatal("half a message was taken")
	}
	settled(t, s)
	if d, err := p.send(t.Context(), id, parts...); err != nil || d.Duplicate {
		t.Fatalf("sent whole under the same id: %+v, %v", d, err)
	}
	if r := p.oneReceipt(t); r.Outcome != filing.Approved || standingOf(t, s, "ABC").Approved != 1 {
		t.Errorf("receipt %+v", r.Receipt)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// TestRefusedMessages: what the gateway cannot take it refuses with a code and
// in both languages, and nothing of it is left.
func TestRefusedMessages(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	b := large("ABC")
	full := func() []part { return []part{b.asFile(b.file(t)), b.asNote(b.note(t))} }
	many := func() (parts []part) {
		for range 17 {
			parts = append(parts, b.asNote(b.note(t)))
		}
		return parts
	}
	for _, c := range []struct {
		name   string
		parts  func() []part
		change func(*shs.Label)
		code   shs.Code
	}{
		{"unknown product", full, func(l *shs.Label) { l.Product.Value = "b1000000-0000-4000-8000-0000000000ff" }, shs.UnknownProductType},
		{"product that only goes out", full, func(l *shs.Label) { l.Product.Value = p.ready.Products[filing.BFConfirmation] }, shs.UnknownProductType},
		{"another receiver", full, func(l *shs.Label) { l.To.Value = "2021000019" }, shs.UnknownReceiver},
		{"another sender", full, func(l *shs.Label) { l.From.Value = organisationOf("DEF") }, shs.IllegalSender},
		{"too many parts", many, func(*shs.Label) {}, shs.IllegalDatapartContent},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := c.parts()
			l := p.label(newID(), parts)
			c.change(l)
			payloads := make([]shs.Payload, len(parts))
			for i, one := range parts {
				payloads[i] = shs.Bytes("", one.body)
			}
			_, err := p.shs.Send(t.Context(), l, payloads)
			remote, ok := errors.AsType[*shs.RemoteError](err)
			if !ok || remote.Status != http.StatusBadRequest || remote.Code != c.code {
				t.Fatalf("answered %v, want %s", err, c.code)
			}
			bilingual(t, remote.Text)
			noBytes(t, s)
		})
	}
	if letters := p.drained(t); len(letters) > 0 || standingOf(t, s, "ABC") != (standing{Expected: 1}) {
		t.Errorf("%d messages, standing %+v", len(letters), standingOf(t, s, "ABC"))
	}
}

// TestOtherWorld: a message of production is nothing to the test world.
func TestOtherWorld(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	b := large("ABC")
	parts := []part{b.asFile(b.file(t)), b.asNote(b.note(t))}
	l := p.label(newID(), parts)
	l.Status = shs.Production
	if _, err := p.shs.Send(t.Context(), l, []shs.Payload{shs.Bytes("", parts[0].body), shs.Bytes("", parts[1].body)}); err != nil {
		t.Fatal(err)
	}
	if letters := p.drained(t); len(letters) > 0 || standingOf(t, s, "ABC") != (standing{Expected: 1}) {
		t.Errorf("%d messages, standing %+v", len(letters), standingOf(t, s, "ABC"))
	}
	p.mustSend(t, parts...)
	if r := p.oneReceipt(t); r.Outcome != filing.Approved {
		t.Errorf("the same number in the test world: %+v", r.Receipt)
	}
}

// TestManyAtOnce: filers that send good and bad at once do not disturb each
// other.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := opened(t)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	codes := []string{"ABC", "DEF"}
	const files = 10
	atOnce(len(codes), func(i int) bool {
		p := outsideOf(t, s.Ready(), codes[i])
		for sequence := int64(1); sequence <= files; sequence++ {
			b := batch{code: codes[i], sequence: sequence, cases: 3, seed: 9, form: forms[sequence%2]}
			spoilt := bytes.Replace(b.file(t), []byte("26-0000002"), []byte("26-0000001"), 1)
			for _, content := range [][]byte{spoilt, b.file(t)} {
				if _, err := p.send(ctx, newID(), b.asFile(content), b.asNote(b.note(t))); err != nil {
					t.Error(err)
				}
			}
		}
		return true
	})
	for _, code := range codes {
		p := outsideOf(t, s.Ready(), code)
		receipts, confirms := p.receipts(t)
		if len(receipts) != 2*files || confirms != 2*files {
			t.Errorf("%s: %d receipts, %d confirms", code, len(receipts), confirms)
		}
		if got := standingOf(t, s, code); got != (standing{Expected: files + 1, Approved: files, ToReadIn: 2 * files}) {
			t.Errorf("%s: %+v", code, got)
		}
	}
}
