package authority_test

import (
	"net/http"
	"testing"

	"go.uber.org/goleak"

	"filtjanst/authority"
	"filtjanst/filing"
)

// A stopped authority leaves no goroutine and no socket behind. It is not
// parallel, so that it sees its own alone.
func TestStopLeavesNothing(t *testing.T) {
	before := goleak.IgnoreCurrent()
	h := newHouse(t)
	c := h.client(filer)
	file, _ := application(t, 1, 1)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), file)
	if _, err := (authority.Control{Data: h.dir}).Evening(t.Context()); err != nil {
		t.Error(err)
	}
	c.CloseIdleConnections()
	must(t, h.stop())
	goleak.VerifyNone(t, before)
}
