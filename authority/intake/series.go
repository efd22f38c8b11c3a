package intake

import (
	"fmt"

	"filtjanst/filing"
)

// numbering is the policy of a series (R40).
type numbering struct {
	first int64 // number of the first file
	last  int64 // highest number; 0 = no limit
	wraps bool  // first follows last
}

// Settings of a profile's [policy] that shape a series.
const (
	startSetting = "sequence_start" // default 1
	widthSetting = "sequence_width" // digits; default 0, no limit
	wrapSetting  = "sequence_wrap"  // whether the first number follows the last; default false
)

// Scopes of a series besides the default, one for each code and transaction.
const (
	sequencePerCode = "per code"
	sequenceNone    = "none"
)

func numberingOf(policy map[string]any) numbering {
	n := numbering{first: 1}
	if start, ok := policy[startSetting].(int64); ok {
		n.first = start
	}
	if width, ok := policy[widthSetting].(int64); ok && width > 0 && width < 19 {
		n.last = 1
		for range width {
			n.last *= 10
		}
		n.last--
	}
	n.wraps, _ = policy[wrapSetting].(bool)
	return n
}

// after gives the number expected once n is approved (R37).
func (r numbering) after(n int64) int64 {
	if r.wraps && r.last > 0 && n >= r.last {
		return r.first
	}
	return n + 1
}

// series is the locked row of a sequence of numbers; the zero series is that
// of a transaction without numbers.
type series struct {
	codeID      int64
	transaction string
	expected    int64
	rules       numbering
	none        bool
}

// lockSeries takes the guard row of the numbering until the commit.
func (s *settlement) lockSeries(file *half) (series, error) {
	scope := file.policy().Sequence
	if scope == sequenceNone {
		return series{none: true}, nil
	}
	l, _ := file.set.Layout(file.transaction)
	row := series{codeID: file.code.ID, transaction: string(file.transaction), rules: numberingOf(l.Policy())}
	if scope == sequencePerCode {
		row.transaction = ""
	}
	_, err := s.tx.Exec(`INSERT INTO intake_series (code_id, transaction_name, expected) VALUES ($1, $2, $3)
		ON CONFLICT (code_id, transaction_name) DO NOTHING`, row.codeID, row.transaction, row.rules.first)
	if err == nil {
		err = s.tx.LockRow(`SELECT expected FROM intake_series WHERE code_id = $1 AND transaction_name = $2`,
			row.codeID, row.transaction).Scan(&row.expected)
	}
	if err != nil {
		return series{}, fmt.Errorf("intake: lock the series of code %d, %s: %w", row.codeID, row.transaction, err)
	}
	return row, nil
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
	r.expected = r.rules.after(number)
	err := one(s.tx.Exec(`UPDATE intake_series SET expected = $1 WHERE code_id = $2 AND transaction_name = $3 AND expected = $4`,
		r.expected, r.codeID, r.transaction, number))
	if err != nil {
		return fmt.Errorf("intake: advance the series of code %d, %s, from %d: %w", r.codeID, r.transaction, number, err)
	}
	return nil
}
