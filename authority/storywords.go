package authority

import (
	"maps"
	"strings"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/restructuring"
	"filtjanst/filing"
)

// detail says in words what a story keeps as symbols and codes. It is nil for
// text that can stand as it is: a name, a number, a day, what an officer wrote.
func (w *World) detail(room string, e CaseEvent) *Words {
	switch e.Kind {
	case "held_not_applicable":
		return heldWords(e.Text)
	case "no_address":
		return w.letterWords(e.Text)
	}
	if room == "sc" {
		if words := phraseWords(e.Text); words != nil {
			return words
		}
	}
	return symbolWords(storySymbols(room), e.Text)
}

// heldWords tells what was held, by its kind, and why it could not be done, by
// the code of an error: "withdrawal D347".
func heldWords(text string) *Words {
	kind, code, _ := strings.Cut(text, " ")
	what, known := heldKinds()[kind]
	info, explained := filing.Explain(code)
	if !known || !explained {
		return nil
	}
	return &Words{
		what.Swedish + ": " + reasonOf(info, info.Swedish, info.RemedySwedish),
		what.English + ": " + reasonOf(info, info.English, info.RemedyEnglish),
	}
}

// reasonOf is a code with its text and what to do. A text that wants to be filled
// in is left out.
func reasonOf(info filing.CodeInfo, text, remedy string) string {
	if len(info.Args) > 0 {
		return string(info.Code) + " " + remedy
	}
	return string(info.Code) + " " + text + " " + remedy
}

// letterWords tells which letter a story names, and to whom, by "message" or
// "message: role".
func (w *World) letterWords(text string) *Words {
	message, role, _ := strings.Cut(text, ": ")
	entry, known := w.matrix.Entry(notice.Message(message))
	if !known {
		return nil
	}
	words := Words{entry.Swedish, entry.English}
	if to, known := roleWords()[notice.Role(role)]; known {
		words = Words{words.Swedish + ", till " + to.Swedish, words.English + ", to " + to.English}
	}
	return &words
}

// symbolWords reads text that is symbols with blanks between.
func symbolWords(symbols map[string]Words, text string) *Words {
	var swedish, english []string
	for symbol := range strings.FieldsSeq(text) {
		words, known := symbols[symbol]
		if !known {
			return nil
		}
		swedish, english = append(swedish, words.Swedish), append(english, words.English)
	}
	if len(swedish) == 0 {
		return nil
	}
	return &Words{strings.Join(swedish, ", "), strings.Join(english, ", ")}
}

// phraseWords translates the phrases of a matter, which begin with a Swedish word
// and end with a number or a day.
func phraseWords(text string) *Words {
	for swedish, english := range map[string]string{
		"kungjort": "announced", "sista dag": "last day", "plan till": "plan until", "förföll": "fell due",
		"förslag": "proposal", "utbetalning": "payout",
	} {
		if rest, found := strings.CutPrefix(text, swedish+" "); found {
			return &Words{text, english + " " + rest}
		}
	}
	return nil
}

// storySymbols are the symbols that the stories of a room keep.
func storySymbols(room string) map[string]Words {
	switch room {
	case "bf":
		return withdrawalReasons()
	case "ve":
		all := finalReasons()
		maps.Copy(all, lackingWords())
		maps.Copy(all, exemptions())
		return all
	case "sc":
		all := closeCauses()
		for _, r := range restructuring.Reasons() {
			all[string(r.Reason)] = Words{r.Swedish, r.English}
		}
		return all
	}
	return nil
}

func withdrawalReasons() map[string]Words {
	return map[string]Words{
		string(filing.WithdrawnPaid):     {"svaranden har betalat", "the respondent has paid"},
		string(filing.WithdrawnSettled):  {"parterna har kommit överens", "the parties have settled"},
		string(filing.WithdrawnMistaken): {"ansökan var felaktig", "the application was mistaken"},
		string(filing.WithdrawnOther):    {"annat skäl", "another reason"},
	}
}

func finalReasons() map[string]Words {
	all := map[string]Words{}
	for reason, words := range enforcement.FinalReasonWords() {
		all[string(reason)] = Words{words[0], words[1]}
	}
	return all
}

func lackingWords() map[string]Words {
	return map[string]Words{
		string(enforcement.LacksTitle):    {"exekutionstiteln saknas", "the enforcement title is missing"},
		string(enforcement.LacksOriginal): {"skuldebrevet i original saknas", "the running note in original is missing"},
		string(enforcement.LacksChain):    {"överlåtelser saknas", "assignments are missing"},
	}
}

func exemptions() map[string]Words {
	return map[string]Words{
		string(enforcement.CrimeDamages):   {"skadestånd på grund av brott", "damages for crime"},
		string(enforcement.Maintenance):    {"underhåll", "maintenance"},
		string(enforcement.SocialServices): {"socialtjänst", "social services"},
	}
}

func closeCauses() map[string]Words {
	return map[string]Words{
		string(restructuring.CauseRejected):   {"avslag", "rejected"},
		string(restructuring.CauseWithdrawn):  {"ansökan återkallad", "the application withdrawn"},
		string(restructuring.CauseDeath):      {"gäldenären har avlidit", "the debtor has died"},
		string(restructuring.CauseBankruptcy): {"konkurs", "bankruptcy"},
		string(restructuring.CauseComposed):   {"företagsrekonstruktion", "company reorganisation"},
	}
}

// heldKinds are the kinds of what filers have held until the read-in.
func heldKinds() map[string]Words {
	return map[string]Words{
		string(filing.ChangeWithdrawal):      {"återkallelse", "withdrawal"},
		"reduction":                          {"nedsättning", "reduction"},
		string(filing.ChangeAmount):          {"ändrat belopp", "change of amount"},
		string(filing.ChangeDeferral):        {"uppskov", "deferral"},
		"party":                              {"ändrad partsuppgift", "change of party data"},
		string(filing.ChangedAddress):        {"ändrad adress", "change of address"},
		string(filing.ChangedName):           {"ändrat namn", "change of name"},
		string(filing.ChangedWorkplace):      {"ändrad arbetsplats", "change of workplace"},
		string(filing.ChangedRepresentative): {"ändrat ombud", "change of representative"},
		string(filing.ChangedPayee):          {"ändrad betalningsmottagare", "change of payee"},
		string(filing.ChangedCreditor):       {"överlåtelse", "assignment"},
	}
}

func roleWords() map[notice.Role]Words {
	return map[notice.Role]Words{
		notice.Filer:               {"ingivaren", "the filer"},
		notice.Applicant:           {"sökanden", "the applicant"},
		notice.Respondent:          {"svaranden", "the respondent"},
		notice.Debtor:              {"gäldenären", "the debtor"},
		notice.Creditor:            {"borgenären", "the creditor"},
		notice.Estate:              {"dödsboet", "the estate"},
		notice.Representative:      {"ombudet", "the representative"},
		notice.LegalRepresentative: {"ställföreträdaren", "the legal representative"},
	}
}
