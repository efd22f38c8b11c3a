package authority_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/clock"
	"filtjanst/authority/store"
)

func silent() authority.Outside {
	return authority.Outside{Logger: slog.New(slog.DiscardHandler)}
}

// It refuses to start wrongly, and says what to do (DESIGN decision 18).
func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		spoil   func(*testing.T, *authority.Config, *issuer)
		migrate bool
		want    string
	}{
		"no data directory":   {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Data += "/none" }, false, "create it"},
		"no database":         {func(*testing.T, *authority.Config, *issuer) {}, false, "filtjanst migrate"},
		"no certificate file": {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Gateway.Certificates[0].Certificate += "x" }, true, "gateway.certificate"},
		"no authority file":   {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Gateway.Authorities[0] += "x" }, true, "gateway.authorities"},
		"authority that is none": {func(t *testing.T, c *authority.Config, _ *issuer) {
			must(t, os.WriteFile(c.Gateway.Authorities[0], []byte("hello"), 0o600))
		}, true, "gateway.authorities"},
		"key of another": {func(_ *testing.T, c *authority.Config, i *issuer) {
			c.Gateway.Certificates[0].Key = i.leaf(c.Data, "other", server("other")).Key
		}, true, "gateway.certificate"},
		"expired certificate": {func(_ *testing.T, c *authority.Config, i *issuer) {
			old := server("old")
			old.NotAfter = time.Now().Add(-time.Hour)
			c.Gateway.Certificates = []authority.CertificateConfig{i.leaf(c.Data, "old", old)}
		}, true, "expired on"},
		"address in use":     {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Gateway.Listen = "192.0.2.1:1" }, true, "gateway.listen"},
		"no revocation list": {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Gateway.Revoked = []string{"none.crl"} }, true, "gateway.revoked"},
		"no agreement":       {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Worlds.Test.Agreements = []string{"none.xml"} }, true, "worlds.test.agreements"},
		"no profile":         {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Worlds.Test.Profiles = []string{"none"} }, true, "worlds.test.profiles"},
		"no numbers":         {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Numbers = []string{"none.toml"} }, true, "none.toml"},
		"numbers that are none": {func(t *testing.T, c *authority.Config, _ *issuer) {
			c.Numbers = []string{numbers(t, `[[number]]
symbol = "fee.application"
value = [{ from = 2026-01-01 }]`)}
		}, true, "fee.application"},
		"no DSN file": {func(_ *testing.T, c *authority.Config, _ *issuer) {
			c.Worlds.Test.Database = authority.DatabaseConfig{Engine: "postgres", DSNFile: "none"}
		}, false, "dsn_file"},
		"bad case number": {func(_ *testing.T, c *authority.Config, _ *issuer) { c.Worlds.Test.CaseNumber = "x" }, true, "worlds.test.case_number"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, i, _ := newConfig(t)
			if name == "no DSN file" {
				c.Worlds.Production.Enabled = false
			}
			if test.migrate {
				must(t, authority.Migrate(t.Context(), c))
			}
			test.spoil(t, &c, i)
			a, err := authority.New(t.Context(), c, silent())
			if err == nil {
				a.Close()
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A certificate that has expired does not stop the one beside it (trap 10).
func TestExpiredCertificateBesideAGoodOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *authority.Config) {})
	must(t, h.stop())
	old := server("old")
	old.NotAfter = time.Now().Add(-time.Hour)
	h.config.Gateway.Certificates = append([]authority.CertificateConfig{h.issuer.leaf(h.dir, "old", old)}, h.config.Gateway.Certificates...)
	h.start()
	status, err := authority.Control{Data: h.dir}.Status(t.Context())
	must(t, err)
	if len(status.Certificates) != 1 || !strings.Contains(status.Certificates[0].Subject, "authority") {
		t.Errorf("in use are %+v", status.Certificates)
	}
}

// A clock that went backwards is refused.
func TestClockWentBackwards(t *testing.T) {
	t.Parallel()
	c, _, _ := newConfig(t)
	c.Worlds.Production.Clock, c.Worlds.Test.Enabled = "machine", false
	must(t, authority.Migrate(t.Context(), c))
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: filepath.Join(c.Data, authority.Production)})
	must(t, err)
	must(t, clock.Watch(t.Context(), db, time.Now().Add(time.Hour)))
	must(t, db.Close())
	_, err = authority.New(t.Context(), c, silent())
	if !errors.Is(err, clock.ErrBackwards) || !strings.Contains(err.Error(), "set the machine's clock right") {
		t.Errorf("got %v", err)
	}
}

// Two on one data directory would be two writers.
func TestSecondOnTheSameData(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if _, err := authority.New(t.Context(), h.config, silent()); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("got %v", err)
	}
	if _, err := (authority.Control{Data: h.dir}).Status(t.Context()); err != nil {
		t.Errorf("the first one is hurt: %v", err)
	}
}

// A failed start leaves nothing open.
func TestFailedStartCanBeMended(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	must(t, h.stop())
	good := h.config.Worlds.Test.Agreements
	h.config.Worlds.Test.Agreements = []string{"none.xml"}
	if _, err := authority.New(t.Context(), h.config, silent()); err == nil {
		t.Fatal("it started")
	}
	h.config.Worlds.Test.Agreements = good
	h.start()
}
