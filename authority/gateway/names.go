package gateway

import (
	"context"
	"io"
	"iter"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// namesOf walks the names that wait at an address, page by page.
func (w *World) namesOf(ctx context.Context, address, transaction string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for after, more := int64(0), true; more; {
			var page []string
			var next int64
			err := w.DB.Read(ctx, func(r store.Reader) (err error) {
				page, next, err = w.Box.Names(r, address, filing.Transaction(transaction), after, namesPage)
				return err
			})
			if !yield(page, err) || err != nil {
				return
			}
			after, more = next, next != 0
		}
	}
}

func writeNames(w io.Writer, pages iter.Seq2[[]string, error]) error {
	for names, err := range pages {
		if err != nil {
			return err
		}
		for _, name := range names {
			if _, err := io.WriteString(w, name+"\n"); err != nil {
				return err
			}
		}
	}
	return nil
}
