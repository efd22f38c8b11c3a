package authority

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"
)

// moves are the moves of clocks that are under way by command.
type moves struct {
	mu   sync.Mutex
	last int
	all  map[int]context.CancelFunc
}

// begin makes a move that halt ends. The caller calls done.
func (m *moves) begin(ctx context.Context) (halted context.Context, done func()) {
	halted, halt := context.WithCancel(ctx)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil {
		m.all = map[int]context.CancelFunc{}
	}
	m.last++
	id := m.last
	m.all[id] = halt
	return halted, func() {
		halt()
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.all, id)
	}
}

// halt ends the moves under way at their next due time, and tells how many
// there are.
func (m *moves) halt() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, halt := range m.all {
		halt()
	}
	return len(m.all)
}

// Halted tells how many moves of clocks were told to stop.
type Halted struct {
	Moves int `json:"moves"`
}

// moveLine is one line of the answer to a move of the clocks: how far it has
// come, and last what became of it.
type moveLine struct {
	Reached *Moved   `json:"reached,omitempty"`
	Moved   []Moved  `json:"moved,omitempty"`
	Failure *failure `json:"failure,omitempty"`
}

// move moves the clocks of all worlds and tells line by line how far they are.
func (a *Authority) move(out http.ResponseWriter, r *http.Request, to func(*World, time.Time) time.Time) {
	out.Header().Set("Content-Type", "application/jsonl")
	lines := lineWriter{json.NewEncoder(out), http.NewResponseController(out)}
	halt, done := a.moves.begin(r.Context())
	defer done()
	moved, err := travel(r.Context(), a.worlds, move{to: to, halt: halt, reach: lines.reached})
	last := moveLine{Moved: moved}
	if err != nil {
		f := failed(err)
		last = moveLine{Failure: &f}
	}
	lines.write(last)
}

// lineWriter writes lines that are read at once.
type lineWriter struct {
	*json.Encoder
	*http.ResponseController
}

func (w lineWriter) reached(m Moved) { w.write(moveLine{Reached: &m}) }

func (w lineWriter) write(l moveLine) {
	_ = w.Encode(l) // a client that is gone ends the context
	_ = w.Flush()
}
