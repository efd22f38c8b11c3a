package intake

import (
	"errors"
	"fmt"

	"filtjanst/authority/store"
	"filtjanst/filing"
)

// Scopes of a series besides the default, one for each code and transaction.
const (
	sequencePerCode = "per code"
	sequenceNone    = "none"
)

// series is the locked row of a sequence of numbers; the zero series is that
// of a transaction without numbers.
type series struct {
	codeID      int64
	transaction string
	expected    int64
	rules       filing.Numbering
	none        bool
}

// lockSeries takes the guard row of the numbering until the commit.
func (s *settlement) lockSeries(file *half) (series, error) {
	policy := file.policy()
	if policy.Sequence == sequenceNone {
		return series{none: true}, nil
	}
	row := series{codeID: file.code.ID, transaction: string(file.transaction), rules: policy.Numbering}
	if policy.Sequence == sequencePerCode {
		row.transaction = ""
	}
	err := s.readSeries(&row)
	if errors.Is(err, store.ErrNoRows) {
		err = s.openSeries(&row)
	}
	if err != nil {
		return series{}, fmt.Errorf("intake: lock the series of code %d, %s: %w", row.codeID, row.transaction, err)
	}
	return row, nil
}

func (s *settlement) readSeries(row *series) error {
	return s.tx.LockRow(`SELECT expected FROM intake_series WHERE code_id = $1 AND transaction_name = $2`,
		row.codeID, row.transaction).Scan(&row.expected)
}

// openSeries enters the row of a series that has none, unless another does so
// at the same time.
func (s *settlement) openSeries(row *series) error {
	err := s.tx.Later(`INSERT INTO intake_series (code_id, transaction_name, expected) VALUES ($1, $2, $3)
		ON CONFLICT (code_id, transaction_name) DO NOTHING`, row.codeID, row.transaction, row.rules.First)
	if err != nil {
		return err
	}
	return s.readSeries(row)
}

// judge compares the number of a file with the one expected (R38).
func (r *series) judge(number int64) []filing.Error {
	if r.none || number == r.expected {
		return nil
	}
	return []filing.Error{*refusal(codeSequence, number, r.expected)}
}

// advance consumes the number of an approved file, comparing once more.
func (s *settlement) advance(r *series, number int64) error {
	if r.none {
		return nil
	}
	r.expected = r.rules.After(number)
	err := store.One(errNotOne)(s.tx.Exec(`UPDATE intake_series SET expected = $1 WHERE code_id = $2 AND transaction_name = $3 AND expected = $4`,
		r.expected, r.codeID, r.transaction, number))
	if err != nil {
		return fmt.Errorf("intake: advance the series of code %d, %s, from %d: %w", r.codeID, r.transaction, number, err)
	}
	return nil
}
