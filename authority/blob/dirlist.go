package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"
)

// List walks the shards.
func (d *Dir) List(ctx context.Context) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		shards, err := os.ReadDir(d.root)
		if err != nil {
			yield(Info{}, fmt.Errorf("blob: list: %w", err))
			return
		}
		for _, shard := range shards {
			if !isShard(shard) {
				continue
			}
			if err := d.listShard(ctx, shard.Name(), yield); err != nil {
				if !errors.Is(err, errStopped) {
					yield(Info{}, fmt.Errorf("blob: list: %w", err))
				}
				return
			}
		}
	}
}

var errStopped = errors.New("the walk was stopped")

func isShard(e fs.DirEntry) bool { return e.IsDir() && len(e.Name()) == 2 }

func (d *Dir) listShard(ctx context.Context, shard string, yield func(Info, error) bool) error {
	entries, err := os.ReadDir(filepath.Join(d.root, shard))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !keyForm.MatchString(e.Name()) || !e.Type().IsRegular() {
			continue // not ours
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted meanwhile
		}
		if err != nil {
			return err
		}
		if !yield(Info{Key: e.Name(), Size: info.Size(), Modified: info.ModTime()}, nil) {
			return errStopped
		}
	}
	return nil
}

// clearDebris removes what crashes left in tmpDir before the given moment.
func (d *Dir) clearDebris(before time.Time) error {
	dir := filepath.Join(d.root, tmpDir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue // gone, or being written
		}
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
