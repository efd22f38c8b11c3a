package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"
)

// keepEach writes the bytes n times a writer, each durable under its name
// before the next: write, fsync, rename, fsync of the directory.
func keepEach(dir string, writers, n int, content []byte) error {
	var group errgroup.Group
	for w := range writers {
		group.Go(func() error {
			for i := range n {
				if err := keep(dir, fmt.Sprintf("%d-%d", w, i), content); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func keep(dir, name string, content []byte) error {
	path := filepath.Join(dir, name)
	if err := writeSynced(path+".part", bytes.NewReader(content)); err != nil {
		return err
	}
	if err := os.Rename(path+".part", path); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func writeSynced(path string, content io.Reader) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Sync(), f.Close())
}

// hashAndKeep is the least that taking in a file costs.
func hashAndKeep(path string, content []byte) error {
	h := sha256.New()
	if err := writeSynced(path, io.TeeReader(bytes.NewReader(content), h)); err != nil {
		return err
	}
	h.Sum(nil)
	return nil
}
