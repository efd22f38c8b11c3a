package intake

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"

	"filtjanst/authority/blob"
)

// The memory of one large part under way is chunks × chunkSize, whatever its
// size. It is read by the blob store and by the check.
const (
	chunkSize = 128 << 10
	chunks    = 8
	readers   = 2
)

// relay hands one stream to several readers, each at its own pace, so that
// bytes are made durable while they are checked.
type relay struct {
	free    chan *chunk
	feeds   []*feed
	stopped chan struct{}
	stop    sync.Once
}

type chunk struct {
	data  []byte
	users atomic.Int32
}

// feed is one reader's end of a relay. It must be read or drained to its end.
type feed struct {
	relay *relay
	in    chan *chunk
	err   error // why the stream ended; set before in is closed
	last  *chunk
	rest  []byte
}

func newRelay() *relay {
	r := &relay{free: make(chan *chunk, chunks), stopped: make(chan struct{})}
	for range chunks {
		r.free <- &chunk{data: make([]byte, 0, chunkSize)}
	}
	for range readers {
		r.feeds = append(r.feeds, &feed{relay: r, in: make(chan *chunk, chunks)})
	}
	return r
}

var errStopped = errors.New("a reader gave up")

// pump reads src to its end and returns how many bytes it had. An error other
// than io.EOF reaches every reader.
func (r *relay) pump(src io.Reader) (size int64, err error) {
	for err == nil {
		var c *chunk
		select {
		case <-r.stopped:
			err = errStopped
			continue
		case c = <-r.free:
		}
		var n int
		n, err = fill(src, c.data[:chunkSize])
		c.data = c.data[:n]
		size += int64(n)
		r.send(c)
	}
	for _, f := range r.feeds {
		f.err = err
		close(f.in)
	}
	if ended(err) {
		err = nil
	}
	return size, err
}

// ended tells whether a stream came to its proper end. A source that was cut
// off may wrap io.EOF.
func ended(err error) bool { return err == io.EOF } //nolint:errorlint // see above

// send never blocks: a feed has room for all chunks there are.
func (r *relay) send(c *chunk) {
	c.users.Store(int32(len(r.feeds)))
	for _, f := range r.feeds {
		f.in <- c
	}
}

// giveUp makes pump end soon.
func (r *relay) giveUp() { r.stop.Do(func() { close(r.stopped) }) }

func (f *feed) Read(p []byte) (int, error) {
	for len(f.rest) == 0 {
		f.release()
		c, ok := <-f.in
		if !ok {
			return 0, f.err
		}
		f.last, f.rest = c, c.data
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

func (f *feed) release() {
	if f.last != nil && f.last.users.Add(-1) == 0 {
		f.relay.free <- f.last
	}
	f.last, f.rest = nil, nil
}

// drain reads what is left and returns the error that ended the stream, nil
// for its proper end.
func (f *feed) drain() error {
	f.release()
	for c := range f.in {
		f.last = c
		f.release()
	}
	if ended(f.err) {
		return nil
	}
	return f.err
}

// replayed is how much of a stream is remembered, so that a reader may look at
// its beginning and go back.
const replayed = 64 << 10

// rereadable is a feed that can be begun again: from memory while little has
// been read, later from the blob that the other reader makes of it.
type rereadable struct {
	*feed
	past   []byte                      // the beginning of the stream, as far as it is remembered
	at     int                         // where in past the next read begins
	lost   bool                        // more was read than is remembered
	open   func() (blob.Object, error) // waits until the blob is durable
	object blob.Object
}

func (r *rereadable) Read(p []byte) (int, error) {
	if r.object != nil {
		return r.object.Read(p)
	}
	if r.at < len(r.past) {
		n := copy(p, r.past[r.at:])
		r.at += n
		return n, nil
	}
	n, err := r.feed.Read(p)
	r.remember(p[:n])
	return n, err
}

func (r *rereadable) remember(p []byte) {
	if r.lost || len(r.past)+len(p) > replayed {
		r.lost = r.lost || len(p) > 0
		return
	}
	r.past = append(r.past, p...)
	r.at = len(r.past)
}

// Seek goes back to the start; nothing else is asked of it.
func (r *rereadable) Seek(offset int64, whence int) (int64, error) {
	if r.object != nil {
		return r.object.Seek(offset, whence)
	}
	if offset != 0 || whence != io.SeekStart {
		return 0, fmt.Errorf("intake: seek to %d from %d in a stream under way", offset, whence)
	}
	if !r.lost {
		r.at = 0
		return 0, nil
	}
	if err := r.drain(); err != nil {
		return 0, err
	}
	object, err := r.open()
	r.object = object
	return 0, err
}

func (r *rereadable) close() {
	if r.object != nil {
		r.object.Close()
	}
}

// fill reads until p is full or r ends. Unlike io.ReadFull it gives the
// reader's own error, so that a stream that was cut off
// (io.ErrUnexpectedEOF) is not taken for a short one.
func fill(r io.Reader, p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		var m int
		m, err = r.Read(p[n:])
		n += m
	}
	if n == len(p) && err == io.EOF {
		err = nil // the next read says it again
	}
	return n, err
}
