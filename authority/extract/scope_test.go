package extract_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// everything fills the registers with a person of whom all is known, a debt
// based on a crime in each register, and blocked rows. Text that must never
// come out is SECRET.
func (b *bench) everything() {
	b.Helper()
	b.load(extract.Persons, row{"identity": extracttest.Person(1).Full(), "name": "SECRET"})
	b.load(extract.PublicCases, whole("A-1", 1, nil), whole("A-2", 1, row{"crime": "yes", "title": "CRIME"}))
	b.load(extract.Bankruptcies, row{"number": "KB-1", "identity": extracttest.Person(1).Full(), "case_number": "SECRET", "court": "SECRET",
		"measure": "opened", "day": "2026-02-01"})
	b.load(extract.Reorganisations, row{"number": "FR-1", "identity": extracttest.Person(1).Full(), "case_number": "SECRET", "court": "SECRET",
		"measure": "opened", "day": "2026-02-01"})
	b.must(b.room.NoteCrime(b.Context(), officer, extracttest.Person(1), "E-4"))
	b.private("enforcement_debts", debt("E-1", 1, nil), debt("E-2", 1, cell{"title_kind": "penalty_order", "title_number": "CRIME"}),
		debt("E-4", 1, cell{"title_kind": "judgment", "title_number": "CRIME"}),
		debt("E-3", 1, cell{"blocked": true, "title_number": "SECRET"}))
	b.private("enforcement_measures", measure("E-1", 1, cell{"result": "SECRET"}), measure("E-3", 1, cell{"blocked": true}),
		measure("E-1", 1, cell{"measure": "respite"}), measure("E-1", 1, cell{"measure": "SECRET"}))
	b.private("enforcement_accounts", account("E-1", 1, nil), account("E-2", 1, cell{"title_kind": "penalty_order", "paid_out": 666}),
		account("E-4", 1, cell{"paid_out": 666}), account("E-3", 1, cell{"blocked": true, "paid_out": 777}))
	b.private("restructuring_persons", restructuring("S-1", 1, nil), restructuring("S-2", 1, cell{"blocked": true, "stage": "SECRET"}))
}

// told are the columns that hold anything in a list of answers, as
// group.column; the columns of the answer itself stand alone.
func columnsTold(t testing.TB, e *filing.Extract) (all []string) {
	t.Helper()
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for name, value := range fields {
		list, many := value.([]any)
		if !many && !empty(value) {
			all = append(all, snake(name))
		}
		for _, one := range list {
			for column, value := range one.(map[string]any) {
				if !empty(value) {
					all = append(all, snake(name)+"."+snake(column))
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func empty(value any) bool {
	return value == nil || value == "" || value == false || value == 0.0 || value == "not_told"
}

func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

// allowed are the columns of a scope, in the same form.
func allowed(s extract.Scope) []string {
	all := []string{"date", "identity", "reference", "result"}
	for _, g := range s.Groups {
		for _, c := range g.Columns {
			all = append(all, string(g.Name)+"."+c)
		}
	}
	return all
}

// Whatever is known and whatever is asked, an answer holds no column and no
// row outside the scope of who asks (R59); and what is inside does come.
func TestNothingOutsideTheScope(t *testing.T) {
	each(t, func(b *bench) {
		b.everything()
		file := int64(0)
		for _, s := range b.room.Scopes() {
			if s.Service == filing.CreditExtract {
				continue
			}
			file++
			e := b.answerFor(s, file)
			got, may := columnsTold(b.TB, e), allowed(s)
			for _, c := range got {
				if !slices.Contains(may, c) {
					b.Errorf("%s %s: the answer tells %s", s.Service, s.User, c)
				}
			}
			if len(got) < len(may) {
				b.Errorf("%s %s: the answer tells no more than %v of %v", s.Service, s.User, got, may)
			}
			b.holdRows(s, e)
		}
	})
}

// holdRows looks for rows that the scope leaves out.
func (b *bench) holdRows(s extract.Scope, e *filing.Extract) {
	b.Helper()
	text, err := json.Marshal(e)
	b.must(err)
	if strings.Contains(string(text), "SECRET") || strings.Contains(string(text), "777") {
		b.Errorf("%s %s: %s", s.Service, s.User, text)
	}
	for _, g := range s.Groups {
		if g.WithoutCrime && (strings.Contains(string(text), "CRIME") || strings.Contains(string(text), "666")) {
			b.Errorf("%s %s tells of a crime: %s", s.Service, s.User, text)
		}
		if g.Name == extract.Debts && g.PublicOnly && len(e.Debts) != 2 {
			b.Errorf("%s %s tells %d debts, where 2 are public", s.Service, s.User, len(e.Debts))
		}
	}
}

// answerFor asks for person 1 as a user of the scope.
func (b *bench) answerFor(s extract.Scope, file int64) *filing.Extract {
	b.Helper()
	b.regrant(s)
	a, q := b.room.Debt(), collection("x", 1)
	if s.Service == filing.ProcurementExtract {
		a = b.room.Procurement()
		q.Procurement, q.PeriodFrom, q.PeriodTo = "U-1", b.today(), b.today()
	} else {
		q.Purpose = s.Purposes[0]
	}
	if errs := b.ask(a, file, q); errs != nil {
		b.Fatalf("%s %s: %v", s.Service, s.User, errs)
	}
	return b.answers(a, file)["x"]
}

func (b *bench) regrant(s extract.Scope) {
	b.Helper()
	id, err := b.permits.NewIDs(b.Context(), 3)
	b.must(err)
	act := permit.Act{ID: id + 1, Reason: "test", By: "test", At: arrived}
	b.do(func(tx store.Tx) error {
		old, found, err := b.permits.Of(tx, codeID, s.Service)
		if err == nil && found {
			err = b.permits.Revoke(tx, old.ID, permit.Act{ID: id + 2, Reason: "test", By: "test", At: arrived})
		}
		if err != nil {
			return err
		}
		_, err = b.permits.Grant(tx, permit.Permit{ID: id, CodeID: codeID, Service: s.Service, Scope: s.User, From: calendar.MustDay("2020-01-01")}, act)
		return err
	})
}

// An authority with a statute of its own is told just what its scope lists.
func TestAuthoritiesOfTheInstallation(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	newBench(t, db, extract.Config{}).everything()
	groups := map[extract.GroupName][]string{
		extract.Debts:          {"public", "kind", "title", "amount", "established", "due_date", "received", "limitation"},
		extract.Measures:       {"kind", "date"},
		extract.Restructurings: {"business", "stage", "date"},
	}
	file := int64(0)
	rapid.Check(t, func(r *rapid.T) {
		s := extract.Scope{Service: filing.DebtExtract, User: "own", Law: "Förordning om prov", Purposes: []filing.RequestPurpose{filing.PurposeSupervision}}
		for _, name := range []extract.GroupName{extract.Debts, extract.Measures, extract.Restructurings} {
			columns := rapid.SliceOfDistinct(rapid.SampledFrom(groups[name]), rapid.ID).Draw(r, string(name))
			kinds := rapid.SampledFrom([][]string{{"respite"}, {"bankruptcy", "investigation"}, {"reorganisation"}}).Draw(r, "kinds")
			s.Groups = append(s.Groups, extract.Group{Name: name, Columns: columns, Kinds: kinds,
				PublicOnly: rapid.Bool().Draw(r, "public"), WithoutCrime: rapid.Bool().Draw(r, "without crime"), Law: "§ 1"})
		}
		b := newBench(t, db, extract.Config{Authorities: []extract.Scope{s}})
		file++
		e := b.answerFor(s, file)
		for _, c := range columnsTold(t, e) {
			if !slices.Contains(allowed(s), c) {
				r.Errorf("the answer tells %s", c)
			}
		}
		for _, m := range e.Measures {
			if g := s.Groups[1]; slices.Contains(g.Columns, "kind") && !slices.Contains(g.Kinds, m.Kind) {
				r.Errorf("the answer tells of %s", m.Kind)
			}
		}
	})
}

func TestScopesThatCannotBe(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	good := extract.Scope{Service: filing.DebtExtract, User: "own", Law: "§ 1", Purposes: []filing.RequestPurpose{filing.PurposeSupervision},
		Groups: []extract.Group{{Name: extract.Debts, Columns: []string{"amount"}}}}
	for i, change := range []func(s *extract.Scope){
		func(s *extract.Scope) { s.Law = "" },
		func(s *extract.Scope) { s.User = "" },
		func(s *extract.Scope) { s.User = permit.ScopeCollection },
		func(s *extract.Scope) { s.Service = filing.ProcurementExtract },
		func(s *extract.Scope) { s.Purposes = []filing.RequestPurpose{filing.PurposeCollection} },
		func(s *extract.Scope) { s.Groups = []extract.Group{{Name: extract.Debts, Columns: []string{"income"}}} },
		func(s *extract.Scope) { s.Groups = []extract.Group{{Name: "guarantees", Columns: []string{"amount"}}} },
	} {
		s := good
		change(&s)
		b := newBench(t, db, extract.Config{})
		if _, err := extract.New(extract.Config{DB: db, Clock: b.clock, Permits: b.permits, Authorities: []extract.Scope{s}}); err == nil {
			t.Errorf("scope %d is taken", i)
		}
	}
	newBench(t, db, extract.Config{Authorities: []extract.Scope{good}})
}

func TestScopesNameTheirLaw(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	seen := map[string]bool{}
	for _, s := range b.room.Scopes() {
		key := fmt.Sprint(s.Service, s.User)
		if seen[key] || s.Law == "" || s.Swedish == "" || s.English == "" || len(s.Groups) == 0 {
			t.Errorf("scope %+v", s)
		}
		seen[key] = true
		for _, g := range s.Groups {
			if g.Law == "" || len(g.Columns) == 0 {
				t.Errorf("group %+v", g)
			}
		}
	}
}
