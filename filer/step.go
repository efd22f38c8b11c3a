package filer

import (
	"filtjanst/filer/claimlist"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// one carries out an act on one case.
func one(act Act, row claimlist.Act, service filing.Service, key filing.CaseKey, c ledger.Case) ([]step, *refusal) {
	if act == PartyChange {
		return partyStep(row, key)
	}
	if service == filing.Enforcement {
		return changeStep(act, row, key, c)
	}
	if act == Withdraw {
		return withdrawalStep(row, key, c)
	}
	return reductionStep(row, key, c)
}

func entryOf(key filing.CaseKey, act ledger.Act) ledger.Document {
	return ledger.Document{Reference: key.Reference, CaseNumber: key.CaseNumber, Act: act}
}

// single tells whether an act is of one of several respondents.
func single(row claimlist.Act, c ledger.Case) bool {
	return !row.Respondent.IsZero() && c.Respondents != 1
}

func withdrawalStep(row claimlist.Act, key filing.CaseKey, c ledger.Case) ([]step, *refusal) {
	key.Respondent = row.Respondent
	w := &filing.Withdrawal{CaseKey: key, OneRespondent: single(row, c), Reason: row.Reason, Paid: row.Paid}
	act := ledger.Withdraw
	if w.OneRespondent {
		act = ledger.WithdrawOne
	}
	return []step{{filing.BFWithdrawal, w, entryOf(key, act)}}, nil
}

func reductionStep(row claimlist.Act, key filing.CaseKey, c ledger.Case) ([]step, *refusal) {
	if row.Part == 0 {
		if r := lower(row, c.Claimed-c.Reduced); r != nil {
			return nil, r
		}
	}
	key.Respondent = row.Respondent
	r := &filing.Reduction{CaseKey: key, OneRespondent: single(row, c), Part: row.Part, Kind: row.Way, Amount: *row.Amount, Paid: row.Paid}
	act := ledger.ReduceTo
	if row.Way == filing.ReduceBy {
		act = ledger.ReduceBy
	}
	entry := entryOf(key, act)
	entry.Sum, entry.Part = *row.Amount, row.Part
	return []step{{filing.BFReduction, r, entry}}, nil
}

// lower tells of a reduction that lowers nothing, or all.
func lower(row claimlist.Act, owed money.Amount) *refusal {
	switch {
	case owed <= 0: // the book does not know
	case row.Way == filing.ReduceTo && *row.Amount >= owed:
		return why("not_lower", "det nya beloppet %s är inte lägre än kravet %s", "the new amount %s is not lower than the claim %s", row.Amount.Kronor(), owed.Kronor())
	case row.Way == filing.ReduceBy && *row.Amount >= owed:
		return why("nothing_left", "kravet är %s och sätts ned med %s: återkalla i stället", "the claim is %s and is lowered by %s: withdraw instead", owed.Kronor(), row.Amount.Kronor())
	}
	return nil
}

func changeStep(act Act, row claimlist.Act, key filing.CaseKey, c ledger.Case) ([]step, *refusal) {
	key.Respondent = row.Respondent
	change := &filing.Change{CaseKey: key, Paid: row.Paid, Reason: row.Reason}
	entry := entryOf(key, ledger.Withdraw)
	switch act {
	case Withdraw:
		change.Kind = filing.ChangeWithdrawal
	case Defer:
		change.Kind, change.Until = filing.ChangeDeferral, row.Until
		change.Paid, change.Reason = 0, ""
		entry.Act, entry.Until = ledger.Defer, row.Until
	case Reduce:
		amount, r := newDebt(row, c)
		if r != nil {
			return nil, r
		}
		change.Kind, change.Amount, change.Reason = filing.ChangeAmount, amount, ""
		entry.Act, entry.Sum = ledger.ChangeAmount, amount
	}
	return []step{{filing.VEChange, change, entry}}, nil
}

// newDebt is the debt after a reduction in enforcement, where the new one is
// told, never the difference.
func newDebt(row claimlist.Act, c ledger.Case) (money.Amount, *refusal) {
	if row.Part != 0 {
		return 0, why("part", "hos verkställigheten anges hela skulden, inte ett delkrav", "in enforcement the whole debt is given, not a claim part")
	}
	owed := c.Claimed - c.Reduced
	if c.Remaining != nil {
		owed = *c.Remaining
	}
	if r := lower(row, owed); r != nil {
		return 0, r
	}
	if row.Way == filing.ReduceTo {
		return *row.Amount, nil
	}
	if owed <= 0 {
		return 0, why("unknown_debt", "boken vet inte hur stor skulden är: ange det nya beloppet (till)", "the book does not know the debt: give the new amount (to)")
	}
	return owed - *row.Amount, nil
}

func partyStep(row claimlist.Act, key filing.CaseKey) ([]step, *refusal) {
	change := *row.Change
	key.Respondent = row.Respondent
	change.CaseKey = key
	return []step{{filing.XXPartyChange, &change, entryOf(key, ledger.ChangeOfParty)}}, nil
}
