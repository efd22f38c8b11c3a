package gateway

import (
	"io"
	"net/http"
	"strings"
)

// routes hands requests to the services. It never redirects, as a multiplexer
// does with paths that it thinks unclean: scripts take a redirect for success,
// and names may hold any character.
type routes struct{ receive, deliver, transport http.Handler }

func (p *routes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.of(r.URL.Path).ServeHTTP(w, r)
}

func (p *routes) of(path string) http.Handler {
	slashed := path + "/"
	switch {
	case path == ReceivePath, path == ReceivePath+"/":
		return p.receive
	case strings.HasPrefix(slashed, DeliveryPrefix):
		return p.deliver
	case strings.HasPrefix(slashed, TransportPrefix):
		return p.transport
	}
	return http.HandlerFunc(nowhere)
}

// nowhere answers at a path that is none of ours, and names those that are.
func nowhere(w http.ResponseWriter, _ *http.Request) {
	const paths = ReceivePath + ", " + DeliveryPrefix + "<adress> · <address>, " + TransportPrefix + "<UUID>"
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(http.StatusNotFound)
	_, _ = io.WriteString(w, "Adressen finns inte här. Det finns / There is nothing at this path. There are: "+paths+"\n")
}
