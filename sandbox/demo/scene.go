package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"filtjanst/calendar"
	"filtjanst/filer"
	"filtjanst/filer/claimlist"
	"filtjanst/filing"
	"filtjanst/sandbox"
)

// scene is one service as it is played.
type scene struct {
	*story
	seen Service
}

// as lets another filer act until the function returns.
func (c *scene) as(ctx context.Context, code string, do func() error) error {
	desk, err := c.world.Desk(ctx, code, func(config *filer.Config) { config.Form = c.Form })
	if err != nil {
		return err
	}
	defer desk.Close()
	was := c.desk
	c.desk = desk
	defer func() { c.desk = was }()
	return do()
}

func (c *scene) today() calendar.Day { return calendar.Of(c.world.Now()) }

// compose builds a file of a list and tells of it.
func (c *scene) compose(ctx context.Context, tx filing.Transaction, list []byte) error {
	built, err := c.desk.Build(ctx, filer.BuildRequest{Transaction: tx, From: bytes.NewReader(list)})
	if err != nil {
		return errors.Join(append([]error{err}, problems(built.Report)...)...)
	}
	info, _ := filing.Info(tx)
	c.tell("%s bygger en fil: %s, nummer %d, %s.", "%s builds a file: %s, number %d, %s.",
		c.desk.Config.Code, text{info.Swedish, info.English}, built.File.Sequence, documents(built.File.Documents))
	c.place(built.File.Path, built.File.NotePath)
	c.peek(built.File.Path)
	return nil
}

func problems(r claimlist.Report) (all []error) {
	for _, p := range r.Problems {
		all = append(all, fmt.Errorf("row %d: %s", p.Row, p.English))
	}
	return all
}

// carryOut builds the files that do something to the cases of a list.
func (c *scene) carryOut(ctx context.Context, act filer.Act, list io.Reader) error {
	done, err := c.desk.Do(ctx, filer.DoRequest{Act: act, From: list, Yes: true})
	if err != nil {
		return errors.Join(append([]error{err}, problems(done.Report)...)...)
	}
	for _, f := range done.Files {
		c.tell("%s väljer transaktion efter målets läge: %s, nummer %d, %s.", "%s picks the transaction by the state of the case: %s, number %d, %s.",
			c.desk.Config.Code, f.Transaction, f.Sequence, documents(f.Documents))
		c.place(f.Path)
		c.peek(f.Path)
	}
	return nil
}

// submit sends what is built, and fetches the receipts.
func (c *scene) submit(ctx context.Context) error {
	deliveries, err := c.desk.Send(ctx, filer.SendRequest{})
	if err != nil {
		return err
	}
	if len(deliveries) == 0 {
		return errors.New("there was nothing to send")
	}
	for _, d := range deliveries {
		c.seen.Files = append(c.seen.Files, File{Transaction: d.File.Transaction, Code: d.File.Code, Direction: filing.In,
			Sequence: d.File.Sequence, Documents: d.File.Documents, Path: d.File.Path})
	}
	_, err = c.collect(ctx)
	return err
}

// collect fetches what waits, and tells of it. Something is to wait.
func (c *scene) collect(ctx context.Context, wanted ...filing.Transaction) ([]filer.Received, error) {
	received, err := c.desk.Fetch(ctx)
	if err != nil {
		return nil, err
	}
	shown := map[filing.Transaction]bool{} // of several alike one look is enough
	for _, r := range received {
		if err := c.take(r, !shown[r.Transaction]); err != nil {
			return nil, err
		}
		shown[r.Transaction] = true
	}
	for _, tx := range wanted {
		if !slices.ContainsFunc(received, func(r filer.Received) bool { return r.Transaction == tx }) {
			return nil, fmt.Errorf("there was no %s to fetch", tx)
		}
	}
	return received, nil
}

func (c *scene) take(r filer.Received, look bool) error {
	if r.Problem != "" {
		return errors.New(r.Problem)
	}
	info, known := filing.Info(r.Transaction)
	if !known { // a message of the protocol
		return nil
	}
	c.seen.Files = append(c.seen.Files, File{Transaction: r.Transaction, Code: c.desk.Config.Code, Direction: filing.Out,
		Sequence: r.Sequence, Outcome: r.Outcome, Documents: r.Cases, Path: r.Path})
	title := text{info.Swedish, info.English}
	switch {
	case r.Outcome != "":
		c.tell("Hämtat: %s, nummer %d: %s.", "Fetched: %s, number %d: %s.", title, r.Sequence, outcome(r))
	default:
		c.tell("Hämtat: %s, %s.", "Fetched: %s, %s.", title, documents(r.Cases))
	}
	c.place(r.Path)
	if look {
		c.peek(r.Path)
	}
	if r.Outcome == filing.Rejected {
		return fmt.Errorf("the file was rejected: %v", r.Errors)
	}
	return nil
}

// days lets time go.
func (c *scene) days(ctx context.Context, n int) error {
	moved, err := c.world.Advance(ctx, time.Duration(n)*24*time.Hour)
	if err != nil {
		return err
	}
	acts := 0
	for _, m := range moved {
		for _, step := range m.Steps {
			acts += step.Acts
		}
	}
	c.tell("%s, till %s; %s.", "%s, to %s; %s.", counted(n, "dag går", "dagar går", "day passes", "days pass"), c.clock(), deeds(acts))
	return nil
}

// deeds tells how often the debtors have acted.
func deeds(n int) text {
	if n == 0 {
		return text{"gäldenärerna gör inget", "the debtors do nothing"}
	}
	return textf("gäldenärerna handlar %s", "the debtors act %s", counted(n, "gång", "gånger", "time", "times"))
}

// documents is a number of documents.
func documents(n int64) text {
	return counted(int(n), "handling", "handlingar", "document", "documents")
}

func (c *scene) night(ctx context.Context) error {
	if _, err := c.world.Evening(ctx); err != nil {
		return err
	}
	c.tell("Vardagskväll, %s: det som godkänts läses in och det som är klart går ut.", "A weekday evening, %s: what was approved is read in, and what is ready goes out.", c.clock())
	return nil
}

// fileOf opens a file of the acting filer.
func (c *scene) fileOf(name string) (*os.File, error) {
	return os.Open(filepath.Join(c.Dir, "filers", c.desk.Config.Code, name))
}

// debtors tells how the debtors of the scene live.
func (c *scene) debtors(serials ...int) {
	for _, serial := range serials {
		b := sandbox.Behaviours()[serial-sandbox.Behaviours()[0].Serial]
		c.show("%d: %s", "%d: %s", serial, text{b.Swedish, b.English})
	}
}
