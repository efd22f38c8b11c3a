package authority

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Clock tells where the clocks of the worlds stand.
func (c Control) Clock(ctx context.Context) (all []ClockState, err error) {
	return all, c.call(ctx, http.MethodGet, "/clock", nil, &all)
}

// Advance moves the held clocks of all worlds by d, from due time to due time.
// When ctx ends the clocks stop at the next due time, with what is due there
// done, and Moved says where.
func (c Control) Advance(ctx context.Context, d time.Duration) ([]Moved, error) {
	return c.move(ctx, "/clock/advance?by="+url.QueryEscape(d.String()))
}

// Evening moves the held clocks of all worlds to their next evening and runs it.
// It is stopped as Advance is.
func (c Control) Evening(ctx context.Context) ([]Moved, error) { return c.move(ctx, "/clock/evening") }

func (c Control) move(ctx context.Context, path string) ([]Moved, error) {
	going, done := context.WithCancel(context.WithoutCancel(ctx))
	defer done()
	defer context.AfterFunc(ctx, func() { c.halt(going) })()
	response, err := c.ask(going, http.MethodPost, path, nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, read(response, nil)
	}
	return readMove(response.Body, c.Moving)
}

// haltAgain is how long until a move that had not begun is told to stop again.
const haltAgain = 100 * time.Millisecond

// halt tells the authority to stop moving clocks, until it has heard or the move
// has ended.
func (c Control) halt(going context.Context) {
	for {
		var h Halted
		if err := c.call(going, http.MethodPost, "/clock/stop", nil, &h); err != nil || h.Moves > 0 {
			return
		}
		select {
		case <-going.Done():
			return
		case <-time.After(haltAgain):
		}
	}
}

// readMove reads the lines that move writes.
func readMove(body io.Reader, moving func(Moved)) ([]Moved, error) {
	lines := json.NewDecoder(body)
	for {
		var l moveLine
		err := lines.Decode(&l)
		switch {
		case errors.Is(err, io.EOF):
			return nil, errors.New("authority: the authority stopped while it moved its clocks; each stands at the last due time it reached, and the next move brings the hindmost up to the other first")
		case err != nil:
			return nil, fmt.Errorf("authority: read how far the clocks were moved: %w", err)
		case l.Failure != nil:
			return nil, l.Failure.err()
		case l.Reached == nil:
			return l.Moved, nil
		case moving != nil:
			moving(*l.Reached)
		}
	}
}
