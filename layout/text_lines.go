package layout

import (
	"bytes"
	"io"
)

// lineScanner reads lines through one buffer.
type lineScanner struct {
	source     io.Reader
	buffer     []byte
	start, end int
	max        int
	finished   bool
	failure    error
	offset     int64 // of buffer[start] in the file
	lines      int64 // lines returned
}

// line is one line of a file without its end.
type line struct {
	bytes   []byte
	offset  int64
	number  int64
	ended   bool // by a line feed
	endless bool // longer than allowed; bytes hold its beginning
}

// The buffer begins small, since most files and all heads of files are, and is
// enlarged step by step for a file that fills it.
const (
	firstBuffer = 4 << 10
	enlarging   = 4 // times
	fullBuffer  = 256 << 10
)

func newLineScanner(r io.Reader, longest int64) *lineScanner {
	return &lineScanner{source: r, max: int(longest), buffer: make([]byte, firstBuffer)}
}

// next reads the next line, valid until the call after. It returns io.EOF at
// the end, or the reader's error.
func (s *lineScanner) next(l *line) error {
	searched := s.start
	for {
		if i := bytes.IndexByte(s.buffer[searched:s.end], '\n'); i >= 0 {
			s.take(l, searched+i, 1, true)
			return nil
		}
		if s.end-s.start > s.max+2 {
			return s.endless(l)
		}
		searched = s.end
		if s.finished {
			return s.last(l)
		}
		moved := s.start
		s.fill()
		if s.start != moved {
			searched -= moved
		}
	}
}

func (s *lineScanner) last(l *line) error {
	if s.failure != nil {
		return s.failure
	}
	if s.start == s.end {
		return io.EOF
	}
	s.take(l, s.end, 0, false)
	return nil
}

// take cuts the line that ends before position to; skip is the length of the
// line feed.
func (s *lineScanner) take(l *line, to, skip int, ended bool) {
	b := s.buffer[s.start:to]
	if ended && len(b) > 0 && b[len(b)-1] == '\r' {
		b = b[:len(b)-1]
	}
	s.lines++
	*l = line{bytes: b, offset: s.offset, number: s.lines, ended: ended, endless: len(b) > s.max}
	s.offset += int64(to + skip - s.start)
	s.start = to + skip
}

// endless returns the beginning of a line that is too long and passes over
// the rest of it in constant memory.
func (s *lineScanner) endless(l *line) error {
	s.lines++
	*l = line{bytes: append([]byte(nil), s.buffer[s.start:s.start+min(s.max, keptValue)]...), offset: s.offset, number: s.lines, endless: true}
	for {
		if i := bytes.IndexByte(s.buffer[s.start:s.end], '\n'); i >= 0 {
			s.offset += int64(i + 1)
			s.start += i + 1
			l.ended = true
			return nil
		}
		s.offset += int64(s.end - s.start)
		s.start = s.end
		if s.finished {
			return s.failure
		}
		s.fill()
	}
}

// mostEmptyReads is how often a reader may return nothing before it is given up.
const mostEmptyReads = 100

func (s *lineScanner) fill() {
	s.makeRoom()
	for range mostEmptyReads {
		n, err := s.source.Read(s.buffer[s.end:])
		s.end += n
		if err != nil {
			s.finished = true
			if err != io.EOF {
				s.failure = err
			}
			return
		}
		if n > 0 {
			return
		}
	}
	s.finished, s.failure = true, io.ErrNoProgress
}

// makeRoom moves what is left to the front, of a larger buffer if this one was
// filled.
func (s *lineScanner) makeRoom() {
	to := s.buffer
	if full := max(fullBuffer, 4*s.max); s.end == len(s.buffer) && len(s.buffer) < full {
		to = make([]byte, min(enlarging*len(s.buffer), full))
	}
	s.end = copy(to, s.buffer[s.start:s.end])
	s.buffer, s.start = to, 0
}
