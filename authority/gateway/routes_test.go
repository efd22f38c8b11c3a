package gateway_test

import (
	"net/http"
	"strings"
	"testing"
)

// No path is answered with a redirect, which scripts take for success.
func TestPaths(t *testing.T) {
	each(t, func(b *bench) {
		for _, test := range []struct {
			method, path string
			status       int
			body         string
		}{
			{http.MethodPost, "/shs/rs/", http.StatusBadRequest, "the message is empty"},
			{http.MethodPost, "//shs/rs", http.StatusNotFound, "/shs/rs, /shs/ds/"},
			{http.MethodPost, "/shs//rs", http.StatusNotFound, "/shs/rs, /shs/ds/"},
			{http.MethodPost, "/SHS/RS", http.StatusNotFound, "/shs/rs, /shs/ds/"},
			{http.MethodPost, "/shs/rs/x", http.StatusNotFound, "/shs/rs, /shs/ds/"},
			{http.MethodGet, "/shs/ds", http.StatusBadRequest, "Frågan är felaktig"},
			{http.MethodGet, "/shs/../shs/ds/" + filer, http.StatusNotFound, "/shs/rs, /shs/ds/"},
			{http.MethodGet, "//et/et_web/auto/" + receipts + "?getfilenames=true", http.StatusNotFound, "/et/et_web/auto/"},
			{http.MethodGet, "/et/et_web/auto", http.StatusNotFound, "produktens UUID"},
			{http.MethodGet, "/et/et_web/auto//" + receipts + "?getfilenames=true", http.StatusNotFound, "produktens UUID"},
			{http.MethodGet, "/et/et_web/automat", http.StatusNotFound, "/et/et_web/auto/"},
			{http.MethodGet, "/et/et_web/auto/" + receipts + "?GetFileNames=TRUE", http.StatusOK, ""},
			{http.MethodGet, "/shs/ds/" + filer + "?STATUS=test", http.StatusOK, "shs.message-list"},
			{http.MethodGet, "/shs/ds/" + other, http.StatusForbidden, "Adressen tillhör inte"},
			{http.MethodGet, "/", http.StatusNotFound, "Adressen finns inte här"},
		} {
			a := b.send(request{organisation: filer, method: test.method, host: productionHost, path: test.path})
			if a.status != test.status || !strings.Contains(a.body, test.body) {
				b.Errorf("%s %s: %d %q", test.method, test.path, a.status, a.body)
			}
		}
	})
}
