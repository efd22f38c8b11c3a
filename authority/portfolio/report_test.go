package portfolio_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/party"
	"filtjanst/authority/portfolio"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// books are cases of a service, by code.
type books map[int64][]filing.CaseStatus

func (b books) Status(_ store.Reader, of service.CasesOf) (all []filing.CaseStatus, next int64, err error) {
	rest := b[of.CodeID][of.After:]
	if len(rest) > of.Limit {
		return rest[:of.Limit], of.After + int64(of.Limit), nil
	}
	return rest, 0, nil
}

const organisation = "5560000167"

// A code gets no report before it has had a case, one for each month in which it
// has some, and one when the last has gone.
func TestReportsBeginWithTheFirstCaseAndEndAfterTheLast(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		db := open()
		parties, none, some := party.New(db), books{}, books{}
		p, err := portfolio.New(portfolio.Config{
			DB: db, Parties: parties, Cases: []portfolio.Cases{none, some},
			Extension: func(_ store.Reader, codeID int64, _ filing.Transaction) (bool, error) { return codeID < 3, nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Do(t.Context(), func(tx store.Tx) error { return enter(tx, parties) }); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			day  string
			set  func()
			want string
		}{
			{"2026-01-05", func() {}, ""},
			{"2026-01-20", func() { some[1] = []filing.CaseStatus{{Registered: calendar.MustDay("2026-01-19")}} }, ""},
			{"2026-02-02", func() {}, "status/AAA/2026-01 1"},
			{"2026-02-03", func() { some[3] = some[1] }, ""},
			{"2026-03-02", func() { some[2] = some[1] }, "status/AAA/2026-02 2, status/BBB/2026-02 1"},
			{"2026-04-01", func() { delete(some, 1) }, "status/AAA/2026-03 3, status/BBB/2026-03 2"},
			{"2026-05-04", func() {}, "status/BBB/2026-04 3"},
		} {
			step.set()
			day := calendar.MustDay(step.day)
			if diff := cmp.Diff(step.want, send(t, db, p, day)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", step.day, diff)
			}
			if again := send(t, db, p, day); again != "" {
				t.Errorf("%s: sent twice: %s", step.day, again)
			}
		}
	})
}

func enter(tx store.Tx, parties *party.Register) error {
	if err := parties.AddOrganisation(tx, party.Organisation{Number: organisation, Name: "Inkasso"}); err != nil {
		return err
	}
	for i, code := range []string{"AAA", "BBB", "CCC"} {
		id := int64(i + 1)
		err := parties.AddCode(tx, party.Code{ID: id, MainID: id, Code: code, Organisation: organisation, Name: "Inkasso",
			Delivery: party.Delivery{Address: organisation, Mode: party.Fetched}, Notice: filing.NoticeElectronic})
		if err != nil {
			return err
		}
	}
	return nil
}

// send sends what is due and tells keys and numbers.
func send(t *testing.T, db *store.DB, p *portfolio.Portfolios, day calendar.Day) string {
	t.Helper()
	var sent []string
	var batches []service.Batch
	err := db.Read(t.Context(), func(r store.Reader) (err error) {
		batches, err = p.Outgoing(r, day)
		return err
	})
	for _, b := range batches {
		if err == nil {
			err = db.Do(t.Context(), func(tx store.Tx) error { return p.Sent(tx, b) })
		}
		sent = append(sent, fmt.Sprint(b.Key, " ", b.Sequence))
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(sent, ", ")
}
