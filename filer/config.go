package filer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"filtjanst/filing"
	"filtjanst/shs"
)

// Config is a filer's configuration. Paths in it are relative to the
// directory of the file it was read from.
type Config struct {
	Code         string      `toml:"code"`         // intressentkod
	Organisation string      `toml:"organisation"` // own organisation number, ten digits
	Address      string      `toml:"address"`      // own outbox, if it is not the organisation number
	Authority    string      `toml:"authority"`    // the authority's organisation number
	World        string      `toml:"world"`        // test | production
	Channel      string      `toml:"channel"`      // shs | e-transport
	Form         filing.Form `toml:"form"`         // text | xml
	Generation   string      `toml:"names"`        // generation of file names: a | b; "" = the profile's default
	Ledger       string      `toml:"ledger"`       // the book
	Outgoing     string      `toml:"outgoing"`     // directory of built files
	Incoming     string      `toml:"incoming"`     // directory of fetched files
	Mapping      string      `toml:"mapping"`      // how the export is read; "" = the usual export
	Clients      string      `toml:"clients"`      // client master; "" = the sandbox's example
	Profiles     string      `toml:"profiles"`     // directory with a profile set; "" = this project's own
	Requester    string      `toml:"requester"`    // who asks for extracts
	Limits       Limits      `toml:"limits"`       // above which acts need a word more

	Certificate CertificateConfig             `toml:"certificate"`
	SHS         SHSConfig                     `toml:"shs"`
	ETransport  ETransportConfig              `toml:"e_transport"`
	Products    map[filing.Transaction]string `toml:"products"`
}

// Limits are how many withdrawals and reductions may be built at a time without
// a word more: a list of the wrong column ends many cases at once.
type Limits struct {
	Acts  int64 `toml:"acts"`  // documents
	Share int64 `toml:"share"` // per cent of the open cases
	From  int64 `toml:"from"`  // so many documents are never too large a share
}

// CertificateConfig names the organisation certificate (serverlegitimation)
// and the issuer of the authority's certificate.
type CertificateConfig struct {
	Certificate string `toml:"certificate"`
	Key         string `toml:"key"`
	P12         string `toml:"p12"` // instead of certificate and key
	Password    string `toml:"password"`
	Issuer      string `toml:"issuer"`
	// Pins are SHA-256 of public keys that the authority's node may show; they
	// replace the check of its host name.
	Pins []string `toml:"pins"`
}

// SHSConfig names the services of the node.
type SHSConfig struct {
	Receive string `toml:"receive"` // https://…/shs/rs
	Deliver string `toml:"deliver"` // https://…/shs/ds
}

// ETransportConfig names the portal.
type ETransportConfig struct {
	Base string `toml:"base"` // https://…/et/et_web/auto
}

// DefaultConfig is what holds without a configuration file: the first filer
// of the sandbox, with its book in the current directory.
func DefaultConfig() Config {
	return Config{
		Code: "ABC", Organisation: "5599991014", Authority: "2021000001",
		World: "test", Channel: "shs", Form: filing.TextForm,
		Limits: Limits{Acts: 100, Share: 10, From: 10},
		Ledger: "filtjanst-data/ledger.db", Outgoing: "filtjanst-data/out", Incoming: "filtjanst-data/in",
	}
}

// LoadConfig reads a configuration. A key that is not known is an error.
func LoadConfig(path string) (Config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("the configuration cannot be read: %w", err)
	}
	c := DefaultConfig()
	if err := toml.NewDecoder(strings.NewReader(string(text))).DisallowUnknownFields().Decode(&c); err != nil {
		return Config{}, fmt.Errorf("%s: %s", path, reason(err))
	}
	c.resolve(filepath.Dir(path))
	if err := c.check(); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

func reason(err error) string {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		line, _ := unknown.Errors[0].Position()
		return fmt.Sprintf("line %d: the key %q is not known", line, strings.Join(unknown.Errors[0].Key(), "."))
	}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		line, column := decode.Position()
		return fmt.Sprintf("line %d, column %d: %s", line, column, decode.Error())
	}
	return err.Error()
}

// resolve makes the paths relative to the configuration's directory.
func (c *Config) resolve(dir string) {
	for _, p := range []*string{&c.Ledger, &c.Outgoing, &c.Incoming, &c.Mapping, &c.Clients, &c.Profiles,
		&c.Certificate.Certificate, &c.Certificate.Key, &c.Certificate.P12, &c.Certificate.Issuer} {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(dir, *p)
		}
	}
}

func (c *Config) check() error {
	var errs []error
	want := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	want(c.Code != "", "code is missing: it is the interest-party code (intressentkod) that the authority gave you")
	want(c.World == "test" || c.World == "production", "world is %q: it must be test or production", c.World)
	want(c.Channel == "shs" || c.Channel == "e-transport", "channel is %q: it must be shs or e-transport", c.Channel)
	want(c.Form == filing.TextForm || c.Form == filing.XMLForm, "form is %q: it must be text or xml", c.Form)
	want(c.Limits.Acts >= 0 && c.Limits.Share >= 0 && c.Limits.From >= 0, "limits are numbers from 0; 0 of acts or share is no limit")
	_, err := shs.ParseAddress(c.ownAddress())
	want(err == nil, "organisation and address do not name an outbox: %v", err)
	_, err = shs.ParseAddress(c.Authority)
	want(err == nil, "authority is %q: it must be an organisation number of ten digits", c.Authority)
	return errors.Join(errs...)
}

func (c *Config) ownAddress() string {
	if c.Address != "" {
		return c.Address
	}
	return c.Organisation
}
