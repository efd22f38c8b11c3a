package intake

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"filtjanst/authority/blob"
	"filtjanst/authority/journal"
	"filtjanst/authority/outbox"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/schema"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
)

const (
	owner     = "5560000167"
	agent     = "5560000175"
	stranger  = "5560000183"
	authority = "2021000001"
	code      = "ABC"
	codeID    = 1
)

// noon is a working day, a few hours before the evening run.
func noon() time.Time { return filingtest.Today.At(12, 0) }

// world is one test's door with the rooms behind it.
type world struct {
	testing.TB
	db      *store.DB
	clock   *calendar.Fixed
	parties *party.Register
	permits *permit.Permits
	box     *outbox.Box
	rooms   Rooms
	door    *Door
	sent    int
	self    filer // who sends
}

// filer is a party code and its owner.
type filer struct {
	id    int64
	code  string
	owner string
}

// each runs a test on every engine.
func each(t *testing.T, fn func(w *world)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) { fn(newWorld(t, open())) })
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	blobs, err := blob.OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := worldOver(t, db, blobs)
	w.do(w.people)
	return w
}

// worldOver is a world over what is there already.
func worldOver(t testing.TB, db *store.DB, blobs blob.Store) *world {
	t.Helper()
	w := &world{
		TB: t, self: filer{codeID, code, owner}, db: db, clock: calendar.NewFixed(noon()),
		parties: party.New(db), permits: permit.New(db), box: outbox.New(db, blobs),
	}
	w.rooms = Rooms{
		DB: db, Blobs: blobs, Clock: w.clock, Random: rand.Reader, Evening: calendar.DefaultEvening(calendar.New()),
		Sets: filing.Sets{filing.Own()}, Services: []service.Service{&applications{timing: service.Evening}},
		Parties: w.parties, Permits: w.permits, Journal: journal.New(db), Outbox: w.box,
		Organisation: authority, World: "test",
	}
	w.reopen()
	return w
}

// reopen builds the door anew, as another replica or after a change of rooms.
func (w *world) reopen() *Door {
	w.Helper()
	door, err := New(w.Context(), w.rooms)
	w.must(err)
	w.door = door
	return door
}

func (w *world) people(tx store.Tx) error {
	for _, number := range []string{owner, agent, stranger} {
		if err := w.parties.AddOrganisation(tx, party.Organisation{Number: number, Name: "Bolag " + number}); err != nil {
			return err
		}
	}
	return w.addFiler(tx, codeID, code, owner)
}

func (w *world) addFiler(tx store.Tx, id int64, code, organisation string) error {
	err := w.parties.AddCode(tx, party.Code{
		ID: id, Code: code, Organisation: organisation, Name: "Bolag", Delivery: party.Delivery{Address: organisation, Mode: party.Fetched},
	})
	if err != nil {
		return err
	}
	grant := permit.Permit{ID: id, CodeID: id, Service: filing.PaymentOrder, From: filingtest.Today.AddDays(-10)}
	_, err = w.permits.Grant(tx, grant, permit.Act{ID: id, Reason: "admitted", By: "officer", At: noon()})
	return err
}

// as is the same world with a filer of its own.
func (w *world) as(t testing.TB, f filer) *world {
	t.Helper()
	own := *w
	own.TB, own.self = t, f
	own.do(func(tx store.Tx) error {
		if err := w.parties.AddOrganisation(tx, party.Organisation{Number: f.owner, Name: "Bolag " + f.owner}); err != nil {
			return err
		}
		return w.addFiler(tx, f.id, f.code, f.owner)
	})
	return &own
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// shs is an arrival over SHS with an id of its own.
func (w *world) shs() Arrival {
	w.sent++
	return Arrival{
		Sender: w.self.owner, Channel: SHS, TxID: fmt.Sprintf("tx-%d", w.sent), CorrID: fmt.Sprintf("corr-%d", w.sent),
		ContentID: fmt.Sprintf("content-%d", w.sent), Transaction: filing.BFApplication,
	}
}

func upload() Arrival {
	return Arrival{Sender: owner, Channel: ETransport, Transaction: filing.BFApplication}
}

// parts hands over contents one after the other.
func parts(contents ...[]byte) func() (Part, error) {
	return func() (Part, error) {
		if len(contents) == 0 {
			return Part{}, io.EOF
		}
		p := Part{Body: bytes.NewReader(contents[0]), Declared: int64(len(contents[0]))}
		contents = contents[1:]
		return p, nil
	}
}

func (w *world) take(a Arrival, contents ...[]byte) Answer {
	w.Helper()
	answer, err := w.door.Take(w.Context(), a, parts(contents...))
	w.must(err)
	return answer
}

// outcomes is what was answered, part by part.
func outcomes(a Answer) []filing.Outcome {
	var all []filing.Outcome
	for _, o := range a.Outcomes {
		all = append(all, o.Outcome)
	}
	return all
}

// receipts reads the receipts at an address, oldest first.
func (w *world) receipts(address string) []filing.Receipt {
	w.Helper()
	var all []filing.Receipt
	for _, l := range w.messages(address) {
		if l.Sequence == outbox.Adm {
			continue
		}
		_, body, err := w.box.Open(w.Context(), address, l.TxID)
		w.must(err)
		r, err := filing.ReadReceipt(body, filing.Own(), filing.BFApplicationReceipt)
		w.must(err)
		body.Close()
		all = append(all, r)
	}
	return all
}

func (w *world) messages(address string) []outbox.Listed {
	w.Helper()
	var all []outbox.Listed
	w.read(func(r store.Reader) (err error) {
		all, _, err = w.box.List(r, address, outbox.Filter{Limit: outbox.MaxLimit})
		return err
	})
	slices.SortStableFunc(all, func(a, b outbox.Listed) int { return int(a.ID - b.ID) })
	return all
}

func (w *world) read(fn func(store.Reader) error) {
	w.Helper()
	w.must(w.db.Read(w.Context(), fn))
}

func (w *world) do(fn func(store.Tx) error) {
	w.Helper()
	w.must(w.db.Do(w.Context(), fn))
}

// count counts rows.
func (w *world) count(query string, args ...any) (n int64) {
	w.Helper()
	w.read(func(r store.Reader) error { return r.QueryRow(`SELECT COUNT(*) FROM `+query, args...).Scan(&n) })
	return n
}

// expected is the number expected next.
func (w *world) expected() (n int64) {
	w.Helper()
	w.read(func(r store.Reader) error {
		return r.QueryRow(`SELECT COALESCE(MAX(expected), 1) FROM intake_series WHERE code_id = $1`, w.self.id).Scan(&n)
	})
	return n
}

func codes(r filing.Receipt) []filing.Code {
	var all []filing.Code
	for _, e := range r.Errors {
		all = append(all, e.Code)
	}
	return all
}

// openSQLite opens a database for a test that does not turn on the engine.
func openSQLite(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Config{Engine: store.SQLite, Dir: t.TempDir(), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := schema.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

func (w *world) addOne(id int64, code string) {
	w.Helper()
	w.do(func(tx store.Tx) error { return w.addFiler(tx, id, code, owner) })
}
