package shs

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
)

// ErrNotFound says that the message is unknown at the node, or not to be had:
// another's, or, at some nodes, fetched already.
var ErrNotFound = errors.New("the message is not there")

// RemoteError is a refusal by the peer.
type RemoteError struct {
	Status  int    // of HTTP
	Code    Code   // empty where the peer gave none; OtherError where unknown
	RawCode string // as sent
	Text    string // the peer's words, for people only
}

func (e *RemoteError) Error() string {
	if e.RawCode == "" {
		return fmt.Sprintf("the node answered %d: %s", e.Status, clip(e.Text))
	}
	return fmt.Sprintf("the node answered %d with %s: %s", e.Status, clip(e.RawCode), clip(e.Text))
}

// Is makes a 404 match ErrNotFound.
func (e *RemoteError) Is(target error) bool {
	return target == ErrNotFound && e.Status == http.StatusNotFound && e.RawCode == ""
}

// UnclearAnswer says that something answered that does not look like a node:
// whether the message arrived is not known.
type UnclearAnswer struct {
	Status int
	Text   string
}

func (e *UnclearAnswer) Error() string {
	return fmt.Sprintf("unclear answer (HTTP %d): %s", e.Status, e.Text)
}

func remoteError(response *http.Response) error {
	raw := response.Header.Get("X-shs-errorcode")
	text, _ := readText(response.Body)
	return &RemoteError{Status: response.StatusCode, Code: ParseCode(raw), RawCode: raw, Text: text}
}

// Retryable tells whether the same message, with the same tx.id, should be sent
// again later: after no or an unclear answer, 5xx, 408, 429, and
// MissingDeliveryExecution; not after any other SHS code, a certificate that
// does not hold, an own payload that cannot be read, or a cancelled context.
func Retryable(err error) bool {
	var remote *RemoteError
	if errors.As(err, &remote) {
		if remote.Code != "" {
			return remote.Code == MissingDeliveryExecution
		}
		return remote.Status >= 500 || remote.Status == http.StatusRequestTimeout || remote.Status == http.StatusTooManyRequests
	}
	return err != nil && !lasting(err)
}

// lasting tells of errors that the next attempt meets as well.
func lasting(err error) bool {
	var own *Error
	var source *SourceError
	var certificate *tls.CertificateVerificationError
	var unknownIssuer x509.UnknownAuthorityError
	var host x509.HostnameError
	return errors.Is(err, context.Canceled) || errors.As(err, &own) || errors.As(err, &source) ||
		errors.As(err, &certificate) || errors.As(err, &unknownIssuer) || errors.As(err, &host)
}
