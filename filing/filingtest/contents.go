package filingtest

import (
	"fmt"
	"time"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
)

// Contents makes n documents of the transaction. A transaction whose files
// hold none panics, since that is a fault of the test.
func Contents(tx filing.Transaction, seed uint64, n int) []filing.Content {
	b, all := New(seed), make([]filing.Content, n)
	one, ok := makers[tx]
	if !ok {
		panic("filingtest: no documents of " + string(tx))
	}
	for i := range all {
		b.made = i
		all[i] = one(b)
	}
	return all
}

// Made tells whether the files of a transaction hold documents.
func Made(tx filing.Transaction) bool { return makers[tx] != nil }

var makers = map[filing.Transaction]func(*Builder) filing.Content{
	filing.BFApplication:  func(b *Builder) filing.Content { a := b.Next(); return &a },
	filing.BFConfirmation: (*Builder).confirmedCase,
	filing.BFWithdrawal:   (*Builder).withdrawal,
	filing.BFReduction:    (*Builder).reduction,
	filing.BFVerdict:      (*Builder).verdict,
	filing.BFEvent:        (*Builder).paymentOrderEvent,

	filing.VEApplication:        (*Builder).enforcementApplication,
	filing.VEConfirmation:       (*Builder).confirmedEnforcement,
	filing.VEChange:             (*Builder).change,
	filing.VEEarningsAttachment: (*Builder).earningsAttachment,
	filing.VEInterimAccount:     (*Builder).enforcementReport,
	filing.VENewFee:             (*Builder).newFee,
	filing.VEFinalAccount:       (*Builder).finalAccount,

	filing.SCClaim:        (*Builder).claimReport,
	filing.SCConfirmation: (*Builder).confirmedClaim,
	filing.SCOpening:      (*Builder).opening,

	filing.DERequest: (*Builder).debtRequest,
	filing.DEAnswer:  (*Builder).debtAnswer,
	filing.PERequest: (*Builder).procurementRequest,
	filing.PEAnswer:  (*Builder).procurementAnswer,

	filing.CEExtract:             (*Builder).creditLine,
	filing.CEPaymentOrderExtract: (*Builder).creditPaymentOrder,
	filing.CEDebtBalanceExtract:  (*Builder).creditBalance,

	filing.XXStatusReport: (*Builder).caseStatus,
	filing.XXPartyChange:  (*Builder).partyChange,
}

// FactsOf are the file facts that go with the documents, those that files of
// the transaction state and no others.
func FactsOf(tx filing.Transaction, partyCode string, sequence int64, all []filing.Content) filing.FileFacts {
	f := filing.FileFacts{PartyCode: partyCode, Sequence: sequence, Created: Today, Documents: int64(len(all)), Sum: sumOf(all)}
	info, _ := filing.Info(tx)
	if info.Direction == filing.In {
		f.Software = "filingtest 1"
	}
	switch tx {
	case filing.DERequest, filing.PERequest:
		f.Requester = "Handläggare Östen Prov"
	case filing.DEAnswer, filing.PEAnswer, filing.SCConfirmation:
		f.FileName = "ABC.UTDRAG"
	case filing.BFConfirmation:
		f.Created, f.ReadIn, f.FileName = 0, Today, "ABC.ANSOKAN"
	case filing.VEConfirmation:
		f.Origin, f.ReadIn, f.FileName = filing.OriginFile, Today, "ABC.EMALIN"
	case filing.CEExtract, filing.CEPaymentOrderExtract, filing.CEDebtBalanceExtract:
		f.Delivery, f.PeriodTo = filing.Difference, Today.AddDays(-1)
	case filing.XXStatusReport:
		f.PeriodFrom, f.PeriodTo = Today.AddDays(-30), Today
	}
	return f
}

func sumOf(all []filing.Content) money.Amount {
	var sum money.Amount
	for _, c := range all {
		sum += filing.SumOf(c)
	}
	return sum
}

// reference is the own reference of the document at hand.
func (b *Builder) reference() string { return fmt.Sprintf("26-%07d", b.made+1) }

// caseNumber is one of the formats that case numbers may have, as long as they
// can be.
func (b *Builder) caseNumber() string {
	formats := []string{"BF-26-%06d", "%013d-26-XYZ", "01-%06d-26"}
	return fmt.Sprintf(formats[b.random.IntN(len(formats))], 1+b.random.IntN(999_999))
}

func (b *Builder) amount() money.Amount { return money.Amount(1 + b.random.IntN(9_000_000)) }

// past is a day up to a number of days ago.
func (b *Builder) past(days int) calendar.Day { return Today.AddDays(-b.random.IntN(days)) }

func (b *Builder) coming(days int) calendar.Day { return Today.AddDays(1 + b.random.IntN(days)) }

func pick[T any](b *Builder, from ...T) T { return from[b.random.IntN(len(from))] }

// maybe is the value in half of the documents, and otherwise nothing.
func maybe[T any](b *Builder, value T) T {
	if b.oneIn(2) {
		return value
	}
	var nothing T
	return nothing
}

func (b *Builder) named(name string) filing.Person {
	return filing.Person{Identity: b.person(), Name: name}
}

func (b *Builder) firm(name string) filing.Person {
	p := b.company(name)
	return filing.Person{Identity: p.Identity, Name: p.Name}
}

// caseKey names a case by number, or an application by file and reference
// (R70).
func (b *Builder) caseKey() filing.CaseKey {
	k := filing.CaseKey{
		Reference: b.reference(), Applicant: maybe(b, b.company("Exempelfordran AB").Identity), Respondent: maybe(b, b.person()),
	}
	if b.oneIn(3) {
		k.Sequence = int64(1 + b.random.IntN(9_999_999))
	} else {
		k.CaseNumber = b.caseNumber()
	}
	return k
}

// NoteTo is the cover note to a file with the facts.
func NoteTo(tx filing.Transaction, f filing.FileFacts) filing.Note {
	return filing.Note{Transaction: tx, PartyCode: f.PartyCode, Sequence: f.Sequence, Documents: &f.Documents, Sum: &f.Sum, Date: &f.Created}
}

// ReceiptFor is the receipt of a file of the transaction, approved or with the
// errors.
func ReceiptFor(tx filing.Transaction, errors ...filing.Error) filing.Receipt {
	r := filing.Receipt{
		Transaction: tx, TransactionID: "00000000-0000-4000-8000-000000000001", PartyCode: "ABC", Sequence: 17,
		FileName: "ABC.PROV", Digest: filing.Own().Digest(), Arrived: Today.At(9, 30).Add(7 * time.Second),
		Outcome: filing.Approved, Records: 5, Documents: 3, Sum: 134800, Expected: 18, Rules: filing.Own().Digest(),
		Event: "4711", EventDigest: filing.Own().Digest(),
		Applied: []filing.AppliedDocument{
			{Document: 1, Reference: "26-0000001", CaseNumber: "01-000001-26", Result: filing.Applied},
			{Document: 3, Reference: "26-0000003", Result: filing.Held},
		},
	}
	if len(errors) == 0 {
		return r
	}
	r.Outcome, r.Errors, r.ErrorCount, r.Counts = filing.ApprovedInPart, errors, len(errors), map[filing.Code]int{}
	for _, e := range errors {
		r.Counts[e.Code]++
	}
	return r
}
