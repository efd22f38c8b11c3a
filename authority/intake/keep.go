package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"filtjanst/authority/blob"
)

// inlineLimit is the size up to which bytes stand in a row of the commit; more
// go to the blob store before it (DESIGN decision 2).
const inlineLimit = 64 << 10

// ErrBrokenOff says that the sender's bytes ended before their end. Nothing of
// them is kept.
var ErrBrokenOff = errors.New("the message broke off")

// errTooLarge ends a stream that is longer than its profile allows.
var errTooLarge = errors.New("larger than allowed")

// keep reads one part, makes it durable or holds it for the row, and checks it
// on the way.
func (v *visit) keep(ctx context.Context, p Part, number int) (*half, error) {
	head := v.door.heads.Get().(*[inlineLimit + 1]byte)
	defer v.door.heads.Put(head)
	n, end := fill(p.Body, head[:])
	if end != nil && !ended(end) {
		return nil, brokenOff(end)
	}
	h, err := v.recognise(p, head[:n])
	if err != nil {
		return nil, err
	}
	h.part = number
	if h.id, err = v.door.ids.Next(ctx, 1); err != nil {
		return nil, err
	}
	if limit := h.limit(); max(int64(n), p.Declared) > limit {
		return nil, tooLarge(h, limit)
	}
	if ended(end) {
		err = v.keepInline(h, bytes.Clone(head[:n]))
	} else {
		err = v.keepBlob(ctx, h, io.MultiReader(bytes.NewReader(head[:]), p.Body))
	}
	if err == nil && p.Declared > 0 && p.Declared != h.size {
		err = incomplete(p.Declared, h.size)
	}
	return h, err
}

func (v *visit) keepInline(h *half, content []byte) error {
	sum := sha256.Sum256(content)
	h.inline, h.size, h.digest = content, int64(len(content)), hex.EncodeToString(sum[:])
	return v.examine(h, bytes.NewReader(content))
}

// keepBlob streams the part into its blob and through the check at once. When
// it returns without error the blob is durable.
func (v *visit) keepBlob(ctx context.Context, h *half, body io.Reader) error {
	h.key = fmt.Sprintf("%s-%d", v.transactionID, h.part)
	v.keys = append(v.keys, h.key)
	r := newRelay()
	stored := v.store(ctx, h.key, r, r.feeds[0])
	checked := v.examineStream(ctx, h, r, stored)
	size, err := r.pump(&limited{r: body, left: h.limit()})
	put, check := stored.wait(), <-checked
	switch {
	case errors.Is(err, errTooLarge):
		return tooLarge(h, h.limit())
	case err != nil && !errors.Is(err, errStopped):
		return brokenOff(err)
	case put != nil:
		return fmt.Errorf("intake: keep the bytes of part %d: %w", h.part, put)
	case check != nil:
		return check
	}
	h.size, h.digest = size, hex.EncodeToString(stored.written.SHA256[:])
	if stored.written.Size != size {
		return fmt.Errorf("intake: part %d has %d bytes, the blob store kept %d", h.part, size, stored.written.Size)
	}
	return nil
}

// storing is a blob on its way to the disk.
type storing struct {
	done    chan struct{}
	written blob.Written
	err     error
}

func (s *storing) wait() error {
	<-s.done
	return s.err
}

func (v *visit) store(ctx context.Context, key string, r *relay, from *feed) *storing {
	s := &storing{done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.written, s.err = v.door.rooms.Blobs.Put(ctx, key, from)
		if s.err != nil {
			r.giveUp()
		}
		_ = from.drain() // pump tells what ended the stream
	}()
	return s
}

func (v *visit) examineStream(ctx context.Context, h *half, r *relay, stored *storing) <-chan error {
	checked := make(chan error, 1)
	src := &rereadable{feed: r.feeds[1], open: func() (blob.Object, error) {
		if err := stored.wait(); err != nil {
			return nil, err
		}
		return v.door.rooms.Blobs.Open(ctx, h.key)
	}}
	go func() {
		defer src.close()
		err := v.examine(h, src)
		if err != nil {
			r.giveUp()
		}
		_ = src.drain()
		checked <- err
	}()
	return checked
}

// limited ends with errTooLarge where more than left bytes would come.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

func brokenOff(err error) error {
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		return refusal
	}
	return fmt.Errorf("intake: %w: %w", ErrBrokenOff, err)
}

func incomplete(declared, got int64) error {
	return &Refusal{
		Kind:    Incomplete,
		Swedish: fmt.Sprintf("Filen är %d byte men %d byte är angivna; sänd den igen.", got, declared),
		English: fmt.Sprintf("the file has %d bytes but %d were announced; send it again", got, declared),
	}
}

func tooLarge(h *half, limit int64) error {
	return &Refusal{
		Kind:    TooLarge,
		Swedish: fmt.Sprintf("En fil av slaget %s får ha högst %d byte; dela upp den.", h.transaction, limit),
		English: fmt.Sprintf("a file of %s may have at most %d bytes; divide it", h.transaction, limit),
	}
}
