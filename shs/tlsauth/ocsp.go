package tlsauth

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ocsp"
)

const (
	ocspAnswerLimit = 64 << 10
	ocspCacheSize   = 10_000
	// ocspPause is how long a responder that failed is left alone, so that an
	// outage does not hold up every handshake.
	ocspPause = time.Minute
	// ocspMaxAge bounds an answer that names no NextUpdate, as an old one could be
	// shown again.
	ocspMaxAge = 24 * time.Hour
)

// OCSP asks the responders named in certificates and keeps each answer until
// its NextUpdate. Safe for concurrent use.
type OCSP struct {
	client *http.Client
	url    string

	mu    sync.Mutex // guards cache
	cache map[string]ocspEntry
}

type ocspEntry struct {
	state status
	until time.Time
	err   error
}

// NewOCSP makes one that asks through client, whose timeout bounds how long a
// handshake waits. url replaces the responders named in certificates unless empty.
func NewOCSP(client *http.Client, url string) *OCSP {
	return &OCSP{client: client, url: url, cache: map[string]ocspEntry{}}
}

// status asks stapled answer, cache and responder, in this order. settled says
// that a list knows the certificate as good: then nobody is called.
func (o *OCSP) status(c, issuer *x509.Certificate, stapled []byte, t time.Time, settled bool) (status, error) {
	if len(stapled) > 0 {
		if entry := readAnswer(stapled, c, issuer, t); entry.err == nil && entry.state != unknown {
			return entry.state, nil
		}
	}
	key := cacheKey(c, issuer)
	if entry, ok := o.cached(key, t); ok {
		return entry.state, entry.err
	}
	if settled {
		return unknown, nil
	}
	entry := o.ask(c, issuer, t)
	o.keep(key, entry)
	return entry.state, entry.err
}

func cacheKey(c, issuer *x509.Certificate) string {
	digest := sha256.Sum256(issuer.RawSubjectPublicKeyInfo)
	return string(digest[:]) + string(c.SerialNumber.Bytes())
}

func (o *OCSP) cached(key string, t time.Time) (ocspEntry, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	entry, ok := o.cache[key]
	return entry, ok && t.Before(entry.until)
}

func (o *OCSP) keep(key string, entry ocspEntry) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.cache) >= ocspCacheSize {
		clear(o.cache)
	}
	o.cache[key] = entry
}

func (o *OCSP) ask(c, issuer *x509.Certificate, t time.Time) ocspEntry {
	failed := ocspEntry{until: t.Add(ocspPause), err: errors.New("the certificate names no OCSP responder")}
	urls := c.OCSPServer
	if o.url != "" {
		urls = []string{o.url}
	}
	request, err := ocsp.CreateRequest(c, issuer, nil)
	if err != nil {
		failed.err = err
		return failed
	}
	for _, url := range urls {
		answer, err := o.post(url, request)
		if err != nil {
			failed.err = err
			continue
		}
		entry := readAnswer(answer, c, issuer, t)
		if entry.err == nil {
			return entry
		}
		failed.err = entry.err
	}
	return failed
}

func (o *OCSP) post(url string, request []byte) ([]byte, error) {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		return nil, fmt.Errorf("the OCSP responder %q is not reached by HTTP", url)
	}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, bytes.NewReader(request))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/ocsp-request")
	response, err := o.client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("ask OCSP responder: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the OCSP responder %s answered %d", url, response.StatusCode)
	}
	return io.ReadAll(io.LimitReader(response.Body, ocspAnswerLimit))
}

// readAnswer takes an answer that is signed by the issuer or one it delegated
// to, and is in force.
func readAnswer(answer []byte, c, issuer *x509.Certificate, t time.Time) ocspEntry {
	failed := ocspEntry{until: t.Add(ocspPause)}
	response, err := ocsp.ParseResponseForCert(answer, c, issuer)
	if err != nil {
		failed.err = fmt.Errorf("read OCSP answer: %w", err)
		return failed
	}
	if err := checkDelegate(response.Certificate, issuer, t); err != nil {
		failed.err = err
		return failed
	}
	end := response.NextUpdate
	if end.IsZero() {
		end = response.ThisUpdate.Add(ocspMaxAge)
	}
	if t.Before(response.ThisUpdate.Add(-skew)) || !t.Before(end) {
		failed.err = fmt.Errorf("the OCSP answer is of %s and not in force", response.ThisUpdate.Format(time.RFC3339))
		return failed
	}
	entry := ocspEntry{until: response.NextUpdate}
	switch response.Status {
	case ocsp.Good:
		entry.state = good
	case ocsp.Revoked:
		entry.state = revoked
	}
	return entry
}

// checkDelegate: package ocsp verifies that the issuer signed the responder's
// certificate, not that it may sign answers.
func checkDelegate(delegate, issuer *x509.Certificate, t time.Time) error {
	if delegate == nil || delegate.Equal(issuer) {
		return nil
	}
	if !slices.Contains(delegate.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) {
		return errors.New("the OCSP answer is signed by a certificate that is not for that")
	}
	if t.Before(delegate.NotBefore) || t.After(delegate.NotAfter) {
		return errors.New("the OCSP answer is signed by a certificate that is out of date")
	}
	return nil
}
