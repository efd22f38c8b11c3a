package shs

import (
	"bytes"
	"io"
	"strings"
)

// afterCut follows the bytes of a body that was cut; no header line holds it.
const afterCut = "\x00"

// brokenEnd adds a line that no header may hold to a body, unless that ends
// with its closing boundary: package multipart takes a body that ends in the
// header of a part for one that was properly closed.
type brokenEnd struct {
	r       io.Reader
	closing string    // line feed and closing boundary, once they are known
	tail    []byte    // last bytes read
	added   io.Reader // nil until decided
	ended   bool
}

func (e *brokenEnd) Read(p []byte) (int, error) {
	if e.ended {
		return e.end().Read(p)
	}
	n, err := e.r.Read(p)
	e.remember(p[:n])
	if err == io.EOF {
		e.ended, err = true, nil
	}
	return n, err
}

// end decides when it is asked for what comes after the body: by then the
// boundary is known, which stands in the body's own header.
func (e *brokenEnd) end() io.Reader {
	if e.added == nil {
		e.added = strings.NewReader(afterCut + "\r\n" + afterCut)
		if e.closing != "" && bytes.HasSuffix(bytes.TrimRight(e.tail, " \t"), []byte(e.closing)) {
			e.added = strings.NewReader("")
		}
	}
	return e.added
}

// remember keeps enough for the longest boundary.
func (e *brokenEnd) remember(p []byte) {
	const most = 256
	if len(p) >= most {
		e.tail = append(e.tail[:0], p[len(p)-most:]...)
		return
	}
	e.tail = append(e.tail, p...)
	if extra := len(e.tail) - most; extra > 0 {
		e.tail = append(e.tail[:0], e.tail[extra:]...)
	}
}
