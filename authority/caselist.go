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

// Cases lists the cases of a party code in a room, in order of registration,
// after the one given. Blocked cases are left out.
func (w *World) Cases(ctx context.Context, code, room string, after int64) (page CasePage, err error) {
	lists := map[string]portfolio.Cases{"bf": w.Orders, "ve": w.Enforcements, "sc": claimReports{w.Matters}}
	list, known := lists[room]
	if !known {
		return page, service.Refuse("unknown_room", fmt.Sprintf("Det finns inga mål i %q.", room), fmt.Sprintf("There are no cases in %q.", room))
	}
	err = w.DB.Read(ctx, func(r store.Reader) error {
		c, found, err := w.Parties.ByCode(r, code)
		if err != nil {
			return err
		}
		if !found {
			return service.Refuse("unknown_code", fmt.Sprintf("Intressentkoden %s finns inte.", code), fmt.Sprintf("There is no party code %s.", code))
		}
		all, next, err := list.Status(r, c.ID, calendar.Today(w.Clock), after, casePage)
		page = CasePage{Cases: lined(room, all), Next: next}
		return err
	})
	return page, err
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
	return w.Cases(r.Context(), q.Get("code"), q.Get("room"), after)
}
