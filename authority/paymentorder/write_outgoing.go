package paymentorder

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// factsOf are what an outgoing file says of itself.
func factsOf(b service.Batch, sum money.Amount) filing.FileFacts {
	return filing.FileFacts{PartyCode: b.Code, Sequence: b.Sequence, Created: b.Day, Documents: b.Documents, Sum: sum}
}

// writeVerdicts writes the verdicts of a batch, some at a time.
func writeVerdicts(r store.Reader, b service.Batch, out service.Output) error {
	var sum int64
	err := r.QueryRow(`SELECT CAST(COALESCE(SUM(total), 0) AS BIGINT) FROM paymentorder_verdict
		WHERE code_id = $1 AND batch = $2 AND line <= $3`, b.CodeID, b.Sequence, b.Documents).Scan(&sum)
	if err != nil {
		return err
	}
	w, err := filing.NewWriter(out.Writer, out.Set, filing.BFVerdict, out.Form, factsOf(b, money.Amount(sum)))
	if err != nil {
		return err
	}
	for after := int64(0); after < b.Documents; after += store.MostAmong {
		some, err := readVerdicts(r, `code_id = $1 AND batch = $2 AND line > $3 AND line <= $4 ORDER BY line`,
			b.CodeID, b.Sequence, after, min(after+store.MostAmong, b.Documents))
		if err != nil {
			return err
		}
		for _, v := range some {
			if err := w.Write(&v.PaymentOrderVerdict); err != nil {
				return err
			}
		}
	}
	return w.Close()
}

// writeReports writes the events of a batch.
func writeReports(r store.Reader, b service.Batch, out service.Output) error {
	w, err := filing.NewWriter(out.Writer, out.Set, filing.BFEvent, out.Form, factsOf(b, 0))
	if err != nil {
		return err
	}
	rows := store.Each(r.Query(`SELECT reference, case_number, kind, day, respondent, part, amount, last_day, remark
		FROM paymentorder_report WHERE code_id = $1 AND batch = $2 AND line <= $3 ORDER BY line`, b.CodeID, b.Sequence, b.Documents))
	for row, err := range rows {
		if err != nil {
			return err
		}
		e, err := scanReport(row)
		if err != nil {
			return err
		}
		if err := w.Write(&e); err != nil {
			return err
		}
	}
	return w.Close()
}

func scanReport(row *store.Rows) (e filing.PaymentOrderEvent, err error) {
	var respondent string
	var amount int64
	err = row.Scan(&e.Reference, &e.CaseNumber, &e.Event, &e.Date, &respondent, &e.Part, &amount, &e.LastDay, &e.Remark)
	if err != nil {
		return e, err
	}
	e.Amount = money.Amount(amount)
	var n identity.Number
	if n, err = store.ParseIdentity(respondent); err != nil {
		return e, fmt.Errorf("respondent of case %s: %w", e.CaseNumber, err)
	}
	e.Respondent = n
	return e, nil
}
