package notice

import (
	"cmp"
	"slices"
	"strings"
)

func head(l Letter) []Row {
	rows := []Row{{Label: "Datum", Value: l.Day.String()}}
	for _, r := range []Row{
		{Label: l.caseWord(), Value: oneLine(l.CaseNumber)},
		{Label: "Er referens", Value: oneLine(l.Reference)},
		{Label: "Handläggare", Value: oneLine(l.Officer)},
	} {
		if r.Value != "" {
			rows = append(rows, r)
		}
	}
	return rows
}

// onBehalf tells one who acts for a party for whom, "" to the party itself.
func onBehalf(l Letter) string {
	switch l.Recipient.Role {
	case LegalRepresentative:
		return "Du får brevet som ställföreträdare för " + l.only("den som det gäller", Respondent, Debtor, Estate) +
			". Det som sägs till dig gäller den som du företräder."
	case Representative:
		return "Ni får brevet som ombud för " + l.only("er huvudman", Applicant, Creditor) + "."
	}
	return ""
}

// only is the name of the one party with any of the roles, or a word for it
// when it cannot be told who is meant.
func (l Letter) only(otherwise string, roles ...Role) string {
	name := ""
	for _, p := range l.Parties {
		switch {
		case !slices.Contains(roles, p.Role):
		case name != "":
			return otherwise
		default:
			name = oneLine(p.Name)
		}
	}
	return cmp.Or(name, otherwise)
}

// withClosing puts the closing words last in the letter, before what is to be
// signed and sent back.
func withClosing(blocks []block, text string) []block {
	if text == "" {
		return blocks
	}
	at := slices.IndexFunc(blocks, func(b block) bool { return b.Kind == newPage })
	if at < 0 {
		at = len(blocks)
	}
	return slices.Insert(blocks, at, block{Kind: paragraph, Text: text})
}

// caseWord is what the number of the case is called.
func (l Letter) caseWord() string {
	if strings.HasPrefix(string(l.Message), "bf.") || strings.HasPrefix(string(l.Message), "ve.") {
		return "Målnummer"
	}
	return "Ärendenummer"
}

// closing tells where to ask, "" if the sender names no place.
func (p *Press) closing(l Letter) string {
	var all []string
	if p.sender.Phone != "" {
		all = append(all, "Frågor besvaras på telefon "+p.sender.Phone+".")
	}
	if number := oneLine(l.CaseNumber); number != "" && len(all) > 0 {
		all = append(all, "Ange "+strings.ToLower(l.caseWord())+" "+number+".")
	}
	if p.sender.Web != "" {
		all = append(all, "Mer information finns på "+p.sender.Web+".")
	}
	return strings.Join(all, " ")
}
