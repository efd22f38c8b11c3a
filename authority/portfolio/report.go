package portfolio

import (
	"errors"
	"fmt"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// codesAtOnce and casesAtOnce bound what is read in one query.
const (
	codesAtOnce = 500
	casesAtOnce = 2000
)

// Outgoing names the status reports of the month before the day that are not
// sent yet, one a code that has them switched on and has cases, or had some in
// the last report. A month in which no evening ran is not made up for: a report
// tells how cases stand when it is written.
func (p *Portfolios) Outgoing(r store.Reader, day calendar.Day) (all []service.Batch, err error) {
	for after := ""; ; {
		codes, err := p.parties.Codes(r, after, codesAtOnce)
		if err != nil || len(codes) == 0 {
			return all, err
		}
		for _, c := range codes {
			b, due, err := p.reportOf(r, c, day)
			if err != nil {
				return nil, err
			}
			if due {
				all = append(all, b)
			}
		}
		after = codes[len(codes)-1].Code
	}
}

// month is what the report of a day covers: the calendar month before it.
func month(day calendar.Day) (first, last calendar.Day) {
	y, m, _ := day.Date()
	last = calendar.Date(y, m, 1) - 1
	y, m, _ = last.Date()
	return calendar.Date(y, m, 1), last
}

func (p *Portfolios) reportOf(r store.Reader, c party.Code, day calendar.Day) (b service.Batch, due bool, err error) {
	on, err := p.extension(r, c.ID, filing.XXStatusReport)
	if err != nil || !on {
		return b, false, err
	}
	first, last := month(day)
	var sent string
	var sequence int64
	empty := true // before the first
	err = r.QueryRow(`SELECT month, sequence, empty FROM portfolio_report WHERE code_id = $1`, c.ID).Scan(&sent, &sequence, &empty)
	if err != nil && !errors.Is(err, store.ErrNoRows) {
		return b, false, fmt.Errorf("portfolio: read the last status report of %s: %w", c.Code, err)
	}
	name := first.String()[:len("2026-11")]
	if sent >= name {
		return b, false, nil
	}
	if empty {
		if empty, err = p.empty(r, c.ID, day, last); err != nil || empty {
			return b, false, err
		}
	}
	return service.Batch{
		Key: "status/" + c.Code + "/" + name, Transaction: filing.XXStatusReport, CodeID: c.ID, Code: c.Code,
		Day: day, Sequence: sequence + 1,
	}, true, nil
}

// empty tells whether a code has no case that was registered by the last day.
func (p *Portfolios) empty(r store.Reader, codeID int64, day, last calendar.Day) (bool, error) {
	for _, cases := range p.cases {
		first, _, err := cases.Status(r, service.CasesOf{CodeID: codeID, Day: day, Limit: 1})
		if err != nil {
			return false, err
		}
		if len(first) > 0 && first[0].Registered <= last {
			return false, nil
		}
	}
	return true, nil
}

var errSent = errors.New("it was sent already")

// Sent remembers the month of the report, and whether anything stood in it.
func (p *Portfolios) Sent(tx store.Tx, b service.Batch) error {
	name := b.Key[len(b.Key)-len("2026-11"):]
	empty, err := p.empty(tx, b.CodeID, b.Day, b.Day)
	if err == nil {
		err = store.One(errSent)(tx.Exec(`INSERT INTO portfolio_report (code_id, month, sequence, empty) VALUES ($1, $2, $3, $4)
			ON CONFLICT (code_id) DO UPDATE SET month = excluded.month, sequence = excluded.sequence, empty = excluded.empty
			WHERE portfolio_report.sequence = excluded.sequence - 1`, b.CodeID, name, b.Sequence, empty))
	}
	if err != nil {
		return fmt.Errorf("portfolio: keep that %s was sent: %w", b.Key, err)
	}
	return nil
}

// mostHeld is how many cases are held in memory between being counted and
// being written.
const mostHeld = 50_000

// Write streams a status report. The number of cases stands before them: those
// beyond what is held are gone through once more.
func (p *Portfolios) Write(r store.Reader, b service.Batch, out service.Output) error {
	first, last := month(b.Day)
	facts := filing.FileFacts{PartyCode: b.Code, Sequence: b.Sequence, Created: b.Day, PeriodFrom: first, PeriodTo: last}
	var held []filing.CaseStatus
	err := p.each(r, b, func(s *filing.CaseStatus) error {
		if facts.Documents++; facts.Documents <= mostHeld {
			held = append(held, *s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	w, err := filing.NewWriter(out.Writer, out.Set, b.Transaction, out.Form, facts)
	if err != nil {
		return fmt.Errorf("portfolio: begin %s: %w", b.Key, err)
	}
	if facts.Documents > mostHeld {
		held = nil
		err = p.each(r, b, func(s *filing.CaseStatus) error { return w.Write(s) })
	}
	for i := range held {
		if err == nil {
			err = w.Write(&held[i])
		}
	}
	if err != nil {
		return fmt.Errorf("portfolio: write %s: %w", b.Key, err)
	}
	return w.Close()
}

// each gives every case of the code to the function, service by service.
func (p *Portfolios) each(r store.Reader, b service.Batch, take func(*filing.CaseStatus) error) error {
	for _, cases := range p.cases {
		for after := int64(0); ; {
			some, next, err := cases.Status(r, service.CasesOf{CodeID: b.CodeID, Day: b.Day, After: after, Limit: casesAtOnce})
			if err != nil {
				return err
			}
			for i := range some {
				if err := take(&some[i]); err != nil {
					return err
				}
			}
			if next == 0 {
				break
			}
			after = next
		}
	}
	return nil
}
