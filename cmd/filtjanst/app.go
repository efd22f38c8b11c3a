package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"filtjanst/calendar"

	"golang.org/x/term"
)

// The values of --format. With jsonl a list is printed a row a line, and what is
// no list on one line.
const (
	formatText  = "text"
	formatJSON  = "json"
	formatJSONL = "jsonl"
)

// app is what every command gets: where it reads and writes, what time it is
// and how it speaks. Tests hand in their own.
type app struct {
	in       io.Reader
	out      io.Writer // data
	err      io.Writer // words
	now      func() time.Time
	env      func(string) string
	terminal bool // err is a terminal: progress may be drawn

	format string // --format
	lang   string // --lang, settled before the commands are made

	noTopic error // help was asked about a command that there is not
}

func newApp() *app {
	return &app{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		now: time.Now, env: os.Getenv,
		terminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// Now makes app a calendar.Clock.
func (a *app) Now() time.Time { return a.now() }

func (a *app) today() calendar.Day { return calendar.Today(a) }

// json tells whether the output is for a program.
func (a *app) json() bool { return a.format == formatJSON || a.format == formatJSONL }

// run carries out one command line and returns the exit code.
func run(a *app, args []string) int {
	a.lang, a.format = language(args, a.env), formatText
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once

	root := newRoot(a)
	root.SetArgs(args)
	err := cmp.Or(root.ExecuteContext(ctx), a.noTopic)
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		err = interrupted(err)
	}
	a.complain(err)
	return exitCode(err)
}
