package extract

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/statute"
)

// Write streams the answers to a file of questions in its order, a chunk of
// persons at a time.
func (a *Answers) Write(r store.Reader, b service.Batch, out service.Output) error {
	if b.Transaction != a.answer {
		return fmt.Errorf("extract: %s is not written by %s", b.Transaction, a.id)
	}
	q, err := requestOf(r, b.File)
	if err != nil {
		return err
	}
	w, err := filing.NewWriter(out.Writer, out.Set, a.answer, out.Form, filing.FileFacts{
		PartyCode: q.code, Sequence: q.sequence, Created: b.Day, Documents: q.lookups, FileName: q.name,
	})
	if err != nil {
		return fmt.Errorf("extract: begin the answer to file %d: %w", b.File, err)
	}
	if err := a.extracts.answer(r, q, b.Day, func(e *filing.Extract) error { return w.Write(e) }); err != nil {
		return fmt.Errorf("extract: answer file %d: %w", b.File, err)
	}
	return w.Close()
}

// Each makes the answers of a batch and hands them over in the order of the
// file, as Write does without a file.
func (a *Answers) Each(r store.Reader, b service.Batch, each func(*filing.Extract) error) error {
	q, err := requestOf(r, b.File)
	if err != nil {
		return err
	}
	return a.extracts.answer(r, q, b.Day, each)
}

// answer makes the answers to a file of questions and hands them over in its
// order. An answer may be kept.
func (e *Extracts) answer(r store.Reader, q request, day calendar.Day, each func(*filing.Extract) error) error {
	queries, err := e.queries(q)
	if err != nil {
		return err
	}
	params, err := e.params(day)
	if err != nil {
		return err
	}
	params["file"] = q.file
	for after := int64(0); ; {
		chunk, err := asked(r, q.file, after, day)
		if err != nil || len(chunk.answers) == 0 {
			return err
		}
		params["after"], params["upto"] = after, chunk.last
		for _, query := range queries {
			if err := chunk.fill(r, query, params); err != nil {
				return err
			}
		}
		if err := chunk.tell(each); err != nil {
			return err
		}
		after = chunk.last
	}
}

// query reads one source for the scope of a request.
type query struct {
	statement statement
	table     groupTable
}

func (e *Extracts) queries(q request) ([]query, error) {
	scope, known := e.scopeOf(q.service, q.scope)
	if !known {
		return nil, fmt.Errorf("extract: no scope %q of %s is configured any longer", q.scope, q.service)
	}
	tables := groupTables()
	var all []query
	for _, s := range e.groups {
		if g, told := scope.group(s.group); told && g.admits(s) {
			all = append(all, query{g.query(s), tables[s.group]})
		}
	}
	return all, nil
}

// params are the values that conditions speak of on a day.
func (e *Extracts) params(day calendar.Day) (values, error) {
	years, err := e.secrecyYears(day)
	return values{"today": day.String(), "secrecy_years": int64(years)}, err
}

// secrecyYears is how long a closed case may be told of (OSL 34:1).
func (e *Extracts) secrecyYears(day calendar.Day) (int, error) {
	closed, err := e.period(statute.SecrecyClosed, day)
	if err == nil && closed != (calendar.Period{Years: closed.Years}) {
		err = fmt.Errorf("extract: the time of secrecy for closed cases is %v; only whole years are counted", closed)
	}
	return closed.Years, err
}

// chunk are answers in the making, in the order of the file.
type chunk struct {
	answers []filing.Extract
	at      map[int64]int // by document
	last    int64
}

func asked(r store.Reader, file, after int64, day calendar.Day) (*chunk, error) {
	c := &chunk{answers: make([]filing.Extract, 0, service.ChunkSize), at: make(map[int64]int, service.ChunkSize)}
	rows := store.Each(r.Query(`SELECT document, reference, identity FROM extract_lookup
		WHERE file = $1 AND document > $2 ORDER BY document LIMIT $3`, file, after, service.ChunkSize))
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		answer := filing.Extract{Date: day, Result: filing.ExtractNothing}
		var person string
		if err := row.Scan(&c.last, &answer.Reference, &person); err != nil {
			return nil, err
		}
		if answer.Identity, err = identity.Parse12(person); err != nil {
			return nil, err
		}
		c.at[c.last] = len(c.answers)
		c.answers = append(c.answers, answer)
	}
	return c, nil
}

func (c *chunk) fill(r store.Reader, q query, params values) error {
	for row, err := range store.Each(r.Query(q.statement.text, q.statement.args(params)...)) {
		if err != nil {
			return err
		}
		var document int64
		enter, err := q.table.read(row, &document)
		if err != nil {
			return err
		}
		answer := &c.answers[c.at[document]]
		answer.Result = filing.ExtractFound
		enter(answer)
	}
	return nil
}

func (c *chunk) tell(each func(*filing.Extract) error) error {
	for i := range c.answers {
		if err := each(&c.answers[i]); err != nil {
			return err
		}
	}
	return nil
}
