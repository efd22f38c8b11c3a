package shs

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Filter says which messages of an outbox are listed, in which order.
type Filter struct {
	Products       []string // normalised by ParseProduct; none means all
	Status         Status   // empty means production
	Unacknowledged bool     // only those not acknowledged
	Since          time.Time
	Originator     string // address; matches originator or from
	EndRecipient   string
	CorrID         string
	ContentID      string
	Sequence       SequenceType // empty means all
	Meta           []Meta       // all of them must be there

	SortBy        SortKey // empty means by arrival only
	Descending    bool
	ArrivalLatest bool // latest arrival first; also within equal sort keys

	// After continues a list behind the message of this tx.id.
	After string
	// Limit is how many messages are wanted at most; 0 means no limit.
	Limit int
}

// Match tells whether the filter lets the message through. It looks at all
// fields but After and Limit; only asynchronous messages are ever listed.
func (f Filter) Match(m Listed) bool {
	return m.Transfer != Synchronous &&
		or(string(m.Status), string(Production)) == or(string(f.Status), string(Production)) &&
		!(f.Unacknowledged && m.Acknowledged) &&
		f.matchProduct(m.Product) &&
		(f.Since.IsZero() || !m.arrival().Before(f.Since)) &&
		(f.Originator == "" || sameActor(f.Originator, m.Originator) || sameActor(f.Originator, m.From)) &&
		(f.EndRecipient == "" || sameActor(f.EndRecipient, m.EndRecipient)) &&
		(f.CorrID == "" || strings.EqualFold(f.CorrID, m.CorrID)) &&
		(f.ContentID == "" || strings.EqualFold(f.ContentID, m.ContentID)) &&
		(f.Sequence == "" || f.Sequence == m.Sequence) &&
		f.matchMeta(m.Meta)
}

// arrival is the time of arrival, or the label's where it is not known.
func (m Listed) arrival() time.Time {
	if m.Arrived.IsZero() {
		return m.Timestamp
	}
	return m.Arrived
}

func (f Filter) matchProduct(product string) bool {
	return len(f.Products) == 0 || slices.ContainsFunc(f.Products, func(p string) bool { return SameProduct(p, product) })
}

func (f Filter) matchMeta(meta []Meta) bool {
	for _, want := range f.Meta {
		if !slices.Contains(meta, want) {
			return false
		}
	}
	return true
}

// sameActor compares addresses exactly, never by prefix; text that is no
// address is compared as it stands.
func sameActor(a, b string) bool {
	first, errA := ParseAddress(a)
	second, errB := ParseAddress(b)
	if errA != nil || errB != nil {
		return TrimURN(a) == TrimURN(b)
	}
	return first.Equal(second)
}

// Sort puts the messages in the order of the filter. Equal arrivals are ordered
// by tx.id, so that the order is total and a list can be continued.
func (f Filter) Sort(messages []Listed) { slices.SortStableFunc(messages, f.compare) }

func (f Filter) compare(a, b Listed) int {
	if f.SortBy != "" {
		order := cmp.Compare(f.SortBy.of(a), f.SortBy.of(b))
		if f.Descending {
			order = -order
		}
		if order != 0 {
			return order
		}
	}
	order := cmp.Or(a.arrival().Compare(b.arrival()), cmp.Compare(a.TxID, b.TxID))
	if f.ArrivalLatest {
		return -order
	}
	return order
}

// Apply sorts, continues after f.After, matches and limits. The message named
// by After need not match any more (it may have been acknowledged since); where
// it is not among those given at all, the list begins anew and nothing is lost.
func (f Filter) Apply(messages []Listed) []Listed {
	sorted := slices.Clone(messages)
	f.Sort(sorted)
	start := 0
	if f.After != "" {
		start = 1 + slices.IndexFunc(sorted, func(m Listed) bool { return strings.EqualFold(m.TxID, f.After) })
	}
	var chosen []Listed
	for _, m := range sorted[start:] {
		if f.Limit > 0 && len(chosen) == f.Limit {
			break
		}
		if f.Match(m) {
			chosen = append(chosen, m)
		}
	}
	return chosen
}

// SortKey is a value of the parameter sortattribute.
type SortKey string

// ParseSortKey accepts the protocol's names, "-corrid" among them, and
// meta-<name>.
func ParseSortKey(s string) (SortKey, bool) {
	if s == "-corrid" {
		s = "corrid"
	}
	name, isMeta := strings.CutPrefix(s, "meta-")
	_, known := sortKeys()[SortKey(s)]
	return SortKey(s), known || isMeta && name != ""
}

func sortKeys() map[SortKey]func(Listed) string {
	return map[SortKey]func(Listed) string{
		"originator":   func(m Listed) string { return m.Originator },
		"from":         func(m Listed) string { return m.From },
		"endrecipient": func(m Listed) string { return m.EndRecipient },
		"producttype":  func(m Listed) string { return m.Product },
		"subject":      func(m Listed) string { return m.Subject },
		"contentid":    func(m Listed) string { return m.ContentID },
		"corrid":       func(m Listed) string { return m.CorrID },
		"sequencetype": func(m Listed) string { return string(m.Sequence) },
		"transfertype": func(m Listed) string { return string(m.Transfer) },
	}
}

func (k SortKey) of(m Listed) string {
	if name, isMeta := strings.CutPrefix(string(k), "meta-"); isMeta {
		i := slices.IndexFunc(m.Meta, func(meta Meta) bool { return meta.Name == name })
		if i < 0 {
			return ""
		}
		return m.Meta[i].Value
	}
	if value := sortKeys()[k]; value != nil {
		return value(m)
	}
	return ""
}
