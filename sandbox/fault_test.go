package sandbox

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoRoomToWrite: files may grow only a little more, as on a full disk.
// What cannot be written is not answered; what was answered stays, and all
// goes on once there is room.
func TestNoRoomToWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := started(t, dir, 0)
	run.kill(t)
	const block = 512
	largest := largestFile(t, dir)
	run = started(t, dir, int(largest/block)+600)
	h := &hammer{p: outsideOf(t, run.ready, "ABC"), code: "ABC"}
	for range 40 {
		h.run(t, t.Context()) // returns when there is no answer
		if len(h.done) == 0 {
			t.Fatalf("nothing was taken at all\n%s", run.said.String())
		}
	}
	u, err := h.p.upload(t.Context(), part{name: "ABC.ANSOKAN", body: make([]byte, largest+1<<20)})
	if err != nil || u.Status != 500 {
		t.Errorf("a file for which there is no room: %v, %d", err, u.Status)
	}
	bilingual(t, u.Text)
	answered := len(h.done)
	t.Logf("%d files answered before there was no room", answered)
	run.kill(t)

	run = started(t, dir, 0)
	s := newSiege(dir, 1)
	s.hammers = []*hammer{h}
	s.verify(t, run)
	s.answers(t)
	if _, err := run.control().Evening(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.confirmed(t, h.p, s.approved("ABC"))
}

func largestFile(t *testing.T, dir string) (largest int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(path, "-shm") {
			return err
		}
		info, err := d.Info()
		largest = max(largest, info.Size())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return largest
}
