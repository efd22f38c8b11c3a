package ledger

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"filtjanst/filing"
)

// answered are the states in which a receipt may come: also one that came
// before the answer to sending was seen.
const answered = `'built', 'sending', 'unclear', 'sent'`

// Answer notes the receipt of a file and returns its documents with their
// results. An approved one moves the series on; the number of a rejected one is
// free again. A second receipt of the file changes nothing; news is false then.
func (t *Taking) Answer(f File, r filing.Receipt) (documents []Document, news bool, err error) {
	if f.ReceiptPath != "" {
		return nil, false, nil
	}
	state := Rejected
	if r.Outcome == filing.Approved || r.Outcome == filing.ApprovedInPart {
		state = Approved
	}
	err = step(t.ctx, t.tx, f.ID, answered, `state = $2, outcome = $3, read_in = $4, receipt_path = $5, receipt_at = $6, transaction_id = $7`,
		state, r.Outcome, r.ReadIn.String(), t.from.Path, t.now, r.TransactionID)
	if err != nil {
		return nil, false, err
	}
	if documents, err = t.Documents(f.ID); err != nil {
		return nil, false, err
	}
	changed := resultsOf(documents, r, state)
	for _, i := range changed {
		if err := t.result(f.ID, documents[i]); err != nil {
			return nil, false, err
		}
	}
	return documents, true, moveSeries(t.ctx, t.tx, f, state, r.Expected)
}

// resultsOf fills in what the receipt says of the documents and returns which
// it says anything of. Documents of a file applied at once that a receipt does
// not name were applied: its profile may have no place for them.
func resultsOf(documents []Document, r filing.Receipt, state State) []int {
	var changed []int
	for _, e := range r.Errors {
		if i := e.Document - 1; i >= 0 && i < len(documents) && documents[i].ErrorCode == "" {
			d := &documents[i]
			d.Result, d.ErrorCode, d.ErrorText, d.ErrorText2 = Refused, string(e.Code), e.Swedish, e.English
			changed = append(changed, i)
		}
	}
	for _, a := range r.Applied {
		if i := int(a.Document) - 1; i >= 0 && i < len(documents) && documents[i].Result == "" {
			documents[i].Result = a.Result
			if a.CaseNumber != "" {
				documents[i].CaseNumber = a.CaseNumber
			}
			changed = append(changed, i)
		}
	}
	for i := range documents {
		if state == Approved && documents[i].Act != "" && documents[i].Result == "" {
			documents[i].Result = filing.Applied
			changed = append(changed, i)
		}
	}
	slices.Sort(changed)
	return slices.Compact(changed)
}

func (t *Taking) result(file int64, d Document) error {
	err := t.exec(`UPDATE document SET result = $1, error_code = $2, error_text = $3, error_en = $4, case_number = $5 WHERE file_id = $6 AND position = $7`,
		d.Result, d.ErrorCode, d.ErrorText, d.ErrorText2, d.CaseNumber, file, d.Position)
	return err
}

// moveSeries takes the number of an approved file as the last approved. A
// rejection tells the number that is expected, which the authority knows best.
func moveSeries(ctx context.Context, tx *sql.Tx, f File, state State, expected int64) error {
	last := f.Sequence
	if state == Rejected {
		if expected <= 0 {
			return nil
		}
		last = expected - 1
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO series (code, kind, last_approved) VALUES ($1, $2, $3)
		ON CONFLICT (code, kind) DO UPDATE SET last_approved = excluded.last_approved`, f.Code, f.Transaction, last)
	return err
}

// Match is how a confirmation fits the file that it answers.
type Match struct {
	Matched int64    `json:"matched"` // documents
	Unknown []string `json:"unknown"` // references that the file does not have
	Missing []string `json:"missing"` // references of the file that were not confirmed
}

// Confirm notes the cases of a confirmation on the documents of a file. A joint
// debt has a case for each debtor. The cases that the book did not have are
// returned as they now stand, also those of references that the file does not
// have.
func (t *Taking) Confirm(f File, cases []Case) (Match, []Case, error) {
	documents, err := t.Documents(f.ID)
	if err != nil {
		return Match{}, nil, err
	}
	at := make(map[string]*Document, len(documents))
	for i := range documents {
		at[documents[i].Reference] = &documents[i]
	}
	known, err := t.casesOfFile(f)
	if err != nil {
		return Match{}, nil, err
	}
	m := Match{}
	fresh := make([]Case, 0, len(cases))
	for _, c := range cases {
		c.Code, c.Origin = f.Code, filing.OriginFile
		d := at[c.Reference]
		if d == nil {
			m.Unknown = append(m.Unknown, c.Reference)
		} else {
			c.File, c.Position, c.Respondents = f.ID, d.Position, d.Respondents
		}
		if known[c.Number] {
			continue
		}
		if err := errors.Join(t.Put(c), t.given(f, d, c)); err != nil {
			return m, nil, err
		}
		fresh = append(fresh, c)
	}
	for _, d := range documents {
		if d.CaseNumber == "" {
			m.Missing = append(m.Missing, d.Reference)
			continue
		}
		m.Matched++
	}
	return m, fresh, step(t.ctx, t.tx, f.ID, `'approved', 'confirmed'`, `state = 'confirmed', answer_path = $2, confirmed_at = $3, matched = $4`,
		t.from.Path, t.now, m.Matched)
}

// given notes the case number on the document, the first of several.
func (t *Taking) given(f File, d *Document, c Case) error {
	if d == nil || d.CaseNumber != "" {
		return nil
	}
	d.CaseNumber = c.Number
	err := t.exec(`UPDATE document SET case_number = $1, registered = $2, fee_ore = $3 WHERE file_id = $4 AND position = $5`,
		c.Number, c.Registered.String(), c.Fees, f.ID, d.Position)
	return err
}

// casesOfFile are those that are known already: a confirmation may come twice,
// and what has happened since then stands.
func (t *Taking) casesOfFile(f File) (map[string]bool, error) {
	known := map[string]bool{}
	if f.State != Confirmed {
		return known, nil
	}
	cases, err := collect(t.ctx, t.tx, scanCase, `SELECT `+caseColumns+` FROM known WHERE file_id = $1`, f.ID)
	for _, c := range cases {
		known[c.Number] = true
	}
	return known, err
}

// Returned notes that a message which was sent could not be delivered, so that
// its file may be mended and sent again. A message the book does not know
// changes nothing.
func (t *Taking) Returned(tx, reason string) error {
	err := t.exec(`UPDATE file SET state = 'built', reason = $1 WHERE state IN ('sending', 'sent') AND (file_tx = $2 OR note_tx = $2)`, reason, tx)
	return err
}
