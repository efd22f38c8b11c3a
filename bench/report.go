package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// printer writes one figure as soon as it is there.
type printer func(w io.Writer, f Figure) error

func printerOf(format string) (printer, error) {
	switch format {
	case "text":
		return printText, nil
	case "json":
		return func(w io.Writer, f Figure) error { return json.NewEncoder(w).Encode(f) }, nil
	}
	return nil, fmt.Errorf("-format %q is neither text nor json", format)
}

const columns = "%-40s %-9s %-26s %-26s %-22s %-8s %s\n"

func printHead(w io.Writer) {
	fmt.Fprintf(w, columns, "line", "engine", "work (min–max)", "floor (min–max)", "ratio (min–max)", "reach", "")
}

func printText(w io.Writer, f Figure) error {
	floor, ratio := "–", "–"
	if f.Floor != nil {
		floor, ratio = f.Floor.text(f.Unit), f.Ratio.text("")
	}
	engine := f.Engine
	if engine == "" {
		engine = "–"
	}
	verdict := "reached"
	if !f.Reached {
		verdict = "NOT REACHED"
	}
	if f.Note != "" {
		verdict += "; " + f.Note
	}
	_, err := fmt.Fprintf(w, columns, f.Line, engine, f.Work.text(f.Unit), floor, ratio, f.Goal, verdict)
	return err
}

func (s Spread) text(unit string) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s", short(s.Median), unit)) + fmt.Sprintf(" (%s–%s)", short(s.Min), short(s.Max))
}

// short writes three digits that count.
func short(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v >= 1:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.3g", v)
}
