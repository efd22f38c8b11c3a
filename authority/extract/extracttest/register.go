package extracttest

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"

	"filtjanst/authority/extract"
	"filtjanst/calendar"
	"filtjanst/identity"
)

// Size is how large a made-up country is. Cases are shared out among the
// persons; of every thousand persons five are or were bankrupt.
type Size struct {
	Persons int
	Cases   int
	Today   calendar.Day // cases are registered in the five years before
	Seed    uint64
}

// Person is the nth of the country's persons, in the order of birth over all
// years.
func (s Size) Person(n int) identity.Number { return Person(s.spread(n)) }

func (s Size) spread(n int) int { return n * (MaxPersons / s.Persons) }

// Register writes one register of the country as CSV.
func Register(w io.Writer, kind extract.Kind, s Size) error {
	f, known := extract.FormatOf(kind)
	if !known {
		return fmt.Errorf("extracttest: there is no register %q", kind)
	}
	out := bufio.NewWriterSize(w, 1<<16)
	c := csv.NewWriter(out)
	names := make([]string, len(f.Columns))
	for i, column := range f.Columns {
		names[i] = column.Name
	}
	if err := c.Write(names); err != nil {
		return err
	}
	for row := range s.rows(kind) {
		for i, name := range names {
			names[i] = row[name]
		}
		if err := c.Write(names); err != nil {
			return err
		}
		for i, column := range f.Columns {
			names[i] = column.Name
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return out.Flush()
}

// row is what a row says, by column.
type row map[string]string

// rows walks the rows of a register. The map is reused.
func (s Size) rows(kind extract.Kind) func(yield func(row) bool) {
	maker := map[extract.Kind]func(*country, int, row) bool{
		extract.Persons:         (*country).person,
		extract.PublicCases:     (*country).publicCase,
		extract.Bankruptcies:    (*country).bankruptcy,
		extract.Administrators:  (*country).administrator,
		extract.Reorganisations: (*country).reorganisation,
	}[kind]
	n := s.Persons
	if kind == extract.PublicCases {
		n = s.Cases
	}
	return func(yield func(row) bool) {
		source := rand.NewPCG(s.Seed, 0)
		c := &country{size: s, random: rand.New(source)}
		r := row{}
		for i := range n {
			clear(r)
			source.Seed(s.Seed, uint64(i))
			if maker(c, i, r) && !yield(r) {
				return
			}
		}
	}
}

// country makes the rows. Each draws from a seed of its own, so that the
// registers agree however they are walked.
type country struct {
	size   Size
	random *rand.Rand
}

func (c *country) day(from, days int) string {
	return c.size.Today.AddDays(from + c.random.IntN(days)).String()
}

func (c *country) person(n int, r row) bool {
	r["identity"], r["name"] = digits(c.size.spread(n)), fmt.Sprintf("Testperson %07d", n+1)
	if c.random.IntN(500) == 0 {
		r["protected"] = "yes"
	}
	return true
}

// claim is a kind of state claim (INDL §2).
type claim struct{ kind, crime, fund string }

func claimOf(n int) claim {
	return [...]claim{
		{"tax", "no", "10"}, {"vehicle_tax", "no", "25"}, {"congestion_tax", "no", "36"}, {"maintenance_support", "no", "42"},
		{"parking_charge", "no", "31"}, {"fine", "yes", "51"}, {"crime_victim_fund", "yes", "52"},
	}[n%7]
}

const fiveYears = 5 * 365

func (c *country) publicCase(n int, r row) bool {
	of := claimOf(c.random.IntN(7))
	r["kind"], r["crime"], r["fund_type"] = of.kind, of.crime, of.fund
	registered := c.size.Today.AddDays(-1 - c.random.IntN(fiveYears))
	amount := 10_000 + c.random.IntN(5_000_000)
	debtor := min(n*c.size.Persons/c.size.Cases+c.random.IntN(4), c.size.Persons-1)
	r["number"], r["identity"] = fmt.Sprintf("A-%08d", n+1), digits(c.size.spread(debtor))
	r["title"] = fmt.Sprintf("T%09d", n+1)
	r["year"], r["term"] = fmt.Sprint(registered.Year()), fmt.Sprint(1+c.random.IntN(2))
	r["amount"] = kronor(amount)
	r["registered"], r["due"] = registered.String(), registered.AddDays(-30).String()
	r["established"] = registered.AddDays(-60).String()
	r["limitation"] = calendar.Period{Years: 5}.From(registered).String()
	if c.random.IntN(3) == 0 {
		r["received"] = kronor(c.random.IntN(amount))
	}
	c.notice(registered, r)
	c.ending(registered, r)
	return true
}

func (c *country) notice(registered calendar.Day, r row) {
	switch day := registered.AddDays(7); {
	case c.random.IntN(10) == 0:
		r["notice"] = "unnecessary"
	case day <= c.size.Today:
		r["notice"], r["notice_day"] = "given", day.String()
	}
}

func (c *country) ending(registered calendar.Day, r row) {
	if day := registered.AddDays(90 + c.random.IntN(900)); day < c.size.Today && c.random.IntN(2) == 0 {
		r["ended"] = day.String()
	}
}

func kronor(ore int) string { return fmt.Sprintf("%d.%02d", ore/100, ore%100) }

func (c *country) bankrupt() bool { return c.random.IntN(200) == 0 }

func (c *country) court(r row, n int) {
	r["identity"], r["case_number"] = digits(c.size.spread(n)), fmt.Sprintf("K %d-26", n+1)
	r["court"] = "Exempelby tingsrätt"
}

func (c *country) bankruptcy(n int, r row) bool {
	if !c.bankrupt() {
		return false
	}
	c.court(r, n)
	r["number"], r["measure"], r["day"] = fmt.Sprintf("KB-%07d", n+1), "opened", c.day(-fiveYears, fiveYears)
	return true
}

func (c *country) administrator(n int, r row) bool {
	if !c.bankrupt() {
		return false
	}
	c.court(r, n)
	delete(r, "court")
	r["number"], r["administrator"] = fmt.Sprintf("KF-%07d", n+1), "Exempeladvokaterna AB"
	r["phone"], r["from"] = "08-465 004 00", c.day(-fiveYears, fiveYears)
	return true
}

func (c *country) reorganisation(n int, r row) bool {
	if c.random.IntN(1000) != 0 {
		return false
	}
	c.court(r, n)
	r["number"], r["measure"], r["day"] = fmt.Sprintf("FR-%07d", n+1), "opened", c.day(-fiveYears, fiveYears)
	return true
}
