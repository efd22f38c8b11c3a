package main

import (
	"fmt"

	"filtjanst/sandbox"

	"github.com/spf13/cobra"
)

func numbersCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "numbers",
		Short: a.say("visa hur sandlådans gäldenärer lever, efter testnumrets löpnummer", "show how the sandbox's debtors live, by the serial of the test number"),
		Long: a.say(
			"Siffrorna 9–11 av 12 i ett testnummer (980–999) avgör vad gäldenären gör. Ett företag\nlever som 980 + sitt löpnummer modulo 20. Den som inte har ett testnummer tiger.",
			"Digits 9–11 of 12 in a test number (980–999) settle what the debtor does. A company\nlives as 980 + its serial modulo 20. Whoever has no test number is silent."),
		Args: arguments(0, 0),
		RunE: func(*cobra.Command, []string) error { return a.printNumbers(sandbox.Numbers()) },
	}
}

func (a *app) printNumbers(all []sandbox.Example) error {
	if a.json() {
		return printRows(a, all)
	}
	for _, e := range all {
		company := e.Company
		if company == "" {
			company = "–"
		}
		if _, err := fmt.Fprintf(a.out, "%d  %s  %-10s  %s\n", e.Serial, e.Person, company, a.say(e.Swedish, e.English)); err != nil {
			return err
		}
	}
	return nil
}
