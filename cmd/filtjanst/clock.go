package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"filtjanst/authority"
	"filtjanst/calendar"

	"github.com/spf13/cobra"
)

func addClock(root *cobra.Command, a *app) {
	var data string
	cmd := &cobra.Command{
		Use:     "clock",
		GroupID: groupTry,
		Short:   a.say("visa eller flytta sandlådans klocka", "show or move the sandbox's clock"),
		RunE:    menu,
	}
	cmd.PersistentFlags().StringVar(&data, "data", sandboxDir, a.say("sandlådans katalog `DIR`", "the sandbox's directory `DIR`"))
	cmd.AddCommand(
		&cobra.Command{
			Use: "show", Short: a.say("visa var klockan står", "show where the clock stands"), Args: arguments(0, 0),
			RunE: func(cmd *cobra.Command, _ []string) error { return a.showClock(cmd.Context(), running(data)) },
		},
		&cobra.Command{
			Use: "evening", Short: a.say("flytta till nästa kväll och läs in", "move to the next evening and read in"), Args: arguments(0, 0),
			RunE: func(cmd *cobra.Command, _ []string) error {
				return a.moveClock(cmd.Context(), running(data), 1, authority.Control.Evening)
			},
		},
		&cobra.Command{
			Use: "advance DURATION", Short: a.say("flytta framåt, från förfallotid till förfallotid: 36h, 400d", "move forward, from due time to due time: 36h, 400d"), Args: arguments(1, 1),
			RunE: func(cmd *cobra.Command, args []string) error {
				by, err := duration(args[0])
				if err != nil {
					return err
				}
				return a.moveClock(cmd.Context(), running(data), int64(by/(24*time.Hour))+1,
					func(c authority.Control, ctx context.Context) ([]authority.Moved, error) { return c.Advance(ctx, by) })
			},
		},
	)
	root.AddCommand(cmd)
}

// running reaches the authority of a sandbox, or one on its own directory.
func running(data string) authority.Control {
	if inner := filepath.Join(data, "authority"); isDir(inner) {
		data = inner
	}
	return authority.Control{Data: data}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// duration reads 36h as Go does, and days and weeks besides: 400d, 2w.
func duration(s string) (time.Duration, error) {
	units := map[string]time.Duration{"d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	for unit, length := range units {
		if n, err := strconv.Atoi(strings.TrimSuffix(s, unit)); err == nil && strings.HasSuffix(s, unit) && n >= 0 && n < 100_000 {
			return time.Duration(n) * length, nil
		}
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, misuse("tiden skrivs som 90m, 36h, 400d eller 2w, inte %q", "a duration is written as 90m, 36h, 400d or 2w, not %q", s)
	}
	return d, nil
}

func (a *app) showClock(ctx context.Context, c authority.Control) error {
	clocks, err := c.Clock(ctx)
	if err != nil {
		return notRunning(err, "klockan kunde inte läsas", "the clock could not be read")
	}
	if a.json() {
		return printRows(a, clocks)
	}
	for _, w := range clocks {
		if _, err := fmt.Fprintf(a.out, "%-10s  %s  %s %s\n", w.World, local(w.Now), a.say("nästa kväll", "next evening"), local(w.NextEvening)); err != nil {
			return err
		}
	}
	if apart(clocks) {
		a.note("klockorna står olika; nästa flytt för först fram den som är efter", "the clocks differ; the next move brings the one that is behind up first")
	}
	return nil
}

// apart tells whether clocks that are moved by command differ, after a move that
// failed half way.
func apart(clocks []authority.ClockState) bool {
	held := slices.DeleteFunc(slices.Clone(clocks), func(c authority.ClockState) bool { return !c.Held })
	return slices.ContainsFunc(held, func(c authority.ClockState) bool { return !c.Now.Equal(held[0].Now) })
}

func local(t time.Time) string { return t.In(calendar.Stockholm()).Format("2006-01-02 15:04") }

// moveClock moves the clocks, drawing how far they have come, and tells what was
// done. An interrupt stops them between two days.
func (a *app) moveClock(ctx context.Context, c authority.Control, days int64, move func(authority.Control, context.Context) ([]authority.Moved, error)) error {
	bar := a.progressCount(days, "flyttar klockan", "moving the clock")
	c.Moving = func(m authority.Moved) { bar.reached(min(int64(m.Days), days-1), a.reached(m)) }
	moved, err := move(c, ctx)
	bar.end()
	if err != nil {
		return notRunning(err, "klockan kunde inte flyttas", "the clock could not be moved")
	}
	if err := a.reportMoved(moved); err != nil {
		return err
	}
	return ctx.Err() // a command that was interrupted says so, though nothing is lost
}

// reached tells in a few words how far a clock has come.
func (a *app) reached(m authority.Moved) string {
	return strings.Join([]string{
		m.World, m.To.In(calendar.Stockholm()).Format(time.DateOnly),
		a.counted(m.Evenings, "kväll", "kvällar", "evening", "evenings"),
		a.counted(int(m.Cases()), "händelse i mål", "händelser i mål", "event in cases", "events in cases"),
	}, ", ")
}

func (a *app) reportMoved(moved []authority.Moved) error {
	if a.json() {
		return printRows(a, moved)
	}
	for _, m := range moved {
		how := ""
		if m.Behind {
			how = a.say("var efter, ", "was behind, ")
		}
		if m.Stopped {
			how += a.say("stoppad, ", "stopped, ")
		}
		if _, err := fmt.Fprintf(a.out, "%-10s  %s → %s  %s%s\n", m.World, local(m.From), local(m.To), how, a.done(m)); err != nil {
			return err
		}
	}
	return nil
}

// done tells what was done on the way of a clock.
func (a *app) done(m authority.Moved) string {
	return strings.Join([]string{
		a.counted(m.Days, "dag", "dagar", "day", "days"),
		a.counted(m.Evenings, "kväll", "kvällar", "evening", "evenings"),
		a.counted(int(m.Files), "fil inläst", "filer inlästa", "file read in", "files read in"),
		a.counted(int(m.Documents), "handling", "handlingar", "document", "documents"),
		a.counted(int(m.Batches), "fil ut", "filer ut", "file out", "files out"),
		a.counted(int(m.Deadlines), "frist", "frister", "deadline", "deadlines"),
		a.counted(int(m.Letters), "brev", "brev", "letter", "letters"),
		a.counted(m.Acts, "handling av gäldenärer", "handlingar av gäldenärer", "act of debtors", "acts of debtors"),
	}, ", ")
}

// notRunning says that there is no sandbox, or else what could not be done.
func notRunning(err error, sv, en string) error {
	if errors.Is(err, authority.ErrNotRunning) {
		return failed(nil, "ingen sandlåda körs i den katalogen", "no sandbox is running on that directory").
			hint("starta den med filtjanst sandbox --data DIR, och ange samma katalog här", "start it with filtjanst sandbox --data DIR, and name the same directory here")
	}
	return &fault{exit: exitFailed, text: words{sv, en}, cause: err}
}
