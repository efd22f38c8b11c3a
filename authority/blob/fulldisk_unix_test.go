//go:build unix

package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"filtjanst/authority/blob"
)

// envFull makes the test binary a process that may write only small files, as
// if the disk were full, and stores a large object in that directory; then one
// that has still less room, and looks whether it can store anything.
const envFull = "FILTJANST_FULL_DIR"

func TestMain(m *testing.M) {
	if root := os.Getenv(envFull); root != "" {
		fmt.Print(putOnFullDisk(root))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func putOnFullDisk(root string) error {
	signal.Ignore(syscall.SIGXFSZ)
	limit := syscall.Rlimit{Cur: 100_000, Max: 100_000}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	d, err := blob.OpenDir(root)
	if err != nil {
		return err
	}
	if _, err := d.Put(context.Background(), "small", bytes.NewReader(make([]byte, 100_000))); err != nil {
		return err
	}
	if err := d.Prove(context.Background()); err != nil {
		return err
	}
	_, large := d.Put(context.Background(), "large", bytes.NewReader(make([]byte, 1<<20)))
	limit.Cur = 10_000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	return errors.Join(large, d.Prove(context.Background()))
}

func TestAFullDiskLeavesNothing(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), envFull+"="+root)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Count(string(out), syscall.EFBIG.Error()) != 2 || !strings.Contains(string(out), "takes no files") {
		t.Fatalf("%s, %v", out, err)
	}
	if got := files(t, root); len(got) != 1 || filepath.Base(got[0]) != "small" {
		t.Errorf("left: %v", got)
	}
}
