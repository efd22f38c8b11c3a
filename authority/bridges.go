package authority

import (
	"context"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/party"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/permit"
	"filtjanst/authority/portfolio"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Rooms on one floor do not know each other: what one needs of another it
// declares, and is given here (DESIGN decision 1).

// enforcer is enforcement, as payment orders need it.
type enforcer struct{ *enforcement.Enforcements }

var _ paymentorder.Enforcer = enforcer{}

func (e enforcer) Opening(ctx context.Context, cases int) (paymentorder.Opening, error) {
	open, err := e.Enforcements.Opening(ctx, cases)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx, granted []paymentorder.Granted) ([][]string, error) {
		verdicts := make([]enforcement.FromVerdict, len(granted))
		for i, g := range granted {
			verdicts[i] = enforcement.FromVerdict{
				VerdictNumber: g.Number, PaymentOrderCase: g.CaseNumber, Reference: g.Reference, CodeID: g.CodeID, MainCodeID: g.MainCodeID, Code: g.Code,
				Day: g.Day, Applicants: g.Applicants, Representative: g.Representative, Payee: g.Payee, Respondents: g.Respondents,
				Joint: g.Joint, Parts: g.Parts, Due: g.Due, Requests: g.Requests, Notice: g.Notice,
			}
		}
		return open(tx, verdicts)
	}, nil
}

func (e enforcer) Crediting(ctx context.Context, cases int) (paymentorder.Crediting, error) {
	credit, err := e.Enforcements.Crediting(ctx, cases)
	if err != nil {
		return nil, err
	}
	return func(tx store.Tx, all []paymentorder.Paid) error {
		paid := make([]enforcement.Paid, len(all))
		for i, p := range all {
			paid[i] = enforcement.Paid{PaymentOrderCase: p.CaseNumber, Reference: p.Reference, CodeID: p.CodeID, Day: p.Day, Amount: p.Amount}
		}
		return credit(tx, paid)
	}, nil
}

func (e enforcer) SetAside(ctx context.Context, by service.Officer, all []paymentorder.Overturned) (service.Work, error) {
	overturned := make([]enforcement.Overturned, len(all))
	for i, o := range all {
		overturned[i] = enforcement.Overturned{Case: o.Case, Whole: o.Whole, Ruling: enforcement.Ruling{Court: o.Court, Day: o.Day}}
		for _, p := range o.Parts {
			overturned[i].Parts = append(overturned[i].Parts, enforcement.OverturnedPart(p))
		}
	}
	return e.Enforcements.SetAside(ctx, by, overturned)
}

// letterbox is the room of letters with the matrix of channels.
type letterbox struct {
	*notice.Letters
	matrix  *notice.Matrix
	parties *party.Register
}

// ofCode is a letterbox that knows what a party code has chosen.
type ofCode struct{ letterbox }

var _ paymentorder.Letters = ofCode{}

func (l ofCode) Choose(r store.Reader, m notice.Message, codeID int64, ofCase filing.Notice) (notice.Choice, error) {
	code, _, err := l.parties.ByID(r, codeID)
	return l.matrix.Choose(m, ofCase, "", code.Notice), err
}

// chosen is the same for enforcement.
type chosen = ofCode

var _ enforcement.Letters = chosen{}

// extension tells whether an extension of our own is on: for the installation
// and for the party code (files.md §4.7).
func extension(permits *permit.Permits, parties *party.Register, installed []filing.Transaction) func(store.Reader, int64, filing.Transaction) (bool, error) {
	on := map[filing.Transaction]bool{}
	for _, tx := range installed {
		on[tx] = true
	}
	return func(r store.Reader, codeID int64, tx filing.Transaction) (bool, error) {
		if !on[tx] {
			return false, nil
		}
		code, found, err := parties.ByID(r, codeID)
		if err != nil || !found {
			return false, err
		}
		return permits.Extension(r, code.ID, code.MainID, tx)
	}
}

// debtorCases finds whose debtor somebody is, for restructuring.
func debtorCases(parties *party.Register) restructuring.Portfolio {
	return func(r store.Reader, debtor identity.Number) ([]restructuring.Match, error) {
		all, err := portfolio.OfDebtor(r, debtor)
		if err != nil {
			return nil, err
		}
		matches := make([]restructuring.Match, len(all))
		for i, c := range all {
			code, _, err := parties.ByID(r, c.CodeID)
			if err != nil {
				return nil, err
			}
			matches[i] = restructuring.Match{CodeID: c.CodeID, Code: code.Code, Reference: c.Reference, CaseNumber: c.CaseNumber}
		}
		return matches, nil
	}
}

// claimReports are the claims of a filer in restructurings, for its status
// report.
type claimReports struct{ *restructuring.Matters }

func (c claimReports) Status(r store.Reader, of service.CasesOf) ([]filing.CaseStatus, int64, error) {
	return c.CaseStatuses(r, of)
}
