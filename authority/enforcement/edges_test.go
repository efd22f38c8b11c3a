package enforcement_test

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"testing"

	"filtjanst/authority/enforcement"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/authority/store/storetest"
	"filtjanst/calendar"
	"filtjanst/filing"
)

//go:embed testdata/files-8.3.txt
var rowsOfTheReference string

// Every row of the reference is an edge of the table.
func TestTableHoldsTheReference(t *testing.T) {
	t.Parallel()
	table := enforcement.States()
	var open []string
	for _, s := range table.States {
		if !s.Closed {
			open = append(open, s.Name)
		}
	}
	has := func(from, event, to string) bool {
		return slices.ContainsFunc(table.Edges, func(e service.Edge) bool { return e.From == from && e.Event == event && e.To == to })
	}
	for line := range strings.Lines(rowsOfTheReference) {
		f := strings.Fields(line)
		if len(f) != 3 || f[0] == "#" {
			continue
		}
		from, event, to := strings.TrimPrefix(f[0], "-"), f[1], f[2]
		froms, tos := []string{from}, []string{to}
		if from == "any" {
			froms = open
		}
		if to == "before" {
			tos = slices.DeleteFunc(slices.Clone(open), func(s string) bool {
				return s == from || event == "estate_known" && s == "earnings_attachment" // it ended by the death
			})
		}
		for _, from := range froms {
			for _, to := range tos {
				if to == "same" {
					to = from
				}
				if from != to && !has(from, event, to) || from == to && f[2] == "same" && !has(from, event, to) {
					t.Errorf("the table lacks %s --%s--> %s", from, event, to)
				}
			}
		}
	}
}

func TestEdgesNameStates(t *testing.T) {
	t.Parallel()
	table := enforcement.States()
	known := map[string]bool{"": true}
	for _, s := range table.States {
		known[s.Name] = true
	}
	seen := map[string]bool{}
	for _, e := range table.Edges {
		if !known[e.From] || !known[e.To] || e.Swedish == "" || e.English == "" || e.Basis == "" {
			t.Errorf("edge %+v", e)
		}
		key := e.From + " " + e.Event + " " + e.To
		if seen[key] {
			t.Errorf("%s stands twice", key)
		}
		seen[key] = true
	}
}

// scene is a case on its way through one edge.
type scene struct {
	*bench
	edge      service.Edge
	reference string
	debtor    int
	number    string
}

// Every edge is played, and stands in the story of its case.
func TestEveryEdgeIsPlayed(t *testing.T) {
	t.Parallel()
	byEvent := map[string][]service.Edge{}
	for _, e := range enforcement.States().Edges {
		byEvent[e.Event] = append(byEvent[e.Event], e)
	}
	storetest.Each(t, func(t *testing.T, open func() *store.DB) {
		strict, lapsing := twoBenches(t, open())
		for event, edges := range byEvent {
			play, known := plays[event]
			if !known {
				t.Errorf("nothing plays %s", event)
				continue
			}
			b := strict
			fromLapsed := slices.ContainsFunc(edges, func(e service.Edge) bool { return e.From == string(enforcement.Lapsed) })
			if fromLapsed || strings.HasPrefix(event, "deferral_too") {
				b = lapsing
			}
			for i, edge := range edges {
				s := &scene{bench: b, edge: edge, reference: fmt.Sprintf("%.20s%d", event, i), debtor: 2 * i}
				play(s)
				s.check()
				s.leave()
			}
		}
	})
}

// twoBenches are services over one database, of which the second takes deferrals
// beyond the law. An applicant has a day to pay.
func twoBenches(t *testing.T, db *store.DB) (strict, lapsing *bench) {
	t.Helper()
	strict = newBench(t, db, enforcement.Config{DemandTime: calendar.Period{Days: 1}})
	lapsing = newBench(t, db, enforcement.Config{DemandTime: calendar.Period{Days: 1}, Deferrals: enforcement.LapseDeferral, Clock: strict.clock})
	lapsing.files = 1 << 32
	return strict, lapsing
}

func (s *scene) check() {
	s.Helper()
	var story []service.Event
	s.read(func(r store.Reader) (err error) {
		story, err = s.room.Story(r, s.number)
		return err
	})
	if !slices.ContainsFunc(story, func(e service.Event) bool {
		return e.Kind == s.edge.Event && e.From == s.edge.From && e.To == s.edge.To
	}) {
		var told []string
		for _, e := range story {
			told = append(told, fmt.Sprintf("%s --%s--> %s", e.From, e.Kind, e.To))
		}
		s.Errorf("%s --%s--> %s is not in the story:\n%s", s.edge.From, s.edge.Event, s.edge.To, strings.Join(told, "\n"))
	}
}

// leave closes the cases of the scene, so that later ones do not wait for their
// years.
func (s *scene) leave() {
	s.Helper()
	for _, c := range s.find(s.reference) {
		if err := s.room.Withdraw(s.Context(), officer, c.Number); err != nil {
			if _, refused := service.RefusedAs(err); !refused {
				s.Fatal(err)
			}
		}
	}
}

// begin opens a case and starts its handling; linked, with another debtor.
func (s *scene) begin(linked bool) {
	s.Helper()
	debtors := []int{s.debtor}
	if linked {
		debtors = append(debtors, s.debtor+1)
	}
	s.beginWith(application(s.reference, debtors...))
}

func (s *scene) beginWith(a *filing.EnforcementApplication) {
	s.Helper()
	s.open(a)
	s.number = s.find(s.reference)[0].Number
	s.must(s.room.Start(s.Context(), officer, s.number))
}

// bring takes a case in progress to a state.
func (s *scene) bring(to enforcement.State) {
	s.Helper()
	bring, known := brings[to]
	if !known {
		s.Fatalf("nothing brings a case to %s", to)
	}
	bring(s)
}

func (s *scene) from() enforcement.State { return enforcement.State(s.edge.From) }

// at begins a case and brings it to where the edge begins.
func (s *scene) at() {
	s.Helper()
	s.begin(false)
	s.bring(s.from())
}

func (s *scene) against(do func(*bench, int)) { do(s.bench, s.debtor) }

func restructuringOpened(b *bench, n int) {
	b.Helper()
	b.do(b.room.RestructuringOpened(b.Context(), person(n), b.today()))
}

var brings = map[enforcement.State]func(s *scene){
	enforcement.Registered: func(s *scene) {
		s.must(s.room.OrderCompletion(s.Context(), officer, s.number, enforcement.LacksChain))
		s.must(s.room.Lodge(s.Context(), officer, s.number))
	},
	enforcement.AwaitingTitle: func(s *scene) {
		s.must(s.room.OrderCompletion(s.Context(), officer, s.number, enforcement.LacksTitle, enforcement.LacksOriginal, enforcement.LacksChain))
	},
	enforcement.AwaitingDocuments: func(s *scene) {
		s.must(s.room.OrderCompletion(s.Context(), officer, s.number, enforcement.LacksChain))
	},
	enforcement.InProgress: func(*scene) {},
	enforcement.Deferral:   func(s *scene) { s.defer_(20) },
	enforcement.Investigated: func(s *scene) {
		s.must(s.room.Investigate(s.Context(), officer, s.number, filing.AssetsMissing, 0, ""))
	},
	enforcement.Monitoring: func(s *scene) {
		s.must(s.room.Investigate(s.Context(), officer, s.number, filing.AssetsMissing, s.in(90), ""))
	},
	enforcement.EarningsAttached:    func(s *scene) { s.earnings(filing.EarningsNew) },
	enforcement.Interrupted:         func(s *scene) { s.must(s.room.Bankrupt(s.Context(), officer, s.number)) },
	enforcement.RestructuringOpened: func(s *scene) { s.against(restructuringOpened) },
	enforcement.Stayed:              func(s *scene) { s.must(s.room.OrderStay(s.Context(), officer, s.number)) },
	enforcement.AwaitingEstate:      func(s *scene) { s.must(s.room.Died(s.Context(), officer, s.number)) },
	enforcement.Lapsed:              func(s *scene) { s.defer_(100); s.sleep(70) },
	enforcement.Dismissed: func(s *scene) {
		s.must(s.room.OrderCompletion(s.Context(), officer, s.number, enforcement.LacksTitle))
		s.sleep(40)
	},
	enforcement.Discontinued: func(s *scene) {
		s.must(s.askAdvance(100_00))
		s.sleep(7)
		s.plainAct((*enforcement.Enforcements).EndUnadvanced)
	},
	enforcement.RestructuringGranted: func(s *scene) {
		s.against(restructuringOpened)
		s.do(s.room.RestructuringGranted(s.Context(), person(s.debtor), s.today()))
	},
	enforcement.Closed: func(s *scene) { s.must(s.room.Withdraw(s.Context(), officer, s.number)) },
}

// defer_ lets the applicant grant a deferral of so many days.
func (s *scene) defer_(days int) {
	s.Helper()
	j := s.change(&filing.Change{CaseKey: filing.CaseKey{CaseNumber: s.number}, Kind: filing.ChangeDeferral, Until: s.in(days)})
	if len(j.Errors) > 0 {
		s.Fatalf("deferral refused: %v", j.Errors)
	}
}

func (s *scene) earnings(kind filing.EarningsDecision) {
	s.Helper()
	e := enforcement.EarningsDecision{EarningsAttachment: filing.EarningsAttachment{Kind: kind, Employer: filing.Person{Name: "Arbetsgivaren AB"}},
		Address: notice.Address{Street: "Provgatan 9", PostalCode: "11122", Town: "Stockholm"}}
	if kind == filing.EarningsNew || kind == filing.EarningsChanged {
		e.Amount, e.Reserve, e.From = 900_00, 6000_00, s.today()
	}
	if kind == filing.EarningsRespite {
		e.Until = s.in(30)
	}
	s.must(s.room.AttachEarnings(s.Context(), officer, s.number, e))
}
