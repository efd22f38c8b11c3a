package durable

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestPlaceNeverReplaces(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "A")
	for i, want := range []error{nil, os.ErrExist} {
		d, err := Write(dir, strings.NewReader(strings.Repeat("x", i+1)))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Place(path); !errors.Is(err, want) {
			t.Errorf("draft %d: %v", i, err)
		}
		d.Discard()
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "x" {
		t.Errorf("the file is %q, %v", text, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestBrokenContentLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken := errors.New("the line is cut")
	if _, err := Write(dir, iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// What is replaced is there until the new one is whole.
func TestReplace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link, broken := filepath.Join(dir, "A"), filepath.Join(dir, "B"), errors.New("the line is cut")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name, text string
		fault      error
		mode       os.FileMode
		want       string
	}{
		{path, "first", nil, 0o644, "first"},
		{path, "second", broken, 0o600, "first"},
		{link, "third", nil, 0o600, "third"},
	} {
		if _, err := os.Stat(path); err == nil {
			if err := os.Chmod(path, step.mode); err != nil {
				t.Fatal(err)
			}
		}
		err := Replace(step.name, func(w io.Writer) error { _, err := io.WriteString(w, step.text); return errors.Join(err, step.fault) })
		if !errors.Is(err, step.fault) {
			t.Errorf("%s: %v", step.text, err)
		}
		text, err := os.ReadFile(path)
		if err != nil || string(text) != step.want {
			t.Errorf("%s: the file is %q, %v", step.text, text, err)
		}
		if info, err := os.Lstat(path); err != nil || info.Mode() != step.mode {
			t.Errorf("%s: the mode is %v, %v", step.text, info.Mode(), err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("left %v, %v", left, err)
	}
}

// A link to nothing, such as one to a pipe, is told and not replaced by a file.
func TestReplaceNoBrokenLink(t *testing.T) {
	t.Parallel()
	link := filepath.Join(t.TempDir(), "A")
	if err := os.Symlink("nothing there", link); err != nil {
		t.Fatal(err)
	}
	if err := Replace(link, func(io.Writer) error { return nil }); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if to, err := os.Readlink(link); err != nil || to != "nothing there" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}
