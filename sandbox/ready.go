package sandbox

import "filtjanst/filing"

// Ready is the line that a started sandbox prints for programs.
type Ready struct {
	Data       string                        `json:"data"` // the sandbox's directory
	Gateway    string                        `json:"gateway"`
	Operations string                        `json:"operations"`
	CA         string                        `json:"ca"`
	Authority  string                        `json:"authority"` // organisation number
	Filers     []ReadyFiler                  `json:"filers"`
	Products   map[filing.Transaction]string `json:"products"`
	Example    string                        `json:"example"` // an SHS message, ready to send
	Curl       string                        `json:"curl"`    // the lines that send, list, fetch and acknowledge
}

// ReadyFiler is one filer with the paths of its files.
type ReadyFiler struct {
	Code         string `json:"code"`
	Organisation string `json:"organisation"`
	Name         string `json:"name"`
	Cert         string `json:"cert"`
	Key          string `json:"key"`
	P12          string `json:"p12"`
	P12Password  string `json:"p12_password"`
	Config       string `json:"config"`
	Channel      string `json:"channel"`
	OwnNode      string `json:"own_node,omitempty"` // URL of its receive service
}

// Ready tells where everything is.
func (s *Sandbox) Ready() Ready {
	addresses := s.Authority.Addresses()
	r := Ready{
		Data: s.dir, Gateway: addresses.Gateway, Operations: addresses.Operations, CA: s.path("ca.pem"), Authority: AuthorityNumber,
		Products: products(), Example: s.path(exampleFile), Curl: s.path(curlFile),
	}
	for _, f := range Filers() {
		r.Filers = append(r.Filers, ReadyFiler{
			Code: f.Code, Organisation: f.Organisation, Name: f.Name, Channel: f.Channel,
			Cert: s.path("filers", f.Code, "filer.pem"), Key: s.path("filers", f.Code, "filer.key"), P12: s.path("filers", f.Code, "filer.p12"),
			P12Password: P12Password, Config: s.path("filers", f.Code, configFile), OwnNode: s.nodeURL(f.Code),
		})
	}
	return r
}

func (s *Sandbox) nodeURL(code string) string {
	for _, n := range s.nodes {
		if n.filer.Code == code {
			return n.url
		}
	}
	return ""
}
