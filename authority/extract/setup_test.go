package extract_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// arrived is a Monday.
var arrived = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

const codeID = 7

// bench is one test's room.
type bench struct {
	testing.TB
	db      *store.DB
	clock   *calendar.Fixed
	room    *extract.Extracts
	permits *permit.Permits
}

var officer = service.Officer{Name: "A. Handläggare", Reason: "enligt begäran"}

func each(t *testing.T, fn func(b *bench)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newBench(t, open(), extract.Config{})) })
}

func newBench(t testing.TB, db *store.DB, c extract.Config) *bench {
	t.Helper()
	b := &bench{TB: t, db: db, clock: calendar.NewFixed(arrived), permits: permit.New(db)}
	c.DB, c.Clock, c.Permits = db, b.clock, b.permits
	var err error
	b.room, err = extract.New(c)
	b.must(err)
	return b
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) today() calendar.Day { return calendar.Today(b.clock) }

func (b *bench) nextDay() { b.clock.Advance(24 * time.Hour) }

func (b *bench) read(fn func(r store.Reader) error) {
	b.Helper()
	b.must(b.db.Read(b.Context(), fn))
}

func (b *bench) do(fn func(tx store.Tx) error) {
	b.Helper()
	b.must(b.db.Do(b.Context(), fn))
}

func (b *bench) count(query string, args ...any) (n int64) {
	b.Helper()
	b.read(func(r store.Reader) error { return r.QueryRow(query, args...).Scan(&n) })
	return n
}

// permit grants the code a permit with a scope.
func (b *bench) permit(s filing.Service, scope string) {
	b.Helper()
	id, err := b.permits.NewIDs(b.Context(), 2)
	b.must(err)
	b.do(func(tx store.Tx) error {
		_, err := b.permits.Grant(tx, permit.Permit{ID: id, CodeID: codeID, Service: s, Scope: scope, From: calendar.MustDay("2020-01-01")},
			permit.Act{ID: id + 1, Reason: "test", By: "test", At: arrived})
		return err
	})
}

// register enters main codes of one organisation, of which the first has the id
// that the permits are of.
func (b *bench) register(codes ...string) {
	b.Helper()
	const organisation = "5560000167"
	parties := party.New(b.db)
	b.do(func(tx store.Tx) error {
		err := parties.AddOrganisation(tx, party.Organisation{Number: organisation, Name: "Upplysning"})
		for i, code := range codes {
			id := int64(codeID + i)
			err = errors.Join(err, parties.AddCode(tx, party.Code{ID: id, MainID: id, Code: code, Organisation: organisation, Name: "Upplysning",
				Delivery: party.Delivery{Address: organisation, Mode: party.Fetched}, Notice: filing.NoticeElectronic}))
		}
		return err
	})
}

// row is what a line of a register says.
type row map[string]string

// load imports rows of a register.
func (b *bench) load(kind extract.Kind, rows ...row) {
	b.Helper()
	_, err := b.room.Import(b.Context(), kind, bytes.NewReader(table(rows)), nil)
	b.must(err)
}

// table is rows as CSV, parted by semicolons.
func table(rows []row) []byte {
	columns := map[string]bool{}
	for _, r := range rows {
		for name := range r {
			columns[name] = true
		}
	}
	names := slices.Sorted(maps.Keys(columns))
	var b bytes.Buffer
	b.WriteString(strings.Join(names, ";") + "\n")
	for _, r := range rows {
		values := make([]string, len(names))
		for i, name := range names {
			values[i] = r[name]
		}
		b.WriteString(strings.Join(values, ";") + "\n")
	}
	return b.Bytes()
}

// whole is a public case that may be told of.
func whole(number string, person int, more row) row {
	r := row{
		"number": number, "identity": extracttest.Person(person).Full(), "kind": "tax", "crime": "no", "fund_type": "36", "year": "2025", "term": "2",
		"title": "T-" + number, "amount": "1500.50", "received": "100.25", "registered": "2026-01-10", "established": "2025-12-01",
		"due": "2025-12-20", "limitation": "2031-12-31", "notice": "given", "notice_day": "2026-01-12",
	}
	for name, value := range more {
		r[name] = value
	}
	return r
}

// ask enters a file of questions, unless it is refused.
func (b *bench) ask(a *extract.Answers, file int64, questions ...*filing.ExtractRequest) []filing.Error {
	b.Helper()
	f := service.File{ID: file, PartyCode: "ABC", CodeID: codeID, MainCodeID: codeID, Transaction: a.Routes()[0].Transaction,
		Sequence: file, Documents: int64(len(questions)), Arrived: b.clock.Now(), Name: "ABC.FRAGA"}
	var docs []service.Document
	for i, q := range questions {
		docs = append(docs, service.Document{Number: int64(i + 1), Content: q})
	}
	var j service.Judgement
	b.do(func(tx store.Tx) (err error) {
		j, err = a.Verify(tx, f, docs)
		return err
	})
	if len(j.Errors) > 0 {
		return j.Errors
	}
	for chunk := range slices.Chunk(docs, service.ChunkSize) {
		work, err := a.Apply(b.Context(), f, chunk)
		b.must(err)
		b.do(work)
	}
	return nil
}

// answers are what answers a file, by reference.
func (b *bench) answers(a *extract.Answers, file int64) map[string]*filing.Extract {
	b.Helper()
	all := map[string]*filing.Extract{}
	b.read(func(r store.Reader) error {
		return a.Each(r, answering(a, file), func(e *filing.Extract) error {
			all[e.Reference] = e
			return nil
		})
	})
	return all
}

func answering(a *extract.Answers, file int64) service.Batch {
	return service.Batch{Transaction: a.Routes()[0].Answer, File: file, Code: "ABC", CodeID: codeID, Day: calendar.Of(arrived)}
}

func (b *bench) outgoing(s service.Service) (all []service.Batch) {
	b.Helper()
	b.read(func(r store.Reader) (err error) {
		all, err = s.Outgoing(r, b.today())
		return err
	})
	return all
}

func collection(reference string, person int) *filing.ExtractRequest {
	return &filing.ExtractRequest{Reference: reference, Identity: extracttest.Person(person), UnderCollection: true, Purpose: filing.PurposeCollection}
}

func sqlite(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	migrate(t, db)
	return db
}

func migrate(t testing.TB, db *store.DB) {
	t.Helper()
	if err := schema.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
}
