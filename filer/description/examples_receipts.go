package description

import "filtjanst/filing"

// receiptExamples answer each file of the story: as it is, with a document
// that is wrong, and with a general error.
func receiptExamples() map[filing.Transaction][]exampleFile {
	all := map[filing.Transaction][]exampleFile{}
	for _, row := range faultyFiles() {
		info, _ := filing.Info(row.tx)
		good, wrong, general := exampleAnswer{to: row.tx, applied: row.applied}, exampleAnswer{to: row.tx, change: row.wrong, applied: row.left}, exampleAnswer{to: row.tx}
		reason := "filen kommer en gång till"
		if info.Note == "" {
			general.again = true
		} else {
			general.note = func(n *filing.Note) { *n.Documents++ }
			reason = "missivet säger en handling mer"
		}
		outcome := "Avvisad fil"
		if len(row.left) > 0 {
			outcome = "Delvis godkänd fil"
		}
		all[info.Receipt] = []exampleFile{
			{title: "Godkänd fil", answers: &good},
			{title: outcome + ", exempel 1: fel på handlingar, " + row.fault, answers: &wrong},
			{title: "Avvisad fil, exempel 2: generellt fel, " + reason, answers: &general},
		}
	}
	return all
}

// faultyFile is what makes one document of a file wrong.
type faultyFile struct {
	tx      filing.Transaction
	fault   string
	wrong   func(*exampleFile)
	applied []filing.AppliedDocument // of the file as it is
	left    []filing.AppliedDocument // of the file with its fault
}

// inDocument changes a copy of one document.
func inDocument[T any, P interface {
	*T
	filing.Content
}](i int, change func(P)) func(*exampleFile) {
	return func(f *exampleFile) {
		if given, ok := f.documents[i].(P); ok {
			changed := P(new(T))
			*changed = *given
			change(changed)
			f.documents[i] = changed
		}
	}
}

func done(number int64, reference, caseNumber string) filing.AppliedDocument {
	return filing.AppliedDocument{Document: number, Reference: reference, CaseNumber: caseNumber, Result: filing.Applied}
}

// faultyFiles are the files of the story that receipts answer.
func faultyFiles() []faultyFile {
	return []faultyFile{
		{tx: filing.BFApplication, fault: "en fordran är inte förfallen", wrong: inDocument(0, func(a *filing.Application) {
			a.Parts = append([]filing.ClaimPart{}, a.Parts...)
			a.Parts[0].DueDate = day("2026-11-24")
		})},
		{
			tx: filing.BFReduction, fault: "betalningen ligger i framtiden",
			wrong:   inDocument(0, func(r *filing.Reduction) { r.Paid = day("2026-12-31") }),
			applied: []filing.AppliedDocument{done(1, firstReference, firstCase)},
		},
		{
			tx: filing.BFWithdrawal, fault: "den andra handlingen anger inget mål",
			wrong: inDocument(1, func(w *filing.Withdrawal) { w.Sequence = 0 }),
			applied: []filing.AppliedDocument{
				done(1, secondReference, secondCase), {Document: 2, Reference: "26-0081402", Result: filing.Held},
			},
			left: []filing.AppliedDocument{done(1, secondReference, secondCase)},
		},
		{tx: filing.VEApplication, fault: "titelns nummer saknas", wrong: inDocument(0, func(a *filing.EnforcementApplication) { a.Title.Number = "" })},
		{
			tx: filing.VEChange, fault: "uppskovet saknar sista dag",
			wrong:   inDocument(1, func(c *filing.Change) { c.Until = 0 }),
			applied: []filing.AppliedDocument{done(1, firstReference, seizedCase), done(2, jointReference, jointCase), done(3, "", "U-2027-0000011")},
			left:    []filing.AppliedDocument{done(1, firstReference, seizedCase), done(3, "", "U-2027-0000011")},
		},
		{tx: filing.SCClaim, fault: "summan stämmer inte", wrong: inDocument(0, func(c *filing.ClaimReport) { c.Total-- })},
		{tx: filing.DERequest, fault: "personen uppges inte vara föremål för inkassoåtgärd", wrong: inDocument(1, func(r *filing.ExtractRequest) { r.UnderCollection = false })},
		{tx: filing.PERequest, fault: "perioden slutar före sin början", wrong: inDocument(0, func(r *filing.ExtractRequest) { r.PeriodTo = day("2026-11-30") })},
		{
			tx: filing.XXPartyChange, fault: "ändringen säger inte vad som ska gälla",
			wrong:   inDocument(1, func(p *filing.PartyChange) { p.NewCreditor = nil }),
			applied: []filing.AppliedDocument{done(1, firstReference, seizedCase), done(2, jointReference, jointCase)},
			left:    []filing.AppliedDocument{done(1, firstReference, seizedCase)},
		},
	}
}
