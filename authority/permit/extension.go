package permit

import (
	"context"
	"fmt"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// extension tells whether the transaction is one of our own (files.md §4.7).
func extension(tx filing.Transaction) bool {
	info, _ := filing.Info(tx)
	return info.Extension
}

// Extension tells whether the own extension is switched on for a party code or
// its main code. All are off until then.
func (*Permits) Extension(r store.Reader, codeID, mainID int64, tx filing.Transaction) (on bool, err error) {
	err = r.QueryRow(`SELECT EXISTS (SELECT 1 FROM permit_extension WHERE code_id IN ($1, $2) AND transaction_name = $3)`,
		codeID, mainID, string(tx)).Scan(&on)
	if err != nil {
		return false, fmt.Errorf("permit: read whether code %d has %s: %w", codeID, tx, err)
	}
	return on, nil
}

// SwitchOn lets the code use an own extension; for a main code its sub-codes
// too. It refuses what is no extension or is on already.
func (p *Permits) SwitchOn(ctx context.Context, by service.Officer, codeID int64, tx filing.Transaction, at time.Time) error {
	return p.switchTo(ctx, by, codeID, tx, at, true)
}

// SwitchOff ends the use of an own extension by the code.
func (p *Permits) SwitchOff(ctx context.Context, by service.Officer, codeID int64, tx filing.Transaction, at time.Time) error {
	return p.switchTo(ctx, by, codeID, tx, at, false)
}

func (p *Permits) switchTo(ctx context.Context, by service.Officer, codeID int64, tx filing.Transaction, at time.Time, on bool) error {
	if err := by.Check(); err != nil {
		return err
	}
	if !extension(tx) {
		return service.Refuse("no_extension", fmt.Sprintf("%s är ingen egen utökning.", tx), fmt.Sprintf("%s is no extension of our own.", tx))
	}
	id, err := p.NewIDs(ctx, 1)
	if err != nil {
		return err
	}
	return p.db.Do(ctx, func(w store.Tx) error {
		if err := setExtension(w, codeID, tx, on); err != nil {
			return err
		}
		_, err := w.Exec(`INSERT INTO permit_extension_decision (id, code_id, transaction_name, switched_on, reason, decided_by, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, id, codeID, string(tx), on, by.Reason, by.Name, store.Micros(at))
		return err
	})
}

// setExtension refuses to set what is so already.
func setExtension(w store.Tx, codeID int64, tx filing.Transaction, on bool) error {
	query, sv, en := `DELETE FROM permit_extension WHERE code_id = $1 AND transaction_name = $2`, "av", "off"
	if on {
		query, sv, en = `INSERT INTO permit_extension (code_id, transaction_name) VALUES ($1, $2)
			ON CONFLICT (code_id, transaction_name) DO NOTHING`, "på", "on"
	}
	n, err := store.Changed(w.Exec(query, codeID, string(tx)))
	if err != nil {
		return fmt.Errorf("permit: switch %s %s for code %d: %w", tx, en, codeID, err)
	}
	if n == 0 {
		return service.Refuse("already_switched", fmt.Sprintf("%s är redan %s.", tx, sv), fmt.Sprintf("%s is %s already.", tx, en))
	}
	return err
}

// Switched is one decision to switch an own extension on or off.
type Switched struct {
	ID          int64
	CodeID      int64
	Transaction filing.Transaction
	On          bool
	By          service.Officer
	At          time.Time
}

// Switches lists the decisions about extensions of a code, oldest first.
func (*Permits) Switches(r store.Reader, codeID int64) ([]Switched, error) {
	all, err := store.Collect(scanSwitched)(r.Query(`SELECT id, code_id, transaction_name, switched_on, reason, decided_by, at
		FROM permit_extension_decision WHERE code_id = $1 ORDER BY at, id`, codeID))
	if err != nil {
		return nil, fmt.Errorf("permit: list the extensions decided for code %d: %w", codeID, err)
	}
	return all, nil
}

func scanSwitched(rows *store.Rows) (s Switched, err error) {
	var at int64
	err = rows.Scan(&s.ID, &s.CodeID, &s.Transaction, &s.On, &s.By.Reason, &s.By.Name, &at)
	s.At = store.Moment(at)
	return s, err
}
