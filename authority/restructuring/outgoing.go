package restructuring

import (
	"cmp"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// Outgoing names what goes to the codes for which our extensions are switched
// on and whose permit is in force: the matches with new openings, a file a
// code, and the confirmations of files that are read in.
func (m *Matters) Outgoing(r store.Reader, day calendar.Day) ([]service.Batch, error) {
	openings, err := m.openingBatches(r, day)
	if err != nil {
		return nil, err
	}
	confirmations, err := m.confirmationBatches(r, day)
	return append(openings, confirmations...), err
}

// untold are the matches that a batch of the day $1 tells of. What is found after
// it, as over a weekend, waits for the next evening.
const untold = `FROM restructuring_match t JOIN restructuring_matter m ON m.id = t.matter_id
	WHERE t.outgoing AND t.told IS NULL AND t.day <= $1 AND NOT m.blocked `

func (m *Matters) openingBatches(r store.Reader, day calendar.Day) ([]service.Batch, error) {
	all, err := store.Collect(func(rows *store.Rows) (b service.Batch, err error) {
		var first, last int64
		b = service.Batch{Transaction: opening, Day: day}
		err = rows.Scan(&b.CodeID, &b.Code, &first, &last, &b.Documents)
		b.Key = openingKey(b.CodeID, first, last)
		return b, err
	})(r.Query(`SELECT t.code_id, MAX(t.code), MIN(t.serial), MAX(t.serial), COUNT(*) `+untold+
		`GROUP BY t.code_id ORDER BY t.code_id`, day))
	if err != nil {
		return nil, fmt.Errorf("restructuring: list the openings to tell: %w", err)
	}
	return m.permitted(r, all, day)
}

func openingKey(codeID, first, last int64) string {
	return fmt.Sprintf("%s/%d/%d-%d", opening, codeID, first, last)
}

// span reads the serials of a batch of openings from its key.
func span(b service.Batch) (first, last int64, err error) {
	var codeID int64
	if _, err := fmt.Sscanf(b.Key, string(opening)+"/%d/%d-%d", &codeID, &first, &last); err != nil || codeID != b.CodeID {
		return 0, 0, fmt.Errorf("restructuring: the batch %q is not one of openings to code %d", b.Key, b.CodeID)
	}
	return first, last, nil
}

func (m *Matters) confirmationBatches(r store.Reader, day calendar.Day) ([]service.Batch, error) {
	all, err := store.Collect(func(rows *store.Rows) (b service.Batch, err error) {
		b = service.Batch{Transaction: confirmation, Day: day}
		err = rows.Scan(&b.File, &b.CodeID, &b.Code, &b.Sequence, &b.Documents)
		b.Key = fmt.Sprintf("%s/%d", confirmation, b.File)
		return b, err
	})(r.Query(`SELECT file, code_id, code, sequence, documents FROM restructuring_file
		WHERE outgoing AND confirmed IS NULL AND applied = documents ORDER BY file`))
	if err != nil {
		return nil, fmt.Errorf("restructuring: list the files to confirm: %w", err)
	}
	return m.permitted(r, all, day)
}

// permitted keeps the batches that may go out on the day, and numbers those of
// openings in the series of their code.
func (m *Matters) permitted(r store.Reader, all []service.Batch, day calendar.Day) (kept []service.Batch, err error) {
	for _, b := range all {
		l, err := m.leave(r, b.CodeID, b.Transaction, day)
		if err != nil {
			return nil, err
		}
		if l.permit == 0 || !l.switchedOn {
			continue
		}
		if b.Transaction == opening {
			if b.Sequence, err = service.Series(filing.Restructuring).Next(r, outgoingSeries(string(opening), b.CodeID)); err != nil {
				return nil, err
			}
		}
		kept = append(kept, b)
	}
	return kept, nil
}

// Sent marks a batch as put in the outbox. One that another has overtaken is
// named and written anew.
func (m *Matters) Sent(tx store.Tx, b service.Batch) error {
	if b.Transaction == confirmation {
		return store.One(errLost)(tx.Exec(`UPDATE restructuring_file SET confirmed = $1 WHERE file = $2 AND confirmed IS NULL`, b.Day, b.File))
	}
	first, last, err := span(b)
	if err != nil {
		return err
	}
	if number, err := service.Series(filing.Restructuring).Take(tx, outgoingSeries(string(opening), b.CodeID), 1); err != nil || number != b.Sequence {
		return cmp.Or(err, fmt.Errorf("restructuring: mark %s as sent: file %d of code %d has gone out meanwhile", b.Key, b.Sequence, b.CodeID))
	}
	return markTold(tx, b, first, last)
}

// markTold notes which openings a batch has told of: as many as it was written
// with, and none of a matter whose data are withheld.
func markTold(tx store.Tx, b service.Batch, first, last int64) error {
	n, err := store.Changed(tx.Exec(`UPDATE restructuring_match SET told = $1
		WHERE code_id = $2 AND serial >= $3 AND serial <= $4 AND day <= $1 AND outgoing AND told IS NULL
		AND matter_id IN (SELECT id FROM restructuring_matter WHERE NOT blocked)`, b.Day, b.CodeID, first, last))
	if err != nil {
		return fmt.Errorf("restructuring: mark %s as sent: %w", b.Key, err)
	}
	if n != b.Documents {
		return fmt.Errorf("restructuring: mark %s as sent: it tells of %d openings, %d are untold", b.Key, b.Documents, n)
	}
	return nil
}

// contents gives the documents of a batch in their order.
func (m *Matters) contents(r store.Reader, b service.Batch, yield func(filing.Content) error) error {
	switch b.Transaction {
	case opening:
		return eachOpening(r, b, yield)
	case confirmation:
		return eachConfirmed(r, b, yield)
	}
	return fmt.Errorf("restructuring: %s is not written here", b.Transaction)
}

func eachOpening(r store.Reader, b service.Batch, yield func(filing.Content) error) error {
	first, last, err := span(b)
	if err != nil {
		return err
	}
	rows := store.Each(r.Query(`SELECT t.reference, t.case_number, m.number, m.debtor, m.debtor_name, m.decided, m.announced,
		m.last_day, m.business `+untold+`AND t.code_id = $2 AND t.serial >= $3 AND t.serial <= $4 ORDER BY t.serial`, b.Day, b.CodeID, first, last))
	for row, err := range rows {
		if err != nil {
			return err
		}
		var o filing.RestructuringOpening
		var debtor string
		err := row.Scan(&o.Reference, &o.CaseNumber, &o.MatterNumber, &debtor, &o.Debtor.Name, &o.Decided, &o.Announced, &o.LastDay, &o.Business)
		if err != nil {
			return err
		}
		if o.Debtor.Identity, err = store.ParseIdentity(debtor); err != nil {
			return err
		}
		if err := yield(&o); err != nil {
			return err
		}
	}
	return nil
}

func eachConfirmed(r store.Reader, b service.Batch, yield func(filing.Content) error) error {
	block, found, err := readBlock(r, b.File)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("restructuring: file %d has not been read in", b.File)
	}
	first, end := block.firstReport, block.firstReport+block.documents
	for from := first; from < end; from += service.ChunkSize {
		if err := eachConfirmedOf(r, block, from, min(from+service.ChunkSize, end), yield); err != nil {
			return err
		}
	}
	return nil
}

// eachConfirmedOf gives the confirmations of the reports from an id to before
// another.
func eachConfirmedOf(r store.Reader, b block, from, end int64, yield func(filing.Content) error) error {
	reports, err := reportsWhere(r, `id >= $1 AND id < $2`, from, end)
	if err != nil {
		return err
	}
	if int64(len(reports)) != end-from {
		return fmt.Errorf("restructuring: of the reports of file %d from id %d to %d only %d are there", b.file, from, end-1, len(reports))
	}
	matters, err := mattersOfReports(r, reports)
	if err != nil {
		return err
	}
	for _, report := range reports {
		c := confirmed(report, matters[report.MatterID].Number)
		if err := yield(&c); err != nil {
			return err
		}
	}
	return nil
}

func confirmed(report Report, matter string) filing.ConfirmedClaim {
	return filing.ConfirmedClaim{
		Reference: report.Reference, ClaimNumber: report.Number, Registered: report.Registered, MatterNumber: matter,
		Status: report.Status(), Late: report.Late, Sum: report.Total,
	}
}
