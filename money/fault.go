package money

import "fmt"

// Fault is one way in which an amount can be unreadable. A Fault is an error,
// so that errors.Is(err, money.FaultAmbiguous) works.
type Fault uint8

// The faults. FaultNone is the absence of one.
const (
	FaultNone       Fault = iota
	FaultEmpty            // nothing there
	FaultCharacter        // a character that does not belong in an amount
	FaultDecimals         // no or too many decimals after the decimal sign
	FaultAmbiguous        // separators that can be read in two ways, or are English
	FaultGrouping         // groups of thousands are not complete
	FaultScientific       // a spreadsheet wrote 1,35E+05
	FaultTooLarge         // does not fit
	faultCount
)

type faultText struct{ code, swedish, english string }

func (f Fault) text() faultText {
	table := [faultCount]faultText{
		FaultNone:       {"none", "inget fel", "no fault"},
		FaultEmpty:      {"empty", "beloppet saknas", "the amount is missing"},
		FaultCharacter:  {"character", "otillåtet tecken i beloppet; skriv 1348,00", "character not allowed in an amount; write 1348,00"},
		FaultDecimals:   {"decimals", "ange en eller två decimaler efter decimaltecknet", "give one or two decimals after the decimal sign"},
		FaultAmbiguous:  {"ambiguous", "beloppets skiljetecken är inte entydiga; skriv 1348,00", "the separators of the amount are not clear; write 1348,00"},
		FaultGrouping:   {"grouping", "tusentalsgrupperna är inte hela; skriv 1348,00 eller 1 348,00", "groups of thousands are not complete; write 1348,00 or 1 348,00"},
		FaultScientific: {"scientific", "ett kalkylprogram har skrivit beloppet i potensform; exportera kolumnen med två decimaler", "a spreadsheet wrote the amount in scientific notation; export the column with two decimals"},
		FaultTooLarge:   {"too_large", "beloppet är för stort", "the amount is too large"},
	}
	if f >= faultCount {
		f = FaultCharacter
	}
	return table[f]
}

// Code is the stable name of the fault, as "ambiguous".
func (f Fault) Code() string { return f.text().code }

// Swedish tells the fault and what to do.
func (f Fault) Swedish() string { return f.text().swedish }

// English tells the fault and what to do.
func (f Fault) English() string { return f.text().english }

// Error is English.
func (f Fault) Error() string { return "money: " + f.English() }

// Error is an amount or rate that could not be read.
type Error struct {
	Fault Fault
	Input string // at most 40 bytes of it
}

// Error is English.
func (e *Error) Error() string { return fmt.Sprintf("money: %q: %s", e.Input, e.Fault.English()) }

// Unwrap returns the Fault.
func (e *Error) Unwrap() error { return e.Fault }

// Swedish tells the fault and what to do.
func (e *Error) Swedish() string { return e.Fault.Swedish() }

// English tells the fault and what to do.
func (e *Error) English() string { return e.Fault.English() }

// maxInput bounds what an error repeats of its input.
const maxInput = 40

func cut(s string) string {
	if len(s) > maxInput {
		return s[:maxInput]
	}
	return s
}
