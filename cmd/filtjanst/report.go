package main

import (
	"filtjanst/filer"
	"filtjanst/filing"
)

// report is what a check found, before it is written for people or programs.
type report struct {
	name    string
	set     *filing.Set
	verdict filing.Verdict
	facts   filing.Facts
	note    *report               // of the cover note that came with the file
	claimed []filer.ClaimedBefore // claims that are open or decided already
}

// report writes the report in the format asked for.
func (a *app) report(r *report) error {
	if a.json() {
		return a.printJSON(r.json())
	}
	return a.reportText(r)
}

// checkJSON is the object that check prints for programs.
type checkJSON struct {
	Verdict     filing.Outcome      `json:"verdict"`
	Transaction filing.Transaction  `json:"transaction"`
	PartyCode   string              `json:"party_code"`
	Sequence    int64               `json:"sequence"`
	Records     int64               `json:"records"`
	Documents   int64               `json:"documents"`
	Sum         int64               `json:"sum_ore"`
	Digest      string              `json:"digest"`
	Rules       string              `json:"rules"`
	Errors      []errorJSON         `json:"errors"`
	ErrorCount  int                 `json:"error_count"`
	Counts      map[filing.Code]int `json:"counts"`
	Warnings    []errorJSON         `json:"warnings"`
	Refused     []int               `json:"refused,omitempty"` // numbers of the documents that fall, where the others stand
	NotChecked  []string            `json:"not_checked"`
	CoverNote   *checkJSON          `json:"cover_note,omitempty"`
	// Claimed are claims that are open or decided already in the filer's register.
	Claimed []filer.ClaimedBefore `json:"claimed_before,omitempty"`
}

// errorJSON is an error as programs read it: place always there.
type errorJSON struct {
	Code      filing.Code  `json:"code"`
	Class     filing.Class `json:"class"`
	Reference string       `json:"reference,omitempty"`
	Document  int          `json:"document,omitempty"`
	Record    string       `json:"record"`
	Line      int64        `json:"line"`
	Offset    int64        `json:"offset"`
	Field     string       `json:"field"`
	Value     string       `json:"value,omitempty"`
	Swedish   string       `json:"sv"`
	English   string       `json:"en"`
	Remedy    string       `json:"remedy"`
}

func (r *report) json() *checkJSON {
	v, f := r.verdict, r.facts
	j := &checkJSON{
		Verdict: v.Outcome, Transaction: f.Transaction, PartyCode: f.PartyCode, Sequence: f.Sequence,
		Records: f.Records, Documents: f.Documents, Sum: f.Sum.Ore(), Digest: f.Digest, Rules: f.Rules,
		Errors: errorsJSON(v.Errors), ErrorCount: v.ErrorCount, Counts: v.Counts,
		Warnings: errorsJSON(v.Warnings), Refused: v.Refused, NotChecked: v.NotChecked, Claimed: r.claimed,
	}
	if j.Counts == nil {
		j.Counts = map[filing.Code]int{}
	}
	if j.NotChecked == nil {
		j.NotChecked = []string{}
	}
	if r.note != nil {
		j.CoverNote = r.note.json()
	}
	return j
}

func errorsJSON(list []filing.Error) []errorJSON {
	all := make([]errorJSON, len(list))
	for i, e := range list {
		all[i] = errorJSON(e)
	}
	return all
}
