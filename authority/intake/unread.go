package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// findUnread marks the documents that name an application without case number
// whose file waits to be read in (R70). It may read the bytes of those files,
// and so is called outside the transaction. A file that is read in until then
// is a matter of the service.
func (d *Door) findUnread(ctx context.Context, h *half, docs []service.Document) error {
	wanted := named(docs)
	for _, sequence := range slices.Sorted(maps.Keys(wanted)) {
		for _, tx := range applicationsFor(h.transaction) {
			id, found, err := d.unreadFile(ctx, h, tx, sequence)
			if err != nil {
				return fmt.Errorf("intake: find file %d of code %d: %w", sequence, h.code.ID, err)
			}
			if !found {
				continue
			}
			if err := d.markUnread(ctx, id, tx, wanted[sequence], docs); err != nil {
				return err
			}
		}
	}
	return nil
}

// named gives, by sequence number and own reference, the indexes of the
// documents that name an application so.
func named(docs []service.Document) map[int64]map[string][]int {
	all := map[int64]map[string][]int{}
	for i := range docs {
		keyed, ok := docs[i].Content.(filing.Keyed)
		if !ok {
			continue
		}
		k := keyed.Key()
		if k.CaseNumber != "" || k.Reference == "" {
			continue
		}
		if all[k.Sequence] == nil {
			all[k.Sequence] = map[string][]int{}
		}
		all[k.Sequence][k.Reference] = append(all[k.Sequence][k.Reference], i)
	}
	return all
}

// unreadFile finds the file of applications of the sender's code that has the
// number and waits to be read in.
func (d *Door) unreadFile(ctx context.Context, h *half, tx filing.Transaction, sequence int64) (id int64, waits bool, err error) {
	err = d.db.Read(ctx, func(r store.Reader) (err error) {
		waits = false
		var found bool
		if id, found, err = d.FileOf(r, h.code.ID, tx, sequence); err == nil && found {
			waits, err = d.Waits(r, id)
		}
		return err
	})
	return id, waits, err
}

// applicationsFor are the applications that documents of the transaction can
// concern: those of its service.
func applicationsFor(tx filing.Transaction) []filing.Transaction {
	info, _ := filing.Info(tx)
	if info.Service == filing.AnyService {
		return []filing.Transaction{filing.BFApplication, veApplication}
	}
	return []filing.Transaction{filing.Transaction(info.Service) + ".application"}
}

const veApplication filing.Transaction = "ve.application"

// markUnread marks the documents whose applications the file holds, but those of
// an application in a file of another service.
func (d *Door) markUnread(ctx context.Context, id int64, tx filing.Transaction, wanted map[string][]int, docs []service.Document) error {
	references, err := d.indexOf(ctx, id)
	if err != nil {
		return err
	}
	for reference, at := range wanted {
		if !references.has(d.indexes.mark(reference)) {
			continue
		}
		for _, i := range at {
			if docs[i].Unread == 0 {
				docs[i].Unread, docs[i].UnreadIn = id, tx
			}
		}
	}
	return nil
}
