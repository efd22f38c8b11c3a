package sandbox

import (
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// plan is one step that a debtor is going to take in a case.
type plan struct {
	number     string // of the case
	respondent int64  // from 1; 0 in enforcement
	step       int    // in the behaviour
	serial     int
	due        calendar.Day
	letter     int64 // that gave the occasion; 0 if none did
	round      int64 // of what is done again and again, from 1
}

// done ends a plan that was carried out.
const done = "done"

// keep enters plans. One that is there already stays as it is: a person does a
// thing once in a case, however often the occasion comes.
func keep(tx store.Tx, all []plan) error {
	for _, p := range all {
		_, err := tx.Exec(`INSERT INTO sandbox_plan (case_number, respondent, step, serial, due, letter, round, ended)
			VALUES ($1, $2, $3, $4, $5, $6, 1, '') ON CONFLICT (case_number, respondent, step) DO NOTHING`,
			p.number, p.respondent, p.step, p.serial, p.due.String(), p.letter)
		if err != nil {
			return fmt.Errorf("sandbox: keep what the debtor in %s is going to do: %w", p.number, err)
		}
	}
	return nil
}

// mostDue is how many plans are read, and ended, at a time.
const mostDue = 500

// due lists the plans of the day and before that come after one, in the order
// in which they are carried out.
func due(r store.Reader, today calendar.Day, after plan) ([]plan, error) {
	all, err := store.Collect(scanPlan)(r.Query(`SELECT case_number, respondent, step, serial, due, letter, round FROM sandbox_plan
		WHERE ended = '' AND due <= $1 AND (due, case_number, respondent, step) > ($2, $3, $4, $5)
		ORDER BY due, case_number, respondent, step LIMIT $6`,
		today.String(), dayText(after.due), after.number, after.respondent, after.step, mostDue))
	if err != nil {
		return nil, fmt.Errorf("sandbox: read what the debtors are going to do: %w", err)
	}
	return all, nil
}

func dayText(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func scanPlan(rows *store.Rows) (p plan, err error) {
	err = rows.Scan(&p.number, &p.respondent, &p.step, &p.serial, &p.due, &p.letter, &p.round)
	return p, err
}

// outcome is what became of a plan.
type outcome struct {
	plan
	ended string       // done, or the code of a refusal
	again calendar.Day // when it is done once more; zero: never
	paid  *payment     // to a filer; nil if none
}

func (o outcome) write(tx store.Tx) error {
	if !o.again.IsZero() {
		_, err := tx.Exec(`UPDATE sandbox_plan SET due = $4, round = round + 1 WHERE case_number = $1 AND respondent = $2 AND step = $3`,
			o.number, o.respondent, o.step, o.again.String())
		return err
	}
	_, err := tx.Exec(`UPDATE sandbox_plan SET ended = $4 WHERE case_number = $1 AND respondent = $2 AND step = $3`,
		o.number, o.respondent, o.step, o.ended)
	if err != nil || o.paid == nil {
		return err
	}
	return o.paid.keep(tx, o.plan)
}

// payment is what a debtor has paid to a filer.
type payment struct {
	code, reference string
	amount          money.Amount
	day             calendar.Day
	number          string
	whole           bool // nothing is left to pay
}

func (p payment) keep(tx store.Tx, of plan) error {
	_, err := tx.Exec(`INSERT INTO sandbox_payment (case_number, respondent, step, code, reference, amount, paid, whole, listed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE) ON CONFLICT (case_number, respondent, step) DO NOTHING`,
		of.number, of.respondent, of.step, p.code, p.reference, int64(p.amount), p.day.String(), p.whole)
	return err
}

// The places of which the sandbox remembers how far it has seen.
const (
	placeEnforcement = "ve"      // the last case of enforcement that every debtor knows of
	placeLetters     = "letters" // when the last letter read was acknowledged, µs; only where letters are left
	placeCountry     = "country" // 1 when the registers have been imported
)

// seen tells how far a place has been seen; 0 in the beginning.
func seen(r store.Reader, place string) (id int64, err error) {
	ids, err := store.Collect(scanNumber)(r.Query(`SELECT mark FROM sandbox_seen WHERE place = $1`, place))
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return ids[0], nil
}

func scanNumber(rows *store.Rows) (n int64, err error) {
	err = rows.Scan(&n)
	return n, err
}

func see(tx store.Tx, place string, mark int64) error {
	_, err := tx.Exec(`INSERT INTO sandbox_seen (place, mark) VALUES ($1, $2)
		ON CONFLICT (place) DO UPDATE SET mark = excluded.mark WHERE sandbox_seen.mark < excluded.mark`, place, mark)
	return err
}
