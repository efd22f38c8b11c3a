package authority

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"filtjanst/authority/portfolio"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// casePage is how many cases are listed at a time.
const casePage = 200

// CaseLine is one case of a list: where it stands, and no more.
type CaseLine struct {
	Room       string       `json:"room"`
	Number     string       `json:"number"`
	Reference  string       `json:"reference,omitempty"`
	States     []StateView  `json:"states"` // several where respondents stand in different ones
	Since      calendar.Day `json:"since"`  // the last of them
	Registered calendar.Day `json:"registered"`
}

// StateView is a state with its words.
type StateView struct {
	State string `json:"state"`
	Words
}

// CasePage is a part of the cases of a code in one room; Next goes on, 0 where
// there are no more.
type CasePage struct {
	Cases []CaseLine `json:"cases"`
	Next  int64      `json:"next"`
}

// CaseRooms are the rooms in which cases live, in the order of lists.
func CaseRooms() []string { return []string{"bf", "ve", "sc"} }

// CaseFilter says which cases are meant: those of a party code in a room.
type CaseFilter struct {
	Code, Room       string
	State, Reference string // only cases with a respondent in the state, and with the own reference; "" for all
}

// Cases lists cases in order of registration, after the one given: a page of
// those that are meant, or none at the end. Blocked cases are left out.
func (w *World) Cases(ctx context.Context, f CaseFilter, after int64) (page CasePage, err error) {
	page.Next = after
	for begun := false; err == nil && len(page.Cases) == 0 && (page.Next != 0 || !begun); begun = true {
		page, err = w.nextCases(ctx, f, page.Next)
	}
	return page, err
}

// nextCases picks those that are meant of the next cases, which may be none.
func (w *World) nextCases(ctx context.Context, f CaseFilter, after int64) (page CasePage, err error) {
	lists := map[string]portfolio.Cases{"bf": w.Orders, "ve": w.Enforcements, "sc": claimReports{w.Matters}}
	list, known := lists[f.Room]
	if !known {
		return page, service.Refuse("unknown_room", fmt.Sprintf("Det finns inga mål i %q.", f.Room), fmt.Sprintf("There are no cases in %q.", f.Room))
	}
	err = w.DB.Read(ctx, func(r store.Reader) error {
		c, found, err := w.Parties.ByCode(r, f.Code)
		if err != nil {
			return err
		}
		if !found {
			return service.UnknownCode(f.Code)
		}
		all, next, err := list.Status(r, service.CasesOf{CodeID: c.ID, Reference: f.Reference, Day: calendar.Today(w.Clock), After: after, Limit: casePage})
		page = CasePage{Cases: slices.DeleteFunc(lined(f.Room, all), f.leavesOut), Next: next}
		return err
	})
	return page, err
}

// leavesOut tells whether a case has no respondent in the state that is meant.
func (f CaseFilter) leavesOut(c CaseLine) bool {
	return f.State != "" && !slices.ContainsFunc(c.States, func(s StateView) bool { return s.State == f.State })
}

// lined makes one line of the respondents of each case.
func lined(room string, all []filing.CaseStatus) []CaseLine {
	lines := []CaseLine{}
	for _, s := range all {
		if len(lines) == 0 || lines[len(lines)-1].Number != s.CaseNumber {
			lines = append(lines, CaseLine{Room: room, Number: s.CaseNumber, Reference: s.Reference, Registered: s.Registered})
		}
		l := &lines[len(lines)-1]
		l.Since = max(l.Since, s.Since)
		if !slices.ContainsFunc(l.States, func(v StateView) bool { return v.State == s.State }) {
			l.States = append(l.States, StateView{s.State, StateWords(room, s.State)})
		}
	}
	return lines
}

func (w *World) listCases(r *http.Request) (any, error) {
	q := r.URL.Query()
	after, _ := strconv.ParseInt(q.Get("after"), 10, 64) // what is no number begins
	return w.Cases(r.Context(), CaseFilter{Code: q.Get("code"), Room: q.Get("room"), State: q.Get("state"), Reference: q.Get("reference")}, after)
}
