package gateway

import (
	"io"
	"net/http"
	"sync"

	"filtjanst/shs"
)

// DefaultShare is how many requests one organisation may have under way.
const DefaultShare = 256

// share lets every organisation have so many requests under way, so that one
// whose system runs wild does not take the place of all others.
type share struct {
	most int

	mu  sync.Mutex
	now map[string]int // by organisation; none at zero
}

func (s *share) enter(organisation string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now[organisation] >= s.most {
		return false
	}
	s.now[organisation]++
	return true
}

func (s *share) leave(organisation string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now[organisation]--; s.now[organisation] == 0 {
		delete(s.now, organisation)
	}
}

// limit answers 503 to what is above the share; clients send again later. Who
// names no organisation is refused further in.
func (s *share) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		peer, err := shs.PeerOf(r)
		if err == nil && !s.enter(peer.Organisation) {
			w.Header().Set("Retry-After", "5")
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "För många samtidiga anrop från er organisation. Försök igen om en stund.\n"+
				"Too many requests of your organisation at once. Try again in a while.\n")
			return
		}
		if err == nil {
			defer s.leave(peer.Organisation)
		}
		next.ServeHTTP(w, r)
	})
}
