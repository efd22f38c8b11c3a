package sandbox

import (
	"bytes"
	_ "embed"
	"os"
	"text/template"

	"filtjanst/filer/claimlist"
)

const configFile = "filer.toml"

//go:embed filer.toml.tmpl
var filerTemplate string

// writeFiler writes a filer's ready configuration, mapping and client master
// and returns the path of the configuration. Files that a person may have
// changed are left as they are; the configuration is written anew, since it
// holds the ports.
func (s *Sandbox) writeFiler(f Filer) (string, error) {
	if err := os.MkdirAll(s.path("filers", f.Code), 0o700); err != nil {
		return "", err
	}
	_, mapping, err := claimlist.UsualMapping()
	if err != nil {
		return "", err
	}
	clients := []byte(f.Clients)
	if f.Clients == "" {
		if _, clients, err = claimlist.ExampleClients(); err != nil {
			return "", err
		}
	}
	for name, text := range map[string][]byte{"mapping.toml": mapping, "clients.toml": clients} {
		if err := writeOnce(s.path("filers", f.Code, name), text); err != nil {
			return "", err
		}
	}
	config, err := s.filerConfig(f)
	if err != nil {
		return "", err
	}
	path := s.path("filers", f.Code, configFile)
	return path, writeWhole(path, config)
}

func (s *Sandbox) filerConfig(f Filer) ([]byte, error) {
	t, err := template.New(configFile).Parse(filerTemplate)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]any{
		"Filer": f, "Authority": AuthorityNumber, "Gateway": "https://" + s.state.Gateway, "Products": products(),
	})
	return b.Bytes(), err
}

func writeOnce(path string, text []byte) error {
	if isThere(path) {
		return nil
	}
	return writeWhole(path, text)
}
