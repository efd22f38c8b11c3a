package filing_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"filtjanst/filing"
)

// TestReceiptIsASetting: a set can ask for the older receipts of changes, which
// told of faults only.
func TestReceiptIsASetting(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]filing.ReceiptPolicy{"": filing.ReceiptAlways, "always": filing.ReceiptAlways, "faults": filing.ReceiptFaults} {
		p, err := changePolicy(t, setting)
		if err != nil || p.Receipt != want {
			t.Errorf("receipt = %q reads %q, %v, wants %q", setting, p.Receipt, err, want)
		}
	}
	if _, err := changePolicy(t, "never"); err == nil || !strings.Contains(err.Error(), "policy.receipt") {
		t.Errorf("receipt = \"never\" is told as %v", err)
	}
}

// changePolicy is the policy of our change with another receipt setting.
func changePolicy(t *testing.T, receipt string) (filing.Policy, error) {
	t.Helper()
	change := string(ownFile(t, "ve/change.toml"))
	if receipt != "" {
		change = strings.Replace(change, "[policy]\n", "[policy]\nreceipt = \""+receipt+"\"\n", 1)
	}
	set, err := filing.LoadSet(fstest.MapFS{
		"set.toml": {Data: []byte(manifest)}, "change.toml": {Data: []byte(change)},
	})
	if err != nil {
		return filing.Policy{}, err
	}
	p, _ := set.Policy(filing.VEChange)
	return p, nil
}
