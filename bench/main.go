package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
)

// line is one row of the table of floors.
type line struct {
	name     string // for -only
	work     string
	floor    string
	database bool // is measured on each engine
	measure  func(ctx context.Context, b *bench) error
}

func lines() []line {
	return []line{
		{"check-text", "check a text file, one core", "read it line by line with bufio", false, checkText},
		{"check-xml", "check an XML file, one core", "encoding/xml tokenizing it", false, checkXML},
		{"memory", "peak resident memory of a check", "none", false, memory},
		{"receipts", "durable receipts for files of 4 kB over kept TLS, 8 and 32 filers", "write, fsync, rename, fsync of the directory, by as many writers", true, receipts},
		{"large", "receipt for 100 000 applications", "sha256, write, fsync of the same bytes", true, large},
		{"evening", "evening of 100 000 cases", "the same rows into the same tables and indexes by bulk load alone", true, eveningRun},
		{"mixed", "evening of 100 000 mixed documents", "the same rows into the same tables and indexes by bulk load alone", true, mixedEvening},
		{"extracts", "answer for 1 000 persons, full extract of a register", "the same rows selected by SQL alone", true, extracts},
		{"year", "400 days of 10 000 cases by the clock of a sandbox", "for each act, evening and file put out: write a page, fsync", false, year},
		{"meanwhile", "receipts while the evening runs, p99", "the same at rest", true, meanwhile},
	}
}

func main() {
	if runChild(os.Args[1:]) {
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := 0
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		code = exitOf(err)
	}
	stop()
	os.Exit(code)
}

var (
	errUsage    = errors.New("wrong use")
	errShortOff = errors.New("not every goal was reached")
)

func exitOf(err error) int {
	switch {
	case errors.Is(err, errShortOff):
		return 1
	case errors.Is(err, errUsage), errors.Is(err, flag.ErrHelp):
		return 2
	}
	return 3
}

func run(ctx context.Context, args []string) error {
	b := &bench{out: os.Stdout}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	quick := flags.Bool("quick", false, "small sizes and few turns: shows that it runs, not how fast")
	only := flags.String("only", "", "comma-separated names of lines; see -list")
	format := flags.String("format", "text", "text, or json: one figure a line")
	engines := flags.String("engine", "", "sqlite or postgres; empty: both, PostgreSQL when "+postgresVariable+" is set")
	flags.StringVar(&b.profile, "cpuprofile", "", "write a processor profile of the work, without floors, to the file")
	flags.StringVar(&b.dir, "dir", os.TempDir(), "where files and databases are made: the disk that is measured")
	flags.IntVar(&b.turns, "turns", 0, "turns of work and floor; 0: as many as the line wants")
	list := flags.Bool("list", false, "list what is measured")
	if err := flags.Parse(args); err != nil {
		return errors.Join(errUsage, err)
	}
	if *list {
		return printLines()
	}
	b.sizes = fullSizes()
	if *quick {
		b.sizes = quickSizes()
	}
	chosen, err := choose(*only)
	if err == nil {
		b.engines, err = chooseEngines(*engines)
	}
	if err == nil {
		b.print, err = printerOf(*format)
	}
	if err != nil {
		return errors.Join(errUsage, err)
	}
	if *format == "text" {
		fmt.Fprintf(b.out, "%s, %d processors, %s/%s, quick: %t\n", runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, *quick)
		printHead(b.out)
	}
	return b.all(ctx, chosen)
}

func printLines() error {
	for _, l := range lines() {
		if _, err := fmt.Printf("%-12s %s\n%-12s floor: %s\n", l.name, l.work, "", l.floor); err != nil {
			return err
		}
	}
	return nil
}

func choose(only string) ([]line, error) {
	if only == "" {
		return lines(), nil
	}
	var chosen []line
	for name := range strings.SplitSeq(only, ",") {
		found := false
		for _, l := range lines() {
			if l.name == name {
				chosen, found = append(chosen, l), true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no line %q; -list names them", name)
		}
	}
	return chosen, nil
}
