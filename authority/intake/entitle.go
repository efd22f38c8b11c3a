package intake

import (
	"filtjanst/authority/permit"
	"filtjanst/filing"
)

// The codes of what only the registers can tell (filing's table).
const (
	codeSequence      filing.Code = "F210"
	codeNoNote        filing.Code = "F260"
	codeNoFile        filing.Code = "F261"
	codeUnknown       filing.Code = "F270"
	codeStranger      filing.Code = "F271"
	codeNoPermit      filing.Code = "F272"
	codeOutside       filing.Code = "F273"
	codeSuspended     filing.Code = "F274"
	codeQuota         filing.Code = "F276"
	codeSwitchedOff   filing.Code = "F277"
	codeTooManyAtOnce filing.Code = "F151"
)

// entitle settles who files: the code is known, the sender owns it or is its
// recorded representative on the day, and the permit is open (DESIGN decision
// 9). Otherwise it returns the general error for the sender.
func (s *settlement) entitle(g submission) (*filing.Error, error) {
	named := g.named()
	stated := named.partyCode()
	code, found, err := s.door.rooms.Parties.ByCode(s.tx, stated)
	if err != nil {
		return nil, err
	}
	if !found {
		return refusal(codeUnknown, stated), nil
	}
	may, _, err := s.door.rooms.Parties.MayActFor(s.tx, named.from.sender, code, s.today)
	if err != nil {
		return nil, err
	}
	if !may {
		return refusal(codeStranger, stated), nil
	}
	for _, h := range []*half{g.file, g.note} {
		if h != nil {
			h.code, h.known = code, true
		}
	}
	decision, err := s.door.rooms.Permits.May(s.tx, code.ID, code.MainID, named.transaction, s.today)
	if err != nil || decision.Allowed {
		s.limited = s.limited || decision.Limited
		return nil, err
	}
	return permitRefusal(decision.Reason, named.transaction), nil
}

func refusal(code filing.Code, args ...any) *filing.Error {
	e := filing.NewError(code, filing.Place{}, args...)
	return &e
}

func permitRefusal(reason permit.Reason, tx filing.Transaction) *filing.Error {
	info, _ := filing.Info(tx)
	service, _ := filing.InfoOf(info.Service)
	switch reason {
	case permit.OutsidePermit:
		return refusal(codeOutside, string(tx))
	case permit.IsSuspended:
		return refusal(codeSuspended, service.Swedish, service.English)
	case permit.NotSwitchedOn:
		return refusal(codeSwitchedOff, string(tx))
	}
	return refusal(codeNoPermit, service.Swedish, service.English)
}
