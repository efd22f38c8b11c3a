package sandbox

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"time"

	"crypto/tls"

	"filtjanst/filer"
	"filtjanst/filer/traffic"
	"filtjanst/shs"
)

// node is a filer's own SHS node, to which the authority pushes.
type node struct {
	filer    Filer
	desk     *filer.Desk
	listener net.Listener
	server   *http.Server
	url      string
}

// openNodes writes each filer's configuration and opens the nodes of those
// that have one.
func (s *Sandbox) openNodes(ctx context.Context, o Options) error {
	for _, f := range Filers() {
		path, err := s.writeFiler(f)
		if err != nil {
			return err
		}
		if !f.OwnNode {
			continue
		}
		n, err := s.openNode(ctx, f, path, o)
		if err != nil {
			return err
		}
		s.nodes = append(s.nodes, n)
	}
	return nil
}

func (s *Sandbox) openNode(ctx context.Context, f Filer, config string, o Options) (*node, error) {
	c, err := filer.LoadConfig(config)
	if err != nil {
		return nil, err
	}
	credentials := traffic.Credentials{Certificate: c.Certificate.Certificate, Key: c.Certificate.Key, Issuer: c.Certificate.Issuer}
	security, err := credentials.Node()
	if err != nil {
		return nil, err
	}
	desk, err := filer.Open(ctx, c, time.Now, rand.Reader)
	if err != nil {
		return nil, err
	}
	listener, err := listenAgain("", s.state.Nodes[f.Code])
	if err != nil {
		return nil, errors.Join(err, desk.Close())
	}
	s.state.Nodes[f.Code] = listener.Addr().String()
	handler := &shs.ReceiveHandler{NodeID: "node-" + f.Code, Inbox: desk.Node(nil), Logger: o.Logger}
	return &node{
		filer: f, desk: desk, listener: listener, url: "https://" + listener.Addr().String() + "/shs/rs",
		server: &http.Server{Handler: handler, TLSConfig: security, ReadHeaderTimeout: time.Minute, TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}},
	}, nil
}

func (n *node) serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { _ = n.server.Close() })
	defer stop()
	err := n.server.ServeTLS(n.listener, "", "")
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (n *node) close() error {
	err := n.listener.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	return errors.Join(err, n.desk.Close())
}
