package restructuring

import (
	"context"
	"fmt"

	"filtjanst/authority/service"
)

// The events of withholding.
const (
	withheld = "blocked"
	letOut   = "unblocked"
)

// Block withholds the data of a matter and of all that was reported in it after
// correction (blockering, KFD 3:3 a), or lets them out again: openings, answers
// to filers and the view for extracts follow, and who has extracts is told. The
// handling of the matter, with the letters that the law demands, goes on.
func (m *Matters) Block(ctx context.Context, by service.Officer, matter string, blocked bool) error {
	return m.do(ctx, by, matter, "", nil, func(a *act) error {
		event := letOut
		if blocked {
			event = withheld
		}
		if err := a.record(event, fact{from: string(a.State), to: string(a.State)}); err != nil {
			return err
		}
		for _, rows := range withheldRows() {
			if _, err := a.tx.Exec(`UPDATE `+rows, blocked, a.ID); err != nil {
				return fmt.Errorf("restructuring: withhold matter %s: %w", a.Number, err)
			}
		}
		return a.room.disclosed.Tell(a.tx, a.day, a.Debtor.Identity)
	})
}

// withheldRows are the rows with personal data of a matter.
func withheldRows() []string {
	return []string{
		`restructuring_matter SET blocked = $1 WHERE id = $2`,
		`restructuring_creditor SET blocked = $1 WHERE matter_id = $2`,
		`restructuring_match SET blocked = $1 WHERE matter_id = $2`,
		`restructuring_report SET blocked = $1 WHERE matter_id = $2`,
		`restructuring_claim SET blocked = $1 WHERE report_id IN (SELECT id FROM restructuring_report WHERE matter_id = $2)`,
	}
}

func (m *Matters) blockAct() service.Act {
	return service.Act{
		Name: "block", Swedish: "Blockera eller häv blockering", English: "Withhold the data, or let them out again", Basis: "KFD 3:3 a",
		Params: []service.Param{{Name: "blocked", Kind: service.YesParam, Required: true, Swedish: "uppgifterna blockeras", English: "the data are withheld"}},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			blocked := v.Yes("blocked")
			return read(v, func() error { return m.Block(ctx, by, number, blocked) })
		},
	}
}
