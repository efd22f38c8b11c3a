package shs

import (
	"slices"
	"strings"
	"time"
)

// PublicAgreement is an agreement of the directory: anyone may send the product
// to the principal.
type PublicAgreement struct {
	Principal string // address, with or without prefix
	Product   string
	Transfer  TransferType // empty means any
}

// CheckAgreement tells whether the message may go from its sender to its
// receiver on the given day (Swedish date of t), by the agreements at hand and
// those of the directory. It gives the local agreement that covers it, nil
// where a public one does or none is needed (adm). Refusals are *[Error].
func CheckAgreement(l *Label, t time.Time, local []Agreement, public []PublicAgreement) (*Agreement, error) {
	if l.Sequence == Admin {
		return nil, nil
	}
	if l.From.value() == "" {
		return nil, fault(IllegalSender, "the message has no from, which the agreement is looked up by")
	}
	from, err := l.Sender()
	if err != nil {
		return nil, err
	}
	if l.To.value() == "" {
		return nil, fault(UnknownReceiver, "the message has no to, which the agreement is looked up by")
	}
	to, err := l.Receiver()
	if err != nil {
		return nil, err
	}
	day := t.In(Stockholm()).Format(time.DateOnly)
	for i := range local {
		if l.Agreement != "" && !strings.EqualFold(local[i].ID, l.Agreement) {
			continue
		}
		if local[i].covers(l, from, to, day) {
			return &local[i], nil
		}
	}
	if l.Agreement == "" && slices.ContainsFunc(public, func(p PublicAgreement) bool { return p.covers(l, to) }) {
		return nil, nil
	}
	return nil, missingAgreement(l, from, to)
}

func missingAgreement(l *Label, from, to Address) error {
	if l.Agreement != "" {
		return fault(MissingAgreement, "the agreement %s is not known here or does not cover product %s from %s to %s", l.Agreement, l.Product.Value, from, to)
	}
	return fault(MissingAgreement, "no valid agreement covers product %s from %s to %s", l.Product.Value, from, to)
}

func (a *Agreement) covers(l *Label, from, to Address, day string) bool {
	if l.Sequence == Reply { // an answer goes against the flow
		from, to = to, from
	}
	return a.inForce(l, day) && a.fits(from, to)
}

func (a *Agreement) inForce(l *Label, day string) bool {
	return a.ValidFrom <= day && (a.ValidTo == "" || day <= a.ValidTo) &&
		transfers(a.Transfer, l.Transfer) &&
		slices.ContainsFunc(a.Products, func(p Ref) bool { return SameProduct(p.Value, l.Product.Value) })
}

// transfers tells whether an agreement's transfer type admits that of a message.
func transfers(agreed, wanted TransferType) bool {
	return agreed == "" || agreed == AnyTransfer || agreed == wanted
}

// fits compares organisations, not internal ids. An agreement without customer
// is for any customer that sends to the principal.
func (a *Agreement) fits(from, to Address) bool {
	fromCustomer := a.isCustomer(from) && isOrganisation(&a.Principal, to)
	toCustomer := a.Customer != nil && a.isCustomer(to) && isOrganisation(&a.Principal, from)
	return fromCustomer && a.Flow != ToCustomer || toCustomer && a.Flow != FromCustomer
}

func (a *Agreement) isCustomer(address Address) bool {
	return a.Customer == nil || isOrganisation(a.Customer, address)
}

func isOrganisation(r *Ref, address Address) bool {
	own, err := r.Address()
	return err == nil && own.Organisation == address.Organisation
}

func (p PublicAgreement) covers(l *Label, to Address) bool {
	return isOrganisation(&Ref{Value: p.Principal}, to) && SameProduct(p.Product, l.Product.Value) && transfers(p.Transfer, l.Transfer)
}
