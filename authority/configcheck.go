package authority

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"filtjanst/filing"
	"filtjanst/shs"
)

// ReadConfig reads a configuration file over the defaults. It refuses unknown
// keys, and says where they stand.
func ReadConfig(path string) (Config, error) {
	f, err := os.Open(path)
	if err != nil {
		return Config{}, fmt.Errorf("authority: open the configuration: %w: name it with --config, or write one with `filtjanst config print`", err)
	}
	defer f.Close()
	cfg := DefaultConfig()
	err = toml.NewDecoder(f).DisallowUnknownFields().Decode(&cfg)
	if err != nil {
		return Config{}, fmt.Errorf("authority: %s: %w", path, explain(err))
	}
	return cfg, nil
}

// explain turns the library's errors into lines that say where and what.
func explain(err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		var all []error
		for _, e := range strict.Errors {
			row, _ := e.Position()
			all = append(all, fmt.Errorf("line %d: unknown key %s: remove it, or compare with `filtjanst config print`", row, strings.Join(e.Key(), ".")))
		}
		return errors.Join(all...)
	}
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, column := wrong.Position()
		return fmt.Errorf("line %d, column %d: %s", row, column, wrong.Error())
	}
	return err
}

// Print writes the configuration as TOML with every key explained. Passwords in
// connection strings are left out.
func (c Config) Print(w io.Writer) error {
	for _, world := range []*WorldConfig{&c.Worlds.Production, &c.Worlds.Test} {
		world.Database.DSN = withoutPassword(world.Database.DSN)
	}
	return toml.NewEncoder(w).SetIndentTables(true).Encode(c)
}

// withoutPassword blots out the password of a connection string in either
// form: key=value pairs, or a URL.
func withoutPassword(dsn string) string {
	if u, err := url.Parse(dsn); err == nil && u.User != nil {
		return u.Redacted()
	}
	return passwordPair.ReplaceAllString(dsn, "${1}xxxxx")
}

var passwordPair = regexp.MustCompile(`(?i)(password\s*=\s*)('(?:[^'\\]|\\.)*'|\S+)`)

// refusal is an error about one key.
func refusal(key, format string, args ...any) error {
	return fmt.Errorf("authority: configuration, %s: %s", key, fmt.Sprintf(format, args...))
}

// Check tells everything that is wrong with the configuration, without
// touching anything but the names of files.
func (c Config) Check() error {
	return errors.Join(c.checkBasics(), c.Office.check(), c.Gateway.check(), c.checkEvening(), c.Log.check(), c.checkWorlds())
}

func (c Config) checkBasics() error {
	var errs []error
	if c.Data == "" {
		errs = append(errs, refusal("data", "name the data directory"))
	}
	if number, err := shs.NormaliseOrganisation(c.Organisation); err != nil || number != c.Organisation {
		errs = append(errs, refusal("organisation", "give the authority's organisation number, ten digits without hyphen"))
	}
	if c.Node == "" || strings.ContainsAny(c.Node, " \t\r\n") {
		errs = append(errs, refusal("node", "give the node a name without blanks"))
	}
	return errors.Join(errs...)
}

func (c GatewayConfig) check() error {
	var errs []error
	if len(c.Certificates) == 0 {
		errs = append(errs, refusal("gateway.certificate", "there is no server certificate: add [[gateway.certificate]] with the PEM files of certificate and key"))
	}
	for _, pair := range c.Certificates {
		if pair.Certificate == "" || pair.Key == "" {
			errs = append(errs, refusal("gateway.certificate", "name both certificate and key"))
		}
	}
	if len(c.Authorities) == 0 {
		errs = append(errs, refusal("gateway.authorities", "there is no certification authority to accept client certificates of: name its file"))
	}
	if c.Unknown != "accept" && c.Unknown != "refuse" {
		errs = append(errs, refusal("gateway.revocation_unknown", "%q is neither \"accept\" nor \"refuse\"", c.Unknown))
	}
	if c.MaxConnections < 1 {
		errs = append(errs, refusal("gateway.max_connections", "give a number from 1"))
	}
	if c.Share < 1 {
		errs = append(errs, refusal("gateway.max_per_organisation", "give a number from 1"))
	}
	_, err := parseNetworks(c.Proxies)
	return errors.Join(append(errs, err)...)
}

func (c Config) checkEvening() error {
	_, err := c.Evening.calendar()
	for _, w := range c.Evening.Windows {
		if !w.From.Before(w.To) {
			err = errors.Join(err, refusal("evening.window", "a window must end after it begins"))
		}
	}
	return err
}

func (c LogConfig) check() error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Level) {
		return refusal("log.level", "%q is none of debug, info, warn and error", c.Level)
	}
	if c.Format != "text" && c.Format != "json" {
		return refusal("log.format", "%q is neither text nor json", c.Format)
	}
	return nil
}

// Names of the worlds.
const (
	Production = "production"
	Test       = "test"
)

type namedWorld struct {
	name   string
	status shs.Status
	WorldConfig
}

// enabled lists the worlds that are on, production first.
func (c WorldsConfig) enabled() []namedWorld {
	all := []namedWorld{{Production, shs.Production, c.Production}, {Test, shs.Test, c.Test}}
	return slices.DeleteFunc(all, func(w namedWorld) bool { return !w.Enabled })
}

func (c Config) checkWorlds() error {
	all := c.Worlds.enabled()
	if len(all) == 0 {
		return refusal("worlds", "enable production, test or both")
	}
	var errs []error
	hosts := map[string]string{}
	for _, w := range all {
		errs = append(errs, w.check())
		for _, host := range w.Hosts {
			if other, taken := hosts[strings.ToLower(host)]; taken {
				errs = append(errs, refusal("worlds."+w.name+".hosts", "%s belongs to %s already: a host name chooses the world", host, other))
			}
			hosts[strings.ToLower(host)] = w.name
		}
	}
	if len(all) == 2 && all[0].Elsewhere && all[1].Elsewhere {
		errs = append(errs, refusal("worlds.test.elsewhere", "only one world can be meant at host names that belong to none"))
	}
	if len(all) == 2 && all[0].Bytes == all[1].Bytes && all[0].Bytes.Kind == "s3" {
		errs = append(errs, refusal("worlds.test.bytes", "the worlds share bucket and prefix: give them different ones"))
	}
	if len(all) == 2 && all[0].Database.Engine == "postgres" && sameDatabase(all[0].Database, all[1].Database) {
		errs = append(errs, refusal("worlds.test.database", "the worlds share a database: give them different ones"))
	}
	return errors.Join(errs...)
}

func sameDatabase(a, b DatabaseConfig) bool {
	return a.Engine == b.Engine && a.DSN == b.DSN && a.DSNFile == b.DSNFile
}

func (w namedWorld) check() error {
	key := "worlds." + w.name + "."
	var errs []error
	for _, host := range w.Hosts {
		if host == "" || strings.ContainsAny(host, ":/ ") && !strings.Contains(host, "::") {
			errs = append(errs, refusal(key+"hosts", "%q: give the name alone, without scheme or port", host))
		}
	}
	if w.Clock != machineClock && w.Clock != heldClock {
		errs = append(errs, refusal(key+"clock", "%q is neither %q nor %q", w.Clock, machineClock, heldClock))
	}
	switch w.Database.Engine {
	case "sqlite":
	case "postgres":
		if (w.Database.DSN == "") == (w.Database.DSNFile == "") {
			errs = append(errs, refusal(key+"database", "give either dsn or dsn_file"))
		}
	default:
		errs = append(errs, refusal(key+"database.engine", "%q is neither \"sqlite\" nor \"postgres\"", w.Database.Engine))
	}
	if w.Bytes.Kind != "directory" && w.Bytes.Kind != "s3" {
		errs = append(errs, refusal(key+"bytes.kind", "%q is neither \"directory\" nor \"s3\"", w.Bytes.Kind))
	}
	return errors.Join(append(errs, w.checkProducts(key+"products"))...)
}

func (w namedWorld) checkProducts(key string) error {
	if len(w.Products) == 0 {
		return refusal(key, "there is no product: nothing could come in or be fetched; add lines as \"%s\" = \"<uuid>\"", filing.BFApplication)
	}
	var errs []error
	for tx, product := range w.Products {
		if _, known := filing.Info(tx); !known {
			errs = append(errs, refusal(key, "%q is no transaction; `filtjanst layout list` names them", tx))
		}
		if !shs.IsUUID(product) {
			errs = append(errs, refusal(key, "the product of %s is %q: give a UUID written 8-4-4-4-12", tx, product))
		}
	}
	return errors.Join(errs...)
}
