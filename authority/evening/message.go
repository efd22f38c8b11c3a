package evening

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// finish puts the reply to a file that is read in to its end, and marks the
// file, in one commit.
func (x *reading) finish(ctx context.Context) error {
	put := func(store.Tx) error { return nil }
	replies, err := x.replies(ctx)
	if err != nil {
		return err
	}
	if replies {
		m, err := x.message(ctx, x.route, x.batch(), formOf(x.set, x.route.reply, x.file.Form), x.set)
		if err != nil {
			return fmt.Errorf("write its %s: %w", x.route.reply, err)
		}
		m.Meta = map[string]string{MetaAnswers: x.file.TransactionID}
		put = func(tx store.Tx) error { return x.Outbox.Put(tx, m) }
	}
	at := x.Clock.Now()
	err = x.DB.Do(ctx, func(tx store.Tx) error {
		if err := x.lease.Confirm(tx); err != nil {
			return err
		}
		if err := put(tx); err != nil {
			return err
		}
		return x.Files.Done(tx, x.file.ID, x.lease.Fence, at)
	})
	if err == nil && replies {
		x.count(func(s *Summary) { s.Batches++ })
	}
	return err
}

// replies tells whether a file answers this one. It was taken under a permit,
// so that only an own extension must be asked for; but what is answered later
// tells of others, and needs a permit then.
func (x *reading) replies(ctx context.Context) (replies bool, err error) {
	tx := x.route.reply
	switch {
	case tx == "":
		return false, nil
	case !isExtension(tx) && x.file.AnswerAt.IsZero():
		return true, nil
	case !isExtension(tx):
		return x.stillPermitted(ctx)
	case !slices.Contains(x.Extensions, tx):
		return false, nil
	}
	err = x.DB.Read(ctx, func(r store.Reader) error {
		replies, err = x.Permits.Extension(r, x.file.CodeID, x.file.MainCodeID, tx)
		return err
	})
	return replies, err
}

// stillPermitted tells whether the answer may go out on the day, and counts it
// as withheld if not.
func (x *reading) stillPermitted(ctx context.Context) (holds bool, err error) {
	err = x.DB.Read(ctx, func(r store.Reader) error {
		holds, err = x.Permits.Sends(r, x.file.CodeID, x.file.MainCodeID, x.route.reply, x.day)
		return err
	})
	if err == nil && !holds {
		x.count(func(s *Summary) { s.Withheld++ })
	}
	return holds, err
}

func isExtension(tx filing.Transaction) bool {
	info, _ := filing.Info(tx)
	return info.Extension
}

// formOf is the form in which the transaction is written: the one wanted, if
// the set describes it so, else the other (R45).
func formOf(set *filing.Set, tx filing.Transaction, wanted filing.Form) filing.Form {
	described, ok := set.Layout(tx)
	if !ok || described.Has(wanted) {
		return wanted
	}
	if wanted == filing.TextForm {
		return filing.XMLForm
	}
	return filing.TextForm
}

// MetaAnswers is the meta name under which a message carries the transaction
// id of the file that it answers.
const MetaAnswers = "answers"

func (x *reading) batch() service.Batch {
	f := x.accepted()
	return service.Batch{
		Key: fmt.Sprintf("%s/%d", x.route.reply, f.ID), Transaction: x.route.reply,
		CodeID: f.CodeID, Code: f.PartyCode, File: f.ID, Day: x.day, Sequence: f.Sequence, Documents: f.Documents,
	}
}

// message writes a batch and makes the message that carries it to the code's
// delivery address. A large one is a durable blob when it returns.
func (r *run) message(ctx context.Context, s service.Service, b service.Batch, form filing.Form, set *filing.Set) (outbox.Message, error) {
	to, err := r.code(ctx, b.CodeID)
	if err != nil {
		return outbox.Message{}, err
	}
	m, err := r.envelope(ctx, b, to)
	if err != nil {
		return outbox.Message{}, err
	}
	m.Name, err = set.FileName(b.Transaction, filing.NameFacts{Code: b.Code, Day: b.Day, Sequence: b.Sequence}, "")
	if err != nil {
		return outbox.Message{}, err
	}
	m.Once = onceKey(s, b)
	m.Body, err = r.Outbox.Stage(ctx, m.TxID, func(w io.Writer) error { return r.write(ctx, s, b, form, set, w) })
	return m, err
}

// onceKey is the same whoever puts the batch, and whenever.
func onceKey(s service.Service, b service.Batch) string { return string(s.ID()) + ":" + b.Key }

func (r *run) code(ctx context.Context, id int64) (c party.Code, err error) {
	err = r.DB.Read(ctx, func(rd store.Reader) error {
		var found bool
		c, found, err = r.Parties.ByID(rd, id)
		if err == nil && !found {
			return fmt.Errorf("evening: there is no party code with id %d", id)
		}
		return err
	})
	return c, err
}

// envelope is the message without name and body.
func (r *run) envelope(ctx context.Context, b service.Batch, to party.Code) (outbox.Message, error) {
	id, err := r.Outbox.NewIDs(ctx, 1)
	if err != nil {
		return outbox.Message{}, err
	}
	txID, err := r.newID()
	if err != nil {
		return outbox.Message{}, err
	}
	contentID, err := r.newID()
	if err != nil {
		return outbox.Message{}, err
	}
	m := outbox.Message{
		ID: id, TxID: txID, CorrID: txID, ContentID: contentID, Address: to.Delivery.Address, Code: to.Code,
		Transaction: b.Transaction, Sequence: outbox.Event, Product: r.Products[b.Transaction],
		DataPartType: string(b.Transaction), From: r.Organisation, Created: r.Clock.Now(),
	}
	if to.Delivery.Mode == party.Pushed {
		m.PushTo = to.Delivery.URL
	}
	return m, nil
}

// write streams a batch from one snapshot. What has been written cannot be
// taken back, so the snapshot is read once.
func (r *run) write(ctx context.Context, s service.Service, b service.Batch, form filing.Form, set *filing.Set, w io.Writer) error {
	begun := false
	return r.DB.Read(ctx, func(rd store.Reader) error {
		if begun {
			return errors.New("evening: the reading of a batch was broken off and begun again")
		}
		begun = true
		return s.Write(rd, b, service.Output{Writer: w, Form: form, Set: set})
	})
}
