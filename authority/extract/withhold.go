package extract

import (
	"context"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/statute"
)

// The kinds of withholding.
const (
	secret  = "secret"  // sekretess, OSL 34:1
	blocked = "blocked" // blockering, KFD 3:3 a, BFF §17
	crime   = "crime"   // the claim is based on a crime, KFDF §12
)

// SecrecyBegan withholds the data of a person, or of one case, that have become
// secret (OSL 34:1), and tells those who have them at once (UF 4:6). number ""
// is all of the person.
func (e *Extracts) SecrecyBegan(ctx context.Context, by service.Officer, person identity.Number, number string) error {
	return e.withhold(ctx, by, "secrecy_began", secret, person, number)
}

// SecrecyEnded takes back SecrecyBegan, and tells at once what may be told
// again.
func (e *Extracts) SecrecyEnded(ctx context.Context, by service.Officer, person identity.Number, number string) error {
	return e.release(ctx, by, "secrecy_ended", secret, person, number)
}

// Block withholds misleading or unlawful data of a person, or of one case (KFD
// 3:3 a, BFF §17), and tells those who have them at once. number "" is all of
// the person.
func (e *Extracts) Block(ctx context.Context, by service.Officer, person identity.Number, number string) error {
	return e.withhold(ctx, by, "block", blocked, person, number)
}

// Unblock takes back Block.
func (e *Extracts) Unblock(ctx context.Context, by service.Officer, person identity.Number, number string) error {
	return e.release(ctx, by, "unblock", blocked, person, number)
}

// NoteCrime notes that the claim of a private case against a person is based on
// a crime, as damages for one are, which its title does not tell. It is left out
// where such claims may not be told (KFDF §12).
func (e *Extracts) NoteCrime(ctx context.Context, by service.Officer, person identity.Number, number string) error {
	if number == "" {
		return service.Refuse("no_number", "Ange målets nummer.", "Give the number of the case.")
	}
	return e.withhold(ctx, by, "crime", crime, person, number)
}

// ClearCrime takes back NoteCrime.
func (e *Extracts) ClearCrime(ctx context.Context, by service.Officer, person identity.Number, number string) error {
	return e.release(ctx, by, "no_crime", crime, person, number)
}

func (e *Extracts) withhold(ctx context.Context, by service.Officer, name, kind string, person identity.Number, number string) error {
	kept, err := e.period(statute.KeepEnforcement, e.today())
	if err != nil {
		return err
	}
	return e.act(ctx, by, act{kind: name, subject: number, person: person}, func(tx store.Tx, today calendar.Day) error {
		already := service.Refuse("already_withheld", "Uppgifterna är redan undantagna.", "The data are withheld already.")
		err := store.One(already)(tx.Exec(`INSERT INTO extract_withheld (identity, number, kind, since, purge_after)
			VALUES ($1, $2, $3, $4, $5) ON CONFLICT (identity, number, kind) DO NOTHING`,
			store.Identity(person), number, kind, today, endOfYear(today, kept)))
		if err != nil {
			return err
		}
		return e.TellAtOnce(tx, today, person)
	})
}

func (e *Extracts) release(ctx context.Context, by service.Officer, name, kind string, person identity.Number, number string) error {
	return e.act(ctx, by, act{kind: name, subject: number, person: person}, func(tx store.Tx, today calendar.Day) error {
		not := service.Refuse("not_withheld", "Uppgifterna är inte undantagna.", "The data are not withheld.")
		err := store.One(not)(tx.Exec(`DELETE FROM extract_withheld WHERE identity = $1 AND number = $2 AND kind = $3`, store.Identity(person), number, kind))
		if err != nil {
			return err
		}
		return e.TellAtOnce(tx, today, person)
	})
}

// telling marks what of the lines of a person has not been told at once before.
// It takes in what a refresh changed and no schedule has told yet: a bureau must
// not hear of the latest line of a fact before it hears of the one that it
// replaces.
var telling = prepare(`UPDATE extract_line SET once_from = CASE WHEN once_from = 0 THEN {rev} ELSE once_from END,
		once_to = CASE WHEN once_to = 0 AND rev_to <= {rev} THEN {rev} ELSE once_to END
	WHERE record = {record} AND identity >= {lo} AND identity <= {hi} AND (once_from = 0 OR once_to = 0 AND rev_to <= {rev})`)

// TellAtOnce holds the lines of persons against the registers within the
// transaction, and makes a delivery at once for each subscription that what
// changed is news to (UF 4:6). Rooms whose acts begin or end secrecy, or block
// data, call it with the day.
func (e *Extracts) TellAtOnce(tx store.Tx, today calendar.Day, persons ...identity.Number) error {
	p, err := e.periods(today)
	if err != nil {
		return err
	}
	revision, err := nextRevision(tx)
	if err != nil {
		return err
	}
	v := with(p.on(today), values{"rev": revision})
	for _, r := range e.records {
		v["record"] = r.record
		for _, person := range persons {
			v["lo"], v["hi"] = store.Identity(person), store.Identity(person)
			if err := r.between.apply(tx, v); err != nil {
				return err
			}
			if _, err := tx.Exec(telling.text, telling.args(v)...); err != nil {
				return err
			}
		}
	}
	return e.deliverAtOnce(tx, revision, today)
}

// deliverAtOnce makes the deliveries of one revision. Who has not had a first
// delivery gets all of it then.
func (e *Extracts) deliverAtOnce(tx store.Tx, revision int64, today calendar.Day) error {
	all, err := store.Collect(scanSubscription)(tx.Query(selectSubscription + `WHERE state = 'active' AND last_full IS NOT NULL ORDER BY id`))
	if err != nil {
		return err
	}
	for _, s := range all {
		n, err := e.count(tx, span{extract: s.Extract, kind: filing.AtOnceDelivery, from: s.revision, to: revision})
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		if err := s.insert(tx, filing.AtOnceDelivery, revision, today); err != nil {
			return err
		}
	}
	return nil
}
