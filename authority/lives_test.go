package authority_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"filtjanst/authority"
	"filtjanst/authority/intake"
	"filtjanst/authority/party"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/money"
)

// allProducts gives every transaction a product, as a full installation has.
func allProducts() map[filing.Transaction]string {
	all := map[filing.Transaction]string{}
	for i, info := range filing.Catalogue() {
		if info.Role != filing.RoleNote && info.CarriedIn == "" {
			all[info.Transaction] = fmt.Sprintf("22222222-2222-4333-8444-%012d", i)
		}
	}
	return all
}

// town is an authority whose filers, officers and debtors do what chance says,
// with the books that a bystander keeps of it. ABC has permits for payment
// orders and enforcement, DEF for payment orders alone.
type town struct {
	*testing.T
	*authority.World
	random  *rand.Rand
	builder *filingtest.Builder
	filers  []*townFiler
	acts    []authority.ActInfo
	usual   []authority.ActInfo // what most cases need to go on, done more often
	digest  []byte              // of every file that went out, in order
	done    map[string]int
}

// townFiler is what a filer has sent and got.
type townFiler struct {
	code, organisation string
	id                 int64
	services           map[filing.Service]bool
	sequence           map[filing.Transaction]int64
	unread             map[string]int64  // own references not confirmed yet: sequence number of their file
	enforced           map[string]int    // own references of applications for enforcement: cases not confirmed yet
	cases              []string          // all case numbers heard of
	joint              map[string]bool   // own references of which several are jointly liable
	reference          map[string]string // own reference of each case in enforcement
	granted            map[string]map[int64]money.Amount
	group              map[string]string
	final              map[string]filing.FinalAccount
	credit             map[string]bool // lines of differences of payment orders, by id
	taken              int
}

func newTown(t *testing.T, seed uint64) *town {
	t.Helper()
	c, _, _ := newConfig(t)
	c.Worlds.Test.Enabled = false
	c.Worlds.Production.Products = allProducts()
	c.Worlds.Production.Extensions = []filing.Transaction{filing.BFEvent, filing.XXStatusReport, filing.XXPartyChange}
	must(t, authority.Migrate(t.Context(), c))
	a, err := authority.New(t.Context(), c, authority.Outside{
		Random: rand.NewChaCha8([32]byte{byte(seed)}), Logger: slog.New(slog.DiscardHandler),
	})
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	w := &town{
		T: t, World: a.World(authority.Production), random: rand.New(rand.NewPCG(seed, 7)), builder: filingtest.New(seed),
		done: map[string]int{},
	}
	w.filers = []*townFiler{
		{code: "ABC", organisation: filer, id: 1, services: map[filing.Service]bool{filing.PaymentOrder: true, filing.Enforcement: true}},
		{code: "DEF", organisation: other, id: 2, services: map[filing.Service]bool{filing.PaymentOrder: true}},
	}
	for _, f := range w.filers {
		f.sequence, f.unread, f.enforced = map[filing.Transaction]int64{}, map[string]int64{}, map[string]int{}
		f.group, f.final, f.credit = map[string]string{}, map[string]filing.FinalAccount{}, map[string]bool{}
		f.joint, f.reference, f.granted = map[string]bool{}, map[string]string{}, map[string]map[int64]money.Amount{}
		w.admit(f)
	}
	for _, act := range w.Acts() {
		if name := act.Room + "." + act.Name; name == "bf.serve" || name == "ve.receive" {
			w.usual = append(w.usual, act)
		}
		if (act.Room == "bf" || act.Room == "ve") && act.Name != "stop" {
			w.acts = append(w.acts, act)
		}
	}
	return w
}

func (w *town) admit(f *townFiler) {
	w.Helper()
	must(w.T, w.DB.Do(w.Context(), func(tx store.Tx) error {
		errs := []error{
			w.Parties.AddOrganisation(tx, party.Organisation{Number: f.organisation, Name: f.code + " AB"}),
			w.Parties.AddCode(tx, party.Code{
				ID: f.id, Code: f.code, Organisation: f.organisation, Name: f.code + " AB", Notice: filing.NoticeElectronic,
				Street: "Box 1", PostalCode: "12345", Town: "Provköping",
				Delivery: party.Delivery{Address: f.organisation, Mode: party.Fetched},
			}),
		}
		for i, s := range []filing.Service{filing.PaymentOrder, filing.Enforcement} {
			if f.services[s] {
				_, err := w.Permits.Grant(tx, permit.Permit{ID: 10*f.id + int64(i), CodeID: f.id, Service: s, From: filingtest.Today - 100},
					permit.Act{ID: 100 + 10*f.id + int64(i), Reason: "granted", By: "test", At: filingtest.Today.At(8, 0)})
				errs = append(errs, err)
			}
		}
		return errors.Join(errs...)
	}))
	by := service.Officer{Name: "test", Reason: "rehearsal"}
	desk := permit.NewDesk(w.Permits, w.Parties, w.Clock, nil)
	for _, tx := range []filing.Transaction{filing.BFEvent, filing.XXStatusReport, filing.XXPartyChange} {
		must(w.T, desk.SwitchOn(w.Context(), by, f.code, tx))
	}
}

func (w *town) today() calendar.Day { return calendar.Today(w.Clock) }

func (w *town) oneOf(n int) bool { return w.random.IntN(n) == 0 }

// send lodges a file of the contents, with its cover note where it needs one,
// and returns the outcome.
func (w *town) send(f *townFiler, tx filing.Transaction, contents []filing.Content) intake.HalfAnswer {
	w.Helper()
	facts := filing.FileFacts{
		PartyCode: f.code, Sequence: f.sequence[tx] + 1, Created: w.today(), Software: "lives", Documents: int64(len(contents)),
	}
	for _, c := range contents {
		if a, ok := c.(*filing.Application); ok {
			facts.Sum += a.Total
		}
		if a, ok := c.(*filing.EnforcementApplication); ok {
			facts.Sum += a.Total
		}
	}
	var body, note bytes.Buffer
	out, err := filing.NewWriter(&body, filing.Own(), tx, filing.TextForm, facts)
	must(w.T, err)
	for _, c := range contents {
		must(w.T, out.Write(c))
	}
	must(w.T, out.Close())
	parts := []intake.Part{{Body: &body}}
	if info, _ := filing.Info(tx); info.Note != "" {
		must(w.T, filing.WriteNote(&note, filing.Own(), filing.TextForm, filing.Note{
			Transaction: tx, PartyCode: f.code, Sequence: facts.Sequence, Documents: &facts.Documents, Sum: &facts.Sum,
		}))
		parts = append(parts, intake.Part{Body: &note})
	}
	f.taken++
	answer, err := w.Door.Take(w.Context(), intake.Arrival{
		Sender: f.organisation, Channel: intake.SHS, TxID: fmt.Sprintf("%s-%d", f.code, f.taken), CorrID: "c", ContentID: "c", Transaction: tx,
	}, func() (intake.Part, error) {
		if len(parts) == 0 {
			return intake.Part{}, io.EOF
		}
		next := parts[0]
		parts = parts[1:]
		return next, nil
	})
	must(w.T, err)
	half := answer.Outcomes[0]
	if half.Outcome == filing.Approved || half.Outcome == filing.ApprovedInPart {
		f.sequence[tx] = facts.Sequence
	}
	w.done[string(tx)+" "+string(half.Outcome)]++
	return half
}

// advance moves the clock, and looks at what came out.
func (w *town) advance(days int) {
	w.Helper()
	_, err := w.Advance(w.Context(), time.Duration(days)*24*time.Hour)
	must(w.T, err)
}

// life is what one seed plays.
func (w *town) life(steps int) {
	w.Helper()
	for range steps {
		w.step()
		for _, f := range w.filers {
			w.fetch(f)
		}
	}
	w.advance(400)
	for _, f := range w.filers {
		w.fetch(f)
		if len(f.unread) > 0 {
			w.Errorf("%s: %d approved applications were never confirmed", f.code, len(f.unread))
		}
		w.payAll(f)
		w.fetch(f)
	}
	w.settled()
}

func (w *town) step() {
	f := w.filers[w.random.IntN(len(w.filers))]
	switch w.random.IntN(8) {
	case 0, 1:
		w.apply(f)
	case 2:
		w.takeBack(f)
	case 3:
		w.change(f)
	case 4:
		w.advance(3 + w.random.IntN(12))
	default:
		for range 6 {
			w.officer()
		}
		w.advance(w.random.IntN(4))
	}
}

func TestRandomLives(t *testing.T) {
	t.Parallel()
	lives, steps := uint64(4), 50
	if testing.Short() {
		lives, steps = 1, 20
	}
	done := map[string]int{}
	for seed := range lives {
		w := newTown(t, seed+1)
		w.life(steps)
		if t.Failed() {
			t.Fatalf("the life of seed %d", seed+1)
		}
		for what, n := range w.done {
			done[what] += n
		}
	}
	if testing.Short() {
		return
	}
	for _, what := range []string{"bf.application approved", "ve.application approved", "bf.verdict", "ve.final_account", "ve.confirmation", "refused act", "act", "later verdict on a joint debt"} {
		if done[what] == 0 {
			t.Errorf("no life had %q: %v", what, done)
		}
	}
	t.Log(done)
}

// The same inputs give the same bytes (DESIGN decision 14).
func TestReplayGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("two lives")
	}
	var digests [2]string
	for i := range digests {
		w := newTown(t, 5)
		w.life(25)
		digests[i] = fmt.Sprintf("%x", sha256.Sum256(w.digest))
		if i == 1 && digests[0] != digests[1] {
			t.Errorf("a second life of the same inputs sent other files")
		}
	}
}
