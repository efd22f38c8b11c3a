package filing_test

import (
	"bytes"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

// TestIdentifyBehindAComment: an XML file may name its transaction long after its
// beginning.
func TestIdentifyBehindAComment(t *testing.T) {
	t.Parallel()
	for _, tx := range []filing.Transaction{filing.BFApplication, filing.BFWithdrawal, filing.XXPartyChange} {
		file, err := filingtest.File(filing.Own(), tx, filing.XMLForm, 3, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, length := range []int{0, 200, 250, 5_000} {
			comment := "?>\n<!-- " + strings.Repeat("bf.event ", length/9) + "-->"
			head := bytes.Replace(file, []byte("?>"), []byte(comment), 1)
			if found, form, known := filing.Own().Identify(head); found != tx || form != filing.XMLForm || !known {
				t.Errorf("%s behind %d bytes is taken for %q in form %q", tx, length, found, form)
			}
		}
	}
}
