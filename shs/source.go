package shs

import (
	"errors"
	"io"
)

var errHeadTooLarge = errors.New("header and label are too large")

// source is the body of a message. It remembers a failure of the transport, so
// that a cut connection is not mistaken for a badly built message, and bounds
// what may be read before the data parts begin.
type source struct {
	r      io.Reader
	budget int64 // bytes left, negative for no bound
	err    error // failure of the transport, never io.EOF
}

func (s *source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if s.budget == 0 {
		return 0, errHeadTooLarge
	}
	if s.budget > 0 && int64(len(p)) > s.budget {
		p = p[:s.budget]
	}
	n, err := s.r.Read(p)
	if s.budget > 0 {
		s.budget -= int64(n)
	}
	if err != nil && err != io.EOF {
		s.err = &TransportError{Err: err}
		return n, s.err
	}
	return n, err
}

// TransportError says that the message could not be read to its end because
// the connection or its source failed: nothing of it may be accepted.
type TransportError struct{ Err error }

func (e *TransportError) Error() string { return "the message was cut off: " + e.Err.Error() }

// Unwrap gives the failure of the connection.
func (e *TransportError) Unwrap() error { return e.Err }

// fault turns an error met while reading into the one to report: a failed
// transport goes first, then a fault that has a code, else a broken structure.
func (s *source) fault(err error, what string) error {
	var coded *Error
	switch {
	case s.err != nil:
		return s.err
	case errors.Is(err, errHeadTooLarge):
		return fault(IllegalMessageStructure, "header and label together are larger than allowed")
	case errors.As(err, &coded):
		return coded
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		// Never io.EOF: a caller that looks for it must not take this for a good end.
		return &Error{Code: IllegalMessageStructure, Text: what + ": the message ends before its closing boundary", Err: io.ErrUnexpectedEOF}
	}
	return &Error{Code: IllegalMessageStructure, Text: what + ": " + err.Error(), Err: err}
}

// ended tells whether a stream came to its proper end: io.EOF as it is. What
// was cut off may wrap it.
func ended(err error) bool { return err == io.EOF } //nolint:errorlint // see above
