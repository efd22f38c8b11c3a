package authority_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"filtjanst/authority/outbox"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

func calendarDays(n int) calendar.Day { return calendar.Day(n) }

// sorted gives a map in the order of its keys: the same seed lives the same
// life.
func sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// fetch reads what came for a filer since it last looked, and acknowledges it.
func (w *town) fetch(f *townFiler) {
	w.Helper()
	for {
		var list []outbox.Listed
		must(w.T, w.DB.Read(w.Context(), func(r store.Reader) (err error) {
			list, _, err = w.Outbox.List(r, f.organisation, outbox.Filter{NoAck: true})
			return err
		}))
		if len(list) == 0 {
			return
		}
		for _, l := range list {
			_, body, err := w.Outbox.Open(w.Context(), f.organisation, l.TxID)
			must(w.T, err)
			content, err := io.ReadAll(body)
			must(w.T, err)
			must(w.T, body.Close())
			w.keep(f, l, content)
			must(w.T, w.DB.Do(w.Context(), func(tx store.Tx) error {
				_, _, err := w.Outbox.Ack(tx, f.organisation, l.TxID, w.Clock.Now())
				return err
			}))
		}
	}
}

func (w *town) keep(f *townFiler, l outbox.Listed, content []byte) {
	w.Helper()
	sum := sha256.Sum256(content)
	w.digest = append(w.digest, fmt.Sprintf("%s %s %s %x\n", f.code, l.Transaction, l.Created, sum)...)
	w.done[string(l.Transaction)]++
	info, _ := filing.Info(l.Transaction)
	if info.Role == filing.RoleReceipt {
		return
	}
	if info.Service != filing.AnyService && !f.services[info.Service] {
		w.Errorf("%s has no permit for %s but got %s", f.code, info.Service, l.Transaction)
	}
	if _, err := filing.Read(bytes.NewReader(content), filing.Own(), l.Transaction, func(c filing.Content) error {
		w.line(f, c)
		return nil
	}); err != nil {
		w.Errorf("%s of %s cannot be read: %v", l.Transaction, f.code, err)
	}
}

// line enters one document of the authority in the books.
func (w *town) line(f *townFiler, c filing.Content) {
	w.Helper()
	switch c := c.(type) {
	case *filing.ConfirmedCase:
		if _, waits := f.unread[c.Reference]; !waits {
			w.Errorf("%s: %s is confirmed without being filed, or twice", f.code, c.Reference)
		}
		delete(f.unread, c.Reference)
		f.cases = append(f.cases, c.CaseNumber)
	case *filing.ConfirmedEnforcement:
		w.confirmed(f, c)
	case *filing.PaymentOrderVerdict:
		w.verdict(f, c)
	case *filing.EnforcementReport:
		if a := c.Account; a != nil && a.Fees+a.Interest+a.Costs+a.Capital != a.Received+a.Linked {
			w.Errorf("interim account of %s does not add up: %+v", c.CaseNumber, *a)
		}
	case *filing.CreditPaymentOrder:
		if delete(f.credit, c.ID); c.Action == filing.CreditAdd {
			f.credit[c.ID] = true
		}
	case *filing.FinalAccount:
		w.finalAccount(f, c)
	}
}

func (w *town) confirmed(f *townFiler, c *filing.ConfirmedEnforcement) {
	w.Helper()
	if slices.Contains(f.cases, c.CaseNumber) {
		w.Errorf("%s: case %s is confirmed twice", f.code, c.CaseNumber)
	}
	f.cases = append(f.cases, c.CaseNumber)
	f.group[c.CaseNumber], f.reference[c.CaseNumber] = c.LinkGroup, c.Reference
	if _, filed := f.enforced[c.Reference]; filed {
		f.enforced[c.Reference]--
	}
}

func (w *town) verdict(f *townFiler, v *filing.PaymentOrderVerdict) {
	w.Helper()
	var sum, interest money.Amount
	if f.granted[v.Reference] == nil {
		f.granted[v.Reference] = map[int64]money.Amount{}
	} else if f.joint[v.Reference] && v.Enforced {
		w.done["later verdict on a joint debt"]++
	}
	for _, p := range v.Parts {
		sum, interest = sum+p.Amount+p.Accrued, interest+p.Accrued
		f.granted[v.Reference][p.Part] = max(f.granted[v.Reference][p.Part], p.Amount+p.Accrued)
	}
	if sum != v.Total || interest != v.Interest || v.Total <= 0 {
		w.Errorf("verdict %s does not add up: %+v", v.VerdictNumber, *v)
	}
}

// finalAccount holds an account against the sums that filing promises.
func (w *town) finalAccount(f *townFiler, a *filing.FinalAccount) {
	w.Helper()
	// A title that is set aside opens the account anew.
	if _, twice := f.final[a.CaseNumber]; twice && a.Reason != filing.FinalTitleSetAside {
		w.Errorf("%s: case %s has two final accounts", f.code, a.CaseNumber)
	}
	f.final[a.CaseNumber] = *a
	allocated := a.InterestPaid + a.Costs + a.Capital
	switch {
	case a.Claimed+a.Interest+a.Restored != allocated+a.Linked+a.Reduced+a.Remaining:
		w.Errorf("%s: the debt of %s does not add up: %+v", f.code, a.CaseNumber, *a)
	case a.Received != allocated+a.Fees+a.Returned:
		w.Errorf("%s: the money of %s does not add up: %+v", f.code, a.CaseNumber, *a)
	case a.PaidOut != allocated-a.TakenBack:
		w.Errorf("%s: what was paid out of %s does not add up: %+v", f.code, a.CaseNumber, *a)
	}
	for _, amount := range []money.Amount{a.Claimed, a.Interest, a.Received, a.Linked, a.Reduced, a.Fees, a.Returned, a.Remaining} {
		if amount < 0 {
			w.Errorf("%s: a sum of %s is negative: %+v", f.code, a.CaseNumber, *a)
		}
	}
}

// settled looks at what only the whole life can tell: everything filed has its
// cases, and no applicant got more than the debt of an application, however
// many debtors paid and however many verdicts they had.
func (w *town) settled() {
	w.Helper()
	for _, f := range w.filers {
		for reference, missing := range sorted(f.enforced) {
			if missing != 0 {
				w.Errorf("%s: %d cases of %s are missing or too many", f.code, missing, reference)
			}
		}
		paid, cases := map[string]money.Amount{}, map[string][]filing.FinalAccount{}
		for number, a := range sorted(f.final) {
			reference := f.reference[number]
			paid[reference] += a.PaidOut
			cases[reference] = append(cases[reference], a)
		}
		for reference, sum := range sorted(paid) {
			if debt := f.debt(reference, cases[reference]); sum > debt {
				w.Errorf("%s: %v was paid out on %s, a debt of %v in %d cases", f.code, sum, reference, debt, len(cases[reference]))
			}
		}
	}
}

// debt is the most that the applicant can claim on an application: of each
// debtor his share, or of those who are jointly liable once what was granted,
// against whichever of them it was most, and the interest since, of which one
// case may tell the beginning and another the end.
func (f *townFiler) debt(reference string, cases []filing.FinalAccount) (debt money.Amount) {
	var granted, interest money.Amount
	for _, most := range f.granted[reference] {
		granted += most
	}
	for _, a := range cases {
		interest += a.Interest
		if !f.joint[reference] {
			debt += a.Claimed + a.Interest
		} else if granted == 0 {
			debt = max(debt, a.Claimed+a.Interest)
		}
	}
	if f.joint[reference] && granted > 0 {
		return granted + interest
	}
	return debt
}
