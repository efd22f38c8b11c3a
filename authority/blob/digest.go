package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

// digester passes bytes through and counts and digests them.
type digester struct {
	ctx context.Context
	r   io.Reader
	sum interface {
		io.Writer
		Sum([]byte) []byte
	}
	size int64
}

func digesting(ctx context.Context, r io.Reader) *digester {
	return &digester{ctx: ctx, r: r, sum: sha256.New()}
}

// Read stops when the context ends, so that an upload given up leaves soon.
// Errors are wrapped: a bare io.ErrUnexpectedEOF, as of a request body cut off,
// is taken for the end by code that fills buffers.
func (d *digester) Read(p []byte) (int, error) {
	if err := d.ctx.Err(); err != nil {
		return 0, fmt.Errorf("read what is to be stored: %w", err)
	}
	n, err := d.r.Read(p)
	_, _ = d.sum.Write(p[:n]) // never fails
	d.size += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("read what is to be stored: %w", err)
	}
	return n, err
}

func (d *digester) written() Written {
	return Written{Size: d.size, SHA256: [32]byte(d.sum.Sum(nil))}
}
