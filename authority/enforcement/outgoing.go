package enforcement

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Outgoing names the files that have lines to send. A file is filled until it
// is sent, so that an evening that was missed loses nothing.
func (e *Enforcements) Outgoing(r store.Reader, day calendar.Day) ([]service.Batch, error) {
	all, err := store.Collect(scanBatch)(r.Query(`SELECT code_id, transaction_name, origin, code, sequence, documents
		FROM enforcement_outgoing WHERE documents > 0 AND day <= $1 ORDER BY code_id, transaction_name, origin`, day.String()))
	if err != nil {
		return nil, fmt.Errorf("enforcement: list what is to be sent on %s: %w", day, err)
	}
	for i := range all {
		all[i].Day = day
	}
	return all, nil
}

func scanBatch(rows *store.Rows) (b service.Batch, err error) {
	var s stream
	if err = rows.Scan(&s.codeID, &s.transaction, &s.origin, &b.Code, &b.Sequence, &b.Documents); err != nil {
		return b, err
	}
	b.CodeID, b.Transaction, b.Key = s.codeID, s.transaction, s.key(b.Sequence)
	return b, nil
}

// key names one file of the stream.
func (s stream) key(sequence int64) string {
	return fmt.Sprintf("%s/%d/%s/%d", s.transaction, s.codeID, s.origin, sequence)
}

// streamOf is the stream of a batch that Outgoing has named.
func streamOf(b service.Batch) (stream, error) {
	parts := strings.Split(b.Key, "/")
	if len(parts) == 4 {
		s := stream{b.CodeID, b.Transaction, filing.Origin(parts[2])}
		if parts[1] == strconv.FormatInt(b.CodeID, 10) && b.Key == s.key(b.Sequence) {
			return s, nil
		}
	}
	return stream{}, fmt.Errorf("enforcement: batch %q is none of this service", b.Key)
}

// errNotOne says that a row is not as it was read.
var errNotOne = errors.New("not exactly one row stands as expected")

// Sent ends a file. Lines that came to it after it was written keep it from
// being sent: it is written again.
func (e *Enforcements) Sent(tx store.Tx, b service.Batch) error {
	s, err := streamOf(b)
	if err != nil {
		return err
	}
	err = store.One(errNotOne)(tx.Exec(`UPDATE enforcement_outgoing SET sequence = sequence + 1, documents = 0
		WHERE code_id = $1 AND transaction_name = $2 AND origin = $3 AND sequence = $4 AND documents = $5`,
		s.codeID, string(s.transaction), string(s.origin), b.Sequence, b.Documents))
	if err != nil {
		return fmt.Errorf("enforcement: mark %s as sent: %w", b.Key, err)
	}
	return nil
}

// Write streams one file: the confirmation of a file of applications, or what
// Outgoing has named.
func (e *Enforcements) Write(r store.Reader, b service.Batch, out service.Output) error {
	if b.File != 0 {
		return writeFileConfirmation(r, b, out)
	}
	s, err := streamOf(b)
	if err != nil {
		return err
	}
	source, known := sources()[b.Transaction]
	if !known {
		return fmt.Errorf("enforcement: %s is not written here", b.Transaction)
	}
	facts := filing.FileFacts{PartyCode: b.Code, Sequence: b.Sequence, Created: b.Day, Documents: b.Documents, Origin: s.origin}
	args := []any{s.codeID, string(s.transaction), string(s.origin), b.Sequence, b.Documents}
	if b.Transaction == filing.VEConfirmation {
		if err := r.QueryRow(`SELECT CAST(COALESCE(SUM(c.confirmed_fee), 0) AS BIGINT) FROM enforcement_line l
			JOIN enforcement_case c ON c.id = l.case_id `+ofStream, args...).Scan((*int64)(&facts.Sum)); err != nil {
			return fmt.Errorf("enforcement: add up the fees of %s: %w", b.Key, err)
		}
	}
	return writeFile(r, b, out, facts, source, args)
}

// ofStream chooses the lines of one file.
const ofStream = ` WHERE l.code_id = $1 AND l.transaction_name = $2 AND l.origin = $3 AND l.sequence = $4 AND l.line <= $5`

// source is where the documents of a transaction come from.
type source struct {
	query string
	scan  func(*store.Rows) (filing.Content, error)
}

// writeFile writes the rows of a query as a file, one in memory at a time.
func writeFile(r store.Reader, b service.Batch, out service.Output, facts filing.FileFacts, s source, args []any) error {
	w, err := filing.NewWriter(out.Writer, out.Set, b.Transaction, out.Form, facts)
	if err != nil {
		return fmt.Errorf("enforcement: begin %s: %w", b.Key, err)
	}
	for rows, err := range store.Each(r.Query(s.query, args...)) {
		if err != nil {
			return fmt.Errorf("enforcement: read the lines of %s: %w", b.Key, err)
		}
		content, err := s.scan(rows)
		if err != nil {
			return fmt.Errorf("enforcement: read a line of %s: %w", b.Key, err)
		}
		if err := w.Write(content); err != nil {
			return fmt.Errorf("enforcement: write a line of %s: %w", b.Key, err)
		}
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("enforcement: end %s: %w", b.Key, err)
	}
	return nil
}

// writeFileConfirmation confirms the cases of a file of applications, in the
// order of the file.
func writeFileConfirmation(r store.Reader, b service.Batch, out service.Output) error {
	if b.Transaction != filing.VEConfirmation {
		return fmt.Errorf("enforcement: %s is no answer to a file", b.Transaction)
	}
	facts := filing.FileFacts{PartyCode: b.Code, Sequence: b.Sequence, Created: b.Day, ReadIn: b.Day, Origin: filing.OriginFile}
	err := r.QueryRow(`SELECT COUNT(*), CAST(COALESCE(SUM(confirmed_fee), 0) AS BIGINT), MIN(registered)
		FROM enforcement_case WHERE file = $1`, b.File).Scan(&facts.Documents, (*int64)(&facts.Sum), &facts.ReadIn)
	if err != nil {
		return fmt.Errorf("enforcement: count the cases of file %d: %w", b.File, err)
	}
	if facts.ReadIn.IsZero() {
		facts.ReadIn = b.Day
	}
	return writeFile(r, b, out, facts, source{selectConfirmed + ` WHERE c.file = $1 ORDER BY c.id`, scanConfirmed}, []any{b.File})
}
