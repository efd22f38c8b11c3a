package main

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

// allServices plays every service, one after the other.
const allServices = "all"

// plays are the stories of the services, in the order in which they are told:
// those first whose deliveries would pile up, that last which tells of the others.
func plays() []play {
	return []play{
		{filing.CreditExtract, (*scene).creditExtract},
		{filing.ProcurementExtract, (*scene).procurementExtract},
		{filing.PaymentOrder, (*scene).paymentOrder},
		{filing.Restructuring, (*scene).restructuring},
		{filing.Enforcement, (*scene).enforcement},
		{filing.DebtExtract, (*scene).debtExtract},
	}
}

type play struct {
	service filing.Service
	tell    func(*scene, context.Context) error
}

func serviceChoices() []string {
	choices := []string{allServices}
	for _, p := range plays() {
		choices = append(choices, string(p.service))
	}
	return choices
}

// scene is one service as it is played.
type scene struct {
	*story
	dir  string
	seen playedService
}

// playedService is what demo --service --format json prints of one service.
type playedService struct {
	Service filing.Service `json:"service"`
	Files   []playedFile   `json:"files"`
}

// playedFile is one file that was sent or fetched.
type playedFile struct {
	Transaction filing.Transaction `json:"transaction"`
	Code        string             `json:"code"` // the filer's party code
	Direction   filing.Direction   `json:"direction"`
	Sequence    int64              `json:"sequence,omitempty"`
	Outcome     filing.Outcome     `json:"outcome,omitempty"`
	Documents   int64              `json:"documents,omitempty"`
	Path        string             `json:"path"`
}

// playServices plays the services that are asked for.
func (d *demoFlags) playServices(ctx context.Context, s *story, dir string) error {
	var all []playedService
	for _, p := range plays() {
		if d.service != allServices && d.service != string(p.service) {
			continue
		}
		c := &scene{story: s, dir: dir, seen: playedService{Service: p.service, Files: []playedFile{}}}
		if err := p.tell(c, ctx); err != nil {
			return fmt.Errorf("service %s: %w", p.service, err)
		}
		all = append(all, c.seen)
	}
	s.services = all
	return nil
}

// as lets another filer act until the function returns.
func (c *scene) as(ctx context.Context, code string, do func() error) error {
	desk, err := c.world.Desk(ctx, code, func(config *filer.Config) { config.Form = c.form })
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
		c.desk.Config.Code, c.say(info.Swedish, info.English), built.File.Sequence, c.documents(built.File.Documents))
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
			c.desk.Config.Code, f.Transaction, f.Sequence, c.documents(f.Documents))
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
		c.seen.Files = append(c.seen.Files, playedFile{Transaction: d.File.Transaction, Code: d.File.Code, Direction: filing.In,
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
	c.seen.Files = append(c.seen.Files, playedFile{Transaction: r.Transaction, Code: c.desk.Config.Code, Direction: filing.Out,
		Sequence: r.Sequence, Outcome: r.Outcome, Documents: r.Cases, Path: r.Path})
	title := c.say(info.Swedish, info.English)
	switch {
	case r.Outcome != "":
		c.tell("Hämtat: %s, nummer %d: %s.", "Fetched: %s, number %d: %s.", title, r.Sequence, c.outcome(r))
	default:
		c.tell("Hämtat: %s, %s.", "Fetched: %s, %s.", title, c.documents(r.Cases))
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
	c.tell("%s, till %s; %s.", "%s, to %s; %s.", c.counted(n, "dag går", "dagar går", "day passes", "days pass"), local(c.world.Now()), c.deeds(acts))
	return nil
}

// deeds tells how often the debtors have acted.
func (c *scene) deeds(n int) string {
	if n == 0 {
		return c.say("gäldenärerna gör inget", "the debtors do nothing")
	}
	return c.say("gäldenärerna handlar ", "the debtors act ") + c.counted(n, "gång", "gånger", "time", "times")
}

// documents is a number of documents.
func (c *scene) documents(n int64) string {
	return c.counted(int(n), "handling", "handlingar", "document", "documents")
}

func (c *scene) night(ctx context.Context) error {
	if _, err := c.world.Evening(ctx); err != nil {
		return err
	}
	c.tell("Vardagskväll, %s: det som godkänts läses in och det som är klart går ut.", "A weekday evening, %s: what was approved is read in, and what is ready goes out.", local(c.world.Now()))
	return nil
}

// fileOf opens a file of the acting filer.
func (c *scene) fileOf(name string) (*os.File, error) {
	return os.Open(filepath.Join(c.dir, "filers", c.desk.Config.Code, name))
}

// debtors tells how the debtors of the scene live.
func (c *scene) debtors(serials ...int) {
	for _, serial := range serials {
		b := sandbox.Behaviours()[serial-sandbox.Behaviours()[0].Serial]
		c.show("%d: %s", "%d: %s", serial, c.say(b.Swedish, b.English))
	}
}
