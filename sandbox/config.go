package sandbox

import (
	"path/filepath"
	"time"

	"filtjanst/authority"
	"filtjanst/filing"
)

// products are the product numbers (produktnummer) of the sandbox. The real
// ones are not known.
func products() map[filing.Transaction]string {
	return map[filing.Transaction]string{
		filing.BFApplication:        "b1000000-0000-4000-8000-000000000001",
		filing.BFApplicationReceipt: "b1000000-0000-4000-8000-000000000002",
		filing.BFConfirmation:       "b1000000-0000-4000-8000-000000000003",
	}
}

func worldNames() []string { return []string{authority.Production, authority.Test} }

// config is the authority's configuration in the sandbox: both worlds, each
// with a clock that stands until it is moved.
func (s *Sandbox) config(begin time.Time) authority.Config {
	c := authority.DefaultConfig()
	c.Data = filepath.Join(s.dir, "authority")
	c.Organisation = AuthorityNumber
	c.Node = "sandbox"
	c.Gateway.Listen, c.Operations.Listen = s.state.Gateway, s.state.Operations
	c.Gateway.Certificates = []authority.CertificateConfig{{Certificate: s.path("authority", "server.pem"), Key: s.path("authority", "server.key")}}
	c.Gateway.Authorities = []string{s.path("ca.pem")}
	c.Gateway.Revoked = []string{s.path(revocationFile)}
	c.Gateway.Shutdown = authority.Duration(3 * time.Second) // a rehearsal need not wait for slow peers
	for _, w := range []*authority.WorldConfig{&c.Worlds.Production, &c.Worlds.Test} {
		w.Clock, w.Begin, w.Products = "held", begin, products()
	}
	c.Worlds.Production.Hosts = []string{"production.localhost"}
	c.Worlds.Test.Hosts, c.Worlds.Test.Elsewhere = []string{"test.localhost"}, true
	return c
}

// path is a file of the sandbox.
func (s *Sandbox) path(elements ...string) string {
	return filepath.Join(append([]string{s.dir}, elements...)...)
}
