package shs

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

// HeadLimit is what header and label of an outgoing message must stay under:
// old nodes look for the label in the first 4096 bytes only.
const HeadLimit = 4096

// Payload is the content of a data part to be written. The n-th payload belongs
// to the n-th <data> of the label, whose file name it goes under.
type Payload struct {
	// ContentType is the media type, application/octet-stream when empty.
	ContentType string
	// Base64 encodes the content, for relays that damage binary data.
	Base64 bool
	// Open gives the content from its beginning. It is called once per writing,
	// thus again at a repetition.
	Open func() (io.ReadCloser, error)
}

// Bytes is a payload held in memory.
func Bytes(contentType string, content []byte) Payload {
	return Payload{ContentType: contentType, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

// WriteMessage writes header, label and payloads, streaming. The boundary comes
// from [NewBoundary]. Faults of the label are found before the first byte is
// written; *[SourceError] tells of a payload that could not be read.
func WriteMessage(w io.Writer, l *Label, payloads []Payload, boundary string) error {
	head, err := messageHead(l, payloads, boundary)
	if err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for i, p := range payloads {
		if err := writePart(w, l.Content.Data[i], p, boundary); err != nil {
			return fmt.Errorf("write data part %d of message %s: %w", i+1, l.TxID, err)
		}
	}
	_, err = io.WriteString(w, "\r\n--"+boundary+"--\r\n")
	return err
}

func messageHead(l *Label, payloads []Payload, boundary string) ([]byte, error) {
	if len(payloads) != len(l.Content.Data) {
		return nil, fault(IllegalDatapartContent, "there are %d payloads, the label has %d data elements", len(payloads), len(l.Content.Data))
	}
	if boundary == "" || len(boundary) > 70 || strings.ContainsAny(boundary, "\"\r\n") {
		return nil, fmt.Errorf("the boundary %q cannot be used; make one with NewBoundary", boundary)
	}
	doc, err := l.Marshal()
	if err != nil {
		return nil, err
	}
	head := "Subject: SHS Message\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n" +
		"Content-Transfer-Encoding: binary\r\n\r\n--" + boundary + "\r\n" +
		"Content-Type: text/xml; charset=ISO-8859-1\r\nContent-Transfer-Encoding: binary\r\n\r\n"
	if size := len(head) + len(doc); size >= HeadLimit {
		return nil, fault(IllegalMessageStructure, "header and label take %d bytes, must stay under %d; shorten subject, meta, names or history", size, HeadLimit)
	}
	return append([]byte(head), doc...), nil
}

func writePart(w io.Writer, d Data, p Payload, boundary string) error {
	if _, err := w.Write(partHeader(d, p, boundary)); err != nil {
		return err
	}
	content, err := p.Open()
	if err != nil {
		return &SourceError{Err: err}
	}
	defer content.Close()
	from := &sourceReader{r: content}
	if !p.Base64 {
		_, err = io.Copy(w, from)
		return err
	}
	encoder := base64.NewEncoder(base64.StdEncoding, &lineBreaker{w: w})
	if _, err := io.Copy(encoder, from); err != nil {
		return err
	}
	return encoder.Close()
}

func partHeader(d Data, p Payload, boundary string) []byte {
	var b bytes.Buffer
	encoding := "binary"
	if p.Base64 {
		encoding = "base64"
	}
	b.WriteString("\r\n--" + boundary + "\r\nContent-Type: " + or(headerText(p.ContentType), "application/octet-stream"))
	name := headerText(d.Filename)
	if name != "" {
		b.WriteString(`; name="` + name + `"`)
	}
	b.WriteString("\r\nContent-Transfer-Encoding: " + encoding)
	b.WriteString("\r\nContent-Disposition: attachment")
	if name != "" {
		b.WriteString(`; filename="` + name + `"`)
	}
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

// headerText writes a file name in ISO 8859-1 for a quoted parameter; what does
// not fit becomes an underscore. The label carries the exact name.
func headerText(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r < ' ' || r == '"' || r == '\\' || r >= 0x7f && r < 0xa0 || r > 0xff {
			r = '_'
		}
		out = append(out, byte(r))
	}
	return string(out)
}

// SourceError says that a payload could not be read while it was written out:
// the fault is at this end, not at the peer's.
type SourceError struct{ Err error }

func (e *SourceError) Error() string { return "read payload: " + e.Err.Error() }

// Unwrap gives the failure of the payload.
func (e *SourceError) Unwrap() error { return e.Err }

type sourceReader struct{ r io.Reader }

func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		err = &SourceError{Err: err}
	}
	return n, err
}

// lineBreaker breaks base64 into lines of 76 characters.
type lineBreaker struct {
	w      io.Writer
	column int
	buf    []byte
}

func (l *lineBreaker) Write(p []byte) (int, error) {
	const width = 76
	l.buf = l.buf[:0]
	for rest := p; len(rest) > 0; {
		if l.column == width {
			l.buf = append(l.buf, '\r', '\n')
			l.column = 0
		}
		n := min(width-l.column, len(rest))
		l.buf = append(l.buf, rest[:n]...)
		l.column += n
		rest = rest[n:]
	}
	if _, err := l.w.Write(l.buf); err != nil {
		return 0, err
	}
	return len(p), nil
}
