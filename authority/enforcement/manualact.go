package enforcement

import (
	"context"

	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
)

// titleKinds are the titles of UB 3:1.
func titleKinds() []string {
	return []string{string(filing.TitleJudgment), string(filing.TitleSettlement), string(filing.TitlePenaltyOrder),
		string(filing.TitleArbitralAward), string(filing.TitleMaintenance), string(filing.TitleAdministrative),
		string(filing.TitleDocument), string(filing.TitleVerdict), string(filing.TitleEuropeanOrder), string(filing.TitleNegotiableNote)}
}

// registerAct registers an application on paper against one debtor. What has
// several goes through Register.
func (e *Enforcements) registerAct() service.Act {
	text := func(name string, required bool, sv, en string) service.Param {
		return param(name, service.TextParam, required, sv, en)
	}
	return service.Act{Name: "register", Swedish: "Registrera en ansökan på papper", English: "Register an application on paper", Basis: "UB 2:1–2",
		Params: []service.Param{
			text("code", true, "intressentkod", "party code"), text("reference", true, "egen referens", "own reference"),
			text("applicant", true, "sökande", "applicant"), param("applicant_number", service.IdentityParam, true, "sökandens nummer", "number of the applicant"),
			text("debtor", true, "gäldenär", "debtor"), param("debtor_number", service.IdentityParam, true, "gäldenärens nummer", "number of the debtor"),
			text("street", false, "gäldenärens gatuadress", "street of the debtor"), text("postal_code", false, "postnummer", "postal code"), text("town", false, "ort", "town"),
			choice("title", true, "exekutionstitel", "enforcement title", titleKinds()...),
			text("title_number", true, "titelns nummer", "number of the title"), text("issuer", true, "utfärdad av", "issued by"),
			param("title_date", service.DayParam, true, "titelns datum", "date of the title"),
			param("lodged", service.YesParam, false, "handlingarna är inlämnade", "the documents are lodged"),
			param("capital", service.AmountParam, true, "kapital", "capital"), param("due", service.DayParam, false, "förfallodag", "due date"),
			param("costs", service.AmountParam, false, "kostnader", "costs"),
			choice("interest", false, "ränta", "interest", string(filing.InterestAct)), param("interest_from", service.DayParam, false, "ränta från", "interest from"),
		},
		Begin: func(ctx context.Context, by service.Officer, _ string, v *service.Values) (string, error) {
			code, a := v.Text("code"), paperApplication(v)
			if err := v.Err(); err != nil {
				return "", err
			}
			return e.registerFor(ctx, by, code, a)
		}}
}

// paperApplication is what an officer has read on paper.
func paperApplication(v *service.Values) *filing.EnforcementApplication {
	a := &filing.EnforcementApplication{
		Reference: v.Text("reference"), Measure: filing.Payment, Scope: filing.FullScope,
		Applicants: []filing.Party{{Name: v.Text("applicant"), Identity: v.Identity("applicant_number")}},
		Respondents: []filing.Debtor{{Respondent: filing.Respondent{Party: filing.Party{Name: v.Text("debtor"), Identity: v.Identity("debtor_number"),
			Street: v.Text("street"), PostalCode: v.Text("postal_code"), Town: v.Text("town")}}}},
		Title: filing.Title{Kind: filing.TitleKind(v.Text("title")), Number: v.Text("title_number"), Issuer: v.Text("issuer"),
			Date: v.Day("title_date"), Lodged: v.Yes("lodged")},
		Debts: []filing.Debt{{Type: filing.Capital, Amount: v.Amount("capital"), DueDate: v.Day("due"),
			Interest: filing.Interest{Kind: filing.InterestKind(v.Text("interest")), From: v.Day("interest_from")}}},
	}
	if costs := v.Amount("costs"); costs > 0 {
		a.Debts = append(a.Debts, filing.Debt{Type: filing.OtherCost, Amount: costs})
	}
	for _, d := range a.Debts {
		a.Total += d.Amount
	}
	return a
}

// registerFor registers an application of a party code against one debtor, and
// returns the number of the case.
func (e *Enforcements) registerFor(ctx context.Context, by service.Officer, code string, a *filing.EnforcementApplication) (string, error) {
	if a.Total <= 0 {
		return "", service.Refuse("bad_amount", "Skulden ska vara större än noll.", "The debt must be above zero.")
	}
	var c party.Code
	found := false
	err := e.db.Read(ctx, func(r store.Reader) (err error) {
		c, found, err = party.New(e.db).ByCode(r, code)
		return err
	})
	if err != nil {
		return "", err
	}
	if !found {
		return "", service.UnknownCode(code)
	}
	numbers, err := e.Register(ctx, by, c, a)
	if err != nil {
		return "", err
	}
	return numbers[0], nil
}
