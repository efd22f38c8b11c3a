package blob_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/blob/blobtest"
)

func openDir(t *testing.T, root string) *blob.Dir {
	t.Helper()
	d, err := blob.OpenDir(root)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDir(t *testing.T) {
	t.Parallel()
	blobtest.Conform(t, func(t *testing.T) blob.Store {
		root := t.TempDir()
		t.Cleanup(func() {
			if debris := files(t, filepath.Join(root, "tmp")); len(debris) != 0 {
				t.Errorf("left behind: %v", debris)
			}
		})
		return openDir(t, root)
	})
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestDirIsMadeAndFoundAgain(t *testing.T) {
	t.Parallel()
	root := filepath.Join(t.TempDir(), "a", "b")
	if _, err := openDir(t, root).Put(t.Context(), "key", strings.NewReader("x")); err != nil {
		t.Fatal(err)
	}
	if info, err := openDir(t, root).Stat(t.Context(), "key"); err != nil || info.Size != 1 {
		t.Errorf("%+v, %v", info, err)
	}
	if got := left(t, openDir(t, root)); got != "key" {
		t.Errorf("holds %q", got)
	}
}

func TestOpenDirClearsOldDebris(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	openDir(t, root)
	for name, age := range map[string]time.Duration{"put-old": 25 * time.Hour, "put-new": 23 * time.Hour} {
		path := filepath.Join(root, "tmp", name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	openDir(t, root)
	if got := files(t, root); len(got) != 1 || filepath.Base(got[0]) != "put-new" {
		t.Errorf("left: %v", got)
	}
}

func TestOpenDirRefuses(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{"", file} {
		if _, err := blob.OpenDir(root); err == nil {
			t.Errorf("%q: opened", root)
		}
	}
}
