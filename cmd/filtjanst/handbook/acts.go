package handbook

import (
	"fmt"
	"strings"

	"filtjanst/authority"
	"filtjanst/authority/enforcement"
	"filtjanst/authority/paymentorder"
	"filtjanst/authority/service"
	"filtjanst/filing"
)

func actsPage(d *markdown) error {
	d.head(1, "What officers do")
	d.text("Every act is a method of the room that owns the case, and is kept with who did it and why. `filtjanst case act ROOM.ACT NUMBER KEY=VALUE… --by NAME --reason TEXT` does them, for parties and permits also `filtjanst party` and `filtjanst permit`. NUMBER is the case, invoice, letter or party code that the act concerns. With `--from FILE` it does one act for each row of a list. What cannot be done is refused with a code, in Swedish and English, and nothing of it is kept.")
	room := ""
	for _, act := range authority.ActTable() {
		if act.Room != room {
			room = act.Room
			title := authority.RoomWords(room)
			d.head(2, "%s: %s (%s)", room, title.English, title.Swedish)
			d.columns("act", "what", "vad", "basis", "parameters")
		}
		d.row(code(act.Room+"."+act.Name), act.English, act.Swedish, basis(act.Basis), paramsOf(act))
	}
	d.text("An amount is written in kronor (`1234.50`), a day as `2026-12-01`; *italics* are required.")
	return nil
}

func paramsOf(act authority.ActInfo) string {
	var all []string
	for _, p := range act.Params {
		name := code(p.Name)
		if p.Required {
			name = "*" + name + "*"
		}
		text := name + " " + p.English
		if len(p.Choices) > 0 {
			text += " (" + strings.Join(p.Choices, ", ") + ")"
		} else if p.Kind != service.TextParam {
			text += " (" + strings.ReplaceAll(string(p.Kind), "yes", "yes or no") + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

// orderRulings is the table state × act of payment orders.
func (d *markdown) orderRulings() {
	d.head(3, "What withdrawals and reductions do")
	d.text("By the state of the pairs that the document concerns. It is applied where it can be, and refused only if no pair can take it. Of two codes the second counts where the applicant has opted out of enforcement.")
	d.columns("state", code(string(filing.BFWithdrawal)), code(string(filing.BFReduction)))
	cells := map[paymentorder.State][]string{}
	var order []paymentorder.State
	for _, r := range paymentorder.Rulings() {
		if cells[r.State] == nil {
			order = append(order, r.State)
		}
		cells[r.State] = append(cells[r.State], outcome(r.Effect, r.Codes...))
	}
	for _, s := range order {
		d.row(append([]string{code(string(s))}, cells[s]...)...)
	}
}

// changeRulings is the table state × change of enforcement.
func (d *markdown) changeRulings() {
	d.head(3, "What changes do")
	d.text("By the state of the case (`ve.change`).")
	names := []string{"state"}
	cells := map[enforcement.State][]string{}
	var order []enforcement.State
	for _, r := range enforcement.ChangeRules() {
		if cells[r.State] == nil {
			order = append(order, r.State)
		}
		if len(order) == 1 {
			names = append(names, string(r.Change))
		}
		cells[r.State] = append(cells[r.State], outcome(r.Effect, r.Code))
	}
	d.columns(names...)
	for _, s := range order {
		d.row(append([]string{code(string(s))}, cells[s]...)...)
	}
}

// outcome is one cell: what becomes of the document, or why it is refused.
func outcome(effect service.Effect, codes ...filing.Code) string {
	if effect != "" {
		return string(effect)
	}
	var links []string
	for _, c := range codes {
		links = append(links, fmt.Sprintf("[%s](error-codes.md#%s)", c, strings.ToLower(string(c))))
	}
	return "refused: " + strings.Join(links, " or ")
}
