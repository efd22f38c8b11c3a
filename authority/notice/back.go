package notice

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Return notes that a letter went wrong: one that is offered could not be
// printed or sent (failed), one that was sent came back (returned). It then
// waits for [Letters.Requeue].
func (l *Letters) Return(ctx context.Context, id int64, reason string) error {
	return l.giveBack(ctx, service.Officer{Reason: oneLine(reason)}, id)
}

func (l *Letters) giveBack(ctx context.Context, by service.Officer, id int64) error {
	if by.Reason == "" {
		return service.Refuse("no_reason", "Skäl saknas.", "No reason is given.")
	}
	at := l.clock.Now()
	return l.db.Do(ctx, func(tx store.Tx) error {
		for _, edge := range [][2]State{{Fetched, Failed}, {Acknowledged, Returned}} {
			if moved, err := move(tx, id, edge[0], edge[1], by, at); moved || err != nil {
				return err
			}
		}
		return refuseLetter(id, "lämnas tillbaka", "be returned")
	})
}

// Requeue puts a failed or returned letter back in the queue, to a new address
// if one is given. A protected person's letter is forwarded and takes none.
func (l *Letters) Requeue(ctx context.Context, by service.Officer, id int64, address Address) error {
	if err := by.Check(); err != nil {
		return err
	}
	if err := address.check(); err != nil {
		return err
	}
	at := l.clock.Now()
	return l.db.Do(ctx, func(tx store.Tx) error {
		otherwise := refuseLetter(id, "läggas i kön igen", "be put in the queue again")
		err := store.One(otherwise)(tx.Exec(`UPDATE notice_letter SET state = 'queued', reason = '', sent = NULL
			WHERE id = $1 AND state IN ('failed', 'returned')`, id))
		if err != nil {
			return fmt.Errorf("notice: requeue letter %d: %w", id, err)
		}
		if err := readdress(tx, id, address); err != nil {
			return err
		}
		return note(tx, id, requeued, by, at)
	})
}

// check refuses half an address.
func (a Address) check() error {
	if a == (Address{}) || a.complete() {
		return nil
	}
	return service.Refuse("address_incomplete", "Adressen saknar postnummer eller ort.", "The address has no postal code or town.")
}

func readdress(tx store.Tx, id int64, a Address) error {
	if a == (Address{}) {
		return nil
	}
	_, err := tx.Exec(`UPDATE notice_person SET care_of = $2, street = $3, postal_code = $4, town = $5, country = $6
		WHERE letter = $1 AND position = 0 AND NOT protected`, id, a.CareOf, a.Street, a.PostalCode, a.Town, a.Country)
	if err != nil {
		return fmt.Errorf("notice: readdress letter %d: %w", id, err)
	}
	return nil
}

func refuseLetter(id int64, sv, en string) error {
	return service.Refuse("letter_state",
		fmt.Sprintf("Brev %d finns inte eller kan inte %s nu.", id, sv),
		fmt.Sprintf("Letter %d does not exist or cannot %s now.", id, en))
}
