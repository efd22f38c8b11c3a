package restructuring

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// onReport carries out an act in one report.
func (m *Matters) onReport(ctx context.Context, by service.Officer, number string, fn func(a *act, report Report) error) error {
	matter, err := m.matterOfReport(ctx, number)
	if err != nil {
		return err
	}
	return m.do(ctx, by, matter, "", nil, func(a *act) error {
		report, found, err := a.room.Report(a.tx, number)
		if err == nil && !found {
			err = unknownReport(number)
		}
		if err != nil {
			return err
		}
		return fn(a, report)
	})
}

func (m *Matters) matterOfReport(ctx context.Context, number string) (matter string, err error) {
	err = m.db.Read(ctx, func(r store.Reader) error {
		report, found, err := m.Report(r, number)
		if err == nil && !found {
			err = unknownReport(number)
		}
		if err != nil {
			return err
		}
		return r.QueryRow(`SELECT number FROM restructuring_matter WHERE id = $1`, report.MatterID).Scan(&matter)
	})
	return matter, err
}

// LeaveOut leaves a claim of a report out of the restructuring, or all of them
// with position 0 (SKSL §§30–32).
func (m *Matters) LeaveOut(ctx context.Context, by service.Officer, claim string, position int64, why Reason) error {
	if !why.known() {
		return service.Refuse("unknown_reason", fmt.Sprintf("Grunden %q finns inte.", why), fmt.Sprintf("There is no reason %q.", why))
	}
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		return a.moveClaim(report, position, leftOut, string(why), `state = $1, since = $2, left_out = $6`, string(why))
	})
}

// TakeIn takes a claim that was left out in again.
func (m *Matters) TakeIn(ctx context.Context, by service.Officer, claim string, position int64) error {
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		return a.moveClaim(report, position, takenIn, "", `state = $1, since = $2, left_out = $6`, "")
	})
}

// Dispute flags a claim that the debtor disputes (tvistig). An officer must
// examine it or leave it out before it is proposed.
func (m *Matters) Dispute(ctx context.Context, by service.Officer, claim string, position int64) error {
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		return a.moveClaim(report, position, disputed, "", `state = $1, since = $2, disputed = $6, examined = FALSE`, true)
	})
}

// Examine decides that the flags of a claim are no hindrance.
func (m *Matters) Examine(ctx context.Context, by service.Officer, claim string, position int64) error {
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		return a.moveClaim(report, position, examined, "", `state = $1, since = $2, examined = $6`, true)
	})
}

// WithdrawClaim takes a claim of a report back, or all of them with position 0:
// the filer's own wish. One in a proposal can be withdrawn once the proposal is.
func (m *Matters) WithdrawClaim(ctx context.Context, by service.Officer, claim string, position int64) error {
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		for more := true; more; more = report.has(position, claimGone) {
			err := a.moveClaim(report, position, claimGone, "", `state = $1, since = $2, left_out = $6`, "")
			if err != nil {
				return err
			}
			if report, _, err = a.room.Report(a.tx, claim); err != nil {
				return err
			}
		}
		return nil
	})
}

// moveClaim takes the claims of a report at a position, 0 for all, along the
// edge of an event. set names the columns that change; $6 stands for value.
func (a *act) moveClaim(report Report, position int64, event, text, set string, value any) error {
	if !a.Open() {
		return wrongState(a.Matter)
	}
	from, to, err := report.edge(position, event)
	if err != nil {
		return err
	}
	err = a.record(event, fact{caseID: report.ID, part: position, from: string(from), to: string(to), text: text})
	if err != nil {
		return err
	}
	_, err = a.tx.Exec(`UPDATE restructuring_claim SET `+set+`
		WHERE report_id = $3 AND ($4 = 0 OR position = $4) AND state = $5`, string(to), a.day, report.ID, position, string(from), value)
	if err != nil {
		return fmt.Errorf("restructuring: %s in report %s: %w", event, report.Number, err)
	}
	return nil
}

// edge is the change that an event brings to the claims at a position, 0 for
// all of them. It is refused if it brings none.
func (r Report) edge(position int64, event string) (from, to filing.ClaimStatus, err error) {
	if position < 0 || position > int64(len(r.Claims)) {
		return "", "", service.Refuse("unknown_position", fmt.Sprintf("Anmälan %s har ingen fordran %d.", r.Number, position),
			fmt.Sprintf("Report %s has no claim %d.", r.Number, position))
	}
	for i, c := range r.Claims {
		if position != 0 && position != int64(i+1) {
			continue
		}
		if to, allowed := claimAfter(c.State, event); allowed {
			return c.State, to, nil
		}
	}
	return "", "", service.WrongStateOf("Anmälan "+r.Number, "Report "+r.Number, described(ClaimStates().States, string(r.Status())))
}

// has tells whether the event may happen to a claim at a position, 0 for any.
func (r Report) has(position int64, event string) bool {
	_, _, err := r.edge(position, event)
	return err == nil
}

// moveClaims takes every claim of the matter along the edges of the event.
func (a *act) moveClaims(event string) error {
	for _, e := range claimEdges() {
		if e.Event != event {
			continue
		}
		_, err := a.tx.Exec(`UPDATE restructuring_claim SET state = $1, since = $2 WHERE state = $3 AND report_id IN
			(SELECT id FROM restructuring_report WHERE matter_id = $4)`, e.To, a.day, e.From, a.ID)
		if err != nil {
			return fmt.Errorf("restructuring: move the claims of matter %s by %s: %w", a.Number, event, err)
		}
	}
	return nil
}
