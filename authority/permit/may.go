package permit

import (
	"slices"
	"strings"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// May tells whether files of the transaction may come in on the day from a
// party code with the main code (R2). Suspension stops applications, claim
// reports and extract requests only: what lowers or takes back a claim is still
// taken (R22). An own extension must be switched on for the code; one that is
// tied to no service needs the permit of any service with cases.
func (p *Permits) May(r store.Reader, codeID, mainID int64, tx filing.Transaction, day calendar.Day) (Decision, error) {
	permit, reason, err := p.mayFile(r, mainID, tx, day)
	if err != nil || reason != "" {
		return Decision{Reason: reason}, err
	}
	if extension(tx) {
		on, err := p.Extension(r, codeID, mainID, tx)
		if err != nil || !on {
			return Decision{Reason: NotSwitchedOn}, err
		}
	}
	return Decision{Allowed: true, Limited: permit.Quota != Quota{} && !takenInSuspension(tx)}, nil
}

// Sends tells whether the code may be sent files of the transaction on its
// own account: under a permit that is in force, suspended or not (R22), and for
// an extension that is switched on. Confirmations of a file that was taken go
// out whatever has become of the permit; an extract of the debts of others does
// not.
func (p *Permits) Sends(r store.Reader, codeID, mainID int64, tx filing.Transaction, day calendar.Day) (bool, error) {
	if extension(tx) {
		if on, err := p.Extension(r, codeID, mainID, tx); err != nil || !on {
			return false, err
		}
	}
	for _, service := range servicesFor(tx) {
		permit, found, err := p.Of(r, mainID, service)
		if err != nil {
			return false, err
		}
		if found && permit.State != Revoked && permit.holds(day) {
			return true, nil
		}
	}
	return false, nil
}

// mayFile is May without extensions, with the permit that lets the file in.
func (p *Permits) mayFile(r store.Reader, mainID int64, tx filing.Transaction, day calendar.Day) (Permit, Reason, error) {
	reason := NoPermit
	for _, service := range servicesFor(tx) {
		permit, found, err := p.Of(r, mainID, service)
		if err != nil {
			return Permit{}, "", err
		}
		if !found {
			continue
		}
		if reason = permit.refusal(tx, day); reason == "" {
			return permit, "", nil
		}
	}
	return Permit{}, reason, nil
}

func (p Permit) refusal(tx filing.Transaction, day calendar.Day) Reason {
	switch {
	case len(p.Transactions) > 0 && serviceOf(tx) == p.Service && !slices.Contains(p.Transactions, tx):
		return OutsidePermit
	case !p.holds(day):
		return NotInForce
	case p.State == Revoked:
		return IsRevoked
	case p.State == Suspended && !takenInSuspension(tx):
		return IsSuspended
	}
	return ""
}

func (p Permit) holds(day calendar.Day) bool {
	return day >= p.From && (p.Until.IsZero() || day <= p.Until)
}

// servicesFor are the services whose permit covers the transaction.
func servicesFor(tx filing.Transaction) []filing.Service {
	if s := serviceOf(tx); s != filing.AnyService {
		return []filing.Service{s}
	}
	return []filing.Service{filing.PaymentOrder, filing.Enforcement}
}

func serviceOf(tx filing.Transaction) filing.Service {
	service, _, _ := strings.Cut(string(tx), ".")
	return filing.Service(service)
}

// takenInSuspension holds for what must not wait, so that debtors who have
// paid are not harmed (R22).
func takenInSuspension(tx filing.Transaction) bool {
	_, kind, _ := strings.Cut(string(tx), ".")
	switch kind {
	case "withdrawal", "reduction", "change", "party_change":
		return true
	}
	return false
}
