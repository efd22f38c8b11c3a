package extract

import (
	"context"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Stop takes back an approved file of questions before it is answered, or lines
// of it by own reference: the filer's own wish, entered by an officer. Nobody is
// looked up for them. A file that is being answered is not stopped as a whole, and
// no line that was looked up.
func (a *Answers) Stop(ctx context.Context, by service.Officer, file int64, references ...string) error {
	stop := service.Stop{File: file, References: references, By: by, At: a.extracts.clock.Now()}
	return a.extracts.stops.Order(ctx, stop, "extract_lookup", func(store.Tx) error { return nil })
}

// unstopped are the questions that are to be answered.
func (a *Answers) unstopped(tx store.Tx, file int64, docs []service.Document) ([]service.Document, error) {
	stopped, err := a.extracts.stops.Take(tx, file)
	if err != nil || len(stopped) == 0 {
		return docs, err
	}
	return slices.DeleteFunc(slices.Clone(docs), func(d service.Document) bool {
		_, yes := stopped.Of(d.Content.OwnReference())
		return yes
	}), nil
}
