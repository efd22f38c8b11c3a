package enforcement

import (
	"fmt"

	"filtjanst/authority/notice"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// outgoing is a message to the filer: which row tells it in a file, and what a
// letter would say.
type outgoing struct {
	tx      filing.Transaction
	message notice.Message
	kind    string
	number  int64
	origin  filing.Origin
	facts   func() notice.Facts
}

// tell sends a message by the channels that the filer has chosen (R46).
func (d *desk) tell(c *kase, o outgoing) error {
	choice, err := d.choose(c, o.message)
	if err != nil {
		return err
	}
	if choice.Electronic {
		d.lines = append(d.lines, line{to: c, transaction: o.tx, origin: o.origin, kind: o.kind, number: o.number})
	}
	if choice.Paper {
		d.letter(c, toApplicant, o.message, o.facts())
	}
	return nil
}

// wish is a message with what is asked of its choice of channel.
type wish struct {
	message notice.Message
	codeID  int64
	ofCase  filing.Notice
}

// choose tells how a message of the case goes. Each choice is asked for once.
func (d *desk) choose(c *kase, m notice.Message) (notice.Choice, error) {
	if d.e.letters == nil {
		return notice.Choice{Electronic: true}, nil
	}
	w := wish{m, c.group.application.codeID, c.group.application.notice}
	if choice, known := d.choices[w]; known {
		return choice, nil
	}
	choice, err := d.e.letters.Choose(d.tx, m, w.codeID, w.ofCase)
	if err != nil {
		return choice, fmt.Errorf("enforcement: choose how %s goes: %w", m, err)
	}
	d.choices[w] = choice
	return choice, nil
}

func interimFacts(s sums, day calendar.Day, left money.Amount) notice.Facts {
	return notice.Facts{
		"from": notice.Date(day), "to": notice.Date(day),
		"received": notice.Table(notice.AmountRow("I målet", s.received), notice.AmountRow("I sammanhörande mål", s.linked)),
		"allocated": notice.Table(notice.AmountRow("Kronofogdens avgifter", s.fees), notice.AmountRow("Ränta", s.own[ofInterest]),
			notice.AmountRow("Kostnader", s.own[ofCosts]), notice.AmountRow("Kapital", s.own[ofCapital])),
		"paid_out": notice.Amount(s.paidOut), "remaining": notice.Amount(left),
	}
}

func finalFacts(a account) notice.Facts {
	s := a.sums
	return notice.Facts{
		"closed": notice.Date(a.day), "reason": notice.Text(FinalReasonWords()[a.reason][0]),
		"account": notice.Table(notice.AmountRow("Skuld vid registreringen", a.claimed), notice.AmountRow("Ränta under målet", s.accrued),
			notice.AmountRow("Inbetalt i målet", s.received), notice.AmountRow("Från sammanhörande mål", s.linked),
			notice.AmountRow("Nedsatt av sökanden", s.reduced), notice.AmountRow("Kronofogdens avgifter", s.fees),
			notice.AmountRow("Åter till gäldenären", s.returned)),
		"paid_out": notice.Amount(s.paidOut), "remaining": notice.Amount(a.remaining),
	}
}

// FinalReasonWords tell in Swedish and English why cases are closed.
func FinalReasonWords() map[filing.FinalReason][2]string {
	return map[filing.FinalReason][2]string{
		filing.FinalPaid:          {"betalt", "paid"},
		filing.FinalPaidLinked:    {"betalt i sammanhörande mål", "paid in a linked case"},
		filing.FinalWithdrawn:     {"återkallat", "withdrawn"},
		filing.FinalLapsed:        {"förfallet", "lapsed"},
		filing.FinalDiscontinued:  {"avskrivet", "discontinued"},
		filing.FinalDismissed:     {"avvisat", "dismissed"},
		filing.FinalTitleSetAside: {"exekutionstiteln upphävd", "title set aside"},
		filing.FinalBankruptcy:    {"konkurs", "bankruptcy"},
		filing.FinalRestructuring: {"skuldsanering beviljad", "debt restructuring granted"},
		filing.FinalNoAssets:      {"tillgångar saknas", "no assets"},
		filing.FinalOther:         {"annat skäl", "another reason"},
	}
}
