package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
				moved, err := running(data).Evening(cmd.Context())
				return a.reportMoved(moved, err)
			},
		},
		&cobra.Command{
			Use: "advance DURATION", Short: a.say("flytta framåt, från förfallotid till förfallotid: 36h, 400d", "move forward, from due time to due time: 36h, 400d"), Args: arguments(1, 1),
			RunE: func(cmd *cobra.Command, args []string) error {
				by, err := duration(args[0])
				if err != nil {
					return err
				}
				moved, err := running(data).Advance(cmd.Context(), by)
				return a.reportMoved(moved, err)
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
		return a.notRunning(err)
	}
	if a.json() {
		return a.printJSON(clocks)
	}
	for _, w := range clocks {
		if _, err := fmt.Fprintf(a.out, "%-10s  %s  %s %s\n", w.World, local(w.Now), a.say("nästa kväll", "next evening"), local(w.NextEvening)); err != nil {
			return err
		}
	}
	return nil
}

func local(t time.Time) string { return t.In(calendar.Stockholm()).Format("2006-01-02 15:04") }

func (a *app) reportMoved(moved []authority.Moved, err error) error {
	if err != nil {
		return a.notRunning(err)
	}
	if a.json() {
		return a.printJSON(moved)
	}
	for _, m := range moved {
		if _, err := fmt.Fprintf(a.out, "%-10s  %s → %s  %s\n", m.World, local(m.From), local(m.To), a.evenings(m)); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) evenings(m authority.Moved) string {
	var files, documents, batches, acts int
	for _, s := range m.Steps {
		files, documents, batches, acts = files+int(s.Evening.Files), documents+int(s.Evening.Documents), batches+int(s.Evening.Batches), acts+s.Acts
	}
	return strings.Join([]string{
		a.counted(files, "fil inläst", "filer inlästa", "file read in", "files read in"),
		a.counted(documents, "handling", "handlingar", "document", "documents"),
		a.counted(batches, "fil ut", "filer ut", "file out", "files out"),
		a.counted(acts, "handling av gäldenärer", "handlingar av gäldenärer", "act of debtors", "acts of debtors"),
	}, ", ")
}

func (a *app) notRunning(err error) error {
	if errors.Is(err, authority.ErrNotRunning) {
		return failed(nil, "ingen sandlåda körs i den katalogen", "no sandbox is running on that directory").
			hint("starta den med filtjanst sandbox --data DIR, och ange samma katalog här", "start it with filtjanst sandbox --data DIR, and name the same directory here")
	}
	return failed(err, "klockan kunde inte flyttas", "the clock could not be moved")
}
