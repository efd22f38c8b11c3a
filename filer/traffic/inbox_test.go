package traffic

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func TestInboxNeverReplaces(t *testing.T) {
	t.Parallel()
	box := Inbox{Dir: filepath.Join(t.TempDir(), "in")}
	first, digest, err := box.Keep("SUPRO.ABC.KVITTENS", "tx1", strings.NewReader("one"))
	if err != nil {
		t.Fatal(err)
	}
	again, sameDigest, err := box.Keep("SUPRO.ABC.KVITTENS", "tx1", strings.NewReader("one"))
	if err != nil || again != first || sameDigest != digest {
		t.Errorf("the same bytes again: %s, %v", again, err)
	}
	other, _, err := box.Keep("SUPRO.ABC.KVITTENS", "tx2", strings.NewReader("two"))
	if err != nil || other == first {
		t.Errorf("other bytes: %s, %v", other, err)
	}
	if text, err := os.ReadFile(first); err != nil || string(text) != "one" {
		t.Errorf("the first file is %q, %v", text, err)
	}
}

func TestInboxLeavesNothingOfAFileThatBreaksOff(t *testing.T) {
	t.Parallel()
	box := Inbox{Dir: t.TempDir()}
	broken := errors.New("the line is cut")
	if _, _, err := box.Keep("A", "tx", iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(box.Dir); err != nil || len(left) != 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

func TestInboxStaysInItsDirectory(t *testing.T) {
	t.Parallel()
	box := Inbox{Dir: filepath.Join(t.TempDir(), "in")}
	for _, name := range []string{"../outside", "/etc/passwd", "..", "", "a/b", ".hidden", "Kbl.Ansökan.D261123.etr", "nul\x00byte"} {
		path, _, err := box.Keep(name, "tx", strings.NewReader(name))
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if filepath.Dir(path) != box.Dir || strings.HasPrefix(filepath.Base(path), ".") {
			t.Errorf("%q was saved as %s", name, path)
		}
	}
}
