package authority_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// The main job: file and note over e-transport, receipt at once, confirmation
// after the evening.
func TestFromFileToConfirmation(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	c := h.client(filer)
	file, note := application(t, 1, 3)
	if status, text := h.do(c, http.MethodPut, h.url("127.0.0.1", filing.BFApplication, "/ABC.ANSOKAN"), file); status != http.StatusOK || !strings.Contains(text, ">waiting<") {
		t.Fatalf("file: %d\n%s", status, text)
	}
	if status, text := h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplicationNote, ""), note); status != http.StatusOK || !strings.Contains(text, ">approved<") {
		t.Fatalf("note: %d\n%s", status, text)
	}
	receipt, err := filing.ReadReceipt(strings.NewReader(h.fetchOnly(c, filing.BFApplicationReceipt)), filing.Own(), filing.BFApplicationReceipt)
	must(t, err)
	if receipt.Outcome != filing.Approved || receipt.Documents != 3 || receipt.ReadIn != filingtest.Today {
		t.Errorf("the receipt says %+v", receipt)
	}
	if names := h.names(c, filing.BFConfirmation); len(names) != 0 {
		t.Errorf("confirmed before the evening: %s", names)
	}
	moved, err := authority.Control{Data: h.dir}.Evening(t.Context())
	must(t, err)
	if len(moved) != 2 || !moved[0].To.Equal(filingtest.Today.At(19, 0)) || len(moved[0].Steps) == 0 || moved[0].Steps[len(moved[0].Steps)-1].Evening.Documents != 3 {
		t.Errorf("the evening did %+v", moved)
	}
	cases := 0
	confirmation, err := filing.Read(strings.NewReader(h.fetchOnly(c, filing.BFConfirmation)), filing.Own(), filing.BFConfirmation, func(c *filing.ConfirmedCase) error {
		cases++
		return nil
	})
	must(t, err)
	if confirmation.Documents != 3 || cases != 3 || confirmation.Sequence != 1 {
		t.Errorf("the confirmation says %+v with %d cases", confirmation, cases)
	}
	_, text := h.do(http.DefaultClient, http.MethodGet, h.Addresses().Operations+"/metrics", nil)
	if !strings.Contains(text, `filtjanst_evening_documents_total{world="production"} 3`) {
		t.Error("the documents are not counted")
	}
}

// numbers writes a file with numbers of law.
func numbers(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "numbers.toml")
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// An installation adds numbers of law to those in the program, without another
// program: a new fee is charged, and what came to nothing is kept for less long.
func TestNumbersOfLawAreAdded(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *authority.Config) {
		c.Numbers = []string{numbers(t, `
[[number]]
symbol = "fee.application"
section = "AvgF §1"
sv = "ansökningsavgift"
en = "application fee"
value = [{ from = 2026-01-01, kronor = 311, source = "P", from_source = "P" }]

[[number]]
symbol = "retention.other"
section = "KFD 1:7"
sv = "andra uppgifter"
en = "other data"
value = [{ from = 2020-01-01, months = 1, source = "P", from_source = "P" }]
`)}
	})
	c := h.client(filer)
	file, note := application(t, 1, 1)
	h.do(c, http.MethodPut, h.url("127.0.0.1", filing.BFApplication, "/ABC.ANSOKAN"), file)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplicationNote, ""), note)
	h.fetchOnly(c, filing.BFApplicationReceipt)
	_, err := authority.Control{Data: h.dir}.Evening(t.Context())
	must(t, err)
	_, err = filing.Read(strings.NewReader(h.fetchOnly(c, filing.BFConfirmation)), filing.Own(), filing.BFConfirmation, func(c *filing.ConfirmedCase) error {
		if c.Fee != 311_00 {
			t.Errorf("a fee of %s", c.Fee)
		}
		return nil
	})
	must(t, err)
	h.do(c, http.MethodPut, h.url("127.0.0.1", filing.BFApplication, "/XYZ.ANSOKAN"), []byte(strings.Replace(string(file), "ABC", "XYZ", 1)))
	w := h.World(authority.Production)
	must(t, w.DB.Read(t.Context(), func(r store.Reader) error {
		var last calendar.Day
		err := r.QueryRow(`SELECT MAX(purge_after) FROM intake_half`).Scan(&last)
		if want := calendar.Today(w.Clock).AddMonths(1); last != want {
			t.Errorf("kept until %s, want %s", last, want)
		}
		return err
	}))
}

// An evening that was missed is caught up at the next start, by itself (trap
// 14); until then nothing is confirmed.
func TestMissedEveningIsCaughtUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	must(t, h.stop())
	h.clock = calendar.NewFixed(filingtest.Today.At(12, 0))
	h.start()
	c := h.client(filer)
	file, note := application(t, 1, 2)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), file)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplicationNote, ""), note)
	must(t, h.stop())
	if _, err := (authority.Control{Data: h.dir}).Evening(t.Context()); err == nil {
		t.Error("a stopped authority took a command")
	}
	h.clock = calendar.NewFixed(filingtest.Today.At(12, 0).AddDate(0, 0, 3))
	h.start()
	for deadline := time.Now().Add(15 * time.Second); len(h.names(c, filing.BFConfirmation)) == 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the missed evening was not caught up")
		}
	}
}

// names lists what waits under a transaction's product in production.
func (h *house) names(c *http.Client, tx filing.Transaction) []string {
	h.Helper()
	status, text := h.do(c, http.MethodGet, h.url("127.0.0.1", tx, "?getfilenames=true"), nil)
	if status != http.StatusOK {
		h.Fatalf("list of %s: %d\n%s", tx, status, text)
	}
	return strings.Fields(text)
}

// fetchOnly fetches the one file that waits, which then waits no longer.
func (h *house) fetchOnly(c *http.Client, tx filing.Transaction) string {
	h.Helper()
	names := h.names(c, tx)
	if len(names) != 1 {
		h.Fatalf("%d files of %s wait: %s", len(names), tx, names)
	}
	status, text := h.do(c, http.MethodGet, h.url("127.0.0.1", tx, "/"+names[0]), nil)
	if status != http.StatusOK {
		h.Fatalf("fetch %s: %d\n%s", names[0], status, text)
	}
	for deadline := time.Now().Add(5 * time.Second); len(h.names(c, tx)) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.Fatalf("%s is still listed", names[0])
		}
	}
	return text
}
