package extract_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// year is a random time in which the other rooms' views change, time passes and
// officers act.
type year struct {
	*bench
	rapid *rapid.T
}

// A refresh of those of whom there is news leaves nothing for a refresh of
// everybody to find.
func TestNewsIsAllThereIs(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlite(t), extract.Config{})
	b.permit(filing.CreditExtract, permit.ScopeBureau)
	for _, view := range []string{"enforcement_debts", "enforcement_measures", "enforcement_touched", "paymentorder_credit",
		"paymentorder_touched", "restructuring_persons"} {
		b.private(view)
	}
	rapid.Check(t, func(r *rapid.T) {
		y := &year{bench: b, rapid: r}
		y.begin()
		for range rapid.IntRange(1, 12).Draw(r, "evenings") {
			for range rapid.IntRange(0, 4).Draw(r, "acts") {
				y.act()
			}
			y.clock.Advance(time.Duration(rapid.SampledFrom([]int{1, 1, 1, 3, 13, 27}).Draw(r, "days")) * 24 * time.Hour)
			y.compare()
		}
	})
}

func (y *year) begin() {
	y.clock.Set(arrived)
	y.do(func(tx store.Tx) error {
		for _, table := range []string{"extract_public_case", "extract_administrator", "extract_withheld", "extract_line", "extract_refresh",
			"extract_touched", "enforcement_debts", "enforcement_measures", "enforcement_touched", "paymentorder_credit",
			"paymentorder_touched", "restructuring_persons"} {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		return nil
	})
	for i := range 6 {
		c := whole(fmt.Sprintf("A-%d", i), i%people, row{"notice": "", "notice_day": "", "registered": y.before("registered")})
		if i >= people { // the other case of its person
			c["notice"], c["ended"], c["registered"] = "unnecessary", y.longAgo(), y.today().AddDays(-900).String()
		}
		y.load(extract.PublicCases, c)
	}
	y.load(extract.Administrators, row{"number": "F-1", "identity": extracttest.Person(1).Full(), "case_number": "K 1", "administrator": "Prov",
		"phone": "1", "from": y.before("from"), "until": y.today().AddDays(rapid.IntRange(0, 60).Draw(y.rapid, "until")).String()})
	y.must(y.room.Refresh(y.Context()))
}

// before is a day of which data are about to be weeded, or no longer secret.
func (y *year) before(name string) string {
	age := rapid.SampledFrom([]int{1, 14, 400, 720, 1080, 1095}).Draw(y.rapid, name)
	return y.today().AddDays(-age + rapid.IntRange(-1, 30).Draw(y.rapid, name+" later")).String()
}

// longAgo is a day about two years ago, after which closed cases are secret.
func (y *year) longAgo() string {
	return y.today().AddMonths(-24).AddDays(rapid.IntRange(-1, 30).Draw(y.rapid, "closed")).String()
}

func (y *year) act() {
	n := rapid.IntRange(0, people+2).Draw(y.rapid, "n")
	number, person := fmt.Sprint("E-", n), n%people
	switch rapid.IntRange(0, 6).Draw(y.rapid, "act") {
	case 0, 1:
		y.enforce(number, person)
	case 2:
		y.put("enforcement_measures", number, measure(number, person, cell{"day": y.before("day")}))
		y.touch("enforcement_touched", person, cell{"investigated": true, "repossession": true})
	case 3:
		y.put("paymentorder_credit", number, order(number, person, cell{"id": n, "day": y.before("day"), "gone": rapid.Bool().Draw(y.rapid, "gone")}))
		y.touch("paymentorder_touched", person, cell{})
	case 4:
		day := y.today().AddDays(-rapid.IntRange(0, 16).Draw(y.rapid, "noticed"))
		y.refusable(y.room.GiveNotice(y.Context(), officer, fmt.Sprint("A-", n), day, false))
	case 5:
		y.refusable(y.room.EndPublicCase(y.Context(), officer, fmt.Sprint("A-", n), y.today()))
	case 6:
		y.refusable(y.room.Block(y.Context(), officer, extracttest.Person(person), ""))
	}
}

func (y *year) enforce(number string, person int) {
	c := debt(number, person, cell{"registered": y.before("registered"), "measure": [...]string{"payment", "repossession"}[len(number)%2]})
	if rapid.Bool().Draw(y.rapid, "closed") {
		c["closed"], c["registered"] = y.longAgo(), y.today().AddDays(-900).String()
	}
	y.put("enforcement_debts", number, c)
	y.touch("enforcement_touched", person, cell{"investigated": true, "repossession": true})
}

// put puts a row in the place of those with its case number.
func (y *year) put(view, number string, c cell) {
	y.do(func(tx store.Tx) error {
		if _, err := tx.Exec(`DELETE FROM `+view+` WHERE case_number = $1`, number); err != nil {
			return err
		}
		_, err := tx.Exec(inserted(view, c))
		return err
	})
}

func (y *year) touch(view string, person int, more cell) {
	y.do(func(tx store.Tx) error {
		_, err := tx.Exec(inserted(view, with(cell{"identity": extracttest.Person(person).Full(), "day": y.today().String()}, more)))
		return err
	})
}

func (y *year) refusable(err error) {
	if err != nil && refusal(err) == "" {
		y.rapid.Fatal(err)
	}
}

// Another time after a notice, since a restart, holds from the next refresh.
func TestAnotherTimeAfterNotice(t *testing.T) {
	each(t, func(b *bench) {
		b.load(extract.PublicCases, whole("A-1", 1, row{"notice_day": "2026-02-20"}), whole("A-2", 2, row{"notice_day": "2026-02-01"}))
		told := func(weeks int) int64 {
			room, err := extract.New(extract.Config{DB: b.db, Clock: b.clock, Permits: b.permits, NoticeTime: calendar.Period{Weeks: weeks}})
			b.must(err)
			b.must(room.Refresh(b.Context()))
			return b.count(`SELECT COUNT(*) FROM extract_line WHERE record = '01' AND rev_to > 1000000`)
		}
		for _, after := range []struct {
			weeks int
			told  int64
		}{{2, 1}, {1, 2}, {5, 0}} {
			if n := told(after.weeks); n != after.told {
				b.Errorf("%d weeks after the notice %d cases are told, want %d", after.weeks, n, after.told)
			}
			b.nextDay()
		}
	})
}

// compare refreshes by news, and then looks at everybody.
func (y *year) compare() {
	y.must(y.room.Refresh(y.Context()))
	const last = `SELECT last FROM extract_revision WHERE name = 'line'`
	before := y.count(last)
	y.do(y.room.Distrust)
	y.must(y.room.Refresh(y.Context()))
	if after := y.count(last); after != before {
		y.rapid.Fatalf("on %s a refresh of everybody changed lines %d times more", y.today(), after-before)
	}
}
