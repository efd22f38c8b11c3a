package notice

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
)

// Protection is that a person's data are protected (skyddade personuppgifter),
// as an officer has noted it.
type Protection struct {
	Person identity.Number // a natural person
	From   calendar.Day    // zero: the day on which it is noted
	Until  calendar.Day    // the last day; zero: until it is lifted

	Begun    time.Time
	BegunBy  service.Officer
	Lifted   time.Time // zero: it was not lifted
	LiftedBy service.Officer
}

// protectionKept is for how many years a protection is kept after it has ended,
// so that it can be told who acted. The law has no figure.
const protectionKept = 5

// keepUntil is the last day of keeping one that ends on the day; zero while it
// has no end.
func keepUntil(end calendar.Day) calendar.Day {
	if end.IsZero() {
		return 0
	}
	return end.AddMonths(12 * protectionKept)
}

// check refuses what cannot be noted on the day.
func (p Protection) check(today calendar.Day) error {
	switch {
	case !p.Person.IsNatural():
		return service.Refuse("no_person", "Bara en fysisk person med personnummer eller samordningsnummer kan ha skyddade personuppgifter.",
			"Only a natural person with a personal or coordination number can have protected data.")
	case p.From > today:
		return service.Refuse("future_day", fmt.Sprintf("Skyddet kan inte börja först %s; anteckna det den dagen.", p.From),
			fmt.Sprintf("The protection cannot begin as late as %s; note it on that day.", p.From))
	case !p.Until.IsZero() && p.Until < today:
		return service.Refuse("past_day", fmt.Sprintf("Skyddets sista dag %s är förbi.", p.Until),
			fmt.Sprintf("The last day of the protection, %s, has passed.", p.Until))
	}
	return nil
}

// Protect enters a protection in the register, within the transaction of what
// gave rise to it. From then on no letter shows an address of the person and
// letters to it are forwarded, also those that are not sent yet; who has extracts
// is told that its name is withheld.
func (l *Letters) Protect(tx store.Tx, p Protection, by service.Officer, at time.Time) error {
	today := calendar.Of(at)
	if p.From.IsZero() {
		p.From = today
	}
	if err := p.check(today); err != nil {
		return err
	}
	if err := lockQueue(tx); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO notice_protection (identity, number, from_day, until_day, begun, begun_by, begun_reason, ended_by,
		ended_reason, purge_after) SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6, '', '', $7
		FROM notice_protection WHERE identity = $1`, store.Identity(p.Person), p.From, p.Until, store.Micros(at), by.Name, by.Reason,
		keepUntil(p.Until))
	if err != nil {
		return fmt.Errorf("notice: enter that %s is protected: %w", p.Person, err)
	}
	if err := shield(tx, p.Person); err != nil {
		return err
	}
	return l.tells.Tell(tx, today, p.Person)
}

// Lift ends the protection of a person. Letters put after that are handled as
// usual; those put before stay as they are.
func (l *Letters) Lift(tx store.Tx, person identity.Number, by service.Officer, at time.Time) error {
	if err := lockQueue(tx); err != nil {
		return err
	}
	today := calendar.Of(at)
	n, err := store.Changed(tx.Exec(`UPDATE notice_protection SET ended = $2, ended_by = $3, ended_reason = $4, purge_after = $5
		WHERE identity = $1 AND ended IS NULL AND (until_day IS NULL OR until_day >= $6)`,
		store.Identity(person), store.Micros(at), by.Name, by.Reason, keepUntil(today), today))
	if err != nil {
		return fmt.Errorf("notice: lift the protection of %s: %w", person, err)
	}
	if n == 0 {
		return service.Refuse("not_protected", "Personen har inga skyddade personuppgifter.", "The person has no protected data.")
	}
	return l.tells.Tell(tx, today, person)
}

// Protections tells what the register holds of a person, the oldest first.
func (l *Letters) Protections(r store.Reader, person identity.Number) ([]Protection, error) {
	all, err := store.Collect(scanProtection)(r.Query(`SELECT identity, from_day, until_day, begun, begun_by, begun_reason, ended, ended_by,
		ended_reason FROM notice_protection WHERE identity = $1 ORDER BY number`, store.Identity(person)))
	if err != nil {
		return nil, fmt.Errorf("notice: tell of the protection of %s: %w", person, err)
	}
	return all, nil
}

func scanProtection(rows *store.Rows) (p Protection, err error) {
	var full string
	var begun int64
	var lifted sql.NullInt64
	err = rows.Scan(&full, &p.From, &p.Until, &begun, &p.BegunBy.Name, &p.BegunBy.Reason, &lifted, &p.LiftedBy.Name, &p.LiftedBy.Reason)
	if err != nil {
		return p, err
	}
	p.Begun = store.Moment(begun)
	if lifted.Valid {
		p.Lifted = store.Moment(lifted.Int64)
	}
	p.Person, err = store.ParseIdentity(full)
	return p, err
}

// forgetProtections deletes what is no longer kept of those that have ended.
func (l *Letters) forgetProtections(ctx context.Context, today calendar.Day) error {
	err := l.db.DoLast(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(`DELETE FROM notice_protection WHERE purge_after < $1`, today)
		return err
	})
	if err != nil {
		return fmt.Errorf("notice: delete protections no longer kept on %s: %w", today, err)
	}
	return nil
}
