package authority

import (
	"context"
	"fmt"

	"filtjanst/authority/fee"
	"filtjanst/authority/notice"
	"filtjanst/authority/store"
)

// mostLines is how many fees a letter with an invoice lists; of more it tells
// what they add up to by kind.
const mostLines = 500

// ofFees sends payers their invoices, credit notes and reminders on paper. The
// room of fees is made after its post.
func (p filerPost) ofFees(room func() *fee.Fees, account string) fee.Post {
	return func(ctx context.Context) (fee.Teller, error) {
		one, err := p.prepare(ctx)
		return func(tx store.Tx, t fee.Told) error {
			l := notice.Letter{Message: messageOfFees(t), Day: t.Day, PurgeAfter: t.Keep}
			return one.send(tx, t.CodeID, l, func() (notice.Facts, error) { return factsOfFees(tx, room(), t, account) })
		}, err
	}
}

func messageOfFees(t fee.Told) notice.Message {
	switch {
	case t.Kind == fee.Reminded:
		return notice.InvoiceReminder
	case t.Document == fee.CreditNote:
		return notice.CreditNoteLetter
	}
	return notice.InvoiceLetter
}

// factsOfFees are what an invoice, a credit note or a reminder says on paper.
func factsOfFees(r store.Reader, room *fee.Fees, t fee.Told, account string) (notice.Facts, error) {
	if t.Kind == fee.Reminded {
		i, err := room.Head(r, t.Number)
		facts := paymentFacts(i, account)
		facts["number"], facts["unpaid"], facts["pay_by"] = notice.Text(i.Number), notice.Amount(t.Unpaid), notice.Date(t.PayBy)
		return facts, err
	}
	i, sums, err := room.Specified(r, t.Number, mostLines)
	if err != nil {
		return nil, err
	}
	if i.Kind == fee.CreditNote {
		return creditFacts(r, room, i, sums, account)
	}
	facts := paymentFacts(i, account)
	facts["number"], facts["total"], facts["lines"] = notice.Text(i.Number), notice.Amount(i.Balance), notice.Table(invoiceRows(i, sums)...)
	facts["period"] = notice.Text(fmt.Sprintf("%s–%s", i.First, i.Last))
	return facts, nil
}

// creditFacts are what a credit note says, and how to pay what is left of the
// invoice that it corrects.
func creditFacts(r store.Reader, room *fee.Fees, note fee.Invoice, sums []fee.KindSum, account string) (notice.Facts, error) {
	i, err := room.Head(r, note.Corrects.Number)
	facts := notice.Facts{}
	if i.Balance > 0 {
		facts = paymentFacts(i, account)
	}
	facts["number"], facts["invoice"] = notice.Text(note.Number), notice.Text(i.Number)
	facts["lines"], facts["total"], facts["left"] = notice.Table(invoiceRows(note, sums)...), notice.Amount(note.Total), notice.Amount(i.Balance)
	return facts, err
}

// paymentFacts tell how an invoice is paid.
func paymentFacts(i fee.Invoice, account string) notice.Facts {
	return notice.Facts{"due": notice.Date(i.Due), "account": notice.Text(account), "payment_reference": notice.Text(i.PaymentReference)}
}

// invoiceRows are the fees of an invoice, one by one or by kind, and what was
// taken back of them before it was made.
func invoiceRows(i fee.Invoice, sums []fee.KindSum) []notice.Row {
	var rows []notice.Row
	for _, l := range i.Lines {
		rows = append(rows, notice.AmountRow(lineLabel(l), l.Amount))
	}
	for _, s := range sums {
		rows = append(rows, notice.AmountRow(fmt.Sprintf("%s, %d st", feeTitle(s.Kind), s.Count), s.Amount))
	}
	if i.Credited > 0 {
		rows = append(rows, notice.AmountRow("Krediterat", -i.Credited))
	}
	return rows
}

func lineLabel(l fee.Line) string {
	label := feeTitle(l.Kind)
	switch {
	case l.Kind == fee.ReminderFee || l.Kind == fee.LateInterest:
		return label + ", faktura " + l.Case
	case l.Case != "":
		label += ", mål " + l.Case
	}
	if l.Own != "" {
		label += ", er ref. " + l.Own
	}
	return label
}

func feeTitle(k fee.Kind) string {
	info, _ := k.Info()
	return info.Swedish
}
