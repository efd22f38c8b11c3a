package enforcement

import (
	"slices"

	"filtjanst/authority/service"
)

// dutyActs are what officers demand of applicants, and tell the chief guardian.
func (e *Enforcements) dutyActs() []service.Act {
	return slices.Concat(e.feeActs(), e.advanceActs(), []service.Act{e.exemptAct(), e.repayAct(), e.guardianAct()})
}
