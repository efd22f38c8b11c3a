package sandbox

import (
	"fmt"
	"path/filepath"
	"time"

	"filtjanst/authority"
	"filtjanst/filing"
)

// products are the product numbers (produktnummer) of the sandbox, one for each
// transaction that has files of its own; a cover note goes with its file's. The
// real ones are not known.
func products() map[filing.Transaction]string {
	all := map[filing.Transaction]string{
		filing.BFApplication:        "b1000000-0000-4000-8000-000000000001",
		filing.BFApplicationReceipt: "b1000000-0000-4000-8000-000000000002",
		filing.BFConfirmation:       "b1000000-0000-4000-8000-000000000003",
	}
	for i, info := range filing.Catalogue() {
		if info.Role == filing.RoleNote || info.CarriedIn != "" || all[info.Transaction] != "" {
			continue
		}
		all[info.Transaction] = fmt.Sprintf("b2000000-0000-4000-8000-%012d", i+1)
	}
	return all
}

// extensions are switched on in the sandbox's installation; each filer switches
// on its own.
func extensions() []filing.Transaction {
	var all []filing.Transaction
	for _, info := range filing.Catalogue() {
		if info.Extension && info.Role != filing.RoleReceipt {
			all = append(all, info.Transaction)
		}
	}
	return all
}

func worldNames() []string { return []string{authority.Production, authority.Test} }

// config is the authority's configuration in the sandbox: both worlds, each
// with a clock that stands until it is moved.
func (s *Sandbox) config(o Options) authority.Config {
	c := authority.DefaultConfig()
	c.Data = filepath.Join(s.dir, "authority")
	c.Organisation = AuthorityNumber
	c.Node = "sandbox"
	c.Office = Office()
	c.Gateway.Listen, c.Operations.Listen = s.state.Gateway, s.state.Operations
	c.Gateway.Certificates = []authority.CertificateConfig{{Certificate: s.path("authority", "server.pem"), Key: s.path("authority", "server.key")}}
	c.Gateway.Authorities = []string{s.path("ca.pem")}
	c.Gateway.Revoked = []string{s.path(revocationFile)}
	c.Gateway.Shutdown = authority.Duration(3 * time.Second) // a rehearsal need not wait for slow peers
	for _, w := range []*authority.WorldConfig{&c.Worlds.Production, &c.Worlds.Test} {
		w.Clock, w.Begin, w.Products, w.Extensions = "held", o.Begin, products(), extensions()
		w.Responses = answered(o.AnswerAfter)
	}
	c.Worlds.Production.Hosts = []string{"production.localhost"}
	c.Worlds.Test.Hosts, c.Worlds.Test.Elsewhere = []string{"test.localhost"}, true
	return c
}

// answered tells how long requests wait for their answers.
func answered(after time.Duration) map[filing.Transaction]authority.Duration {
	wait := authority.Duration(after)
	return map[filing.Transaction]authority.Duration{filing.DERequest: wait, filing.PERequest: wait}
}

// Office is the sandbox's authority on letters and invoices. It is made up.
func Office() authority.OfficeConfig {
	return authority.OfficeConfig{
		Name: "Provmyndigheten", Street: "Provgatan 1", PostalCode: "12345", Town: "Provköping", Contact: "Kundtjänst",
		Phone: "010000000", Email: "fragor@example.com", Web: "myndighet.example", Bankgiro: "9912346",
		Forwarding: authority.ForwardConfig{Name: "Förmedlingsuppdrag", Street: "Box 1", PostalCode: "12345", Town: "Provköping"},
	}
}

// path is a file of the sandbox.
func (s *Sandbox) path(elements ...string) string {
	return filepath.Join(append([]string{s.dir}, elements...)...)
}
