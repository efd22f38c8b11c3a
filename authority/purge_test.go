package authority_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/intake"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Bytes that led to no case are kept for a year and then weeded by a worker,
// without anybody asking; the row with their digest stays.
func TestRejectedFileIsWeeded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	file, _ := application(t, 1, 1)
	wrong := []byte(strings.Replace(string(file), "ABC", "XYZ", 1))
	if status, text := h.do(h.client(filer), http.MethodPut, h.url("127.0.0.1", filing.BFApplication, "/XYZ.ANSOKAN"), wrong); status != http.StatusOK || !strings.Contains(text, ">rejected<") {
		t.Fatalf("%d %s", status, text)
	}
	first := h.received()
	if first.Name != "XYZ.ANSOKAN" {
		t.Fatalf("received %+v", first)
	}
	_, err := authority.Control{Data: h.dir}.Advance(t.Context(), 364*24*time.Hour)
	must(t, err)
	h.again()
	if kept := h.received(); kept.Name == "" {
		t.Error("weeded within the year")
	}
	_, err = authority.Control{Data: h.dir}.Advance(t.Context(), 3*24*time.Hour)
	must(t, err)
	h.again()
	for deadline := time.Now().Add(10 * time.Second); h.received().Name != ""; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not weeded after a year")
		}
	}
	if left := h.received(); left.Digest != first.Digest || left.Outcome != filing.Rejected {
		t.Errorf("of %+v is left %+v", first, left)
	}
}

// again restarts the house: its workers then look at once.
func (h *house) again() {
	h.Helper()
	must(h.T, h.stop())
	h.start()
}

// received is the one file that came in.
func (h *house) received() (one intake.Received) {
	h.Helper()
	w := h.World(authority.Production)
	must(h.T, w.DB.Read(h.Context(), func(r store.Reader) error {
		var id string
		if err := r.QueryRow(`SELECT transaction_id FROM intake_message`).Scan(&id); err != nil {
			return err
		}
		all, err := w.Door.Trace(r, id)
		if err == nil && len(all) == 1 {
			one = all[0]
		}
		return err
	}))
	return one
}
