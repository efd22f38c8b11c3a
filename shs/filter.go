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
	return SortKey(s), slices.Contains(sortKeys(), s) || isMeta && name != ""
}

func sortKeys() []string {
	return []string{"originator", "from", "endrecipient", "producttype", "subject", "contentid", "corrid", "sequencetype", "transfertype"}
}

// of gives what a message is sorted by; the empty text for a key it does not have.
func (k SortKey) of(m Listed) string {
	switch k {
	case "originator":
		return m.Originator
	case "from":
		return m.From
	case "endrecipient":
		return m.EndRecipient
	case "producttype":
		return m.Product
	case "subject":
		return m.Subject
	case "contentid":
		return m.ContentID
	case "corrid":
		return m.CorrID
	case "sequencetype":
		return string(m.Sequence)
	case "transfertype":
		return string(m.Transfer)
	}
	return m.metaValue(strings.TrimPrefix(string(k), "meta-"))
}

func (m Listed) metaValue(name string) string {
	for _, meta := range m.Meta {
		if meta.Name == name {
			return meta.Value
		}
	}
	return ""
}
