package authority

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Bounds of every connection, so that nobody holds one for nothing. Bodies have
// bounds of their own at the gateway.
const (
	headerWait  = 30 * time.Second
	idleWait    = 2 * time.Minute
	answerWait  = 5 * time.Minute
	headerBytes = 64 << 10
)

// Serve serves and works until ctx ends, then lets running transfers end for as
// long as the configuration allows. It returns nil after an orderly end.
func (a *Authority) Serve(ctx context.Context) error {
	config, err := a.keys.serverConfig()
	if err != nil {
		return refusal("gateway", "%v", err)
	}
	networks, err := parseNetworks(a.config.Gateway.Proxies)
	if err != nil {
		return err
	}
	front := bounded(&proxyListener{Listener: a.gatewayListener, networks: networks}, a.config.Gateway.MaxConnections)
	servers := []*served{
		{name: "gateway", listener: tls.NewListener(front, config), server: a.server(a.gateway)},
		{name: "control", listener: a.control, server: a.server(a.controlHandler())},
	}
	if a.operationsListener != nil {
		servers = append(servers, &served{name: "operations", listener: a.operationsListener, server: a.server(a.operationsHandler())})
	}
	return a.run(ctx, servers)
}

// served is one server on its listener.
type served struct {
	name     string
	listener net.Listener
	server   *http.Server
}

func (a *Authority) server(h http.Handler) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true) // peers are old, and HTTP/2 changes header names
	return &http.Server{
		Handler: h, Protocols: &protocols, TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
		ReadHeaderTimeout: headerWait, IdleTimeout: idleWait, WriteTimeout: answerWait, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(a.log.Handler(), slog.LevelDebug),
	}
}

// run serves until ctx ends or a server fails, and then ends all in order: the
// gateway takes nothing new while its transfers end, then the workers stop.
func (a *Authority) run(ctx context.Context, servers []*served) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var wait sync.WaitGroup
	for _, s := range servers {
		wait.Go(func() {
			if err := s.server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
				stop(err)
			}
		})
	}
	workers := a.startWorkers(ctx)
	a.log.InfoContext(ctx, "authority: serving", "gateway", a.Addresses().Gateway, "operations", a.Addresses().Operations)
	<-ctx.Done()
	a.log.Info("authority: stopping")
	a.moves.halt()
	err := shutdown(servers, time.Duration(a.config.Gateway.Shutdown))
	wait.Wait()
	workers.Wait()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) && !errors.Is(cause, context.DeadlineExceeded) {
		return errors.Join(cause, err)
	}
	return err
}

// shutdown lets transfers end within the time, and cuts what is left: a file
// cut off leaves nothing, and its sender sends it again.
func shutdown(servers []*served, within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	var errs []error
	for _, s := range servers {
		err := s.server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			err = s.server.Close()
		}
		if err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
