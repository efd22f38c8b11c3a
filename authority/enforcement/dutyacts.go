package enforcement

import "filtjanst/authority/service"

// dutyActs are what officers demand of applicants, and tell the chief guardian.
func (e *Enforcements) dutyActs() []service.Act {
	return []service.Act{
		e.guardianAct(),
	}
}
