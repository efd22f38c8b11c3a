package shs

import (
	"slices"
	"time"
)

// Receivers resolves to whom a message goes: its to, or, for product addressing,
// the other parties of the agreements of its sender and product that are in
// force (Swedish date of t). Several are given for an asynchronous message only;
// each then gets a copy by [Label.CloneFor]. Refusals are *[Error].
func Receivers(l *Label, t time.Time, local []Agreement) ([]Address, error) {
	if l.To.value() != "" {
		to, err := l.Receiver()
		return []Address{to}, err
	}
	from, err := l.Sender()
	if err != nil {
		return nil, err
	}
	day := t.In(Stockholm()).Format(time.DateOnly)
	var found []Address
	for i := range local {
		to, ok := local[i].counterpart(l, from)
		if ok && local[i].covers(l, from, to, day) && !slices.ContainsFunc(found, to.Equal) {
			found = append(found, to)
		}
	}
	switch {
	case len(found) == 0:
		return nil, fault(UnresolvedReceiver, "the message has no to, and no agreement of %s for product %s gives one", from, l.Product.Value)
	case len(found) > 1 && l.Transfer == Synchronous:
		return nil, fault(IllegalReceiver, "a synchronous message without to has %d possible receivers", len(found))
	}
	return found, nil
}

// counterpart is the other party of an agreement that from is a party of.
func (a *Agreement) counterpart(l *Label, from Address) (Address, bool) {
	if l.Agreement != "" && l.Agreement != a.ID {
		return Address{}, false
	}
	other := &a.Principal
	if isOrganisation(&a.Principal, from) {
		other = a.Customer
	}
	to, err := other.Address()
	return to, err == nil
}

// CloneFor makes the copy of a message for one of several receivers: new tx.id,
// same corr.id, no history.
func (l *Label) CloneFor(to Address, txID string) *Label {
	c := *l
	c.TxID, c.To, c.History = txID, &Ref{Value: to.Value()}, nil
	return &c
}

// Route says where messages to an organisation are posted. A static table of
// them does what the directory does.
type Route struct {
	Organisation string // as in an address
	Product      string // empty means every product
	URL          string // of the receive service
}

// DeliveryURL gives the receive service for an address and product. Entries for
// the product go before those for every product. None, or several that differ,
// is MissingDeliveryAddress.
func DeliveryURL(routes []Route, to Address, product string) (string, error) {
	for _, wanted := range []string{product, ""} {
		links := matchingURLs(routes, to, wanted)
		if len(links) == 1 {
			return links[0], nil
		}
		if len(links) > 1 {
			return "", fault(MissingDeliveryAddress, "there are %d differing delivery addresses for %s and product %s", len(links), to, product)
		}
	}
	return "", fault(MissingDeliveryAddress, "there is no delivery address for %s and product %s", to, product)
}

func matchingURLs(routes []Route, to Address, product string) []string {
	var links []string
	for _, r := range routes {
		if isOrganisation(&Ref{Value: r.Organisation}, to) && SameProduct(r.Product, product) && !slices.Contains(links, r.URL) {
			links = append(links, r.URL)
		}
	}
	return links
}

// Received is the trace that a receiving node adds to a label.
func Received(l *Label, nodeID, localID string, at time.Time) History {
	return History{
		NodeID: nodeID, ContentID: l.Content.ID, TxID: l.TxID, LocalID: localID, Agreement: l.Agreement,
		From: l.From.value(), To: l.To.value(), Datetime: at, Comment: "Received",
	}
}
