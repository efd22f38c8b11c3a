package extract_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"filtjanst/authority/extract"
	"filtjanst/authority/extract/extracttest"
	"filtjanst/authority/permit"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/identity"
)

const (
	people = 4
	cases  = 9
)

// life is a random history of a small country, with what follows from it by
// the rules alone.
type life struct {
	*bench
	rapid    *rapid.T
	cases    map[string]row
	withheld map[[3]string]bool // kind, person, case
	bureaus  []*bureau
}

// Whatever happens, a bureau that applies the full extract and the differences
// in order holds what a full extract of that evening says, and that is what
// the rules let it know.
func TestDifferencesAddUp(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	b := newBench(t, db, extract.Config{})
	b.permit(filing.CreditExtract, permit.ScopeBureau)
	rapid.Check(t, func(r *rapid.T) {
		l := &life{bench: b, rapid: r, cases: map[string]row{}, withheld: map[[3]string]bool{}}
		l.empty()
		for i := range rapid.IntRange(1, 25).Draw(r, "days") {
			for range rapid.IntRange(0, 4).Draw(r, "acts") {
				l.act()
			}
			l.evening()
			l.compare(i)
			l.clock.Advance(24 * 3600e9)
		}
	})
}

func (l *life) empty() {
	l.clock.Set(arrived)
	l.do(func(tx store.Tx) error {
		for _, table := range []string{"extract_public_case", "extract_withheld", "extract_line", "extract_refresh", "extract_delivery",
			"extract_subscription", "service_deadline"} {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		return nil
	})
	l.subscribe("DAY", codeID, filing.CEExtract, extract.Schedule{Whole: extract.Turn{Every: extract.Never}, Difference: extract.Turn{Every: extract.Daily}})
	l.subscribe("WEEK", codeID+1, filing.CEExtract, extract.Schedule{Whole: extract.Turn{Every: extract.Monthly, On: 15}, Difference: extract.Turn{Every: extract.Weekly, On: 3}})
	l.bureaus = []*bureau{l.bureau("DAY"), l.bureau("WEEK")}
}

func (l *life) act() {
	person := rapid.IntRange(0, people-1).Draw(l.rapid, "person")
	number := fmt.Sprintf("A-%d", rapid.IntRange(0, cases-1).Draw(l.rapid, "case"))
	switch rapid.IntRange(0, 6).Draw(l.rapid, "act") {
	case 0, 1, 2:
		l.register(number)
	case 3:
		l.turn("blocked", extracttest.Person(person), "", l.room.Block, l.room.Unblock)
	case 4:
		l.turn("secret", l.debtor(number), number, l.room.SecrecyBegan, l.room.SecrecyEnded)
	case 5:
		c, there := l.cases[number]
		if !there || c["ended"] != "" {
			return
		}
		l.must(l.room.EndPublicCase(l.Context(), officer, number, l.today()))
		c["ended"] = l.today().String()
	case 6:
		for _, u := range l.bureaus {
			u.receive() // at once, before the evening
		}
	}
}

// debtor is the person of a case: cases are dealt out in turn.
func (l *life) debtor(number string) identity.Number {
	return extracttest.Person(int(number[2]-'0') % people)
}

func (l *life) register(number string) {
	today := l.today()
	c := whole(number, int(number[2]-'0')%people, row{
		"registered": today.AddDays(-rapid.SampledFrom([]int{1, 30, 800, 1090, 1095, 1200}).Draw(l.rapid, "registered")).String(),
		"amount":     rapid.SampledFrom([]string{"1.00", "2.00"}).Draw(l.rapid, "amount"),
	})
	delete(c, "ended")
	switch rapid.IntRange(0, 3).Draw(l.rapid, "notice") {
	case 0:
		c["notice"], c["notice_day"] = "", ""
	case 1:
		c["notice"], c["notice_day"] = "unnecessary", ""
	case 2:
		c["notice_day"] = today.AddDays(-rapid.IntRange(10, 15).Draw(l.rapid, "noticed")).String()
	}
	if rapid.Bool().Draw(l.rapid, "ended") {
		c["ended"] = max(c["registered"], today.AddDays(-rapid.SampledFrom([]int{0, 729, 731}).Draw(l.rapid, "since")).String())
	} else {
		c["ended"] = ""
	}
	_, err := l.room.Import(l.Context(), extract.PublicCases, bytes.NewReader(table([]row{c})), nil)
	l.must(err)
	l.cases[number] = c
}

type withholding = func(ctx context.Context, by service.Officer, person identity.Number, number string) error

func (l *life) turn(kind string, person identity.Number, number string, on, off withholding) {
	key := [3]string{kind, person.Full(), number}
	do := on
	if l.withheld[key] {
		do = off
	}
	l.must(do(l.Context(), officer, person, number))
	l.withheld[key] = !l.withheld[key]
}

// compare holds each bureau that was delivered to by schedule today against a
// full extract and the rules.
func (l *life) compare(day int) {
	told := l.told()
	for _, u := range l.bureaus {
		before := len(u.kinds)
		u.receive()
		if len(u.kinds) == before || u.kinds[len(u.kinds)-1] == filing.AtOnceDelivery {
			continue
		}
		if diff := cmp.Diff(told, keys(u.holds)); diff != "" {
			l.rapid.Fatalf("day %d, %s against the rules (-want +got):\n%s", day, u.code, diff)
		}
		if diff := cmp.Diff(l.full(u.code), u.plain()); diff != "" {
			l.rapid.Fatalf("day %d, %s against a full extract (-full +got):\n%s", day, u.code, diff)
		}
	}
}

// plain is what the bureau holds, as text.
func (u *bureau) plain() map[string]string {
	all := map[string]string{}
	for k, c := range u.holds {
		line := *c.(*filing.CreditLine)
		all[k] = fmt.Sprintf("%+v", *line.PublicCase)
	}
	return all
}

// full is a full extract of now.
func (l *life) full(code string) map[string]string {
	u := l.bureau(code)
	batch := service.Batch{Transaction: filing.CEExtract, Code: code, Sequence: 1_000_000}
	l.do(func(tx store.Tx) error {
		var id int64
		if err := tx.QueryRow(`SELECT id FROM extract_subscription WHERE code = $1`, code).Scan(&id); err != nil {
			return err
		}
		batch.Key = fmt.Sprintf("%s/%d/%d", filing.CEExtract, id, batch.Sequence)
		_, err := tx.Exec(`INSERT INTO extract_delivery (subscription, number, kind, rev_from, rev_to, day, sent)
			SELECT $1, $2, 'full', 0, last, $3, $3 FROM extract_revision WHERE name = 'line'`, id, batch.Sequence, l.today())
		return err
	})
	u.take(batch)
	l.do(func(tx store.Tx) error {
		_, err := tx.Exec(`DELETE FROM extract_delivery WHERE number = $1`, batch.Sequence)
		return err
	})
	return u.plain()
}

// told are the cases that the rules let a bureau know of today.
func (l *life) told() map[string]bool {
	today := l.today()
	all := map[string]bool{}
	for number, c := range l.cases {
		person := c["identity"]
		open := c["ended"] == "" || l.another(number, person, calendar.MustDay(c["ended"]))
		noticed := c["notice"] == "unnecessary" || c["notice"] == "given" && calendar.MustDay(c["notice_day"]).AddDays(14) <= today &&
			(c["ended"] == "" || calendar.MustDay(c["ended"]) > calendar.MustDay(c["notice_day"]).AddDays(14))
		kept := calendar.MustDay(c["registered"]) > today.AddMonths(-36)
		if open && noticed && kept && !l.isWithheld(person, number) {
			all[number] = true
		}
	}
	return all
}

func (l *life) another(number, person string, ended calendar.Day) bool {
	limit := ended.AddMonths(24)
	for other, c := range l.cases {
		sought := calendar.MustDay(c["registered"])
		if other != number && c["identity"] == person && (sought >= ended && sought <= limit || sought < ended && l.today() <= limit) {
			return true
		}
	}
	return false
}

func (l *life) isWithheld(person, number string) bool {
	for key := range maps.All(l.withheld) {
		if l.withheld[key] && key[1] == person && (key[2] == "" || key[2] == number) {
			return true
		}
	}
	return false
}
