package filer

import (
	"fmt"
	"io"

	"filtjanst/calendar"
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// The kinds of fee that the book knows of.
const (
	applicationFee = "application_fee"
	basicFee       = "basic_fee"
)

// Invoice is what the filer needs of a collective invoice (samlingsfaktura) or
// credit note. Amounts are öre.
type Invoice struct {
	Kind    string        `json:"kind"` // invoice, credit_note
	Number  string        `json:"number"`
	Code    string        `json:"party_code"`
	First   calendar.Day  `json:"first_day"`
	Last    calendar.Day  `json:"last_day"`
	Total   money.Amount  `json:"total_ore"`
	Count   int           `json:"line_count"` // 0 where the document does not say
	Lines   []InvoiceLine `json:"lines"`
	untotal bool          // the document states no total
}

// InvoiceLine is one fee.
type InvoiceLine struct {
	Number int          `json:"line"`
	Case   string       `json:"case"`
	Own    string       `json:"own_reference"`
	Kind   string       `json:"kind"`
	Day    calendar.Day `json:"day"`
	Amount money.Amount `json:"amount_ore"`
}

const creditNote = "credit_note"

// invoice holds invoices against the book, the own list and themselves.
func (done *Reconciled) invoice(in io.Reader, book map[string]ledger.Case, own []claimlist.Own) error {
	all, err := ReadInvoices(in)
	if err != nil {
		return err
	}
	references := map[string]bool{}
	for _, o := range own {
		references[o.Reference] = true
	}
	for _, c := range book {
		references[c.Reference] = true
	}
	for _, i := range all {
		done.Lines += len(i.Lines)
		done.sum(i)
		done.lines(i, book, references)
		done.uninvoiced(i, book)
	}
	return nil
}

// sum holds the lines against what the invoice says of them.
func (done *Reconciled) sum(i Invoice) {
	var sum money.Amount
	for _, l := range i.Lines {
		sum += l.Amount
	}
	x := Difference{Kind: OtherAmount, Between: invoiceOnly, Document: i.Number, Ours: sum.String(), Theirs: i.Total.String()}
	if !i.untotal && sum != i.Total {
		done.add(x)
	}
	if i.Count != 0 && i.Count != len(i.Lines) {
		x.Kind, x.Ours, x.Theirs = Missing, fmt.Sprint(len(i.Lines)), fmt.Sprint(i.Count)
		done.add(x)
	}
}

// lines holds each fee against the case that it is of.
func (done *Reconciled) lines(i Invoice, book map[string]ledger.Case, references map[string]bool) {
	type fee struct {
		number, kind string
		day          calendar.Day
	}
	seen := map[fee]bool{}
	for _, l := range i.Lines {
		c, known := book[l.Case]
		x := Difference{Between: invoiceBook, Document: i.Number, Service: c.Service, Reference: firstOf(l.Own, c.Reference), Case: l.Case,
			Row: l.Number, Theirs: l.Kind + " " + l.Amount.String()}
		key := fee{l.Case, l.Kind, l.Day}
		switch {
		case l.Case != "" && !known && !references[l.Own], l.Case == "" && l.Own != "" && !references[l.Own]:
			x.Kind = Extra
			done.add(x)
		case l.Case != "" && seen[key]:
			x.Kind = Twice
			done.add(x)
		case i.Kind != creditNote && known && registrationFee(c, l) && c.Fees != l.Amount:
			x.Kind, x.Ours = OtherAmount, l.Kind+" "+c.Fees.String()
			done.add(x)
		}
		seen[key] = true
	}
}

// registrationFee tells whether a line is the fee that the confirmation told:
// the application fee, or the first basic fee.
func registrationFee(c ledger.Case, l InvoiceLine) bool {
	return c.Service == filing.PaymentOrder && l.Kind == applicationFee ||
		c.Service == filing.Enforcement && l.Kind == basicFee && l.Day == c.Registered
}

// uninvoiced finds application fees that were confirmed in the period of the
// invoice and stand on no line of it. Basic fees may have been paid by the
// debtor.
func (done *Reconciled) uninvoiced(i Invoice, book map[string]ledger.Case) {
	if i.Kind == creditNote || i.First.IsZero() {
		return
	}
	lined := map[string]bool{}
	for _, l := range i.Lines {
		if l.Kind == applicationFee {
			lined[l.Case] = true
		}
	}
	for _, c := range book {
		if c.Service == filing.PaymentOrder && c.Fees != 0 && !lined[c.Number] && c.Registered >= i.First && c.Registered <= i.Last {
			done.add(Difference{Kind: Missing, Between: invoiceBook, Document: i.Number, Service: c.Service, Reference: c.Reference, Case: c.Number,
				Ours: applicationFee + " " + c.Fees.String()})
		}
	}
}
