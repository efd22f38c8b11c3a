package restructuring_test

import (
	"testing"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// What is withheld is shown to nobody outside: not what was reported before,
// nor what comes after; and let out again all of it is.
func TestBlock(t *testing.T) {
	each(t, func(r *room) {
		m := r.open(r.opening())
		r.report(claim(m, 1, 100))
		block := func(blocked bool) { r.must(r.matters.Block(r.Context(), officer, m.Number, blocked)) }
		shown := func() (answers int) {
			r.read(func(rd store.Reader) error {
				for _, report := range r.reports(m.Number) {
					_, found, err := r.matters.StatusOf(rd, 1, report.Number)
					r.must(err)
					if found {
						answers++
					}
				}
				all, _, err := r.matters.CaseStatuses(rd, service.CasesOf{CodeID: 1, Limit: 10})
				answers += len(all)
				return err
			})
			return answers
		}
		inView := func() int64 { return r.count(`SELECT COUNT(*) FROM restructuring_persons WHERE NOT blocked`) }

		block(true)
		r.report(claim(m, 2, 200))
		if shown() != 0 || inView() != 0 || !r.matter(m.Number).Blocked {
			r.Errorf("withheld, and yet %d answers, %d in the view", shown(), inView())
		}
		if left := r.count(`SELECT COUNT(*) FROM restructuring_claim WHERE NOT blocked`); left != 0 {
			r.Errorf("%d claims are not withheld", left)
		}
		block(false)
		if shown() != 4 || inView() != 1 {
			r.Errorf("let out, and yet %d answers, %d in the view", shown(), inView())
		}
	})
}
