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
	// Choose tells how a message goes, by the choices of case, file and code.
	Choose(m notice.Message, ofCase, file, code filing.Notice) notice.Choice
	// Put enters letters within the transaction of what gave rise to them.
	Put(tx store.Tx, letters ...notice.Letter) error
	// KeepUntil lets the letters of a closed case go after the day.
	KeepUntil(tx store.Tx, s filing.Service, number string, last calendar.Day) error
}
