package enforcement

import (
	"context"

	"filtjanst/authority/notice"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Letters puts on paper what does not, or does not only, go as a file (R46,
// R69). The choice of channel is made of what the case and the code want.
type Letters interface {
	// NewIDs returns the first of n ids of letters, before the transaction.
	NewIDs(ctx context.Context, n int) (int64, error)
	// Choose tells how a message goes for a code, by what the case wants, else
	// the code at this time (R47, R69).
	Choose(r store.Reader, m notice.Message, codeID int64, ofCase filing.Notice) (notice.Choice, error)
	// Put enters letters within the transaction of what gave rise to them.
	Put(tx store.Tx, letters ...notice.Letter) error
	// KeepUntil lets the letters of a closed case go after the day.
	KeepUntil(tx store.Tx, s filing.Service, number string, last calendar.Day) error
}
