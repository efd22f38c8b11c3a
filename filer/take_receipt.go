package filer

import (
	"filtjanst/calendar"
	"filtjanst/filer/ledger"
	"filtjanst/filing"
	"filtjanst/money"
)

// receipt takes in the receipt of a file of any transaction.
func (t *taking) receipt() error {
	receipt, err := filing.ReadReceipt(t.content, t.desk.Set, t.from.Transaction)
	if err != nil {
		return problem("the receipt cannot be read: %v", err)
	}
	r := t.r
	r.Sequence, r.Outcome, r.Expected = receipt.Sequence, receipt.Outcome, receipt.Expected
	r.Errors, r.ErrorCount, r.Warnings = receipt.Errors, receipt.ErrorCount, receipt.Warnings
	r.ReadIn = receipt.ReadIn.String()
	file, err := answered(receipt, t.Files)
	if err != nil {
		return err
	}
	documents, news, err := t.Answer(file, receipt)
	if err != nil || !news {
		return err
	}
	if err := t.tellReceipt(file, receipt); err != nil {
		return err
	}
	return t.results(file, documents, receipt)
}

// answered finds the file that a receipt answers by the digest of its bytes,
// so that a receipt for other bytes than were sent is never believed. The note
// decides only where it came alone.
func answered(receipt filing.Receipt, files func(ledger.Filter) ([]ledger.File, error)) (ledger.File, error) {
	if digest := firstOf(receipt.Digest, receipt.NoteDigest); digest != "" {
		found, err := files(ledger.Filter{Digest: digest})
		if err != nil {
			return ledger.File{}, err
		}
		if len(found) > 0 {
			return latest(found), nil
		}
	}
	return ledger.File{}, problem("the receipt for number %d answers a file with SHA-256 %.12s…, which the book does not have: what the authority took in is not what was sent from here", receipt.Sequence, receipt.Digest)
}

// latest prefers a file without receipt, then the one built last.
func latest(files []ledger.File) ledger.File {
	best := files[0]
	for _, f := range files[1:] {
		if (f.ReceiptPath == "") != (best.ReceiptPath == "") {
			if f.ReceiptPath == "" {
				best = f
			}
		} else if f.ID > best.ID {
			best = f
		}
	}
	return best
}

func (t *taking) tellReceipt(f ledger.File, receipt filing.Receipt) error {
	details := map[string]string{"transaction_id": receipt.TransactionID}
	if !receipt.ReadIn.IsZero() {
		details["read_in"] = receipt.ReadIn.String()
	}
	if len(receipt.Errors) > 0 {
		details["error"] = string(receipt.Errors[0].Code)
	}
	return t.Tell(ledger.Event{
		Kind: ledger.EventReceipt, Code: string(receipt.Outcome), Day: calendar.Of(receipt.Arrived), Transaction: f.Transaction,
		PartyCode: f.Code, Sequence: f.Sequence, Amounts: map[string]money.Amount{"sum": f.Sum}, Details: details,
	})
}

// results tells what became of each document that the receipt says anything of,
// and lets the cases follow.
func (t *taking) results(f ledger.File, documents []ledger.Document, receipt filing.Receipt) error {
	day := calendar.Of(receipt.Arrived)
	t.r.Results = map[string]int64{}
	for _, d := range documents {
		if d.Result == "" {
			continue
		}
		t.r.Results[string(d.Result)]++
		e := ledger.Event{
			Kind: ledger.EventResult, Code: string(d.Result), Day: day, Transaction: f.Transaction, PartyCode: f.Code, Sequence: f.Sequence,
			Reference: d.Reference, CaseNumber: d.CaseNumber, Swedish: d.ErrorText, English: d.ErrorText2, Details: actDetails(d),
		}
		if d.Result == ledger.Refused {
			e.Code = d.ErrorCode
		}
		if d.Sum != 0 {
			e.Amounts = map[string]money.Amount{"amount": d.Sum}
		}
		if err := t.follow(f, d, day, &e); err != nil {
			return err
		}
		if err := t.Tell(e); err != nil {
			return err
		}
	}
	return nil
}

func actDetails(d ledger.Document) map[string]string {
	if d.Act == "" {
		return nil
	}
	details := map[string]string{"act": string(d.Act)}
	if !d.Until.IsZero() {
		details["until"] = d.Until.String()
	}
	return details
}

// follow lets the case follow an act that was applied, and names it by its
// number and own reference.
func (t *taking) follow(f ledger.File, d ledger.Document, day calendar.Day, e *ledger.Event) error {
	info, _ := filing.Info(f.Transaction)
	if d.Act == "" || d.Act == ledger.ChangeOfParty || info.Service != filing.PaymentOrder && info.Service != filing.Enforcement {
		return nil
	}
	c, found, err := t.caseOf(info.Service, d)
	if err != nil || !found {
		return err
	}
	e.CaseNumber, e.Reference = c.Number, firstOf(d.Reference, c.Reference)
	if d.Result != filing.Applied {
		return nil
	}
	apply(&c, d, day)
	return t.Put(c)
}

func (t *taking) caseOf(service filing.Service, d ledger.Document) (ledger.Case, bool, error) {
	if d.CaseNumber == "" {
		return t.CaseOfReference(service, d.Reference)
	}
	c, err := t.Case(service, d.CaseNumber)
	return c, err == nil, err
}

// apply makes of the case what an act makes of it that was applied.
func apply(c *ledger.Case, d ledger.Document, day calendar.Day) {
	switch d.Act {
	case ledger.Withdraw:
		withdraw(c, day)
	case ledger.WithdrawOne:
		if c.Respondents--; c.Respondents <= 0 {
			withdraw(c, day)
			return
		}
		c.Moved(statePartly, true, day)
	case ledger.ReduceTo:
		if d.Part == 0 && c.Claimed > d.Sum {
			c.Reduced = c.Claimed - d.Sum
		}
	case ledger.ReduceBy:
		c.Reduced += d.Sum
	case ledger.ChangeAmount:
		owed := c.Claimed - c.Reduced
		if c.Remaining != nil {
			owed = *c.Remaining
		}
		c.Reduced += max(owed-d.Sum, 0)
		c.Remaining = &d.Sum
	case ledger.Defer:
		if c.Moved(stateDeferral, true, day) {
			c.LastDay = d.Until
		}
	}
}

// withdraw ends a case that has not ended already, whatever else has been told
// of it since.
func withdraw(c *ledger.Case, day calendar.Day) {
	if !c.Open {
		return
	}
	state := stateDiscontinued
	if c.Service == filing.Enforcement {
		state = stateWithdrawn
	}
	c.Moved(state, false, max(day, c.Since))
	c.Reason = string(filing.FinalWithdrawn)
}
