package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

// answer KIND ARGS… writes a file as the authority would, for scripts without
// an authority:
//
//	answer receipt FILE TRANSACTION OUTCOME OUT
//	answer confirmation REFERENCE=CASE … OUT      of file number 1
//	answer verdict REFERENCE CASE ENFORCEMENT OUT
//	answer status CASE=STATE … OUT
//	answer delivery NUMBER OUT
func answer() {
	kind, args, out := os.Args[1], os.Args[2:len(os.Args)-1], os.Args[len(os.Args)-1]
	text, err := answers()[kind](args)
	if err == nil {
		err = os.WriteFile(out, text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answers() map[string]func([]string) ([]byte, error) {
	return map[string]func([]string) ([]byte, error){
		"receipt": answerReceipt, "confirmation": answerConfirmation, "verdict": answerVerdict, "status": answerStatus, "delivery": answerDelivery,
	}
}

func answerReceipt(args []string) ([]byte, error) {
	f, err := os.Open(args[0])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	_, facts, err := filing.Check(f, filing.Own(), filing.Expect{Transaction: filing.Transaction(args[1]), Today: answerDay()})
	if err != nil {
		return nil, err
	}
	r := filing.Receipt{
		Transaction: facts.Transaction, TransactionID: "T-1", PartyCode: facts.PartyCode, Sequence: facts.Sequence, Digest: facts.Digest,
		Arrived: answerDay().At(9, 0), Outcome: filing.Outcome(args[2]), Documents: facts.Documents, Sum: facts.Sum, Expected: facts.Sequence + 1,
	}
	if facts.Transaction == filing.BFApplication {
		r.ReadIn = answerDay()
	}
	if r.Outcome == filing.Rejected {
		r.Expected = facts.Sequence
		r.Errors = []filing.Error{{Code: "D207", Class: filing.Document, Document: 1, Swedish: "prov", English: "trial"}}
		r.ErrorCount = 1
	}
	var b bytes.Buffer
	err = filing.WriteReceipt(&b, filing.Own(), filing.TextForm, r)
	return b.Bytes(), err
}

func answerDay() calendar.Day { return calendar.MustDay("2026-11-23") }

func answerConfirmation(args []string) ([]byte, error) {
	var cases []filing.Content
	for _, pair := range args {
		reference, number, _ := strings.Cut(pair, "=")
		cases = append(cases, &filing.ConfirmedCase{Reference: reference, CaseNumber: number, Registered: answerDay(), Fee: 300_00, Sum: 2837_43, State: filing.StateRegistered})
	}
	return answerOf(filing.BFConfirmation, filing.FileFacts{Sequence: 1, ReadIn: answerDay(), Sum: money.Amount(len(args)) * 300_00}, cases...)
}

func answerVerdict(args []string) ([]byte, error) {
	return answerOf(filing.BFVerdict, filing.FileFacts{Sequence: 1, Created: calendar.MustDay("2026-12-20"), Sum: 2837_43}, &filing.PaymentOrderVerdict{
		Reference: args[0], CaseNumber: args[1], VerdictNumber: "V-1", Date: calendar.MustDay("2026-12-20"), Applicant: filing.Person{Name: "Exempeltelefoni AB"},
		Respondents: []filing.VerdictRespondent{{Person: filing.Person{Identity: filingtest.Number("199006022397"), Name: "Provsson"}, EnforcementCase: args[2]}},
		Parts:       []filing.GrantedPart{{Part: 1, Type: filing.Capital, Amount: 2837_43}}, Costs: 680_00, Total: 2837_43, Enforced: true,
	})
}

func answerStatus(args []string) ([]byte, error) {
	var cases []filing.Content
	for _, pair := range args {
		number, state, _ := strings.Cut(pair, "=")
		cases = append(cases, &filing.CaseStatus{Service: filing.PaymentOrder, CaseNumber: number, State: state, Since: answerDay(), Registered: answerDay(),
			Claimed: 2837_43, Remaining: 2837_43})
	}
	return answerOf(filing.XXStatusReport, filing.FileFacts{Sequence: 1, PeriodFrom: calendar.MustDay("2026-11-01"), PeriodTo: calendar.MustDay("2026-11-30")}, cases...)
}

func answerDelivery(args []string) ([]byte, error) {
	var number int64
	if _, err := fmt.Sscan(args[0], &number); err != nil {
		return nil, err
	}
	return answerOf(filing.CEDebtBalanceExtract, filing.FileFacts{Sequence: number, Delivery: filing.Difference, PeriodTo: answerDay()},
		&filing.CreditBalance{Action: filing.CreditAdd, Identity: filingtest.Number("199006022397"), Name: "Provsson", Date: answerDay(), PrivateCases: 1, PrivateAmount: 1_00})
}

func answerOf(transaction filing.Transaction, facts filing.FileFacts, documents ...filing.Content) ([]byte, error) {
	facts.PartyCode, facts.Documents = "ABC", int64(len(documents))
	if facts.Created.IsZero() {
		facts.Created = answerDay()
	}
	var b bytes.Buffer
	w, err := filing.NewWriter(&b, filing.Own(), transaction, filing.TextForm, facts)
	if err != nil {
		return nil, err
	}
	for _, c := range documents {
		if err := w.Write(c); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return b.Bytes(), err
}
