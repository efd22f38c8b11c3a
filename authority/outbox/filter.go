package outbox

import (
	"time"

	"filtjanst/filing"
)

// Filter picks messages of one address. Zero fields pick all.
type Filter struct {
	Products     []string
	Transactions []filing.Transaction
	NoAck        bool      // only those not acknowledged
	Unfinished   bool      // not those that are both fetched and acknowledged
	Since        time.Time // put in the outbox then or later
	CorrID       string
	ContentID    string
	Originator   string // equal to the originator or the sender
	EndRecipient string
	Sequence     SequenceType
	Meta         map[string]string // every pair must be there
	// Sort is the first order; arrival decides among equals.
	Sort              SortBy
	Descending        bool
	ArrivalDescending bool
	// After goes on where an earlier list with the same filter ended.
	After Cursor
	// Limit is the length of the list; 0 is DefaultLimit, MaxLimit is the most.
	Limit int
}

// The lengths of a list.
const (
	DefaultLimit = 200
	MaxLimit     = 10_000
)

// Cursor is a place in a list, opaque. "" is its start.
type Cursor string

// SortBy is what a list is ordered by: arrival, one of the columns below, or
// SortByMeta.
type SortBy string

// The orders of the list request of SHS (shs.md §5.1).
const (
	SortByArrival      SortBy = ""
	SortByFrom         SortBy = "from"
	SortByOriginator   SortBy = "originator"
	SortByEndRecipient SortBy = "endrecipient"
	SortByProduct      SortBy = "producttype"
	SortBySubject      SortBy = "subject"
	SortByContentID    SortBy = "contentid"
	SortByCorrID       SortBy = "corrid"
	SortBySequence     SortBy = "sequencetype"
)

const metaPrefix = "meta-"

// SortByMeta orders by the value of a meta name; messages without it are first.
func SortByMeta(name string) SortBy { return SortBy(metaPrefix + name) }
