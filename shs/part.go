package shs

import (
	"encoding/base64"
	"io"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// Part is one data part, read in decoded form.
type Part struct {
	// Data is what the label says about the part.
	Data Data
	// Index counts data parts from 0.
	Index int
	// Filename is the label's, else that of the part's header; empty where the
	// sender gave none. It is the peer's text: see [BaseName].
	Filename string
	// ContentType is the part's header as sent, may be empty or "*/*; name=…".
	ContentType string
	// Header is the part's MIME header as sent.
	Header textproto.MIMEHeader

	message *Message
	content io.Reader
	size    int64
	err     error
}

func (m *Message) open(raw *multipart.Part) (*Part, error) {
	content, err := decodeTransfer(raw, raw.Header.Get("Content-Transfer-Encoding"))
	if err != nil {
		return nil, err
	}
	return m.hand(&Part{Header: raw.Header, content: content}), nil
}

func (m *Message) hand(p *Part) *Part {
	p.message, p.Index, p.Data = m, m.next, m.Label.Content.Data[m.next]
	p.ContentType = textOf(p.Header.Get("Content-Type"))
	p.Filename = or(p.Data.Filename, filenameOf(p.Header))
	m.next++
	m.current = p
	return p
}

func filenameOf(h textproto.MIMEHeader) string {
	_, disposition := parseParameters(h.Get("Content-Disposition"))
	_, contentType := parseParameters(h.Get("Content-Type"))
	return or(disposition["filename"], contentType["name"])
}

// Read gives the decoded content. It fails with an *[Error] where the content
// is larger than allowed or wrongly encoded, or the message ends too early.
func (p *Part) Read(b []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.content.Read(b)
	p.size += int64(n)
	switch {
	case p.size > p.message.limits.Part:
		p.err = fault(IllegalDatapartContent, "data part %d is larger than %d bytes", p.Index+1, p.message.limits.Part)
	case err == io.EOF:
		p.err = p.end()
	case err != nil:
		p.err = p.message.src.fault(err, "data part")
	}
	return n, p.err
}

func (p *Part) end() error {
	if p.message.limits.ExactSize && p.SizeDiffers() {
		return fault(IllegalDatapartContent, "data part %d has %d bytes, its label says %d", p.Index+1, p.size, p.Data.Bytes)
	}
	return io.EOF
}

// Size is the number of decoded bytes read so far.
func (p *Part) Size() int64 { return p.size }

// SizeDiffers tells, once the part is read to its end, whether its size differs
// from a declared no-of-bytes.
func (p *Part) SizeDiffers() bool { return p.Data.Bytes > 0 && p.Data.Bytes != p.size }

func decodeTransfer(raw io.Reader, encoding string) (io.Reader, error) {
	coded := &remembering{r: raw}
	switch name := strings.ToLower(strings.TrimSpace(encoding)); name {
	case "", "binary", "8bit", "7bit":
		return raw, nil
	case "base64":
		return &decoding{r: base64.NewDecoder(base64.StdEncoding, &dropBlanks{r: coded}), coded: coded}, nil
	case "quoted-printable":
		return &decoding{r: quotedprintable.NewReader(coded), coded: coded}, nil
	default:
		return nil, fault(IllegalDatapartContent, "the transfer encoding %q is not supported; use binary or base64", clip(textOf(name)))
	}
}

// remembering keeps the error of the coded content, to tell a message that ends
// too early from a code that does.
type remembering struct {
	r   io.Reader
	err error
}

func (c *remembering) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

// decoding gives decoded content, and errors of the code their own fault. It
// then reads the rest: a message that was cut there is broken, not its code.
type decoding struct {
	r     io.Reader
	coded *remembering
}

func (d *decoding) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	_, _ = io.Copy(io.Discard, d.coded)
	if d.coded.err != nil {
		return n, d.coded.err
	}
	return n, &Error{Code: IllegalDatapartContent, Text: "wrongly encoded content: " + err.Error(), Err: err}
}

// dropBlanks takes blanks out, which peers put at line ends of base64.
type dropBlanks struct{ r io.Reader }

func (d *dropBlanks) Read(p []byte) (int, error) {
	for {
		n, err := d.r.Read(p)
		kept := 0
		for _, b := range p[:n] {
			if b != ' ' && b != '\t' && b != '\r' && b != '\n' {
				p[kept] = b
				kept++
			}
		}
		if kept > 0 || err != nil || n == 0 {
			return kept, err
		}
	}
}
