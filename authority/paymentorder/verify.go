package paymentorder

import (
	"fmt"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/identity"
)

// Verify finds nothing in the registers that refuses an application: its fields
// were checked with the file, and a second application for the same claim is for
// the respondent to object to; the confirmation warns of it. Withdrawals and
// reductions are played, in order, on the cases as they stand. Within a transaction the cases are
// under guard from here on, so that what is judged is what is applied.
func (o *Orders) Verify(r store.Reader, f service.File, docs []service.Document) (service.Judgement, error) {
	if len(docs) == 0 {
		return service.Judgement{}, nil
	}
	if f.Transaction == filing.BFApplication {
		return service.Judgement{}, nil
	}
	s := o.looking(r, f)
	all, lives, err := s.orders(f, docs)
	if err != nil {
		return service.Judgement{}, err
	}
	held, err := s.heldBefore(all)
	if err != nil {
		return service.Judgement{}, err
	}
	j := service.Judgement{Notes: map[int64]service.Result{}}
	lines := linesBefore{}
	var enforced []int
	for _, one := range all {
		ruling, err := s.judge(one, lives, held, lines)
		if err != nil {
			return service.Judgement{}, err
		}
		if ruling.code == "" {
			j.Notes[one.doc.Number] = service.Result{Effect: ruling.effect, CaseNumber: numberOf(lives[one.target.caseID])}
			continue
		}
		if ruling.code == codeEnforced {
			enforced = append(enforced, len(j.Errors))
		}
		j.Errors = append(j.Errors, filing.NewError(ruling.code,
			filing.Place{Reference: one.key.Reference, Document: int(one.doc.Number)}, ruling.args...))
	}
	return j, nameEnforcement(r, all, j.Errors, enforced, lives)
}

func numberOf(l *life) string {
	if l == nil {
		return ""
	}
	return l.Number
}

// judge tells what becomes of one document, after those before it.
func (s *session) judge(o order, lives map[int64]*life, held *heldBefore, lines linesBefore) (ruling, error) {
	if o.target.code == "" {
		if first, clash := lines.Against(o, clash, o.place()); clash != service.Together {
			return refused(clash.Code(), first.doc.Number), nil
		}
	}
	r, err := s.do(o, lives, held)
	if err == nil && r.code == "" {
		lines.Add(o, o.place())
	}
	return r, err
}

// nameEnforcement tells in which case a verdict is enforced.
func nameEnforcement(r store.Reader, all []order, errs []filing.Error, which []int, lives map[int64]*life) error {
	if len(which) == 0 {
		return nil
	}
	at := map[int64]order{}
	for _, o := range all {
		at[o.doc.Number] = o
	}
	var cases []int64
	for _, i := range which {
		cases = append(cases, at[int64(errs[i].Document)].target.caseID)
	}
	numbers, err := enforcementCases(r, cases)
	if err != nil {
		return err
	}
	for _, i := range which {
		o := at[int64(errs[i].Document)]
		l := lives[o.target.caseID]
		args := []any{l.Number}
		if n := numbers.of(l.ID, o.key.Respondent); n != "" {
			args = append(args, n)
		}
		errs[i] = filing.NewError(codeEnforced, filing.Place{Reference: errs[i].Reference, Document: errs[i].Document}, args...)
	}
	return nil
}

type debtorKey struct {
	caseID   int64
	identity identity.Number
}

// enforcing is by case and debtor the number of the case in enforcement; under
// the zero identity that of the first debtor.
type enforcing map[debtorKey]string

func (e enforcing) of(caseID int64, respondent identity.Number) string {
	if n, ok := e[debtorKey{caseID, respondent}]; ok {
		return n
	}
	return e[debtorKey{caseID, identity.Number{}}]
}

func enforcementCases(r store.Reader, cases []int64) (enforcing, error) {
	found := enforcing{}
	for some := range store.Chunks(cases) {
		places, args := store.Among(1, some)
		rows := store.Each(r.Query(`SELECT v.case_id, d.identity, d.enforcement_case FROM paymentorder_verdict v
			JOIN paymentorder_verdict_respondent d ON d.verdict_id = v.id
			WHERE v.case_id IN (`+places+`) AND d.enforcement_case <> '' ORDER BY v.id DESC, d.position DESC`, args...))
		for row, err := range rows {
			if err != nil {
				return nil, fmt.Errorf("paymentorder: find what is enforced: %w", err)
			}
			var id int64
			var full, enforced string
			if err := row.Scan(&id, &full, &enforced); err != nil {
				return nil, err
			}
			who, err := store.ParseIdentity(full)
			if err != nil {
				return nil, err
			}
			found[debtorKey{id, who}], found[debtorKey{id, identity.Number{}}] = enforced, enforced
		}
	}
	return found, nil
}
