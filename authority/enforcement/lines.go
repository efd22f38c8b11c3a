package enforcement

import (
	"cmp"
	"fmt"
	"slices"

	"filtjanst/filing"
)

// stream is one row of files that go out: those of a code, of one transaction,
// and of confirmations of one origin.
type stream struct {
	codeID      int64
	transaction filing.Transaction
	origin      filing.Origin
}

func (l line) stream() stream { return stream{l.to.group.application.codeID, l.transaction, l.origin} }

func (s stream) compare(o stream) int {
	return cmp.Or(cmp.Compare(s.codeID, o.codeID), cmp.Compare(s.transaction, o.transaction), cmp.Compare(s.origin, o.origin))
}

// writeLines adds lines to the files that are being filled. The streams are
// taken in one order by all, so that nobody waits for each other in a circle.
func (d *desk) writeLines() error {
	byStream := map[stream][]line{}
	for _, l := range d.lines {
		byStream[l.stream()] = append(byStream[l.stream()], l)
	}
	streams := make([]stream, 0, len(byStream))
	for s := range byStream {
		streams = append(streams, s)
	}
	slices.SortFunc(streams, stream.compare)
	for _, s := range streams {
		if err := d.addLines(s, byStream[s]); err != nil {
			return fmt.Errorf("enforcement: add %d lines to the %s of code %d: %w", len(byStream[s]), s.transaction, s.codeID, err)
		}
	}
	return nil
}

func (d *desk) addLines(s stream, lines []line) error {
	var sequence, documents int64
	err := d.tx.QueryRow(`INSERT INTO enforcement_outgoing (code_id, transaction_name, origin, code, sequence, documents, day)
		VALUES ($1, $2, $3, $4, 1, $5, $6)
		ON CONFLICT (code_id, transaction_name, origin) DO UPDATE SET documents = enforcement_outgoing.documents + $5,
			day = CASE WHEN enforcement_outgoing.documents = 0 THEN $6 ELSE enforcement_outgoing.day END
		RETURNING sequence, documents`, s.codeID, string(s.transaction), string(s.origin), lines[0].to.group.application.code,
		int64(len(lines)), d.day.String()).Scan(&sequence, &documents)
	if err != nil {
		return err
	}
	at := documents - int64(len(lines))
	columns := []string{"code_id", "transaction_name", "origin", "sequence", "line", "case_id", "kind", "number"}
	_, err = d.tx.CopyIn("enforcement_line", columns, rowsOf(lines, func(l line) []any {
		at++
		return []any{s.codeID, string(s.transaction), string(s.origin), sequence, at, l.to.id, l.kind, l.number}
	}))
	return err
}
