package main

import (
	"context"
	"fmt"
	"io"

	"filtjanst/authority/fee"
	"filtjanst/calendar"

	"github.com/spf13/cobra"
)

func addInvoices(root *cobra.Command, a *app) {
	var n nodeFlags
	cmd := &cobra.Command{
		Use:     "invoices",
		GroupID: groupAuthority,
		Short:   a.say("samlingsfakturor: lista, visa, skriv som UBL", "collective invoices: list, show, write as UBL"),
		Long: a.say(
			"Betalningar, bestridanden och krediteringar är åtgärder: filtjanst case acts fee.",
			"Payments, disputes and credits are acts: filtjanst case acts fee."),
		Example: "  filtjanst invoices list ABC\n  filtjanst invoices show 100000001 --ubl\n  filtjanst case act fee.pay_invoice 100000001 amount=900 day=2026-12-20 reference=BG-77 --by Ekonomi --reason inbetalning",
		RunE:    menu,
	}
	n.register(cmd, a)
	var from, to, out string
	var ubl bool
	list := &cobra.Command{
		Use: "list CODE", Args: arguments(1, 1), Short: a.say("lista en intressentkods fakturor", "list the invoices of a party code"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.listInvoices(cmd.Context(), &n, args[0], from, to)
		},
	}
	list.Flags().StringVar(&from, "from", "", a.say("från och med `DAY`", "from `DAY`"))
	list.Flags().StringVar(&to, "to", "", a.say("till och med `DAY`", "to `DAY`"))
	show := &cobra.Command{
		Use: "show NUMBER", Args: arguments(1, 1), Short: a.say("visa en faktura eller kreditfaktura", "show an invoice or credit note"),
		RunE: func(cmd *cobra.Command, args []string) error {
			control, world := n.reach()
			if ubl {
				return a.writeOut(out, func(w io.Writer) error { return answered(control.InvoiceUBL(cmd.Context(), world, args[0], w)) })
			}
			i, err := control.Invoice(cmd.Context(), world, args[0])
			if err != nil {
				return answered(err)
			}
			if a.json() {
				return a.printJSON(i)
			}
			return a.showInvoice(i)
		},
	}
	show.Flags().BoolVar(&ubl, "ubl", false, a.say("som UBL efter Peppol BIS Billing 3", "as UBL by Peppol BIS Billing 3"))
	show.Flags().StringVar(&out, "out", "", a.say("skriv UBL till `FILE` (annars standard ut)", "write UBL to `FILE` (else standard output)"))
	cmd.AddCommand(list, show)
	root.AddCommand(cmd)
}

func (a *app) listInvoices(ctx context.Context, n *nodeFlags, code, from, to string) error {
	first, err := dayOf("from", from)
	if err != nil {
		return err
	}
	last, err := dayOf("to", to)
	if err != nil {
		return err
	}
	control, world := n.reach()
	all, err := control.Invoices(ctx, world, code, first, last)
	if err != nil {
		return answered(err)
	}
	return printList(a, inMemory(all), func(i fee.Invoice) []string {
		return []string{i.Number, i.Day.String(), a.documentKind(i), i.Total.Kronor(), a.settled(i)}
	}, words{"inga fakturor", "no invoices"})
}

// dayOf reads the day of a flag; the zero day where none is given.
func dayOf(flag, text string) (calendar.Day, error) {
	if text == "" {
		return 0, nil
	}
	day, err := calendar.ParseDay(text)
	if err != nil {
		return 0, misuse("--%s tar en dag som 2026-11-23, inte %q", "--%s takes a day such as 2026-11-23, not %q", flag, text)
	}
	return day, nil
}

func (a *app) documentKind(i fee.Invoice) string {
	if i.Kind == fee.CreditNote {
		return a.say("kreditfaktura", "credit note")
	}
	return a.say("faktura", "invoice")
}

// settled says what is left of an invoice.
func (a *app) settled(i fee.Invoice) string {
	switch {
	case i.Kind == fee.CreditNote && i.Corrects != nil:
		return a.sayf("till faktura %s", "to invoice %s", i.Corrects.Number)
	case i.Balance == 0:
		return a.say("betald", "settled")
	case i.Disputed:
		return a.sayf("%s kvar, bestridd", "%s left, disputed", i.Balance.Kronor())
	}
	return a.sayf("%s kvar, förfaller %s", "%s left, due %s", i.Balance.Kronor(), i.Due)
}

func (a *app) showInvoice(i fee.Invoice) error {
	return buffered(a.out, func(w io.Writer) error {
		fmt.Fprintf(w, "%s %s  %s\n", a.documentKind(i), i.Number, a.settled(i))
		fmt.Fprintln(w, a.sayf("%s, %s (%s); betalningsreferens %s", "%s, %s (%s); payment reference %s", i.Buyer.Name, i.PartyCode, i.Buyer.Organisation, i.PaymentReference))
		fmt.Fprintln(w, a.sayf("%s – %s, daterad %s, att betala %s", "%s – %s, dated %s, to pay %s", i.First, i.Last, i.Day, i.Due))
		rows := [][]string{}
		for _, l := range i.Lines {
			mark := ""
			if l.Disputed {
				mark = a.say("bestridd", "disputed")
			}
			rows = append(rows, []string{fmt.Sprintf("  %d", l.Number), l.Day.String(), l.Case, l.Own, l.Client, a.feeKind(l.Kind), l.Amount.Kronor(), mark})
		}
		if err := table(w, rows); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, a.sayf("summa %s, betalt %s, krediterat %s", "total %s, paid %s, credited %s", i.Total.Kronor(), i.Paid.Kronor(), i.Credited.Kronor()))
		return err
	})
}

func (a *app) feeKind(k fee.Kind) string {
	info, _ := k.Info()
	return a.say(info.Swedish, info.English)
}
