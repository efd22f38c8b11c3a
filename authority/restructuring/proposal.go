package restructuring

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

// Terms are what a proposal says.
type Terms struct {
	Distributed money.Amount // what is divided among the creditors in all; may be nothing
	CommentBy   calendar.Day // zero: the usual time
}

// Proposal is a proposal (förslag) with the creditors' register.
type Proposal struct {
	Revision    int64
	Day         calendar.Day
	CommentBy   calendar.Day
	Claims      money.Amount // sum of what is counted
	Distributed money.Amount // sum of the shares
	Lines       []Share
}

// Share is one claim in the creditors' register.
type Share struct {
	ReportID int64
	Report   string
	Position int64
	Creditor filing.Party
	Claim    money.Amount // counted
	Share    money.Amount // of what is distributed
}

// Propose makes the creditors' register of the claims that stand, divides what
// is distributed among them, and sends the proposal for comment (SKSL §26). A
// claim whose flags have not been decided upon is in the way.
func (m *Matters) Propose(ctx context.Context, by service.Officer, matter string, t Terms) error {
	return m.do(ctx, by, matter, proposed, nil, func(a *act) error {
		p, err := a.draw(t)
		if err != nil {
			return err
		}
		if err := a.move(proposed, fact{amount: t.Distributed, text: fmt.Sprintf("förslag %d", p.Revision)}); err != nil {
			return err
		}
		if err := a.keepProposal(p); err != nil {
			return err
		}
		if err := a.moveClaims(proposed); err != nil {
			return err
		}
		if err := a.deadline(commentTimeEnded, p.CommentBy); err != nil {
			return err
		}
		return a.sendProposal(p)
	})
}

// draw makes the proposal.
func (a *act) draw(t Terms) (Proposal, error) {
	p := Proposal{Revision: a.Revision + 1, Day: a.day, CommentBy: t.CommentBy, Distributed: t.Distributed}
	if p.CommentBy.IsZero() {
		last, err := a.room.lastDay(statute.CommentTime, a.day)
		if err != nil {
			return p, err
		}
		p.CommentBy = last
	}
	if p.CommentBy <= a.day {
		return p, service.Refuse("bad_days", "Tiden för yttrande ska sluta efter i dag.", "The time to comment must end after today.")
	}
	reports, err := a.room.Reports(a.tx, a.ID)
	if err != nil {
		return p, err
	}
	if err := p.take(a.Matter, reports); err != nil {
		return p, err
	}
	return p, p.divide()
}

// take puts the claims that stand in the register.
func (p *Proposal) take(m Matter, reports []Report) error {
	var undecided []string
	for _, r := range reports {
		for i, c := range r.Claims {
			if c.State != filing.ClaimRegistered {
				continue
			}
			if !c.Examined && len(c.Flags(m)) > 0 {
				undecided = append(undecided, r.Number)
			}
			p.Lines = append(p.Lines, Share{ReportID: r.ID, Report: r.Number, Position: int64(i + 1), Creditor: r.Creditor, Claim: c.Counted()})
		}
	}
	switch {
	case len(undecided) > 0:
		list := strings.Join(undecided[:min(len(undecided), 10)], ", ")
		return service.Refuse("undecided_claims",
			"Fordringar är inte avgjorda: "+list+". Pröva dem eller lämna dem utanför.",
			"Claims are not decided: "+list+". Examine them or leave them out.")
	case len(p.Lines) == 0:
		return service.Refuse("no_claims", "Inga fordringar kan tas med.", "There are no claims to take in.")
	}
	return nil
}

// divide gives each claim its share, to the öre.
func (p *Proposal) divide() (err error) {
	weights := make([]money.Amount, len(p.Lines))
	for i, l := range p.Lines {
		weights[i] = l.Claim
	}
	if p.Claims, err = money.Sum(weights...); err != nil {
		return err
	}
	if p.Distributed < 0 || p.Distributed > p.Claims {
		return service.Refuse("bad_distribution", fmt.Sprintf("Det som fördelas ska vara mellan 0 och fordringarnas summa %s.", p.Claims.Kronor()),
			fmt.Sprintf("What is distributed must be between 0 and the sum of the claims, %s.", p.Claims.Kronor()))
	}
	shares, err := p.Distributed.ProRata(weights)
	if err != nil {
		return err
	}
	for i := range p.Lines {
		p.Lines[i].Share = shares[i]
	}
	return nil
}

func (a *act) keepProposal(p Proposal) error {
	_, err := a.tx.Exec(`INSERT INTO restructuring_proposal (matter_id, revision, day, comment_by, claims, distributed)
		VALUES ($1, $2, $3, $4, $5, $6)`, a.ID, p.Revision, p.Day, p.CommentBy, int64(p.Claims), int64(p.Distributed))
	if err == nil {
		_, err = a.tx.CopyIn("restructuring_share", []string{"matter_id", "revision", "report_id", "position", "claim", "share"},
			func(yield func([]any) bool) {
				for _, l := range p.Lines {
					if !yield([]any{a.ID, p.Revision, l.ReportID, l.Position, int64(l.Claim), int64(l.Share)}) {
						return
					}
				}
			})
	}
	if err == nil {
		_, err = a.tx.Exec(`UPDATE restructuring_matter SET revision = $1 WHERE id = $2`, p.Revision, a.ID)
	}
	if err != nil {
		return fmt.Errorf("restructuring: keep proposal %d of matter %s: %w", p.Revision, a.Number, err)
	}
	a.Revision = p.Revision
	return nil
}

// Proposal returns the proposal that stands, with its register.
func (*Matters) Proposal(r store.Reader, m Matter) (Proposal, bool, error) {
	p := Proposal{Revision: m.Revision}
	var claims, distributed int64
	err := r.QueryRow(`SELECT day, comment_by, claims, distributed FROM restructuring_proposal WHERE matter_id = $1 AND revision = $2`,
		m.ID, m.Revision).Scan(&p.Day, &p.CommentBy, &claims, &distributed)
	if errors.Is(err, store.ErrNoRows) {
		return Proposal{}, false, nil
	}
	p.Claims, p.Distributed = money.Amount(claims), money.Amount(distributed)
	if err == nil {
		p.Lines, err = store.Collect(scanShare)(r.Query(`SELECT s.report_id, r.number, s.position, r.identity, r.name, s.claim, s.share
			FROM restructuring_share s JOIN restructuring_report r ON r.id = s.report_id
			WHERE s.matter_id = $1 AND s.revision = $2 ORDER BY s.report_id, s.position`, m.ID, m.Revision))
	}
	if err != nil {
		return Proposal{}, false, fmt.Errorf("restructuring: read the proposal of matter %s: %w", m.Number, err)
	}
	return p, true, nil
}

func scanShare(rows *store.Rows) (s Share, err error) {
	var claim, share int64
	var creditor string
	if err := rows.Scan(&s.ReportID, &s.Report, &s.Position, &creditor, &s.Creditor.Name, &claim, &share); err != nil {
		return s, err
	}
	s.Claim, s.Share = money.Amount(claim), money.Amount(share)
	s.Creditor.Identity, err = store.ParseIdentity(creditor)
	return s, err
}

// sendProposal sends each creditor the proposal.
func (a *act) sendProposal(p Proposal) error {
	length, _, err := a.planLength()
	if err != nil {
		return err
	}
	return a.toCreditors(sums(p.Lines), func(_ Report, s Share) (notice.Message, notice.Facts) {
		return notice.RestructuringProposal, notice.Facts{
			"answer_by": notice.Date(p.CommentBy), "claim": notice.Amount(s.Claim), "share": notice.Text(percent(s.Share, s.Claim)),
			"plan_length": notice.Text(length.Swedish()),
		}
	})
}

// WithdrawProposal takes a proposal back, to prepare another.
func (m *Matters) WithdrawProposal(ctx context.Context, by service.Officer, matter string) error {
	return m.do(ctx, by, matter, withdrawn, nil, func(a *act) error {
		if err := a.move(withdrawn, fact{}); err != nil {
			return err
		}
		if err := a.cancel(commentTimeEnded); err != nil {
			return err
		}
		return a.moveClaims(withdrawn)
	})
}

// Comment records what a creditor says of the proposal. Silence does not
// hinder (SKSL §26).
func (m *Matters) Comment(ctx context.Context, by service.Officer, claim, text string) error {
	return m.onReport(ctx, by, claim, func(a *act, report Report) error {
		return a.move(commented, fact{text: report.Number + ": " + text})
	})
}
