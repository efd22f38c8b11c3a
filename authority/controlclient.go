package authority

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"syscall"
	"time"
)

// Control gives commands to the authority that runs on a data directory
// (DESIGN decision 15). Without one every call returns ErrNotRunning.
type Control struct {
	Data string // data directory
}

// Clock tells where the clocks of the worlds stand.
func (c Control) Clock(ctx context.Context) (all []ClockState, err error) {
	return all, c.call(ctx, http.MethodGet, "/clock", &all)
}

// Advance moves the held clocks of all worlds by d, from due time to due time.
func (c Control) Advance(ctx context.Context, d time.Duration) (all []Moved, err error) {
	return all, c.call(ctx, http.MethodPost, "/clock/advance?by="+url.QueryEscape(d.String()), &all)
}

// Evening moves the held clocks of all worlds to their next evening and runs it.
func (c Control) Evening(ctx context.Context) (all []Moved, err error) {
	return all, c.call(ctx, http.MethodPost, "/clock/evening", &all)
}

// Status tells how the authority is.
func (c Control) Status(ctx context.Context) (s Status, err error) {
	return s, c.call(ctx, http.MethodGet, "/status", &s)
}

func (c Control) call(ctx context.Context, method, path string, into any) error {
	socket, err := controlPath(c.Data)
	if err != nil {
		return fmt.Errorf("authority: find the socket for commands: %w", err)
	}
	if len(socket) > socketLongest { // no running authority would have it there
		return fmt.Errorf("authority: %s: %w", c.Data, ErrNotRunning)
	}
	request, err := http.NewRequestWithContext(ctx, method, "http://control"+path, nil)
	if err != nil {
		return err
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	client := http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
	response, err := client.Do(request)
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return fmt.Errorf("authority: %s: %w", c.Data, ErrNotRunning)
	}
	if err != nil {
		return fmt.Errorf("authority: give the command: %w", err)
	}
	defer response.Body.Close()
	return read(response, into)
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
	return errors.New(f.Error)
}
