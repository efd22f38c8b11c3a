package paymentorder

import (
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/money"
)

const selectCase = `SELECT c.id, c.number, c.file, c.reference, c.code_id, c.main_code_id, f.code, c.arrived, c.registered,
	c.notice, c.no_enforcement, c.joint, c.negotiable_note, c.requests, c.demand_date, c.pay_before, c.own_work_reasons,
	c.total, c.fee, c.payee_kind, c.payee_account, c.payee_name, c.payee_identity, c.closed, c.blocked
	FROM paymentorder_case c JOIN paymentorder_file f ON f.file = c.file WHERE `

// readLives reads the rows of cases, by id.
func readLives(r store.Reader, where string, args []any) ([]*life, error) {
	return store.Collect(scanCase)(r.Query(selectCase+where+` ORDER BY c.id`, args...))
}

func scanCase(row *store.Rows) (*life, error) {
	l := &life{}
	a := &l.Application
	var payee filing.Payee
	var kind, payeeIdentity string
	var arrived, total, fee int64
	err := row.Scan(&l.ID, &l.Number, &l.File, &a.Reference, &l.CodeID, &l.MainCodeID, &l.Code, &arrived, &l.Registered,
		&a.Notice, &a.NoEnforcement, &a.Joint, &a.NegotiableNote, &a.Requests, &a.DemandDate, &a.PayBefore, &a.OwnWorkReasons,
		&total, &fee, &kind, &payee.Account, &payee.Name, &payeeIdentity, &l.Closed, &l.Blocked)
	if err != nil {
		return nil, err
	}
	l.Arrived, l.Fee, a.Total = store.Moment(arrived), money.Amount(fee), money.Amount(total)
	if kind == "" {
		return l, nil
	}
	payee.Kind = filing.PayeeKind(kind)
	payee.Identity, err = store.ParseIdentity(payeeIdentity)
	a.Payee = &payee
	return l, err
}

// readDetails reads persons, claim parts, pairs and reductions of cases, at most
// store.MostAmong.
func readDetails(r store.Reader, lives []*life) error {
	return readAll(r, lives, readParties, readParts, readPairs, readPaid)
}

// readStanding reads of cases, at most store.MostAmong, only what tells how they
// stand: who the respondents are, what is claimed, pairs and reductions.
func readStanding(r store.Reader, lives []*life) error {
	return readAll(r, lives, readRespondents, readAmounts, readPairs, readPaid)
}

// reader reads one kind of row of cases.
type reader func(r store.Reader, at map[int64]*life, places string, args []any) error

func readAll(r store.Reader, lives []*life, kinds ...reader) error {
	at := map[int64]*life{}
	ids := make([]int64, len(lives))
	for i, l := range lives {
		at[l.ID], ids[i] = l, l.ID
	}
	places, args := store.Among(1, ids)
	for _, read := range kinds {
		if err := read(r, at, places, args); err != nil {
			return err
		}
	}
	return nil
}

func readParties(r store.Reader, at map[int64]*life, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT p.case_id, p.role, p.position, p.identity, p.name, p.care_of, p.street, p.postal_code,
		p.town, p.country, p.phone, p.mobile, p.email, COALESCE(s.estate, FALSE), COALESCE(s.other_address, ''),
		COALESCE(s.workplace, ''), COALESCE(s.address_inquiry, ''), s.served, COALESCE(s.answer_days, 0), s.service_failed,
		s.reminded
		FROM paymentorder_party p
		LEFT JOIN paymentorder_respondent s ON s.case_id = p.case_id AND s.position = p.position AND p.role = 'respondent'
		WHERE p.case_id IN (`+places+`) ORDER BY p.case_id, p.role DESC, p.position`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		if err := scanParty(row, at); err != nil {
			return err
		}
	}
	return nil
}

// scanParty puts a person in its place. Respondents come before legal
// representatives.
func scanParty(rows *store.Rows, at map[int64]*life) (err error) {
	var id, position int64
	var role Role
	var full string
	var p filing.Respondent
	var s ServiceState
	err = rows.Scan(&id, &role, &position, &full, &p.Name, &p.CareOf, &p.Street, &p.PostalCode, &p.Town, &p.Country,
		&p.Phone, &p.Mobile, &p.Email, &p.Estate, &p.OtherAddress, &p.Workplace, &p.AddressInquiry,
		&s.Served, &s.AnswerDays, &s.Failed, &s.Reminded)
	if err != nil {
		return err
	}
	if p.Identity, err = store.ParseIdentity(full); err != nil {
		return err
	}
	l := at[id]
	a := &l.Application
	switch role {
	case Applicant:
		a.Applicants = append(a.Applicants, p.Party)
	case Respondent:
		a.Respondents, l.Service = append(a.Respondents, p), append(l.Service, s)
	case Representative:
		a.Representative = &p.Party
	case LegalRepresentative:
		a.Respondents[position-1].LegalRepresentative = &p.Party
	}
	return nil
}

func readRespondents(r store.Reader, at map[int64]*life, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT p.case_id, p.identity, p.name, s.served FROM paymentorder_party p
		LEFT JOIN paymentorder_respondent s ON s.case_id = p.case_id AND s.position = p.position
		WHERE p.case_id IN (`+places+`) AND p.role = 'respondent' ORDER BY p.case_id, p.position`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		var id int64
		var full string
		var p filing.Respondent
		var s ServiceState
		if err := row.Scan(&id, &full, &p.Name, &s.Served); err != nil {
			return err
		}
		if p.Identity, err = store.ParseIdentity(full); err != nil {
			return err
		}
		l := at[id]
		l.Application.Respondents, l.Service = append(l.Application.Respondents, p), append(l.Service, s)
	}
	return nil
}

func readAmounts(r store.Reader, at map[int64]*life, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT case_id, amount, interest_kind, interest_rate, interest_from, accrued, accrued_to
		FROM paymentorder_claim_part WHERE case_id IN (`+places+`) ORDER BY case_id, position`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		var id, amount, rate, accrued int64
		var p filing.ClaimPart
		i := &p.Interest
		if err := row.Scan(&id, &amount, &i.Kind, &rate, &i.From, &accrued, &i.AccruedTo); err != nil {
			return err
		}
		p.Amount, i.Rate, i.Accrued = money.Amount(amount), money.Rate(rate), money.Amount(accrued)
		at[id].Application.Parts = append(at[id].Application.Parts, p)
	}
	return nil
}

func readParts(r store.Reader, at map[int64]*life, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT case_id, type, amount, interest_kind, interest_rate, interest_from, accrued, accrued_to,
		interest_ground, invoice_number, invoice_date, due_date, creditor_name, creditor_identity, ground
		FROM paymentorder_claim_part WHERE case_id IN (`+places+`) ORDER BY case_id, position`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		id, p, err := scanPart(row)
		if err != nil {
			return err
		}
		at[id].Application.Parts = append(at[id].Application.Parts, p)
	}
	return nil
}

func scanPart(rows *store.Rows) (id int64, p filing.ClaimPart, err error) {
	var amount, rate, accrued int64
	var creditor, creditorIdentity string
	i := &p.Interest
	err = rows.Scan(&id, &p.Type, &amount, &i.Kind, &rate, &i.From, &accrued, &i.AccruedTo, &i.Ground,
		&p.InvoiceNumber, &p.InvoiceDate, &p.DueDate, &creditor, &creditorIdentity, &p.Ground)
	p.Amount, i.Rate, i.Accrued = money.Amount(amount), money.Rate(rate), money.Amount(accrued)
	if err != nil || creditor == "" && creditorIdentity == "" {
		return id, p, err
	}
	p.OriginalCreditor = &filing.OriginalCreditor{Name: creditor}
	p.OriginalCreditor.Identity, err = store.ParseIdentity(creditorIdentity)
	return id, p, err
}

func readPairs(r store.Reader, at map[int64]*life, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT s.id, s.case_id, s.respondent, s.part, s.slice, s.state, s.since, s.until, s.amount, s.accrued,
		s.stayed, s.verdict_id, s.claim, v.day FROM paymentorder_state s LEFT JOIN paymentorder_verdict v ON v.id = s.verdict_id
		WHERE s.case_id IN (`+places+`) ORDER BY s.case_id, s.respondent, s.part, s.slice`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		p := &pair{}
		var caseID, amount, accrued int64
		err := row.Scan(&p.id, &caseID, &p.Respondent, &p.Part, &p.Slice, &p.State, &p.Since, &p.Until, &amount, &accrued,
			&p.Stayed, &p.Verdict, &p.lodged, &p.decided)
		if err != nil {
			return err
		}
		p.Amount, p.Accrued = money.Amount(amount), money.Amount(accrued)
		p.was = p.PairState
		at[caseID].pairs = append(at[caseID].pairs, p)
	}
	return nil
}

func readPaid(r store.Reader, at map[int64]*life, places string, args []any) error {
	rows := store.Each(r.Query(`SELECT s.case_id, s.id, d.day, d.amount, d.accrued, d.paid, d.file
		FROM paymentorder_reduction d JOIN paymentorder_state s ON s.id = d.state_id
		WHERE s.case_id IN (`+places+`) ORDER BY s.case_id, s.id, d.number`, args...))
	for row, err := range rows {
		if err != nil {
			return err
		}
		var caseID, id, amount, accrued int64
		var l lowering
		if err := row.Scan(&caseID, &id, &l.day, &amount, &accrued, &l.paid, &l.file); err != nil {
			return err
		}
		l.amount, l.accrued, l.stored = money.Amount(amount), money.Amount(accrued), true
		for _, p := range at[caseID].pairs {
			if p.id == id {
				p.lowered = append(p.lowered, l)
			}
		}
	}
	return nil
}
