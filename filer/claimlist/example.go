package claimlist

import (
	_ "embed"

	"filtjanst/calendar"
)

//go:embed export.csv
var exampleExport []byte

// ExampleExport returns a small export as a collection system writes it
// (Windows-1252, one row per invoice), and the day on which it was written.
// Its clients are those of ExampleClients; its parties are made up.
func ExampleExport() ([]byte, calendar.Day) { return exampleExport, calendar.MustDay("2026-11-23") }
