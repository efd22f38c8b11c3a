package main

import (
	"cmp"
	"fmt"
	"text/tabwriter"

	"filtjanst/filing"
	"filtjanst/layout"
)

// listed is one row of layout list.
type listed struct {
	Transaction  filing.Transaction `json:"transaction"`
	Forms        []layout.Form      `json:"forms"`
	Direction    filing.Direction   `json:"direction"`
	Timing       filing.Timing      `json:"timing"`
	Receipt      filing.Transaction `json:"receipt,omitempty"`
	Confirmation filing.Transaction `json:"confirmation,omitempty"`
	Answer       filing.Transaction `json:"answer,omitempty"`
	CarriedIn    filing.Transaction `json:"carried_in,omitempty"`
	Extension    bool               `json:"extension"` // own, off by default
	Edition      string             `json:"edition"`
	Status       string             `json:"status"`
	Swedish      string             `json:"sv"`
	English      string             `json:"en"`
}

func (l *layouts) list() error {
	set, err := l.pick(l.today())
	if err != nil {
		return err
	}
	rows := listedOf(set)
	if l.json() {
		return printRows(l.app, rows)
	}
	w := tabwriter.NewWriter(l.out, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Transaction, r.Direction, joined(r.Forms), l.titleOf(r))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	l.note("profil %s, %s", "profile %s, %s", set.Name(), l.statusOf(set))
	return nil
}

// listedOf are the transactions of the set, in the order of the catalogue.
func listedOf(set *filing.Set) []listed {
	rows := []listed{}
	for _, info := range filing.Catalogue() {
		d, ok := set.Layout(cmp.Or(info.CarriedIn, info.Transaction))
		if !ok {
			continue
		}
		rows = append(rows, listed{
			Transaction: info.Transaction, Forms: d.Forms(), Direction: info.Direction, Timing: info.Timing, Receipt: info.Receipt,
			Confirmation: info.Confirmation, Answer: info.Answer, CarriedIn: info.CarriedIn, Extension: info.Extension,
			Edition: d.Edition(), Status: d.Status(), Swedish: info.Swedish, English: info.English,
		})
	}
	return rows
}

// titleOf says what a transaction is, and what is special about it.
func (l *layouts) titleOf(r listed) string {
	title := l.say(r.Swedish, r.English)
	if r.CarriedIn != "" {
		title += l.sayf(" (i filen för %s)", " (in the file of %s)", r.CarriedIn)
	}
	if r.Extension {
		title += l.say(" (eget tillägg)", " (own extension)")
	}
	return title
}
