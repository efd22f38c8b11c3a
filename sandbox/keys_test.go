package sandbox

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A sandbox whose making broke off is made to the end at the next start.
func TestCertificatesOfAnUnfinishedSandbox(t *testing.T) {
	t.Parallel()
	s := &Sandbox{dir: t.TempDir()}
	make := func() {
		t.Helper()
		if err := os.MkdirAll(s.path("authority"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := s.certificates(time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	make()
	lost := []string{s.path("filers", "ABC", "filer.p12"), s.path("authority", "server.key")}
	for _, path := range lost {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		make()
		if !isThere(path) {
			t.Errorf("%s is not made anew", path)
		}
	}
	if left, _ := filepath.Glob(s.path("*.new")); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

func TestWhatCannotBeWrittenWholeIsNotThere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ca.key")
	if err := os.Mkdir(path+".new", 0o700); err != nil { // stands in the way
		t.Fatal(err)
	}
	if err := writeWhole(path, []byte("key")); err == nil || isThere(path) {
		t.Errorf("error %v, written %v", err, isThere(path))
	}
}
