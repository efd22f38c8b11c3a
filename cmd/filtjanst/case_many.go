package main

import (
	"context"
	"fmt"

	"filtjanst/authority"
	"filtjanst/authority/service"
)

// actRow is what became of one row of a list of acts.
type actRow struct {
	Row     int64  `json:"row"` // from 1, the line of column names not counted
	Number  string `json:"number"`
	Code    string `json:"code"` // of the refusal; "" when it is done
	Swedish string `json:"sv,omitempty"`
	English string `json:"en,omitempty"`
	authority.ActDone
}

// actOnAll does one act for each row of a list. Every row stands by itself: what
// is refused does not keep the others from being done.
func (a *app) actOnAll(ctx context.Context, n *nodeFlags, o officerFlags, act authority.ActInfo, path string) error {
	if err := o.check(); err != nil {
		return err
	}
	src, closing, err := a.listFile(path)
	if err != nil {
		return err
	}
	defer closing()
	control, world := n.reach()
	var rows, done int64
	for given, err := range authority.ReadActs(src) {
		if err != nil {
			return failed(err, "listan kan inte läsas efter rad %[1]d; %[2]d gjorda", "the list cannot be read after row %[1]d; %[2]d done", rows, done)
		}
		rows++
		row := actRow{Row: given.Row, Number: given.Number}
		call := authority.ActCall{World: world, Room: act.Room, Act: act.Name, Number: given.Number, By: o.by, Reason: o.reason, Values: given.Values}
		row.ActDone, err = control.Act(ctx, call)
		if r, refused := service.RefusedAs(err); refused {
			row.Code, row.Swedish, row.English = r.Code, lowered(r.Swedish), lowered(r.English)
		} else if err != nil {
			return answered(err)
		} else {
			done++
		}
		if err := a.tellRow(row); err != nil {
			return err
		}
	}
	return a.tellRows(rows, done)
}

// tellRow tells of a row: for programs each, for people those refused and those
// that began something.
func (a *app) tellRow(row actRow) error {
	if a.json() {
		return encode(a.out, formatJSONL, row)
	}
	if row.Code != "" {
		fmt.Fprintln(a.err, a.sayf("rad %d, %s: ", "row %d, %s: ", row.Row, row.Number)+a.say(row.Swedish, row.English))
	}
	if row.Begun != "" {
		_, err := fmt.Fprintln(a.out, a.sayf("rad %d: nummer %s", "row %d: number %s", row.Row, row.Begun))
		return err
	}
	return nil
}

func (a *app) tellRows(rows, done int64) error {
	if !a.json() {
		if _, err := fmt.Fprintln(a.out, a.counted(int(rows), "rad", "rader", "row", "rows")+a.sayf(": %d gjorda", ": %d done", done)); err != nil {
			return err
		}
	}
	if done == rows {
		return nil
	}
	if a.json() {
		return refusedQuietly()
	}
	return refused("antal rader som inte gick att göra: %d", "rows refused: %d", rows-done)
}
