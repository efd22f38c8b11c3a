package sandbox

import (
	"slices"
	"strings"
	"testing"
	"time"

	"filtjanst/filing"
	"filtjanst/shs"
)

// TestKilledWhileAcknowledging: an acknowledgement that was answered holds, and
// what was not acknowledged is there still.
func TestKilledWhileAcknowledging(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := started(t, dir, 0)
	p := outsideOf(t, run.ready, "ABC")
	const files = 20
	for n := range int64(files) {
		p.submit(t, batch{code: "ABC", sequence: n + 1, cases: 1, seed: uint64(n), form: "text"})
	}
	all, err := p.listed(t.Context())
	all = slices.DeleteFunc(all, func(one shs.Listed) bool { // comes once a month, whatever is sent
		return strings.EqualFold(one.Product, p.ready.Products[filing.XXStatusReport])
	})
	if err != nil || len(all) != 2*files { // a receipt and a confirm each
		t.Fatalf("%d messages, %v", len(all), err)
	}
	time.AfterFunc(30*time.Millisecond, func() { _ = run.cmd.Process.Kill() })
	acknowledged := 0
	for _, one := range all {
		if p.shs.Ack(t.Context(), p.box(), one.TxID) != nil {
			break
		}
		acknowledged++
	}
	_ = run.cmd.Wait()

	run = started(t, dir, 0)
	p = outsideOf(t, run.ready, "ABC")
	left, err := p.listed(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(left))
	for i, one := range left {
		ids[i] = one.TxID
	}
	for i, one := range all {
		there := slices.Contains(ids, one.TxID)
		if i < acknowledged && there || i > acknowledged && !there { // of the one in between nobody knows
			t.Errorf("message %d of %d, %d acknowledged: listed %v", i, len(all), acknowledged, there)
		}
	}
	for _, one := range all[:acknowledged] { // again, since the filer cannot know either
		if err := p.shs.Ack(t.Context(), p.box(), one.TxID); err != nil {
			t.Errorf("acknowledged again: %v", err)
		}
	}
}
