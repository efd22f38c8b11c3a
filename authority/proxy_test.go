package authority

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// header builds a header of the PROXY protocol, version 2.
func header(versionCommand, family byte, body []byte) []byte {
	h := append([]byte(proxySignature), versionCommand, family)
	h = binary.BigEndian.AppendUint16(h, uint16(len(body)))
	return append(h, body...)
}

var four = []byte{192, 0, 2, 7, 198, 51, 100, 1, 0x9c, 0x40, 0x01, 0xbb}

func TestReadProxyHeader(t *testing.T) {
	t.Parallel()
	six := append(append(net.ParseIP("2001:db8::7").To16(), net.ParseIP("2001:db8::1").To16()...), 0x9c, 0x40, 0x01, 0xbb)
	for name, test := range map[string]struct {
		header []byte
		peer   string // "" for none
		fails  bool
	}{
		"TCP over IPv4":       {header(0x21, 0x11, four), "192.0.2.7:40000", false},
		"with extras":         {header(0x21, 0x11, append(bytes.Clone(four), 3, 0, 4, 1, 2, 3, 4)), "192.0.2.7:40000", false},
		"TCP over IPv6":       {header(0x21, 0x21, six), "[2001:db8::7]:40000", false},
		"LOCAL":               {header(0x20, 0x00, nil), "", false},
		"LOCAL with address":  {header(0x20, 0x11, four), "", false},
		"unspecified":         {header(0x21, 0x00, nil), "", false},
		"unix socket":         {header(0x21, 0x31, make([]byte, 216)), "", false},
		"unknown command":     {header(0x22, 0x11, four), "", true},
		"version 1 in binary": {header(0x11, 0x11, four), "", true},
		"text version":        {[]byte("PROXY TCP4 192.0.2.7 198.51.100.1 40000 443\r\n"), "", true},
		"a TLS hello":         {[]byte("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03aaaaaaaa"), "", true},
		"addresses too short": {header(0x21, 0x11, four[:11]), "", true},
		"IPv6 too short":      {header(0x21, 0x21, four), "", true},
		"cut in the head":     {header(0x21, 0x11, four)[:15], "", true},
		"cut in the body":     {header(0x21, 0x11, four)[:20], "", true},
		"too much":            {header(0x21, 0x11, make([]byte, proxyMax+1)), "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := bytes.NewReader(append(bytes.Clone(test.header), "rest"...))
			if strings.HasPrefix(name, "cut") {
				r = bytes.NewReader(test.header)
			}
			peer, err := readProxyHeader(r)
			if (err != nil) != test.fails {
				t.Fatalf("got %v, %v", peer, err)
			}
			if got := text(peer); got != test.peer {
				t.Errorf("the peer is %q", got)
			}
			if left, _ := io.ReadAll(r); err == nil && string(left) != "rest" {
				t.Errorf("left is %q", left)
			}
		})
	}
}

func text(a net.Addr) string {
	if a == nil {
		return ""
	}
	return a.String()
}

func TestReadProxyHeaderNeverPanics(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "body")
		h := header(rapid.Byte().Draw(t, "command"), rapid.Byte().Draw(t, "family"), body)
		_, _ = readProxyHeader(bytes.NewReader(h[:rapid.IntRange(0, len(h)).Draw(t, "keep")]))
	})
}

// Networks are compared as such: 10.0.0.1 does not let 10.0.0.10 in (trap 2).
func TestProxyIsListed(t *testing.T) {
	t.Parallel()
	networks, err := parseNetworks([]string{"10.0.0.1", "10.1.0.77/24", "2001:db8::/64"})
	if err != nil {
		t.Fatal(err)
	}
	l := &proxyListener{networks: networks}
	for address, want := range map[string]bool{
		"10.0.0.1:5": true, "10.0.0.10:5": false, "10.1.0.1:5": true, "10.1.1.1:5": false,
		"[2001:db8::9]:5": true, "[2001:db8:1::9]:5": false, "[::ffff:10.0.0.1]:5": true, "nonsense": false,
	} {
		if got := l.listed(addr(address)); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}

type addr string

func (a addr) Network() string { return "tcp" }
func (a addr) String() string  { return string(a) }

// accept makes a listener for networks and gives the first connection that
// says hello.
func accept(t *testing.T, networks []string, hello []byte) net.Conn {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { inner.Close() })
	listed, err := parseNetworks(networks)
	if err != nil {
		t.Fatal(err)
	}
	client, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	if _, err := client.Write(hello); err != nil {
		t.Fatal(err)
	}
	c, err := (&proxyListener{Listener: inner, networks: listed}).Accept()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestProxyConnection(t *testing.T) {
	t.Parallel()
	hello := append(header(0x21, 0x11, four), "hello"...)
	c := accept(t, []string{"127.0.0.0/8"}, hello)
	got := make([]byte, 5)
	if _, err := io.ReadFull(c, got); err != nil || string(got) != "hello" || c.RemoteAddr().String() != "192.0.2.7:40000" {
		t.Errorf("read %q from %s: %v", got, c.RemoteAddr(), err)
	}
	c = accept(t, []string{"127.0.0.0/8"}, []byte("no header, but long enough"))
	if _, err := c.Read(got); !errors.Is(err, errNoProxy) {
		t.Errorf("without a header: %v", err)
	}
	c = accept(t, []string{"10.0.0.0/8"}, hello)
	if _, err := io.ReadFull(c, got); err != nil || string(got) != "\r\n\r\n\x00" || strings.HasPrefix(c.RemoteAddr().String(), "192.0.2.7") {
		t.Errorf("one that is not listed is believed: %q from %s, %v", got, c.RemoteAddr(), err)
	}
}

func TestBoundedListener(t *testing.T) {
	t.Parallel()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := bounded(inner, 1)
	for range 2 {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
	}
	first, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	go func() {
		c, err := l.Accept()
		if err == nil {
			c.Close()
		}
		second <- err
	}()
	select {
	case err := <-second:
		t.Fatalf("a second was let in: %v", err)
	default:
	}
	first.Close()
	first.Close() // frees one place only
	if err := <-second; err != nil {
		t.Error(err)
	}
	l.Close()
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}
