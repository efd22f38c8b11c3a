package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	// tmpDir holds objects being written. It has no shard's name.
	tmpDir = "tmp"
	// debrisAge is when a file in tmpDir cannot be an upload under way.
	debrisAge = 24 * time.Hour
	copySize  = 256 << 10
	// proofSize is what Prove writes: what goes with a file that is taken in is
	// about as much.
	proofSize = 64 << 10
)

// Dir keeps objects as files: <root>/<shard>/<key>, where the shard is the
// first byte of the key's SHA-256 in hex.
type Dir struct {
	root string
}

// OpenDir opens the directory root, creating it with mode 0700, and clears it
// of uploads that a crash cut off more than a day ago.
func OpenDir(root string) (*Dir, error) {
	if root == "" {
		return nil, errors.New("blob: no directory given")
	}
	if err := makeDir(root); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	if err := makeDir(filepath.Join(root, tmpDir)); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	d := &Dir{root: root}
	if err := d.clearDebris(time.Now().Add(-debrisAge)); err != nil {
		return nil, fmt.Errorf("blob: clear cut-off uploads: %w", err)
	}
	return d, nil
}

func (d *Dir) path(key string) string {
	sum := sha256.Sum256([]byte(key))
	return filepath.Join(d.root, hex.EncodeToString(sum[:1]), key)
}

// Put writes and fsyncs a file of another name, links it to its own, which
// fails if that is taken, and fsyncs the directory.
func (d *Dir) Put(ctx context.Context, key string, r io.Reader) (Written, error) {
	if err := valid("put", key); err != nil {
		return Written{}, err
	}
	path := d.path(key)
	if _, err := os.Lstat(path); err == nil {
		return Written{}, failed("put", key, ErrExists)
	}
	tmp, w, err := d.write(ctx, r)
	if err != nil {
		return Written{}, failed("put", key, err)
	}
	defer os.Remove(tmp)
	if err := publish(tmp, path); err != nil {
		return Written{}, failed("put", key, err)
	}
	return w, nil
}

// write makes a durable file in tmpDir, or leaves none.
func (d *Dir) write(ctx context.Context, r io.Reader) (path string, w Written, err error) {
	f, err := os.CreateTemp(filepath.Join(d.root, tmpDir), "put-*")
	if err != nil {
		return "", Written{}, err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	from := digesting(ctx, r)
	// The struct hides ReadFrom, so that bytes pass through our buffer.
	_, err = io.CopyBuffer(struct{ io.Writer }{f}, from, make([]byte, copySize))
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return "", Written{}, err
	}
	return f.Name(), from.written(), nil
}

// Prove writes a file, fsyncs it and removes it, and so tells whether the
// directory can take any.
func (d *Dir) Prove(ctx context.Context) error {
	tmp, _, err := d.write(ctx, bytes.NewReader(make([]byte, proofSize)))
	if err == nil {
		err = os.Remove(tmp)
	}
	if err != nil {
		return fmt.Errorf("blob: %s takes no files; see whether its disk is full: %w", d.root, err)
	}
	return nil
}

func publish(tmp, path string) error {
	shard := filepath.Dir(path)
	if err := makeDir(shard); err != nil {
		return err
	}
	err := os.Link(tmp, path)
	if errors.Is(err, fs.ErrExist) {
		return ErrExists
	}
	if err != nil {
		return err
	}
	return syncDir(shard)
}

// Open opens the file.
func (d *Dir) Open(_ context.Context, key string) (Object, error) {
	if err := valid("open", key); err != nil {
		return nil, err
	}
	f, err := os.Open(d.path(key))
	if err != nil {
		return nil, failed("open", key, notFound(err))
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, failed("open", key, err)
	}
	return &dirObject{f, info.Size()}, nil
}

type dirObject struct {
	*os.File
	size int64
}

func (o *dirObject) Size() int64 { return o.size }

// Stat describes the file.
func (d *Dir) Stat(_ context.Context, key string) (Info, error) {
	if err := valid("stat", key); err != nil {
		return Info{}, err
	}
	info, err := os.Stat(d.path(key))
	if err != nil {
		return Info{}, failed("stat", key, notFound(err))
	}
	return Info{Key: key, Size: info.Size(), Modified: info.ModTime()}, nil
}

// Delete removes the file for good.
func (d *Dir) Delete(_ context.Context, key string) error {
	if err := valid("delete", key); err != nil {
		return err
	}
	path := d.path(key)
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = syncDir(filepath.Dir(path))
	}
	return failed("delete", key, err)
}

func notFound(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotFound
	}
	return err
}
