package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/shs"
)

// Files that show the way with curl alone.
const (
	exampleFile = "example.shs"
	curlFile    = "curl.sh"
)

// The example goes from this filer and in the production world, so that it
// does not take a number from what the ready configurations send.
const exampleFiler = "DEF"

const exampleCases = 3

// writeExample writes a whole SHS message with a file and its cover note, and
// four curl lines that send it and fetch its receipt.
func (s *Sandbox) writeExample() error {
	if _, err := os.Stat(s.path(exampleFile)); errors.Is(err, os.ErrNotExist) {
		message, err := s.example()
		if err != nil {
			return fmt.Errorf("writing the example: %w", err)
		}
		if err := os.WriteFile(s.path(exampleFile), message, 0o600); err != nil {
			return err
		}
	}
	return os.WriteFile(s.path(curlFile), []byte(s.curlLines()), 0o700)
}

func (s *Sandbox) example() ([]byte, error) {
	dir, err := os.MkdirTemp("", "filtjanst-example-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	built, err := s.buildExample(dir)
	if err != nil {
		return nil, err
	}
	file, err := os.ReadFile(built.File.Path)
	if err != nil {
		return nil, err
	}
	note, err := os.ReadFile(built.File.NotePath)
	if err != nil {
		return nil, err
	}
	label := exampleLabel(s.Now(), filepath.Base(built.File.Path), filepath.Base(built.File.NotePath), len(file), len(note))
	var b bytes.Buffer
	err = shs.WriteMessage(&b, label, []shs.Payload{shs.Bytes("text/plain", file), shs.Bytes("text/plain", note)}, "=_exempel")
	return b.Bytes(), err
}

// exampleLabel has fixed ids: the message may be sent any number of times and
// is taken once.
func exampleLabel(at time.Time, file, note string, fileBytes, noteBytes int) *shs.Label {
	const id = "0b7a5a52-1c1e-4a36-9a0e-6f4f0a2d9b01"
	return &shs.Label{
		Version: "1.2", TxID: id, CorrID: id, Transfer: shs.Asynchronous, Sequence: shs.Event, Status: shs.Production,
		From: &shs.Ref{Value: organisationOf(exampleFiler)}, To: &shs.Ref{Value: AuthorityNumber},
		Product: shs.Ref{Value: products()[filing.BFApplication]}, Subject: "Exempel", Datetime: at,
		Content: shs.Content{ID: "7c3b9e0e-52a5-4b0b-a7a5-9c0f8f1f6c02", Data: []shs.Data{
			{Type: "ansokan", Filename: file, Bytes: int64(fileBytes)},
			{Type: "missiv", Filename: note, Bytes: int64(noteBytes)},
		}},
	}
}

func organisationOf(code string) string {
	for _, f := range Filers() {
		if f.Code == code {
			return f.Organisation
		}
	}
	return ""
}

func (s *Sandbox) buildExample(dir string) (filer.Built, error) {
	c := filer.DefaultConfig()
	c.Code, c.Organisation = exampleFiler, organisationOf(exampleFiler)
	c.Ledger, c.Outgoing, c.Incoming = filepath.Join(dir, "ledger.db"), filepath.Join(dir, "out"), filepath.Join(dir, "in")
	c.Clients = s.path("filers", exampleFiler, "clients.toml")
	at := s.Now()
	ctx := context.Background()
	desk, err := filer.Open(ctx, c, func() time.Time { return at }, strings.NewReader(""))
	if err != nil {
		return filer.Built{}, err
	}
	defer desk.Close()
	claims, err := s.claims(c.Clients, exampleCases)
	if err != nil {
		return filer.Built{}, err
	}
	return desk.Build(ctx, filer.BuildRequest{From: bytes.NewReader(claims), Form: filing.TextForm})
}

// claims generates a list of claims of the clients in a client master.
func (s *Sandbox) claims(clients string, cases int) ([]byte, error) {
	text, err := os.ReadFile(clients)
	if err != nil {
		return nil, err
	}
	master, err := claimlist.ParseClients(clients, text)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = Claims{Seed: 1, Cases: cases, Today: calendar.Of(s.Now()), Clients: ClientsOf(master)}.WriteCSV(&b)
	return b.Bytes(), err
}

// curlLines are four lines for a shell: send, list, fetch, acknowledge.
func (s *Sandbox) curlLines() string {
	folder := s.path("filers", exampleFiler)
	curl := fmt.Sprintf("curl --silent --show-error --fail-with-body --cacert '%s' --cert '%s' --key '%s'",
		s.path("ca.pem"), filepath.Join(folder, "filer.pem"), filepath.Join(folder, "filer.key"))
	gateway := "https://" + s.state.Gateway
	box := gateway + "/shs/ds/urn:X-shs:" + organisationOf(exampleFiler)
	list := s.path("list.xml")
	first := fmt.Sprintf(`$(LC_ALL=C sed -n 's/.* tx\.id="\([^"]*\)".*/\1/p' '%s')`, list)
	return strings.Join([]string{
		fmt.Sprintf("%s --header 'Content-Type: message/rfc822' --data-binary '@%s' '%s/shs/rs'", curl, s.path(exampleFile), gateway),
		fmt.Sprintf("%s --output '%s' '%s?filter=noack&producttype=%s&maxhits=1' && cat '%s'", curl, list, box, products()[filing.BFApplicationReceipt], list),
		fmt.Sprintf(`%s "%s/%s"`, curl, box, first),
		fmt.Sprintf(`%s --request POST "%s/%s?action=ack"`, curl, box, first),
	}, "\n") + "\n"
}
