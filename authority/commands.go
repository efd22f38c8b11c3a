package authority

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"filtjanst/authority/extract"
	"filtjanst/authority/service"
	"filtjanst/calendar"
)

// ClockState is where the clock of a world stands.
type ClockState struct {
	World       string    `json:"world"`
	Now         time.Time `json:"now"`
	Held        bool      `json:"held"` // stands until it is moved
	NextEvening time.Time `json:"next_evening"`
}

// Status tells how the authority is.
type Status struct {
	Begun        time.Time           `json:"begun"`
	Addresses    Addresses           `json:"addresses"`
	Worlds       []WorldStatus       `json:"worlds"`
	Certificates []CertificateStatus `json:"certificates"`
}

// WorldStatus tells how one world is.
type WorldStatus struct {
	ClockState
	Engine string   `json:"engine"`
	Ready  string   `json:"ready"` // "" or why no file can be taken in
	Last   *LastRun `json:"last_run,omitempty"`
}

// CertificateStatus tells until when a server certificate holds.
type CertificateStatus struct {
	Subject string    `json:"subject"`
	Expires time.Time `json:"expires"`
}

// controlHandler serves the commands. Who may open the socket may give them.
func (a *Authority) controlHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /clock", func(w http.ResponseWriter, _ *http.Request) { reply(w, a.clocks(), nil) })
	mux.HandleFunc("POST /clock/advance", func(w http.ResponseWriter, r *http.Request) {
		by, err := time.ParseDuration(r.URL.Query().Get("by"))
		if err != nil {
			reply(w, nil, errors.New("give the duration as by=36h"))
			return
		}
		if by < 0 {
			reply(w, nil, fmt.Errorf("the clock is moved forward only, not by %s", by))
			return
		}
		a.move(w, r, after(by))
	})
	mux.HandleFunc("POST /clock/evening", func(w http.ResponseWriter, r *http.Request) {
		a.move(w, r, (*World).nextEvening)
	})
	mux.HandleFunc("POST /clock/stop", func(w http.ResponseWriter, _ *http.Request) { reply(w, Halted{a.moves.halt()}, nil) })
	a.deskHandlers(mux)
	mux.HandleFunc("GET /status", func(w http.ResponseWriter, r *http.Request) { reply(w, a.status(r), nil) })
	return unhurried(mux)
}

// unhurried lifts the time limit: a year of evenings takes a while.
func unhurried(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
		next.ServeHTTP(w, r)
	})
}

// failure is an answer that says why nothing was done. What a user may see has
// a code and words in both languages.
type failure struct {
	Error   string `json:"error"`
	Code    string `json:"code,omitempty"`
	Swedish string `json:"sv,omitempty"`
	// Act and States are of an act that a state forbids.
	Act    string   `json:"act,omitempty"`
	States []string `json:"states,omitempty"`
	// Faults are of a register file that was not imported.
	Faults *extract.Faults `json:"faults,omitempty"`
}

func failed(err error) failure {
	if r, ok := service.RefusedAs(err); ok {
		return failure{Error: r.English, Code: r.Code, Swedish: r.Swedish, Act: r.Act, States: r.States}
	}
	if f, ok := errors.AsType[*extract.Faults](err); ok {
		return failure{Error: f.Error(), Faults: f}
	}
	return failure{Error: err.Error()}
}

func reply(w http.ResponseWriter, value any, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		value = failed(err)
		w.WriteHeader(http.StatusConflict)
	}
	_ = json.NewEncoder(w).Encode(value)
}

func (a *Authority) clocks() []ClockState {
	all := make([]ClockState, len(a.worlds))
	for i, w := range a.worlds {
		all[i] = w.clockState()
	}
	return all
}

func (w *World) clockState() ClockState {
	now := w.Clock.Now().In(calendar.Stockholm())
	return ClockState{World: w.Name, Now: now, Held: w.held != nil, NextEvening: w.nextEvening(now)}
}

func (a *Authority) status(r *http.Request) Status {
	s := Status{Begun: a.begun, Addresses: a.Addresses()}
	for _, w := range a.worlds {
		one := WorldStatus{ClockState: w.clockState(), Engine: string(w.DB.Engine()), Last: w.runs.latest()}
		if err := w.readiness(r.Context()); err != nil {
			one.Ready = err.Error()
		}
		s.Worlds = append(s.Worlds, one)
	}
	for _, c := range a.keys.certificates() {
		s.Certificates = append(s.Certificates, CertificateStatus{Subject: c.Leaf.Subject.String(), Expires: c.Leaf.NotAfter})
	}
	return s
}
