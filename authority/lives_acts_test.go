package authority_test

import (
	"fmt"

	"filtjanst/authority"
	"filtjanst/authority/service"
	"filtjanst/filing"
	"filtjanst/money"
)

// apply lodges applications for payment orders or for enforcement.
func (w *town) apply(f *townFiler) {
	w.Helper()
	if w.oneOf(3) {
		w.applyForEnforcement(f)
		return
	}
	all := w.builder.Applications(1 + w.random.IntN(4))
	contents := make([]filing.Content, len(all))
	for i := range all {
		w.makeJoint(&all[i], all[0].Respondents[0])
		contents[i] = &all[i]
	}
	if got := w.send(f, filing.BFApplication, contents); got.Outcome != filing.Approved {
		w.Fatalf("%s: %d applications were %s", f.code, len(all), got.Outcome)
	}
	for i := range all {
		f.unread[all[i].Reference] = f.sequence[filing.BFApplication]
		f.joint[all[i].Reference] = all[i].Joint
	}
}

// makeJoint lets another person owe the claim too, in every second application
// with one respondent.
func (w *town) makeJoint(a *filing.Application, other filing.Respondent) {
	if w.oneOf(2) && len(a.Respondents) == 1 && a.Respondents[0].Identity != other.Identity {
		a.Respondents, a.Joint = append(a.Respondents, other), true
	}
}

func (w *town) applyForEnforcement(f *townFiler) {
	w.Helper()
	a := w.builder.Next()
	e := &filing.EnforcementApplication{
		Reference: a.Reference, Measure: filing.Payment, Scope: filing.FullScope, Joint: a.Joint, Applicants: a.Applicants,
		Title:  filing.Title{Kind: filing.TitleVerdict, Number: "U-" + a.Reference, Issuer: "Provmyndigheten", Date: w.today() - 40},
		Ground: "Skuld enligt titeln.",
	}
	if w.oneOf(3) {
		e.Title.Kind, e.Title.Issuer = filing.TitleJudgment, "Prov tingsrätt"
	}
	for _, r := range a.Respondents {
		e.Respondents = append(e.Respondents, filing.Debtor{Respondent: r})
	}
	e.Debts = []filing.Debt{
		{Type: filing.Capital, Amount: money.Amount(50_000 + w.random.IntN(500_000)), Interest: filing.Interest{Kind: filing.InterestAct, From: w.today() - 39}},
		{Type: filing.OwnWork, Amount: 380 * money.Krona},
	}
	for _, d := range e.Debts {
		e.Total += d.Amount
	}
	got := w.send(f, filing.VEApplication, []filing.Content{e})
	if f.services[filing.Enforcement] != (got.Outcome == filing.Approved) {
		w.Fatalf("%s: an application for enforcement was %s", f.code, got.Outcome)
	}
	if got.Outcome == filing.Approved {
		f.enforced[e.Reference], f.joint[e.Reference] = len(e.Respondents), e.Joint
	}
}

// key names a case of the filer, one that waits to be read in, one of the other
// filer, or none at all.
func (w *town) key(f *townFiler) (k filing.CaseKey) {
	switch w.random.IntN(5) {
	case 0:
		k.CaseNumber = "2099-0000001"
	case 1:
		for reference, sequence := range sorted(f.unread) {
			return filing.CaseKey{Sequence: sequence, Reference: reference}
		}
		fallthrough
	case 2:
		other := w.filers[w.random.IntN(len(w.filers))]
		k.CaseNumber = pickCase(w, other.cases)
	default:
		k.CaseNumber = pickCase(w, f.cases)
	}
	return k
}

// of are the cases of one room; those of enforcement are known by their group.
func (f *townFiler) of(room string) (all []string) {
	for _, number := range f.cases {
		if _, enforced := f.group[number]; enforced == (room == "ve") {
			all = append(all, number)
		}
	}
	return all
}

func pickCase(w *town, all []string) string {
	if len(all) == 0 {
		return "2099-0000002"
	}
	return all[w.random.IntN(len(all))]
}

// takeBack withdraws and reduces. Whatever is asked, the answer is given at
// once and wholly: nothing is refused that is applied too.
func (w *town) takeBack(f *townFiler) {
	w.Helper()
	var contents []filing.Content
	tx := filing.BFWithdrawal
	if w.oneOf(2) {
		tx = filing.BFReduction
	}
	for range 1 + w.random.IntN(3) {
		if tx == filing.BFWithdrawal {
			contents = append(contents, &filing.Withdrawal{CaseKey: w.key(f), Reason: filing.WithdrawnPaid})
			continue
		}
		r := &filing.Reduction{CaseKey: w.key(f), Kind: filing.ReduceBy, Amount: money.Amount(1 + w.random.IntN(300_000))}
		if w.oneOf(2) {
			r.Part = int64(1 + w.random.IntN(3))
		}
		if r.Amount%2 == 0 {
			r.Paid = w.today() - calendarDays(int(r.Amount%20))
		}
		contents = append(contents, r)
	}
	w.send(f, tx, contents)
}

func (w *town) change(f *townFiler) {
	w.Helper()
	c := &filing.Change{CaseKey: w.key(f), Kind: filing.ChangeWithdrawal, Reason: filing.WithdrawnSettled}
	switch w.random.IntN(3) {
	case 0:
		c.Kind, c.Reason, c.Amount = filing.ChangeAmount, "", money.Amount(w.random.IntN(200_000))
	case 1:
		c.Kind, c.Reason, c.Until = filing.ChangeDeferral, "", w.today()+calendarDays(w.random.IntN(80))
	}
	w.send(f, filing.VEChange, []filing.Content{c})
}

// officer does something in some case. What the state does not allow is
// refused, and anything else is a fault.
func (w *town) officer() {
	w.Helper()
	act := w.acts[w.random.IntN(len(w.acts))]
	if w.oneOf(2) {
		act = w.usual[w.random.IntN(len(w.usual))]
	}
	f := w.filers[w.random.IntN(len(w.filers))]
	call := authority.ActCall{Room: act.Room, Act: act.Name, Number: pickCase(w, f.of(act.Room)), By: "Handläggare 7", Reason: "prov", Values: map[string]string{}}
	for _, p := range act.Params {
		served := act.Name == "serve" && p.Kind == service.NumberParam // one at a time
		if p.Required || served || w.oneOf(2) {
			call.Values[p.Name] = w.valueOf(p)
		}
	}
	_, err := w.Act(w.Context(), call)
	if _, refused := service.RefusedAs(err); refused {
		w.done["refused act"]++
		return
	}
	if err != nil {
		w.Fatalf("%s %s in %s with %v: %v", act.Room, act.Name, call.Number, call.Values, err)
	}
	w.done["act"]++
	w.done[act.Room+"."+act.Name]++
}

func (w *town) valueOf(p authority.ParamInfo) string {
	switch p.Kind {
	case service.ChoiceParam:
		return p.Choices[w.random.IntN(len(p.Choices))]
	case service.NumberParam:
		return fmt.Sprint(1 + w.random.IntN(2))
	case service.AmountParam:
		return fmt.Sprintf("%d.%02d", w.random.IntN(4000), w.random.IntN(100))
	case service.DayParam:
		return (w.today() - calendarDays(w.random.IntN(4))).String()
	case service.IdentityParam:
		return "195001019800"
	case service.YesParam:
		return []string{"yes", "no"}[w.random.IntN(2)]
	}
	return "Prov"
}

// payAll lets every debtor whose case is open pay far more than is owed, and
// ends what is open still.
func (w *town) payAll(f *townFiler) {
	w.Helper()
	for _, number := range f.of("ve") {
		for _, act := range []authority.ActCall{
			{Act: "receive", Values: map[string]string{"amount": "9000000", "day": w.today().String()}},
			{Act: "withdraw", Values: map[string]string{}},
		} {
			act.Room, act.Number, act.By, act.Reason = "ve", number, "Handläggare 7", "prov"
			_, err := w.Act(w.Context(), act)
			if _, refused := service.RefusedAs(err); !refused {
				must(w.T, err)
			}
		}
	}
	w.advance(2)
}
