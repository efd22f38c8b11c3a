package enforcement_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/party"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
	"filtjanst/money"
)

// Payments that come at once in linked cases never pay the debt twice.
func TestPaymentsAtOnce(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1, 2, 3))
		all := b.find("A")
		var payers sync.WaitGroup
		for i := range 12 {
			payers.Go(func() {
				err := b.room.Receive(b.Context(), officer, all[i%3].Number, 400_00, b.today(), "")
				if _, refused := service.RefusedAs(err); err != nil && !refused {
					b.Error(err)
				}
			})
		}
		payers.Wait()
		var paid, returned money.Amount
		for _, c := range b.sent()[filing.VEFinalAccount] {
			f := c.(*filing.FinalAccount)
			b.addsUp(f)
			paid, returned = paid+f.PaidOut, returned+f.Returned
			if f.Remaining != 0 || f.PaidOut+f.Linked != f.Claimed+f.Interest {
				b.Errorf("final account %+v", f)
			}
		}
		if paid < 1190_00 || paid > 1210_00 || returned == 0 {
			b.Errorf("paid %s, returned %s", paid, returned)
		}
	})
}

// Workers that read the same chunk in at once, or one that begins again, give
// its cases the same numbers.
func TestChunkBegunAgain(t *testing.T) {
	each(t, func(b *bench) {
		f, docs := b.file(filing.VEApplication, 3), documents(application("A", 1), application("B", 2, 3), application("C", 4))
		for range 3 { // broken off before its work
			_, err := b.room.Apply(b.Context(), f, docs[:2])
			b.must(err)
		}
		b.apply(f, docs[:2])
		b.apply(f, docs[2:])
		_, lines := b.written(b.confirmation(f))
		var got []string
		for _, l := range lines {
			got = append(got, l.(*filing.ConfirmedEnforcement).CaseNumber)
		}
		if diff := cmp.Diff([]string{"U-2026-0000001", "U-2026-0000002", "U-2026-0000003", "U-2026-0000004"}, got); diff != "" {
			b.Error(diff)
		}
	})
}

// A change that meets the read-in of its application is applied, whoever comes
// first.
func TestChangeMeetsReadIn(t *testing.T) {
	each(t, func(b *bench) {
		for range 5 {
			f := b.file(filing.VEApplication, 1)
			reference := fmt.Sprintf("M%d", f.ID)
			docs := documents(application(reference, 1))
			change := documents(&filing.Change{CaseKey: filing.CaseKey{Sequence: f.Sequence, Reference: reference}, Kind: filing.ChangeWithdrawal})
			change[0].Unread = f.ID
			g := b.file(filing.VEChange, 1)
			var both sync.WaitGroup
			both.Go(func() { b.apply(f, docs) })
			both.Go(func() { b.apply(g, change) })
			both.Wait()
			if c := b.one(reference); c.State != enforcement.Closed {
				b.Errorf("file %d: %s", f.ID, c.State)
			}
		}
	})
}

// A small sum waits for more, at most three months; more lets it go at once.
func TestSmallSumsWait(t *testing.T) {
	each(t, func(b *bench) {
		first, second := b.started("A", 1), b.started("B", 2)
		b.must(b.room.Together(b.Context(), func(room *enforcement.Enforcements) error {
			return errors.Join(room.Receive(b.Context(), officer, first, 650_00, b.today(), ""),
				room.Receive(b.Context(), officer, second, 650_00, b.today(), ""))
		}))
		b.sleep(30)
		if told := b.sent()[filing.VEInterimAccount]; len(told) != 0 {
			b.Fatalf("small sums were told of: %v", told)
		}
		b.must(b.room.Receive(b.Context(), officer, first, 500_00, b.today(), ""))
		b.sleep(14)
		told := b.sent()[filing.VEInterimAccount]
		if len(told) != 1 || told[0].(*filing.EnforcementReport).Account.PaidOut != 550_00 {
			b.Fatalf("told %v", told)
		}
		b.sleep(50)
		if told := b.sent()[filing.VEInterimAccount]; len(told) != 1 {
			b.Errorf("after three months: %v", told)
		}
	})
}

// A stay keeps money from being paid out until it is lifted.
func TestStayHoldsMoney(t *testing.T) {
	each(t, func(b *bench) {
		number := b.started("A", 1)
		b.must(b.room.Receive(b.Context(), officer, number, 1000_00, b.today(), ""))
		b.do(b.room.Stay(b.Context(), officer, []string{number}))
		b.do(b.room.Stay(b.Context(), officer, []string{number})) // told twice
		b.sleep(30)
		if told := b.sent()[filing.VEInterimAccount]; len(told) != 0 {
			b.Fatalf("paid out under a stay: %v", told)
		}
		b.do(b.room.LiftStay(b.Context(), officer, []string{number}))
		b.sleep(14)
		if told := b.sent()[filing.VEInterimAccount]; len(told) != 1 {
			b.Errorf("after the stay: %v", told)
		}
	})
}

// What stops is the enforcement of claims older than the decision, whenever their
// cases were registered; maintenance is not covered by what is granted.
func TestClaimsInARestructuring(t *testing.T) {
	decided := calendar.Of(arrived).AddDays(-10)
	young := func(a *filing.EnforcementApplication) {
		a.Title.Date = decided.AddDays(1)
		for i := range a.Debts {
			a.Debts[i].DueDate, a.Debts[i].Interest = decided.AddDays(1), filing.Interest{}
		}
	}
	tests := map[string]struct {
		change         func(*filing.EnforcementApplication)
		opened, ending enforcement.State
	}{
		"older, registered later": {func(*filing.EnforcementApplication) {}, enforcement.RestructuringOpened, enforcement.RestructuringGranted},
		"due earlier, title later": {func(a *filing.EnforcementApplication) { a.Title.Date = decided.AddDays(1) },
			enforcement.RestructuringOpened, enforcement.RestructuringGranted},
		"title earlier, due later": {func(a *filing.EnforcementApplication) { young(a); a.Title.Date = decided },
			enforcement.RestructuringOpened, enforcement.RestructuringGranted},
		"younger": {young, enforcement.InProgress, enforcement.InProgress},
		"maintenance": {func(a *filing.EnforcementApplication) { a.Title.Kind, a.Title.Lodged = filing.TitleMaintenance, true },
			enforcement.RestructuringOpened, enforcement.InProgress},
	}
	each(t, func(b *bench) {
		numbers := map[string]string{}
		for name, test := range tests {
			a := application(name, 1)
			test.change(a)
			s := &scene{bench: b, reference: name}
			s.beginWith(a)
			numbers[name] = s.number
		}
		b.do(b.room.RestructuringOpened(b.Context(), person(1), decided))
		for name, test := range tests {
			if got := b.state(numbers[name]); got != test.opened {
				b.Errorf("%s, opened: %s", name, got)
			}
		}
		b.do(b.room.RestructuringGranted(b.Context(), person(1), b.today()))
		for name, test := range tests {
			if got := b.state(numbers[name]); got != test.ending {
				b.Errorf("%s, granted: %s", name, got)
			}
		}
	})
}

// A case that is opened while a restructuring of the debtor is not decided on waits
// for that, by file, from a verdict and from paper; a younger claim does not.
func TestOpenedInARestructuring(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		day := calendar.Of(arrived).AddDays(-10)
		b := newBench(t, open(), enforcement.Config{Undecided: func(_ store.Reader, debtors []identity.Number) (map[identity.Number]calendar.Day, error) {
			found := map[identity.Number]calendar.Day{}
			for _, n := range debtors {
				if n == person(1) {
					found[n] = day
				}
			}
			return found, nil
		}})
		young := application("young", 1)
		young.Title.Date = day.AddDays(1)
		for i := range young.Debts {
			young.Debts[i].DueDate = day.AddDays(1)
		}
		b.open(application("old", 1, 2), young)
		old, younger := verdict("17", 1), verdict("18", 1)
		old.Due = map[int64]calendar.Day{1: day}
		b.enforce(old, younger)
		_, err := b.room.Register(b.Context(), officer, party.Code{ID: 7, MainID: 7, Code: "ABC"}, application("paper", 1))
		b.must(err)
		for reference, want := range map[string]enforcement.State{"young": enforcement.Registered, old.Reference: enforcement.RestructuringOpened,
			younger.Reference: enforcement.Registered, "paper": enforcement.RestructuringOpened} {
			if got := b.one(reference).State; got != want {
				b.Errorf("%s: %s", reference, got)
			}
		}
		if linked := b.find("old"); linked[0].State != enforcement.RestructuringOpened || linked[1].State != enforcement.Registered {
			b.Errorf("linked cases: %+v", linked)
		}
		b.sleep(5)
		if got := b.one("paper").State; got != enforcement.RestructuringOpened {
			b.Errorf("handling has started: %s", got)
		}
		b.do(b.room.RestructuringEnded(b.Context(), person(1), b.today()))
		b.sleep(2)
		if got := b.one("paper").State; got != enforcement.InProgress {
			b.Errorf("after it: %s", got)
		}
	})
}

func TestRestructuringOfADebtor(t *testing.T) {
	each(t, func(b *bench) {
		first, second := b.started("A", 1, 2), b.started("B", 1)
		other := b.find("A")[1].Number
		b.do(b.room.RestructuringOpened(b.Context(), person(1), b.today()))
		b.do(b.room.RestructuringOpened(b.Context(), person(1), b.today())) // told twice
		for number, want := range map[string]enforcement.State{first: enforcement.RestructuringOpened, second: enforcement.RestructuringOpened, other: enforcement.Registered} {
			if got := b.state(number); got != want {
				b.Errorf("%s: %s", number, got)
			}
		}
		b.do(b.room.RestructuringGranted(b.Context(), person(1), b.today()))
		if b.state(first) != enforcement.RestructuringGranted || b.state(other) != enforcement.Registered {
			b.Errorf("after: %s and %s", b.state(first), b.state(other))
		}
		for _, c := range b.sent()[filing.VEFinalAccount] {
			f := c.(*filing.FinalAccount)
			b.addsUp(f)
			if f.Reason != filing.FinalRestructuring || f.FeesUnpaid != 0 {
				b.Errorf("final account %+v", f)
			}
		}
	})
}

func TestPartyChanges(t *testing.T) {
	each(t, func(b *bench) {
		number := b.started("A", 1)
		buyer := filing.Party{Identity: person(40), Name: "Köparen", Street: "Gatan 3", PostalCode: "11122", Town: "Stockholm"}
		assignment := &filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedCreditor, NewCreditor: &buyer,
			Assignment: &filing.Assignment{From: filing.Person{Identity: company().Identity, Name: "Provbolaget AB"},
				To: filing.Person{Identity: buyer.Identity, Name: buyer.Name}, Date: calendar.MustDay("2026-02-20")}}
		empty := &filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedAddress, OfRespondent: true}
		unknown := &filing.PartyChange{CaseKey: key("U-2026-9999999"), Kind: filing.ChangedName, Party: &buyer}
		another := &filing.PartyChange{CaseKey: key(number), Kind: filing.ChangedAddress, OfRespondent: true, Party: &buyer}
		f, docs := b.file("xx.party_change", 4), documents(assignment, empty, unknown, another)
		var j service.Judgement
		var known map[int64]bool
		b.must(b.db.Do(b.Context(), func(tx store.Tx) (err error) {
			if j, err = b.room.VerifyPartyChange(tx, f, docs); err != nil {
				return err
			}
			known, err = b.room.Knows(tx, f, docs)
			return err
		}))
		if diff := cmp.Diff([]filing.Code{"D357", "D401", "D347"}, codes(j)); diff != "" {
			b.Error(diff)
		}
		if diff := cmp.Diff(map[int64]bool{1: true, 2: true, 3: false, 4: true}, known); diff != "" {
			b.Error(diff)
		}
		b.do(b.room.ApplyPartyChange(b.Context(), f, docs[:1]))
		if got := b.state(number); got != enforcement.AwaitingDocuments {
			b.Fatalf("state %s", got)
		}
		b.must(b.room.Lodge(b.Context(), officer, number))
		moved := &filing.PartyChange{CaseKey: filing.CaseKey{CaseNumber: number, Applicant: buyer.Identity}, Kind: filing.ChangedAddress,
			OfRespondent: true, Party: &filing.Party{Street: "Nya gatan 1", PostalCode: "22222", Town: "Lund"}}
		b.do(b.room.ApplyPartyChange(b.Context(), f, documents(moved)))
		var town string
		b.read(func(r store.Reader) error {
			return r.QueryRow(`SELECT town FROM enforcement_party WHERE role = 'respondent'`).Scan(&town)
		})
		if town != "Lund" {
			b.Errorf("town %q", town)
		}
	})
}

// What cannot be sought by file is refused with advice (R58).
func TestMeasuresByFile(t *testing.T) {
	each(t, func(b *bench) {
		a := application("A", 1)
		a.Measure = "eviction"
		if diff := cmp.Diff([]filing.Code{"D460"}, codes(b.judge(b.file(filing.VEApplication, 1), documents(a)))); diff != "" {
			b.Error(diff)
		}
	})
}

// A title that is sent twice is taken with a warning.
func TestTitleUnderEnforcementAlready(t *testing.T) {
	each(t, func(b *bench) {
		b.started("A", 1)
		j := b.judge(b.file(filing.VEApplication, 2), documents(application("B", 2), application("C", 2, 1)))
		if len(j.Errors) != 0 || len(j.Warnings) != 1 || j.Warnings[0].Code != "W452" || j.Warnings[0].Document != 2 {
			b.Errorf("%+v", j)
		}
	})
}

// The confirmation and the story tell what is found when the file is read in:
// what has come in meanwhile too, and what stands earlier in the file.
func TestTitleTwiceIsConfirmed(t *testing.T) {
	each(t, func(b *bench) {
		unnumbered := application("G", 1)
		unnumbered.Title.Number = ""
		first := b.started("A", 1)
		f := b.open(application("B", 2), application("C", 2, 1), application("D", 2), unnumbered, application("E", 3), application("F", 4))
		_, lines := b.written(b.confirmation(f))
		var got []string
		for _, l := range lines {
			c := l.(*filing.ConfirmedEnforcement)
			got = append(got, strings.TrimSpace(c.Reference+" "+c.Warning+" "+c.Repeats))
			if story := b.told(c.CaseNumber); slices.Contains(story, "title_repeated") != (c.Repeats != "") {
				b.Errorf("the story of %s, which repeats %q, is %v", c.Reference, c.Repeats, story)
			}
		}
		second := b.one("B").Number
		if diff := cmp.Diff([]string{"B", "C W452 " + second, "C W452 " + first, "D W452 " + second, "G", "E", "F"}, got); diff != "" {
			b.Error(diff)
		}
		b.must(b.room.Withdraw(b.Context(), officer, b.one("E").Number))
		g := b.file(filing.VEApplication, 2)
		g.CodeID, g.MainCodeID = 8, 8
		b.apply(g, documents(application("H", 2)))
		_, theirs := b.written(b.confirmation(g))
		_, again := b.written(b.confirmation(b.open(application("I", 3))))
		for _, l := range slices.Concat(theirs, again) {
			if c := l.(*filing.ConfirmedEnforcement); c.Repeats != "" || c.Warning != "" {
				b.Errorf("another filer, or a case that is closed: %+v", c)
			}
		}
	})
}

// What is left stands in the view when the applicant has told of payments, or
// others who owe the same have paid.
func TestWhatIsLeftInTheViews(t *testing.T) {
	each(t, func(b *bench) {
		b.open(application("A", 1, 2))
		all := b.find("A")
		left := func(want ...int64) {
			b.Helper()
			var got []int64
			b.read(func(r store.Reader) (err error) {
				got, err = store.Collect(store.Only[int64])(r.Query(`SELECT remaining FROM enforcement_debts ORDER BY case_number`))
				return err
			})
			if diff := cmp.Diff(want, got); diff != "" {
				b.Errorf("left (-want +got):\n%s", diff)
			}
		}
		left(1190_00, 1190_00)
		b.change(amount(all[0].Number, 300_00))
		left(300_00, 300_00)
		b.must(b.room.Receive(b.Context(), officer, all[1].Number, 700_00, b.today(), ""))
		left(200_00, 200_00)
	})
}

// The views for extracts say what is owed, what was done, and whose debtor one
// is.
func TestViews(t *testing.T) {
	each(t, func(b *bench) {
		number := b.started("A", 1)
		b.must(b.room.Investigate(b.Context(), officer, number, filing.AssetsMissing, 0, ""))
		b.must(b.room.Receive(b.Context(), officer, number, 700_00, b.today(), ""))
		ran, err := money.Fixed(1000_00, 12*money.Percent, calendar.MustDay("2026-02-02").Time(), b.today().Time(), money.BothDays)
		b.must(err)
		rest := fmt.Sprint(int64(1190_00 + ran.Amount - 100_00)) // the fee took the rest
		for query, want := range map[string]string{
			`SELECT identity || ' ' || case_number || ' ' || case_kind || ' ' || title_kind || ' ' || amount || ' ' || received || ' ' || remaining FROM enforcement_debts`: person(1).Full() + " " + number + " private verdict 119000 70000 " + rest,
			`SELECT measure || ' ' || result || ' ' || case_number FROM enforcement_measures`:                                                                               "investigation assets_missing " + number,
			`SELECT identity || ' ' || day FROM enforcement_touched WHERE investigated AND NOT repossession`:                                                                person(1).Full() + " " + b.today().String(),
			`SELECT code || ' ' || reference || ' ' || case_number FROM enforcement_debtors WHERE open`:                                                                     "ABC A " + number,
		} {
			var got string
			b.read(func(r store.Reader) error { return r.QueryRow(query).Scan(&got) })
			if got != want {
				b.Errorf("%s gives %q, want %q", query, got, want)
			}
		}
		b.must(setAside(b.room, b.Context(), officer, number))
		var left int
		b.read(func(r store.Reader) error {
			return r.QueryRow(`SELECT (SELECT COUNT(*) FROM enforcement_debts) + (SELECT COUNT(*) FROM enforcement_measures) +
				(SELECT COUNT(*) FROM enforcement_accounts)`).Scan(&left)
		})
		if left != 0 {
			b.Errorf("the views tell %d things of a title that was set aside", left)
		}
	})
}

// Acts that are done together are done all or none, each as its officer's.
func TestTogetherOrNone(t *testing.T) {
	each(t, func(b *bench) {
		first, second := b.started("A", 1), b.started("B", 2)
		other := service.Officer{Name: "B", Reason: "annat"}
		bankrupt := func(numbers ...string) error {
			return b.room.Together(b.Context(), func(room *enforcement.Enforcements) (err error) {
				for i, n := range numbers {
					err = errors.Join(err, room.Bankrupt(b.Context(), []service.Officer{officer, other}[i], n))
				}
				return err
			})
		}
		b.must(bankrupt())
		b.must(b.room.Withdraw(b.Context(), officer, second))
		if _, refused := service.RefusedAs(bankrupt(first, second)); !refused { // the second is closed
			b.Error("an act in a closed case was not refused")
		}
		if c := b.one("A"); c.State == enforcement.Interrupted {
			b.Error("one act of a refused group was done")
		}
		third := b.started("C", 3)
		b.must(bankrupt(first, third))
		for reference, by := range map[string]service.Officer{"A": officer, "C": other} {
			c := b.one(reference)
			var story []service.Event
			b.read(func(r store.Reader) (err error) {
				story, err = b.room.Story(r, c.Number)
				return err
			})
			if last := story[len(story)-1]; c.State != enforcement.Interrupted || last.By != by {
				b.Errorf("case of %s is %s by %v", reference, c.State, last.By)
			}
		}
	})
}
