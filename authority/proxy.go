package authority

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
)

// proxyListener takes connections from listed load balancers with a header of
// the PROXY protocol, version 2, before TLS, and gives them the address of the
// true peer. All others connect without (DESIGN decision 16).
type proxyListener struct {
	net.Listener
	networks []netip.Prefix
}

// proxyWait is how long a load balancer may take to send its header.
const proxyWait = 5 * time.Second

func parseNetworks(texts []string) ([]netip.Prefix, error) {
	networks := make([]netip.Prefix, 0, len(texts))
	for _, text := range texts {
		network, err := netip.ParsePrefix(text)
		if address, single := netip.ParseAddr(text); single == nil {
			network, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return nil, refusal("gateway.proxies", "%q is neither an address nor a network such as 10.1.0.0/24", text)
		}
		networks = append(networks, network.Masked())
	}
	return networks, nil
}

func (l *proxyListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil || !l.listed(c.RemoteAddr()) {
		return c, err
	}
	return &proxyConn{Conn: c, reader: bufio.NewReaderSize(c, 256)}, nil
}

func (l *proxyListener) listed(a net.Addr) bool {
	address, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return false
	}
	for _, n := range l.networks {
		if n.Contains(address.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// proxyConn reads the header when the connection is first used, so that a slow
// load balancer keeps nobody else waiting.
type proxyConn struct {
	net.Conn
	reader *bufio.Reader
	once   sync.Once
	peer   net.Addr
	err    error
}

func (c *proxyConn) begin() {
	c.once.Do(func() {
		_ = c.Conn.SetReadDeadline(time.Now().Add(proxyWait))
		c.peer, c.err = readProxyHeader(c.reader)
		_ = c.Conn.SetReadDeadline(time.Time{})
		if c.err != nil {
			c.err = fmt.Errorf("authority: PROXY header from %s: %w", c.Conn.RemoteAddr(), c.err)
		}
	})
}

func (c *proxyConn) Read(p []byte) (int, error) {
	if c.begin(); c.err != nil {
		return 0, c.err
	}
	return c.reader.Read(p)
}

// RemoteAddr is the true peer's, or the load balancer's own where that speaks
// for itself.
func (c *proxyConn) RemoteAddr() net.Addr {
	if c.begin(); c.peer == nil {
		return c.Conn.RemoteAddr()
	}
	return c.peer
}

const (
	proxySignature = "\r\n\r\n\x00\r\nQUIT\n"
	proxyVersion   = 2
	proxyMax       = 4096 // addresses and all extras
)

// Families of the header's addresses; the lower half is the transport.
const (
	proxyTCP4 = 0x11
	proxyTCP6 = 0x21
)

var errNoProxy = errors.New("the connection does not begin with the PROXY protocol, version 2")

// readProxyHeader reads the header and returns the peer it names; nil where it
// names none (LOCAL, or an unspecified family).
func readProxyHeader(r io.Reader) (net.Addr, error) {
	var head [16]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	if string(head[:12]) != proxySignature || head[12]>>4 != proxyVersion {
		return nil, errNoProxy
	}
	size := binary.BigEndian.Uint16(head[14:])
	if size > proxyMax {
		return nil, fmt.Errorf("the header announces %d bytes, at most %d are taken", size, proxyMax)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, err
	}
	switch command := head[12] & 0x0f; command {
	case 0: // LOCAL: the load balancer's own health check
		return nil, nil
	case 1:
		return proxyPeer(head[13], body)
	default:
		return nil, fmt.Errorf("the header has the unknown command %d", command)
	}
}

func proxyPeer(family byte, body []byte) (net.Addr, error) {
	size := map[byte]int{proxyTCP4: 4, proxyTCP6: 16}[family]
	if size == 0 {
		return nil, nil
	}
	if len(body) < 2*size+4 {
		return nil, fmt.Errorf("the header has %d bytes of addresses, should have %d", len(body), 2*size+4)
	}
	address, _ := netip.AddrFromSlice(body[:size])
	port := binary.BigEndian.Uint16(body[2*size:])
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(address, port)), nil
}
