package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Act is what a document does to a case that is there already.
type Act string

// The acts; "" is an application, a claim report or a question.
const (
	Withdraw      Act = "withdrawal"     // återkallelse
	WithdrawOne   Act = "withdrawal_one" // for one respondent
	ReduceTo      Act = "reduce_to"      // nedsättning
	ReduceBy      Act = "reduce_by"
	ChangeAmount  Act = "amount"   // the new debt in enforcement
	Defer         Act = "deferral" // uppskov
	ChangeOfParty Act = "party"    // ändrade partsuppgifter
)

// Document is one document in a file: an application under the filer's own
// reference, or an act on a case.
type Document struct {
	Position   int64        `json:"position"`
	Reference  string       `json:"reference"`
	Sum        money.Amount `json:"sum_ore"`
	ErrorCode  string       `json:"error_code,omitempty"`
	ErrorText  string       `json:"error,omitempty"` // in Swedish
	ErrorText2 string       `json:"error_en,omitempty"`
	CaseNumber string       `json:"case_number,omitempty"` // that it was given, or that it names
	Registered string       `json:"registered,omitempty"`
	Fee        money.Amount `json:"fee_ore,omitempty"`

	Act    Act                  `json:"act,omitempty"`
	Part   int64                `json:"part,omitempty"`   // claim part; 0 = all
	Until  calendar.Day         `json:"until,omitzero"`   // last day of a deferral
	Result filing.AppliedResult `json:"result,omitempty"` // or Refused

	Respondents int64    `json:"-"` // of an application
	OptedOut    bool     `json:"-"` // no enforcement wanted (R54)
	Claims      []Digest `json:"-"` // what it claims
}

// Refused is the result of a document that was not taken.
const Refused filing.AppliedResult = "refused"

const documentColumns = `position, reference, sum_ore, error_code, error_text, error_en, case_number, registered, fee_ore,
	act, part, until, result, respondents, opted_out`

func (d *Document) fields() []any {
	return []any{&d.Position, &d.Reference, &d.Sum, &d.ErrorCode, &d.ErrorText, &d.ErrorText2, &d.CaseNumber, &d.Registered, &d.Fee,
		&d.Act, &d.Part, &d.Until, &d.Result, &d.Respondents, &d.OptedOut}
}

func addDocuments(ctx context.Context, tx *sql.Tx, file int64, documents []Document) error {
	rows := newBulk(ctx, tx, `INSERT INTO document (file_id, position, reference, sum_ore, case_number, act, part, until, respondents, opted_out) VALUES `, "", 10)
	claims := newBulk(ctx, tx, `INSERT INTO claim (digest, file_id, position) VALUES `, ` ON CONFLICT DO NOTHING`, 3)
	for _, d := range documents {
		if err := rows.add(file, d.Position, d.Reference, d.Sum, d.CaseNumber, d.Act, d.Part, d.Until, d.Respondents, d.OptedOut); err != nil {
			return err
		}
		for _, c := range d.Claims {
			if err := claims.add(c, file, d.Position); err != nil {
				return err
			}
		}
	}
	if err := rows.flush(); err != nil {
		return err
	}
	return claims.flush()
}

// Documents returns the documents of a file in its order.
func (l *Ledger) Documents(ctx context.Context, file int64) ([]Document, error) {
	return documentsOf(ctx, l.db, file)
}

// querier is the book, or a transaction in it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func documentsOf(ctx context.Context, q querier, file int64) ([]Document, error) {
	return collect(ctx, q, func(rows *sql.Rows) (d Document, err error) {
		return d, rows.Scan(d.fields()...)
	}, `SELECT `+documentColumns+` FROM document WHERE file_id = $1 ORDER BY position`, file)
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("ledger: %w", err)
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// Story is one document and the file in which it stands.
type Story struct {
	File     File     `json:"file"`
	Document Document `json:"document"`
}

const selectStories = `SELECT ` + fileColumnsOfF + `, d.position, d.reference, d.sum_ore, d.error_code, d.error_text, d.error_en, d.case_number,
	d.registered, d.fee_ore, d.act, d.part, d.until, d.result, d.respondents, d.opted_out
	FROM document d JOIN file f ON f.id = d.file_id `

func scanStory(rows *sql.Rows) (s Story, err error) {
	return s, rows.Scan(append(s.File.fields(), s.Document.fields()...)...)
}

// Stories returns every document that carries the reference, or that names or
// was given one of the case numbers, the file built first before others.
func (l *Ledger) Stories(ctx context.Context, reference string, numbers ...string) ([]Story, error) {
	stories, err := collect(ctx, l.db, scanStory, selectStories+`WHERE d.reference = $1 AND d.reference <> '' ORDER BY f.id, d.position`, reference)
	if err != nil || len(numbers) == 0 {
		return stories, err
	}
	args := []any{reference}
	for _, n := range numbers {
		args = append(args, n)
	}
	named, err := collect(ctx, l.db, scanStory, selectStories+`WHERE d.reference <> $1 AND d.case_number <> '' AND d.case_number IN `+
		places(len(numbers), 1)+` ORDER BY f.id, d.position`, args...)
	return append(stories, named...), err
}

// StoriesOf returns the documents that carry one of the references or name one
// of the case numbers, by reference and by number, the file built first before
// others.
func (l *Ledger) StoriesOf(ctx context.Context, references, numbers []string) (map[string][]Story, error) {
	found := map[string][]Story{}
	for column, wanted := range map[string][]string{"reference": references, "case_number": numbers} {
		for some := range slices.Chunk(wanted, mostAsked) {
			stories, err := collect(ctx, l.db, scanStory, selectStories+`WHERE d.`+column+` <> '' AND d.`+column+` IN `+places(len(some), 0)+
				` ORDER BY f.id, d.position`, anys(some)...)
			if err != nil {
				return nil, err
			}
			for _, s := range stories {
				key := s.Document.Reference
				if column == "case_number" {
					key = s.Document.CaseNumber
				}
				found[key] = append(found[key], s)
			}
		}
	}
	return found, nil
}
