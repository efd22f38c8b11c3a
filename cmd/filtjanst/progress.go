package main

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// longBytes is from what size on reading a file is long work; a check of less
// is done within half a second.
const longBytes = 50 << 20

// drawnEvery is how often progress is drawn at most.
const drawnEvery = 100 * time.Millisecond

// progress draws how far long work has come, on a terminal only. A nil
// progress draws nothing.
type progress struct{ bar *progressbar.ProgressBar }

// progressBytes is progress through a number of bytes.
func (a *app) progressBytes(total int64, sv, en string) *progress {
	return a.progress(total, progressbar.OptionShowBytes(true), progressbar.OptionSetDescription(a.say(sv, en)))
}

// progressCount is progress through a number of things.
func (a *app) progressCount(total int64, sv, en string) *progress {
	return a.progress(total, progressbar.OptionShowCount(), progressbar.OptionSetDescription(a.say(sv, en)))
}

func (a *app) progress(total int64, options ...progressbar.Option) *progress {
	if !a.terminal {
		return nil
	}
	options = append(options,
		progressbar.OptionSetWriter(a.err),
		progressbar.OptionThrottle(drawnEvery),
		progressbar.OptionSetWidth(20),
		progressbar.OptionClearOnFinish())
	return &progress{progressbar.NewOptions64(total, options...)}
}

// add moves the progress on by n. Drawing never fails the work.
func (p *progress) add(n int) {
	if p != nil {
		_ = p.bar.Add(n)
	}
}

// end removes the progress from the terminal.
func (p *progress) end() {
	if p != nil {
		_ = p.bar.Clear()
	}
}

// watched reads a source until its context ends, and draws how far it came.
type watched struct {
	ctx  context.Context
	src  io.ReadSeeker
	size int64
	bar  *progress
	err  error // that ended the reading, but io.EOF
}

// watch wraps a source for one long reading; call end when it is done.
func (a *app) watch(ctx context.Context, s *source, sv, en string) *watched {
	w := &watched{ctx: ctx, src: s, size: s.size}
	if s.size > longBytes {
		w.bar = a.progressBytes(s.size, sv, en)
	}
	return w
}

func (w *watched) Read(p []byte) (int, error) {
	if w.err = w.ctx.Err(); w.err != nil {
		return 0, w.err
	}
	n, err := w.src.Read(p)
	w.bar.add(n)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// Seek goes back for a second reading, which is drawn anew.
func (w *watched) Seek(offset int64, whence int) (int64, error) {
	if w.bar != nil {
		w.bar.bar.Reset()
	}
	return w.src.Seek(offset, whence)
}

func (w *watched) end() { w.bar.end() }

// at sets how far the work has come. Drawing never fails the work.
func (p *progress) at(n int64) {
	if p != nil {
		_ = p.bar.Set64(n)
	}
}

// reached sets how far the work has come, and says where it is.
func (p *progress) reached(n int64, where string) {
	if p != nil {
		p.bar.Describe(where)
		p.at(n)
	}
}
