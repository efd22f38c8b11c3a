package paymentorder

import (
	"fmt"
	"slices"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// target is what a document concerns: a case, or an application that is not read
// in yet, or neither.
type target struct {
	caseID int64
	file   int64 // the application file, where the case is to come
	code   filing.Code
	args   []any
}

// resolve finds what documents concern, a few queries for many. A case of another
// filer and one that does not exist are not told apart. The main code reaches the
// cases of its sub-codes.
func resolve(r store.Reader, f service.File, docs []service.Document) ([]target, error) {
	found := make([]target, len(docs))
	for first := 0; first < len(docs); first += store.MostAmong {
		some := docs[first:min(first+store.MostAmong, len(docs))]
		numbers, err := byNumber(r, f, some)
		if err != nil {
			return nil, fmt.Errorf("paymentorder: find cases by number: %w", err)
		}
		references, err := byReference(r, f, some)
		if err != nil {
			return nil, fmt.Errorf("paymentorder: find cases by own reference: %w", err)
		}
		for i, d := range some {
			found[first+i] = settle(d, numbers, references)
		}
	}
	return found, nil
}

func settle(d service.Document, numbers map[string]numbered, references map[reference]int64) target {
	k := keyOf(d)
	if k.CaseNumber != "" {
		found, ok := numbers[k.CaseNumber]
		switch {
		case !ok:
			return target{code: service.CodeUnknownCase, args: []any{k.CaseNumber}}
		case k.NamesAnother(found.reference):
			return target{code: service.CodeTwoCases, args: []any{k.CaseNumber, k.Reference}}
		}
		return target{caseID: found.id}
	}
	if id, ok := references[reference{k.Sequence, k.Reference}]; ok {
		return target{caseID: id}
	}
	if d.Unread != 0 {
		return target{file: d.Unread}
	}
	return target{code: service.CodeUnknownReference, args: []any{k.Sequence, k.Reference}}
}

// keyOf is the key of a document of a file that takes effect at once.
func keyOf(d service.Document) *filing.CaseKey {
	if k, ok := d.Content.(filing.Keyed); ok {
		return k.Key()
	}
	return &filing.CaseKey{}
}

// numbered is a case found by its number, with the reference of its application.
type numbered struct {
	id        int64
	reference string
}

func byNumber(r store.Reader, f service.File, docs []service.Document) (map[string]numbered, error) {
	var wanted []string
	for _, d := range docs {
		if n := keyOf(d).CaseNumber; n != "" {
			wanted = append(wanted, n)
		}
	}
	found := map[string]numbered{}
	if len(wanted) == 0 {
		return found, nil
	}
	places, args := store.Among(4, wanted)
	rows := store.Each(r.Query(`SELECT number, id, reference FROM paymentorder_case
		WHERE (code_id = $1 OR $1 = $2 AND main_code_id = $3) AND number IN (`+places+`)`,
		append([]any{f.CodeID, f.MainCodeID, f.MainCodeID}, args...)...))
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		var number string
		var c numbered
		if err := row.Scan(&number, &c.id, &c.reference); err != nil {
			return nil, err
		}
		found[number] = c
	}
	return found, nil
}

// KnownCases tells which of the case numbers are of cases within reach of the
// code of the file: its own, and of a main code those of its sub-codes.
func (*Orders) KnownCases(r store.Reader, f service.File, numbers []string) (known []string, err error) {
	for some := range store.Chunks(numbers) {
		places, args := store.Among(4, some)
		found, err := store.Collect(func(rows *store.Rows) (number string, err error) { return number, rows.Scan(&number) })(
			r.Query(`SELECT number FROM paymentorder_case WHERE (code_id = $1 OR $1 = $2 AND main_code_id = $3) AND number IN (`+places+`)`,
				append([]any{f.CodeID, f.MainCodeID, f.MainCodeID}, args...)...))
		if err != nil {
			return nil, fmt.Errorf("paymentorder: look for %d case numbers: %w", len(numbers), err)
		}
		known = append(known, found...)
	}
	return known, nil
}

// reference is the key of an application before it has a number (R70).
type reference struct {
	sequence  int64
	reference string
}

// byReference finds cases that are registered already. Of a series that has begun
// anew the latest file counts.
func byReference(r store.Reader, f service.File, docs []service.Document) (map[reference]int64, error) {
	var references []string
	var sequences []int64
	for _, d := range docs {
		if k := keyOf(d); k.CaseNumber == "" {
			references, sequences = append(references, k.Reference), append(sequences, k.Sequence)
		}
	}
	if len(references) == 0 {
		return map[reference]int64{}, nil
	}
	slices.Sort(sequences)
	files, err := latestFiles(r, f.PartyCode, slices.Compact(sequences))
	if err != nil {
		return nil, err
	}
	for _, d := range docs { // the door has found the file that is meant
		if k := keyOf(d); k.CaseNumber == "" && d.Unread != 0 {
			files[k.Sequence] = d.Unread
		}
	}
	return casesOf(r, f.CodeID, files, references)
}

func latestFiles(r store.Reader, code string, sequences []int64) (map[int64]int64, error) {
	places, args := store.Among(2, sequences)
	files := map[int64]int64{}
	rows := store.Each(r.Query(`SELECT sequence, MAX(file) FROM paymentorder_file WHERE code = $1 AND sequence IN (`+places+`)
		GROUP BY sequence`, append([]any{code}, args...)...))
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		var sequence, file int64
		if err := row.Scan(&sequence, &file); err != nil {
			return nil, err
		}
		files[sequence] = file
	}
	return files, nil
}

func casesOf(r store.Reader, codeID int64, files map[int64]int64, references []string) (map[reference]int64, error) {
	of := map[int64]int64{} // file to sequence
	for sequence, file := range files {
		of[file] = sequence
	}
	found := map[reference]int64{}
	places, args := store.Among(2, references)
	rows := store.Each(r.Query(`SELECT file, reference, id FROM paymentorder_case WHERE code_id = $1 AND reference IN (`+places+`)`,
		append([]any{codeID}, args...)...))
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		var file, id int64
		var own string
		if err := row.Scan(&file, &own, &id); err != nil {
			return nil, err
		}
		if sequence, ok := of[file]; ok {
			found[reference{sequence, own}] = id
		}
	}
	return found, nil
}

// scope is the respondent that a document concerns, 0 for all. The identity
// numbers of a document are a control that it names the case that is meant.
func (l *life) scope(applicant, respondent identity.Number, one bool) (position int64, problem filing.Code) {
	a := &l.Application
	if !applicant.IsZero() && !slices.ContainsFunc(a.Applicants, func(p filing.Party) bool { return p.Identity == applicant }) {
		return 0, service.CodeNotApplicant
	}
	at := slices.IndexFunc(a.Respondents, func(p filing.Respondent) bool { return p.Identity == respondent })
	if at < 0 && (one || !respondent.IsZero()) {
		return 0, service.CodeNotRespondent
	}
	if !one {
		return 0, ""
	}
	return int64(at + 1), ""
}
