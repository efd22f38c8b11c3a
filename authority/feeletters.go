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

// ofFees sends payers their invoices and reminders on paper. The room of fees
// is made after its post.
func (p filerPost) ofFees(room func() *fee.Fees, account string) fee.Post {
	return func(ctx context.Context) (fee.Teller, error) {
		one, err := p.prepare(ctx)
		return func(tx store.Tx, t fee.Told) error {
			l := notice.Letter{Message: notice.InvoiceLetter, Day: t.Day, PurgeAfter: t.Keep}
			if t.Kind == fee.Reminded {
				l.Message = notice.InvoiceReminder
			}
			return one.send(tx, t.CodeID, l, func() (notice.Facts, error) {
				i, sums, err := room().Specified(tx, t.Number, mostLines)
				return feeFacts(t, i, sums, account), err
			})
		}, err
	}
}

// feeFacts are what an invoice or a reminder says on paper.
func feeFacts(t fee.Told, i fee.Invoice, sums []fee.KindSum, account string) notice.Facts {
	facts := notice.Facts{"number": notice.Text(i.Number), "due": notice.Date(i.Due), "account": notice.Text(account),
		"payment_reference": notice.Text(i.PaymentReference)}
	if t.Kind == fee.Reminded {
		facts["unpaid"], facts["pay_by"] = notice.Amount(t.Unpaid), notice.Date(t.PayBy)
		return facts
	}
	facts["total"], facts["lines"] = notice.Amount(i.Balance), notice.Table(invoiceRows(i, sums)...)
	facts["period"] = notice.Text(fmt.Sprintf("%s–%s", i.First, i.Last))
	return facts
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
