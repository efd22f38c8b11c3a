package authority

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"syscall"

	"filtjanst/authority/extract"
	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/calendar"
)

// Control gives commands to the authority that runs on a data directory
// (DESIGN decision 15). Without one every call returns ErrNotRunning.
type Control struct {
	Data string // data directory
	// Moving is told how far a move of clocks has come, world by world and without
	// the steps; nil: nobody is.
	Moving func(Moved)
}

// Status tells how the authority is.
func (c Control) Status(ctx context.Context) (s Status, err error) {
	return s, c.call(ctx, http.MethodGet, "/status", nil, &s)
}

// Acts lists what officers may do.
func (c Control) Acts(ctx context.Context, world string) (all []ActInfo, err error) {
	return all, c.call(ctx, http.MethodGet, "/acts?"+query("world", world), nil, &all)
}

// Act does what an officer has decided. What is refused is a *service.Refusal.
func (c Control) Act(ctx context.Context, call ActCall) (done ActDone, err error) {
	body, err := json.Marshal(call)
	if err != nil {
		return done, err
	}
	return done, c.call(ctx, http.MethodPost, "/act?"+query("world", call.World), bytes.NewReader(body), &done)
}

// Case tells how a case stands and what has happened in it.
func (c Control) Case(ctx context.Context, world, number string) (v CaseView, err error) {
	return v, c.call(ctx, http.MethodGet, "/case?"+query("world", world, "number", number), nil, &v)
}

// Cases lists cases of a party code in a room, a page at a time.
func (c Control) Cases(ctx context.Context, world string, f CaseFilter, after int64) (page CasePage, err error) {
	q := query("world", world, "code", f.Code, "room", f.Room, "state", f.State, "reference", f.Reference, "after", strconv.FormatInt(after, 10))
	return page, c.call(ctx, http.MethodGet, "/cases?"+q, nil, &page)
}

// Import reads the file of a register into the world. progress is told how many
// rows of how many are done, and may be nil. A file with faults is not imported,
// and the error is a *extract.Faults.
func (c Control) Import(ctx context.Context, world string, kind extract.Kind, src io.Reader, progress func(done, all int64)) (extract.Imported, error) {
	response, err := c.ask(ctx, http.MethodPost, "/import?"+query("world", world, "kind", string(kind)), src)
	if err != nil {
		return extract.Imported{}, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return extract.Imported{}, read(response, nil)
	}
	return readImport(response.Body, progress)
}

// Invoices lists the invoices of a party code from the first to the last day;
// zero days leave the end open.
func (c Control) Invoices(ctx context.Context, world, code string, first, last calendar.Day) (all []fee.Invoice, err error) {
	days := [2]string{}
	for i, day := range []calendar.Day{first, last} {
		if !day.IsZero() {
			days[i] = day.String()
		}
	}
	return all, c.call(ctx, http.MethodGet, "/invoices?"+query("world", world, "code", code, "from", days[0], "to", days[1]), nil, &all)
}

// InvoiceUBL writes one invoice as Peppol BIS Billing 3.
func (c Control) InvoiceUBL(ctx context.Context, world, number string, w io.Writer) error {
	return c.download(ctx, http.MethodGet, "/invoice.xml?"+query("world", world, "number", number), w)
}

// Letters lists letters that wait or went, a page at a time.
func (c Control) Letters(ctx context.Context, world, state, caseNumber string, after int64) (l LetterList, err error) {
	return l, c.call(ctx, http.MethodGet, "/letters?"+query("world", world, "state", state, "case", caseNumber, "after", strconv.FormatInt(after, 10)), nil, &l)
}

// Protections tells what the register of protected persons holds of one, by its
// number.
func (c Control) Protections(ctx context.Context, world, person string) (all []ProtectionView, err error) {
	body, err := json.Marshal(person)
	if err != nil {
		return nil, err
	}
	return all, c.call(ctx, http.MethodPost, "/protections?"+query("world", world), bytes.NewReader(body), &all)
}

// FetchLetters writes at most n letters to print as an archive; nothing where
// none wait. They are offered again unless acknowledged.
func (c Control) FetchLetters(ctx context.Context, world string, n int, w io.Writer) error {
	return c.download(ctx, http.MethodPost, "/letters/fetch?"+query("world", world, "n", strconv.Itoa(n)), w)
}

// AcknowledgeLetters tells that letters were printed and sent.
func (c Control) AcknowledgeLetters(ctx context.Context, world string, ids []int64) (done notice.Acknowledgement, err error) {
	body, err := json.Marshal(ids)
	if err != nil {
		return done, err
	}
	return done, c.call(ctx, http.MethodPost, "/letters/acknowledge?"+query("world", world), bytes.NewReader(body), &done)
}

// query writes the values that are not empty.
func query(pairs ...string) string {
	q := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return q.Encode()
}

func (c Control) call(ctx context.Context, method, path string, body io.Reader, into any) error {
	response, err := c.ask(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	return read(response, into)
}

func (c Control) download(ctx context.Context, method, path string, w io.Writer) error {
	response, err := c.ask(ctx, method, path, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return read(response, nil)
	}
	_, err = io.Copy(w, response.Body)
	return err
}

// ask gives the command to the running authority.
func (c Control) ask(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	socket, err := controlPath(c.Data)
	if err != nil {
		return nil, fmt.Errorf("authority: find the socket for commands: %w", err)
	}
	if len(socket) > socketLongest { // no running authority would have it there
		return nil, fmt.Errorf("authority: %s: %w", c.Data, ErrNotRunning)
	}
	request, err := http.NewRequestWithContext(ctx, method, "http://control"+path, body)
	if err != nil {
		return nil, err
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	client := http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
	response, err := client.Do(request)
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return nil, fmt.Errorf("authority: %s: %w", c.Data, ErrNotRunning)
	}
	if err != nil {
		return nil, fmt.Errorf("authority: give the command: %w", err)
	}
	return response, nil
}

func read(response *http.Response, into any) error {
	decoder := json.NewDecoder(response.Body)
	if response.StatusCode == http.StatusOK {
		return decoder.Decode(into)
	}
	var f failure
	if err := decoder.Decode(&f); err != nil || f.Error == "" {
		return fmt.Errorf("authority: the running authority answered %s", response.Status)
	}
	return f.err()
}

// err is the error that the authority told.
func (f failure) err() error {
	switch {
	case f.Faults != nil:
		return f.Faults
	case f.Code != "":
		return &service.Refusal{Code: f.Code, Swedish: f.Swedish, English: f.Error, Act: f.Act, States: f.States}
	}
	return errors.New(f.Error)
}
