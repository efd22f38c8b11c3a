package sandbox

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"filtjanst/calendar"
	"filtjanst/money"
)

// exampleClient is a client of the example client master that has a giro.
const exampleClient = "1042"

// Debtor is a made-up person who lives by a serial.
type Debtor struct {
	Serial  int
	Number  string // ten digits with separator
	Name    string
	Street  string
	Postal  string
	Town    string
	Ordinal int // from 1, of those with the same serial
}

// DebtorOf makes the nth debtor of a serial, from 1. The same gives the same.
func DebtorOf(serial, n int) Debtor {
	born := calendar.MustDay("1960-01-01").AddDays(37*n + serial)
	return Debtor{
		Serial: serial, Ordinal: n, Number: numbered(born, serial), Name: families[serial%len(families)] + " " + firsts[n%len(firsts)],
		Street: fmt.Sprintf("%s %d", streets[n%len(streets)], 1+n), Postal: fmt.Sprintf("12%03d", 300+n%600), Town: towns[serial%len(towns)],
	}
}

// list writes rows of a filer's list.
func list(columns []string, rows [][]string) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Comma = ';'
	_ = out.Write(columns)
	_ = out.WriteAll(rows) // into memory
	return b.Bytes()
}

// Titles lists court judgments to enforce, one a debtor, for building
// applications for enforcement.
func Titles(debtors []Debtor, today calendar.Day) []byte {
	columns := []string{"Ärendenr", "Uppdragsgivarnr", "Typ", "Pers/orgnr", "Namn", "Adress", "Postnr", "Ort", "Titel", "Titelnr",
		"Utfärdare", "Titeldag", "Laga kraft", "Ingiven", "Skuldtyp", "Belopp", "Förfallodat", "Räntetyp", "Ränta fr.o.m.", "Uppl. ränta", "Ränta t.o.m.", "Grund"}
	judged := today.AddDays(-60)
	var rows [][]string
	for i, d := range debtors {
		capital := money.Amount(4_000+350*int64(i)) * money.Krona
		rows = append(rows, []string{fmt.Sprintf("VE-%d-%03d", d.Serial, d.Ordinal), exampleClient, "P", d.Number, d.Name, d.Street, d.Postal, d.Town,
			"dom", fmt.Sprintf("T %d-%02d", 1000+i, judged.Year()%100), theCourt, judged.String(), judged.AddDays(25).String(), "J",
			"kapital", capital.Decimal(','), judged.AddDays(-90).String(), "RL6", judged.String(), "80,00", today.String(), "Dom " + theCourt})
	}
	return list(columns, rows)
}

// Questions lists debtors whose debts are asked for; with a procurement the
// list is of companies.
func Questions(numbers []string, procurement string, today calendar.Day) []byte {
	columns := []string{"Ärendenr", "Pers/orgnr", "Under inkasso", "Ändamål"}
	if procurement != "" {
		columns = []string{"Ärendenr", "Pers/orgnr", "Upphandling", "Fr.o.m.", "T.o.m."}
	}
	var rows [][]string
	for i, number := range numbers {
		row := []string{fmt.Sprintf("F-%04d", i+1), number, "J", "inkasso"}
		if procurement != "" {
			row = []string{row[0], number, procurement, today.String(), today.AddMonths(12).String()}
		}
		rows = append(rows, row)
	}
	return list(columns, rows)
}

// Reports lists one claim in a debt restructuring.
func Reports(matter string, d Debtor, today calendar.Day) []byte {
	columns := []string{"Ärendenr", "Skuldsaneringsärende", "Uppdragsgivarnr", "Pers/orgnr", "Namn", "Belopp", "Uppkom", "Förfallodat", "Grund"}
	return list(columns, [][]string{{fmt.Sprintf("SC-%d-%03d", d.Serial, d.Ordinal), matter, exampleClient, d.Number, d.Name,
		"4350,00", today.AddDays(-400).String(), today.AddDays(-370).String(), "Dom " + theCourt}})
}

// Companies lists numbers of made-up companies, ten digits each.
func Companies(n int) []string {
	all := make([]string, n)
	for i := range all {
		nine := fmt.Sprintf("559999%03d", firstCompany+i)
		all[i] = nine + checkDigit(nine)
	}
	return all
}
