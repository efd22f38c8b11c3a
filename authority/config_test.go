package authority_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority"
	"filtjanst/filing"
)

func readConfig(t *testing.T, text string) (authority.Config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "filtjanst.toml")
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return authority.ReadConfig(path)
}

// What is printed is read back the same, and explains every section.
func TestConfigPrintsWhatItReads(t *testing.T) {
	t.Parallel()
	c := authority.DefaultConfig()
	c.Organisation, c.Office = own, office()
	c.Gateway.Certificates = []authority.CertificateConfig{{Certificate: "a.pem", Key: "a.key"}, {Certificate: "b.pem", Key: "b.key"}}
	c.Gateway.Proxies = []string{"10.1.0.0/24"}
	c.Evening.Closed = map[string]string{"2026-12-23": "underhåll"}
	c.Evening.Windows = []authority.WindowConfig{{From: time.Date(2026, 11, 27, 16, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 28, 6, 0, 0, 0, time.UTC), Reason: "upgrade"}}
	c.Worlds.Test.Products = map[filing.Transaction]string{filing.BFApplication: "11111111-2222-4333-8444-555555555501"}
	c.Worlds.Test.Hosts = []string{"test.example"}
	var out bytes.Buffer
	must(t, c.Print(&out))
	back, err := readConfig(t, out.String())
	must(t, err)
	var again bytes.Buffer
	must(t, back.Print(&again))
	if diff := cmp.Diff(out.String(), again.String()); diff != "" {
		t.Error(diff)
	}
	for _, word := range []string{"# Data directory", "[[gateway.certificate]]", "# Server certificates with their keys", "\"bf.application\"", "shutdown = '30s'"} {
		if !strings.Contains(strings.ReplaceAll(out.String(), `"30s"`, "'30s'"), word) && !strings.Contains(strings.ReplaceAll(out.String(), "'", `"`), word) {
			t.Errorf("the printed configuration lacks %s:\n%s", word, out.String())
		}
	}
}

func TestConfigRefusesUnknownKeys(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"data = 'x'\ncolour = 'red'\n":       "line 2: unknown key colour",
		"[gateway]\nlisten = ':1'\nport=1\n": "line 3: unknown key gateway.port",
		"[worlds.staging]\nenabled = true\n": "unknown key worlds.staging",
		"data = 7\n":                         "line 1",
		"data = \n":                          "line 1",
	} {
		_, err := readConfig(t, text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q gave %v, want %s", text, err, want)
		}
	}
}

// Every wrong configuration is refused with the key and what to do.
func TestConfigCheck(t *testing.T) {
	t.Parallel()
	good, _, _ := newConfig(t)
	must(t, good.Check())
	for name, test := range map[string]struct {
		spoil func(*authority.Config)
		want  string
	}{
		"no data":              {func(c *authority.Config) { c.Data = "" }, "data: name the data directory"},
		"no office":            {func(c *authority.Config) { c.Office.Name = "" }, "office.name: give"},
		"no giro":              {func(c *authority.Config) { c.Office.Bankgiro = "" }, "office.bankgiro: give"},
		"no forwarding":        {func(c *authority.Config) { c.Office.Forwarding.Town = "" }, "office.forwarding: give"},
		"no organisation":      {func(c *authority.Config) { c.Organisation = "202100-0001" }, "organisation: give"},
		"no certificate":       {func(c *authority.Config) { c.Gateway.Certificates = nil }, "there is no server certificate: add [[gateway.certificate]]"},
		"no key":               {func(c *authority.Config) { c.Gateway.Certificates[0].Key = "" }, "name both certificate and key"},
		"no authorities":       {func(c *authority.Config) { c.Gateway.Authorities = nil }, "no certification authority"},
		"bad proxy":            {func(c *authority.Config) { c.Gateway.Proxies = []string{"10.0.0"} }, "gateway.proxies"},
		"bad revocation":       {func(c *authority.Config) { c.Gateway.Unknown = "maybe" }, "revocation_unknown"},
		"no connections":       {func(c *authority.Config) { c.Gateway.MaxConnections = 0 }, "max_connections"},
		"no share":             {func(c *authority.Config) { c.Gateway.Share = 0 }, "max_per_organisation"},
		"bad hour":             {func(c *authority.Config) { c.Evening.Hour = 24 }, "hour"},
		"bad days":             {func(c *authority.Config) { c.Evening.Days = "sundays" }, "evening.days"},
		"bad closed day":       {func(c *authority.Config) { c.Evening.Closed = map[string]string{"tomorrow": ""} }, "evening.closed"},
		"bad window":           {func(c *authority.Config) { c.Evening.Windows = []authority.WindowConfig{{}} }, "evening.window"},
		"bad level":            {func(c *authority.Config) { c.Log.Level = "loud" }, "log.level"},
		"bad format":           {func(c *authority.Config) { c.Log.Format = "xml" }, "log.format"},
		"no world":             {func(c *authority.Config) { c.Worlds = authority.WorldsConfig{} }, "enable production"},
		"hosts shared":         {func(c *authority.Config) { c.Worlds.Test.Hosts = []string{"127.0.0.1"} }, "belongs to production already"},
		"host with port":       {func(c *authority.Config) { c.Worlds.Test.Hosts = []string{"a:1"} }, "without scheme or port"},
		"bad clock":            {func(c *authority.Config) { c.Worlds.Test.Clock = "sundial" }, "worlds.test.clock"},
		"bad engine":           {func(c *authority.Config) { c.Worlds.Test.Database.Engine = "paper" }, "worlds.test.database.engine"},
		"no DSN":               {func(c *authority.Config) { c.Worlds.Test.Database.Engine = "postgres" }, "either dsn or dsn_file"},
		"bad bytes":            {func(c *authority.Config) { c.Worlds.Test.Bytes.Kind = "tape" }, "worlds.test.bytes.kind"},
		"no products":          {func(c *authority.Config) { c.Worlds.Test.Products = nil }, "there is no product"},
		"unknown transaction":  {func(c *authority.Config) { c.Worlds.Test.Products["bf.poem"] = products()[filing.BFApplication] }, "no transaction"},
		"product that is none": {func(c *authority.Config) { c.Worlds.Test.Products[filing.BFApplication] = "17" }, "give a UUID"},
		"database of two worlds": {func(c *authority.Config) {
			for _, w := range []*authority.WorldConfig{&c.Worlds.Production, &c.Worlds.Test} {
				w.Database = authority.DatabaseConfig{Engine: "postgres", DSN: "host=a"}
			}
		}, "share a database"},
		"bucket of two worlds": {func(c *authority.Config) {
			for _, w := range []*authority.WorldConfig{&c.Worlds.Production, &c.Worlds.Test} {
				w.Bytes = authority.BytesConfig{Kind: "s3", Bucket: "b"}
			}
		}, "share bucket and prefix"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _, _ := newConfig(t)
			test.spoil(&c)
			if err := c.Check(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// All that is wrong is told at once (trap 9).
func TestConfigTellsAll(t *testing.T) {
	t.Parallel()
	err := authority.DefaultConfig().Check()
	for _, want := range []string{"organisation", "gateway.certificate", "gateway.authorities", "worlds.production.products", "worlds.test.products"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is not told: %v", want, err)
		}
	}
}
