package outbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"filtjanst/authority/blob"
)

// InlineLimit is the largest body kept in the row of its message; receipts
// stand there whatever their size, so that their commit needs nothing else.
const InlineLimit = 64 << 10

// Body is the content of a message: bytes in the row, or the key of a blob
// that was durable before the commit.
type Body struct {
	Inline []byte
	Key    string // "" when the bytes are inline
	Size   int64
	Digest string // SHA-256, lower-case hex
}

// Inline makes a body that stands in the row, however large.
func Inline(content []byte) Body {
	sum := sha256.Sum256(content)
	return Body{Inline: content, Size: int64(len(content)), Digest: hex.EncodeToString(sum[:])}
}

// Stage makes a body of what write writes, before the transaction that puts
// the message: small ones in memory, larger ones streamed into the blob of the
// key. Memory is bounded by InlineLimit.
func (b *Box) Stage(ctx context.Context, key string, write func(io.Writer) error) (Body, error) {
	s := &stage{ctx: ctx, blobs: b.blobs, key: key, digest: sha256.New()}
	if err := s.finish(write(s)); err != nil {
		return Body{}, fmt.Errorf("outbox: stage %s: %w", key, err)
	}
	body := Body{Key: key, Size: s.size, Digest: hex.EncodeToString(s.digest.Sum(nil))}
	if s.pipe == nil {
		body.Key, body.Inline = "", s.small.Bytes()
	}
	return body, nil
}

// stage holds the first bytes and turns to a blob when they become too many.
type stage struct {
	ctx    context.Context
	blobs  blob.Store
	key    string
	small  bytes.Buffer
	digest hash.Hash
	size   int64
	pipe   *io.PipeWriter
	done   chan error
}

func (s *stage) Write(p []byte) (int, error) {
	s.digest.Write(p)
	s.size += int64(len(p))
	if s.pipe != nil {
		return s.pipe.Write(p)
	}
	if s.size <= InlineLimit {
		return s.small.Write(p)
	}
	s.spill()
	if _, err := s.pipe.Write(s.small.Bytes()); err != nil {
		return 0, err
	}
	return s.pipe.Write(p)
}

func (s *stage) spill() {
	r, w := io.Pipe()
	s.pipe, s.done = w, make(chan error, 1)
	go func() {
		_, err := s.blobs.Put(s.ctx, s.key, r)
		r.CloseWithError(errors.Join(errPutEnded, err))
		s.done <- err
	}()
}

var errPutEnded = errors.New("the blob store stopped reading")

// finish ends the blob, whole or broken off, and waits until it is durable.
func (s *stage) finish(err error) error {
	if s.pipe == nil {
		return err
	}
	s.pipe.CloseWithError(err)
	if putErr := <-s.done; putErr != nil && (err == nil || errors.Is(err, errPutEnded)) {
		return putErr
	}
	return err
}
