package restructuring

import (
	"context"
	"errors"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// SetAccount gives a creditor's account. What is held for it is paid.
func (m *Matters) SetAccount(ctx context.Context, by service.Officer, claim string, to filing.Payee) error {
	if err := checkAccount(to); err != nil {
		return err
	}
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		if err := a.mayGiveAccount(); err != nil {
			return err
		}
		if err := a.record(accountGiven, fact{caseID: report.ID}); err != nil {
			return err
		}
		if err := a.setAccount(report.ID, to); err != nil {
			return err
		}
		if err := a.moveLines(report.ID, Held, Paid); err != nil {
			return err
		}
		return a.completeIfPaid()
	})
}

// mayGiveAccount refuses an account in a matter that is over and holds nothing.
func (a *act) mayGiveAccount() error {
	if a.Open() {
		return nil
	}
	held, err := a.held()
	if err == nil && held == 0 {
		err = wrongState(a.Matter)
	}
	return err
}

// The events of an account.
const (
	accountGiven  = "account"
	accountFailed = "account_failed"
)

// AccountFailed takes away an account to which the latest payout could not be
// made: that payout is held, and later ones are too (SKSL §41 a). It is told of
// a matter that is over as well, while there is time to give another account.
func (m *Matters) AccountFailed(ctx context.Context, by service.Officer, claim string) error {
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		last, err := a.accountTime()
		if err != nil {
			return err
		}
		if !report.HasAccount() || a.day > last {
			return wrongState(a.Matter)
		}
		if err := a.record(accountFailed, fact{caseID: report.ID, text: account(report.Payee)}); err != nil {
			return err
		}
		if err := a.setAccount(report.ID, filing.Payee{}); err != nil {
			return err
		}
		_, err = a.tx.Exec(`UPDATE restructuring_payout_line SET state = 'held', since = $1 WHERE report_id = $2 AND state = 'paid'
			AND year = (SELECT MAX(year) FROM restructuring_payout WHERE matter_id = $3)`, a.day, report.ID, a.ID)
		if err != nil || a.State == Plan || a.State == PlanOver {
			return err
		}
		return a.waitForAccounts()
	})
}

func (a *act) setAccount(report int64, to filing.Payee) error {
	_, err := a.tx.Exec(`UPDATE restructuring_report SET payee_kind = $1, payee_account = $2, payee_name = $3, payee_identity = $4
		WHERE id = $5`, string(to.Kind), to.Account, to.Name, store.Identity(to.Identity), report)
	return err
}

// moveLines moves the money of a report, or of the whole matter with 0.
func (a *act) moveLines(report int64, from, to LineState) error {
	_, err := a.tx.Exec(`UPDATE restructuring_payout_line SET state = $1, since = $2
		WHERE matter_id = $3 AND state = $4 AND ($5 = 0 OR report_id = $5)`, string(to), a.day, a.ID, string(from), report)
	return err
}

// completeIfPaid completes a matter that waits for accounts when none is
// lacking. One that is over has nothing more to wait for.
func (a *act) completeIfPaid() error {
	if a.State != AwaitingAccounts && a.Open() {
		return nil
	}
	held, err := a.held()
	if err != nil || held > 0 {
		return err
	}
	if !a.Open() {
		return a.cancel(accountTimeEnded)
	}
	return errors.Join(a.moveClaims(completed), a.move(accountsComplete, fact{}))
}

// checkAccount tells whether an account can be paid to: a giro by its
// check digit; the numbers of banks differ and are taken as they are.
func checkAccount(to filing.Payee) error {
	bad := service.Refuse("bad_account", "Kontot kan inte läsas.", "The account cannot be read.")
	var err error
	switch to.Kind {
	case filing.PayToBankgiro:
		_, err = identity.ParseBankgiro(to.Account)
	case filing.PayToPlusgiro:
		_, err = identity.ParsePlusgiro(to.Account)
	case filing.PayToAccount:
		if to.Account == "" {
			return bad
		}
	default:
		return bad
	}
	if err != nil {
		return bad
	}
	return nil
}
