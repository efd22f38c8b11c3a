package sandbox

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"

	"filtjanst/authority"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// paymentsFile is a filer's list of what debtors have paid to it. It has the
// columns of a list of acts, so that build makes withdrawals, reductions and
// changes of it as it stands.
func (c *crowd) paymentsFile(code, world string) string {
	return filepath.Join(c.dir, "filers", code, "payments."+world+".csv")
}

func paymentColumns() []string {
	return []string{"Ärendenr", "Målnr", "Belopp", "Till/med", "Betaldag", "Skäl"}
}

func (p payment) cells() []string {
	reason := ""
	if p.whole {
		reason = "betalt"
	}
	return []string{p.reference, p.number, p.amount.Decimal(','), "med", p.day.String(), reason}
}

// listPayments adds new payments to the filers' lists.
func (c *crowd) listPayments(ctx context.Context, w *authority.World) error {
	var all []payment
	err := w.DB.Read(ctx, func(r store.Reader) (err error) {
		all, err = store.Collect(scanPayment)(r.Query(`SELECT code, reference, amount, paid, case_number, whole FROM sandbox_payment
			WHERE NOT listed ORDER BY code, paid, case_number, respondent, step`))
		return err
	})
	if err != nil || len(all) == 0 {
		return err
	}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].code == all[0].code {
			n++
		}
		if err := addPayments(c.paymentsFile(all[0].code, w.Name), all[:n]); err != nil {
			return fmt.Errorf("sandbox: list what was paid to %s: %w", all[0].code, err)
		}
		all = all[n:]
	}
	return w.DB.Do(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`UPDATE sandbox_payment SET listed = TRUE WHERE NOT listed`)
		return err
	})
}

func scanPayment(rows *store.Rows) (p payment, err error) {
	var amount int64
	var day calendar.Day
	err = rows.Scan(&p.code, &p.reference, &amount, &day, &p.number, &p.whole)
	p.amount, p.day = money.Amount(amount), day
	return p, err
}

func addPayments(path string, all []payment) error {
	fresh := !isThere(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	out := csv.NewWriter(f)
	out.Comma = ';'
	if fresh {
		_ = out.Write(paymentColumns())
	}
	for _, p := range all {
		_ = out.Write(p.cells())
	}
	out.Flush()
	return out.Error()
}
