package authority

import (
	"time"

	"filtjanst/authority/evening"
	"filtjanst/authority/gateway"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Config is the configuration. The comment tags are what `config print` shows;
// they are the only description of the keys.
type Config struct {
	Data         string           `toml:"data" comment:"Data directory: embedded databases, bytes, and the socket for commands. It must exist."`
	Organisation string           `toml:"organisation" comment:"The authority's own organisation number, ten digits: receiver of what comes in, sender of what goes out."`
	Node         string           `toml:"node" comment:"Name of this node, told to SHS peers."`
	Office       OfficeConfig     `toml:"office" comment:"The authority as its letters and invoices show it."`
	Gateway      GatewayConfig    `toml:"gateway" comment:"SHS and e-transport, over mutual TLS."`
	Operations   OperationsConfig `toml:"operations" comment:"Health and metrics. Plain HTTP: keep it on an internal address."`
	Numbers      []string         `toml:"numbers" comment:"Files with numbers of law that add to those in the program or replace them, such as the reference rate of a new half-year, as [[number]] with symbol, section, sv, en and value = [{ from = 2027-01-01, until = 2027-06-30, percent = \"2\", source = \"W\", from_source = \"L\" }]. Read at start; a later file wins."`
	Evening      EveningConfig    `toml:"evening" comment:"The evening run: files that wait are read in, and what goes out is written."`
	Log          LogConfig        `toml:"log"`
	Worlds       WorldsConfig     `toml:"worlds" comment:"Test and production share nothing but this process."`
}

// GatewayConfig says how filers' systems reach the authority.
type GatewayConfig struct {
	Listen         string              `toml:"listen" comment:"Address to listen on."`
	Certificates   []CertificateConfig `toml:"certificate" comment:"Server certificates with their keys, PEM, as [[gateway.certificate]] with certificate = \"server.pem\" and key = \"server.key\". They are also shown to receive services that messages are pushed to. During a change give two. Changed files are read again within a minute."`
	Authorities    []string            `toml:"authorities" comment:"Files with the certification authorities whose client certificates are accepted, PEM or DER. The system's are never used."`
	Issuers        []string            `toml:"issuers" comment:"If not empty: only certificates of issuers with these names, as \"CN=…,O=…,C=SE\"."`
	Revoked        []string            `toml:"revoked" comment:"Files with revocation lists (CRL) of the authorities above. Changed files are read again within a minute."`
	Responder      bool                `toml:"responder" comment:"Ask the OCSP responder that a client certificate names."`
	Unknown        string              `toml:"revocation_unknown" comment:"What to do with a certificate that neither list nor responder speaks of: \"accept\" or \"refuse\"."`
	Proxies        []string            `toml:"proxies" comment:"Networks of load balancers that send the PROXY protocol, version 2, such as \"10.1.0.0/24\". From them it is required, from all others refused."`
	Forwarders     []string            `toml:"forwarders" comment:"Load balancers that end TLS and name the client's certificate by RFC 9440: SHA-256 of their own public keys, hex. Leave it empty where the balancer passes TLS through."`
	MaxConnections int                 `toml:"max_connections" comment:"Connections served at once; more wait."`
	Share          int                 `toml:"max_per_organisation" comment:"Requests of one organisation under way at once; what is above is told to try again."`
	Shutdown       Duration            `toml:"shutdown" comment:"How long transfers may go on when the authority is told to stop."`
	PushTrust      []string            `toml:"push_authorities" comment:"Authorities of the receive services that messages are pushed to; empty: those above."`
}

// CertificateConfig names one certificate and its key.
type CertificateConfig struct {
	Certificate string `toml:"certificate"`
	Key         string `toml:"key"`
}

// OperationsConfig says where health and metrics are served.
type OperationsConfig struct {
	Listen string `toml:"listen" comment:"Address to listen on; empty: not served."`
}

// EveningConfig is the run calendar (R33).
type EveningConfig struct {
	Hour    int               `toml:"hour" comment:"Time of the run in Stockholm."`
	Minute  int               `toml:"minute"`
	Days    string            `toml:"days" comment:"\"working\" (weekdays without holidays and eves), \"monday-friday\" or \"every\"."`
	Closed  map[string]string `toml:"closed" comment:"Days without a run, with the reason: \"2026-12-23\" = \"maintenance\"."`
	Extra   map[string]string `toml:"extra" comment:"Days with a run that would have none, with the reason."`
	Windows []WindowConfig    `toml:"window" comment:"Times in which nothing is read in or sent, as [[evening.window]] with from = 2026-11-27T17:00:00+01:00, to and reason."`
	Workers int               `toml:"workers" comment:"Files read in at once by this process."`
}

// WindowConfig is a maintenance window.
type WindowConfig struct {
	From   time.Time `toml:"from"`
	To     time.Time `toml:"to"`
	Reason string    `toml:"reason"`
}

// LogConfig says what is logged, to standard error.
type LogConfig struct {
	Level  string `toml:"level" comment:"debug, info, warn or error."`
	Format string `toml:"format" comment:"text or json."`
}

// WorldsConfig holds both worlds (DESIGN decision 5).
type WorldsConfig struct {
	Production WorldConfig `toml:"production"`
	Test       WorldConfig `toml:"test"`
}

// WorldConfig is one world.
type WorldConfig struct {
	Enabled    bool                            `toml:"enabled"`
	Hosts      []string                        `toml:"hosts" comment:"Host names of this world alone, without port. They choose the world on e-transport; an SHS label of the other status is refused there."`
	Elsewhere  bool                            `toml:"elsewhere" comment:"This world is meant by e-transport at host names that belong to none. At most one world."`
	Clock      string                          `toml:"clock" comment:"\"machine\", or \"held\": it stands until a command moves it. Only a sandbox may have a held clock."`
	Begin      time.Time                       `toml:"begin" comment:"Where a held clock begins in an empty database; the zero time: now."`
	Database   DatabaseConfig                  `toml:"database"`
	Bytes      BytesConfig                     `toml:"bytes" comment:"Where bytes too large for a row are kept."`
	Profiles   []string                        `toml:"profiles" comment:"Directories with sets of profiles, besides the one in the program."`
	Agreements []string                        `toml:"agreements" comment:"Files with SHS agreements. Empty: anyone admitted may send any product below; permits decide."`
	CaseNumber string                          `toml:"case_number" comment:"Pattern of case numbers; empty: the program's own."`
	Extensions []filing.Transaction            `toml:"extensions" comment:"Transactions of our own that are switched on, such as \"bf.event\", \"sc.confirmation\", \"sc.opening\", \"xx.status_report\" and \"xx.party_change\". Each must be switched on for a party code too."`
	Responses  map[filing.Transaction]Duration `toml:"response_times" comment:"How long after a request its answer is written, as \"de.request\" = \"2h\". Left out: the service's own."`
	Products   map[filing.Transaction]string   `toml:"products" comment:"Product (UUID) of each transaction, as \"bf.application\" = \"<uuid>\". Several may share one."`
}

func (c WorldConfig) responseTimes() map[filing.Transaction]time.Duration {
	times := map[filing.Transaction]time.Duration{}
	for tx, d := range c.Responses {
		times[tx] = time.Duration(d)
	}
	return times
}

// DatabaseConfig says where rows are kept.
type DatabaseConfig struct {
	Engine      string `toml:"engine" comment:"\"sqlite\": embedded, in the data directory. \"postgres\": for any number of replicas."`
	DSN         string `toml:"dsn" comment:"Connection string of PostgreSQL. Prefer dsn_file where it holds a password."`
	DSNFile     string `toml:"dsn_file" comment:"File that holds the connection string."`
	Connections int    `toml:"connections" comment:"Connections at most; 0: the engine's default."`
}

// BytesConfig says where large bytes are kept.
type BytesConfig struct {
	Kind     string `toml:"kind" comment:"\"directory\": in the data directory. \"s3\": object storage, needed with replicas; keys from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."`
	Endpoint string `toml:"endpoint" comment:"Host, or host:port, of the object storage."`
	Bucket   string `toml:"bucket"`
	Prefix   string `toml:"prefix" comment:"Put before every name. The worlds must not share bucket and prefix."`
	Region   string `toml:"region"`
	Insecure bool   `toml:"insecure" comment:"Plain HTTP to the object storage."`
}

// Duration is a time.Duration written as "30s".
type Duration time.Duration

// MarshalText writes the duration.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads a duration.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	*d = Duration(v)
	return err
}

// Clocks of a world.
const (
	machineClock = "machine"
	heldClock    = "held"
)

// DefaultConfig is a configuration that lacks nothing but organisation,
// office, certificates, authorities and products.
func DefaultConfig() Config {
	world := WorldConfig{
		Enabled:  true,
		Clock:    machineClock,
		Database: DatabaseConfig{Engine: "sqlite"},
		Bytes:    BytesConfig{Kind: "directory"},
		Products: map[filing.Transaction]string{},
	}
	test := world
	test.Products = map[filing.Transaction]string{}
	return Config{
		Data: "data",
		Node: "filtjanst",
		Gateway: GatewayConfig{
			Listen: "127.0.0.1:8443", MaxConnections: 4000, Share: gateway.DefaultShare, Shutdown: Duration(30 * time.Second), Unknown: "accept",
		},
		Operations: OperationsConfig{Listen: "127.0.0.1:9090"},
		Evening: EveningConfig{
			Hour: calendar.DefaultHour, Days: "working", Closed: map[string]string{}, Extra: map[string]string{}, Workers: 1,
		},
		Log:    LogConfig{Level: "info", Format: "text"},
		Worlds: WorldsConfig{Production: world, Test: test},
	}
}

// calendar makes the run calendar.
func (c EveningConfig) calendar() (calendar.Evening, error) {
	e := calendar.DefaultEvening(calendar.New())
	e.Hour, e.Minute = c.Hour, c.Minute
	days := map[string]calendar.RunDays{
		"working": calendar.OnWorkingDays, "monday-friday": calendar.OnMondayToFriday, "every": calendar.OnEveryDay,
	}
	rule, ok := days[c.Days]
	if !ok {
		return e, refusal("evening.days", "%q is none of \"working\", \"monday-friday\" and \"every\"", c.Days)
	}
	e.Days = rule
	var err error
	if e.Closed, err = daysOf("evening.closed", c.Closed); err != nil {
		return e, err
	}
	if e.Extra, err = daysOf("evening.extra", c.Extra); err != nil {
		return e, err
	}
	return e, e.Check()
}

func daysOf(key string, table map[string]string) (map[calendar.Day]string, error) {
	days := make(map[calendar.Day]string, len(table))
	for text, reason := range table {
		day, err := calendar.ParseDay(text)
		if err != nil {
			return nil, refusal(key, "%q is no day: write YYYY-MM-DD", text)
		}
		days[day] = reason
	}
	return days, nil
}

func (c EveningConfig) windows() []evening.Window {
	windows := make([]evening.Window, len(c.Windows))
	for i, w := range c.Windows {
		windows[i] = evening.Window{From: w.From, To: w.To, Reason: w.Reason}
	}
	return windows
}
