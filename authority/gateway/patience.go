package gateway

import (
	"io"
	"net/http"
	"time"
)

// Patience bounds how slow a peer may be. A transfer of any length is let
// through as long as it moves.
type Patience struct {
	Silence time.Duration // longest time without a byte
	Grace   time.Duration // time before the least speed is asked for
	Speed   int64         // least bytes a second, on the whole, after the grace
}

// DefaultPatience lets a file of 1 MiB take a quarter of an hour, and gives up
// on who sends a byte now and then to hold a connection.
func DefaultPatience() Patience {
	return Patience{Silence: time.Minute, Grace: time.Minute, Speed: 1 << 10}
}

// deadline is until when the next byte must have moved.
func (p Patience) deadline(begun time.Time, moved int64) time.Time {
	least := begun.Add(p.Grace + time.Duration(moved/max(1, p.Speed))*time.Second)
	if silent := time.Now().Add(p.Silence); silent.Before(least) {
		return silent
	}
	return least
}

// limit sets the deadlines of the connection anew as bytes move.
func (p Patience) limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		control := http.NewResponseController(w)
		r.Body = &patientBody{ReadCloser: r.Body, patience: p, control: control, begun: time.Now()}
		next.ServeHTTP(&patientWriter{ResponseWriter: w, patience: p, control: control}, r)
	})
}

type patientBody struct {
	io.ReadCloser
	patience Patience
	control  *http.ResponseController
	begun    time.Time
	moved    int64
}

func (b *patientBody) Read(p []byte) (int, error) {
	// A connection without deadlines, as in a test, is as patient as it is.
	_ = b.control.SetReadDeadline(b.patience.deadline(b.begun, b.moved))
	n, err := b.ReadCloser.Read(p)
	b.moved += int64(n)
	if err == io.EOF {
		// The server goes on reading to see the peer hang up: how long the
		// answer takes must not look like that.
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

type patientWriter struct {
	http.ResponseWriter
	patience Patience
	control  *http.ResponseController
	begun    time.Time
	moved    int64
}

func (w *patientWriter) Write(p []byte) (int, error) {
	if w.begun.IsZero() {
		w.begun = time.Now()
	}
	_ = w.control.SetWriteDeadline(w.patience.deadline(w.begun, w.moved))
	n, err := w.ResponseWriter.Write(p)
	w.moved += int64(n)
	return n, err
}

// Unwrap lets a ResponseController reach the connection.
func (w *patientWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
