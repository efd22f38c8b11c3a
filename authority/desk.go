package authority

import (
	"context"
	"fmt"
	"slices"
	"time"

	"filtjanst/authority/paymentorder"
	"filtjanst/authority/restructuring"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/money"
)

// acting is a room in which officers act.
type acting interface{ Acts() []service.Act }

// room is what officers reach of a room, under the name that they call it by.
type room struct {
	name   string
	acting acting
	// view finds a case by its number; nil where there are no cases.
	view func(r store.Reader, number string) (*CaseView, error)
}

// CaseView is a case as it stands, and how it came there.
type CaseView struct {
	Room       string       `json:"room"`
	Number     string       `json:"number"`
	Reference  string       `json:"reference,omitempty"`
	State      string       `json:"state"`
	Since      calendar.Day `json:"since,omitzero"`
	Registered calendar.Day `json:"registered"`
	Pairs      []PairView   `json:"pairs,omitempty"` // in a payment order: respondent by claim part
	Link       string       `json:"link_group,omitempty"`
	Events     []CaseEvent  `json:"events"`
	// Acts are what the table of states allows officers now, as "bf.serve".
	Acts []string `json:"acts"`
	idle []string // acts that the states allow, and that have nothing to act on here
	// States are the words of the states that are named here.
	States map[string]Words `json:"states"`
}

// PairView is the state of one respondent in one claim part, from 1.
type PairView struct {
	Respondent int64        `json:"respondent"`
	Part       int64        `json:"part"`
	State      string       `json:"state"`
	Since      calendar.Day `json:"since"`
	Amount     money.Amount `json:"amount_ore"` // claimed of the pair now, with interest accrued as an amount
}

// ActInfo is one act that officers may do, as a form or a command line shows it.
type ActInfo struct {
	Room    string      `json:"room"`
	Name    string      `json:"act"`
	Swedish string      `json:"sv"`
	English string      `json:"en"`
	Basis   string      `json:"basis,omitempty"`
	Params  []ParamInfo `json:"params"`
}

// ParamInfo is what an act must be told.
type ParamInfo struct {
	Name     string            `json:"name"`
	Kind     service.ParamKind `json:"kind"`
	Required bool              `json:"required,omitempty"`
	Choices  []string          `json:"choices,omitempty"`
	Swedish  string            `json:"sv"`
	English  string            `json:"en"`
}

// ActCall asks for one act.
type ActCall struct {
	World  string            `json:"world"`
	Room   string            `json:"room"`
	Act    string            `json:"act"`
	Number string            `json:"number"` // case number; "" for an act that begins something
	By     string            `json:"by"`
	Reason string            `json:"reason"`
	Values map[string]string `json:"values"`
}

// ActDone tells what an act led to.
type ActDone struct {
	Begun string `json:"begun,omitempty"` // number or id of the case, matter or entry that the act began
}

// CaseEvent is one thing that happened in a case, for people and programs.
type CaseEvent struct {
	Day  calendar.Day `json:"day"`
	At   time.Time    `json:"at"`
	Kind string       `json:"event"`
	Words
	From       string       `json:"from,omitempty"`
	To         string       `json:"to,omitempty"`
	Respondent int64        `json:"respondent,omitempty"`
	Part       int64        `json:"part,omitempty"`
	Amount     money.Amount `json:"amount_ore,omitempty"`
	Officer    string       `json:"officer,omitempty"`
	Reason     string       `json:"reason,omitempty"`
	Text       string       `json:"text,omitempty"`   // as it is kept
	Detail     *Words       `json:"detail,omitempty"` // what Text means, where it is a symbol or a code
}

// Acts lists what officers may do, room by room.
func (w *World) Acts() []ActInfo {
	var all []ActInfo
	for _, room := range w.rooms {
		for _, a := range room.acting.Acts() {
			all = append(all, infoOf(room.name, a))
		}
	}
	return all
}

func infoOf(room string, a service.Act) ActInfo {
	info := ActInfo{Room: room, Name: a.Name, Swedish: a.Swedish, English: a.English, Basis: a.Basis, Params: []ParamInfo{}}
	for _, p := range a.Params {
		info.Params = append(info.Params, ParamInfo{
			Name: p.Name, Kind: p.Kind, Required: p.Required, Choices: p.Choices, Swedish: p.Swedish, English: p.English,
		})
	}
	return info
}

// Act does what an officer has decided. What the room will not do is a
// *service.Refusal.
func (w *World) Act(ctx context.Context, call ActCall) (done ActDone, err error) {
	a, ok := w.act(call.Room, call.Act)
	if !ok {
		return done, service.Refuse("unknown_act", fmt.Sprintf("Åtgärden %s %s finns inte.", call.Room, call.Act),
			fmt.Sprintf("There is no act %s %s.", call.Room, call.Act))
	}
	by := service.Officer{Name: call.By, Reason: call.Reason}
	if err := by.Check(); err != nil {
		return done, err
	}
	values, err := service.NewValues(a, call.Values, calendar.Today(w.Clock))
	if err == nil {
		done.Begun, err = a.Run(ctx, by, call.Number, values)
	}
	if refusal, refused := service.RefusedAs(err); refused {
		return done, refusal.Of(call.Room, a)
	}
	return done, err
}

func (w *World) act(room, name string) (service.Act, bool) {
	for _, r := range w.rooms {
		if r.name != room {
			continue
		}
		for _, a := range r.acting.Acts() {
			if a.Name == name {
				return a, true
			}
		}
	}
	return service.Act{}, false
}

// Case tells how the case of the number stands and what has happened in it, in
// whichever room it is.
func (w *World) Case(ctx context.Context, number string) (view *CaseView, err error) {
	err = w.DB.Read(ctx, func(r store.Reader) error {
		for _, room := range w.rooms {
			if room.view == nil {
				continue
			}
			if view, err = room.view(r, number); view != nil || err != nil {
				w.tell(view)
				room.offer(view)
				return err
			}
		}
		return service.UnknownCase(number)
	})
	return view, err
}

// offer tells which acts the states of the case allow.
func (r room) offer(v *CaseView) {
	if v == nil {
		return
	}
	v.Acts = []string{}
	table := Tables(r.name)[0]
	for _, a := range r.acting.Acts() {
		if slices.Contains(v.idle, a.Name) {
			continue
		}
		if slices.ContainsFunc(v.standing(), func(state string) bool { return a.In(table, state) }) {
			v.Acts = append(v.Acts, r.name+"."+a.Name)
		}
	}
}

// standing are the states of the parts of the case; its own where it has none.
func (v *CaseView) standing() []string {
	if len(v.Pairs) == 0 {
		return []string{v.State}
	}
	states := make([]string, len(v.Pairs))
	for i, p := range v.Pairs {
		states[i] = p.State
	}
	return states
}

func (w *World) orderView(r store.Reader, number string) (*CaseView, error) {
	c, found, err := w.Orders.Case(r, number)
	if err != nil || !found {
		return nil, err
	}
	v := &CaseView{Room: "bf", Number: c.Number, Reference: c.Application.Reference, State: string(c.State()), Registered: c.Registered}
	v.idle = idleIn(c.States)
	for _, p := range c.States {
		v.Pairs = append(v.Pairs, PairView{Respondent: p.Respondent, Part: p.Part, State: string(p.State), Since: p.Since, Amount: p.Amount + p.Accrued})
	}
	events, err := w.Orders.Story(r, c.ID)
	v.Events = told(events)
	return v, err
}

// idleIn are the acts of a payment order for which no pair is in the right way,
// though the states of some allow them.
func idleIn(pairs []paymentorder.PairState) []string {
	if slices.ContainsFunc(pairs, func(p paymentorder.PairState) bool { return p.Stayed }) {
		return nil
	}
	return []string{"lift_stay"}
}

func (w *World) enforcementView(r store.Reader, number string) (*CaseView, error) {
	c, found, err := w.Enforcements.Case(r, number)
	if err != nil || !found {
		return nil, err
	}
	v := &CaseView{Room: "ve", Number: c.Number, Reference: c.Reference, State: string(c.State), Since: c.Since, Registered: c.Registered, Link: c.LinkGroup}
	events, err := w.Enforcements.Story(r, number)
	v.Events = told(events)
	return v, err
}

func (w *World) matterView(r store.Reader, number string) (*CaseView, error) {
	m, found, err := w.Matters.Matter(r, number)
	if err != nil || !found {
		return nil, err
	}
	v := matterOf(m)
	events, err := w.Matters.Events(r, m.ID)
	v.Events = told(events)
	return v, err
}

// matterOf is a matter as it stands. A comment is on a report of claims in it.
func matterOf(m restructuring.Matter) *CaseView {
	return &CaseView{Room: "sc", Number: m.Number, State: string(m.State), Registered: m.Decided, idle: []string{"comment"}}
}

func told(events []service.Event) []CaseEvent {
	all := make([]CaseEvent, len(events))
	for i, e := range events {
		all[i] = CaseEvent{
			Day: e.Day, At: e.At, Kind: e.Kind, From: e.From, To: e.To, Respondent: e.Respondent, Part: e.Part,
			Amount: e.Amount, Officer: e.By.Name, Reason: e.By.Reason, Text: e.Text,
		}
	}
	return all
}
