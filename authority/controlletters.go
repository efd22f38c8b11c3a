package authority

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/identity"
)

// letters hands out letters to print, as an archive of PDF files.
func (a *Authority) letters(out http.ResponseWriter, r *http.Request) {
	w, err := a.worldOf(r)
	if err != nil {
		reply(out, nil, err)
		return
	}
	n, err := strconv.Atoi(r.URL.Query().Get("n"))
	if err != nil || n < 1 {
		reply(out, nil, service.Refuse("bad_number", "Ange hur många brev som ska hämtas.", "Say how many letters to fetch."))
		return
	}
	out.Header().Set("Content-Type", "application/zip")
	if _, err := w.Letters.Batch(r.Context(), out, n); err != nil {
		panic(http.ErrAbortHandler) // the archive has begun: it breaks off, and the letters are offered again
	}
}

func (w *World) listLetters(r *http.Request) (any, error) {
	q := r.URL.Query()
	after, _ := strconv.ParseInt(q.Get("after"), 10, 64)
	list := LetterList{Letters: []LetterView{}}
	err := w.DB.Read(r.Context(), func(rd store.Reader) error {
		items, next, err := w.Letters.List(rd, notice.Filter{State: notice.State(q.Get("state")), Case: q.Get("case"), After: after})
		list = LetterList{Letters: make([]LetterView, len(items)), Next: next}
		for i, it := range items {
			list.Letters[i] = w.letterView(it)
		}
		return err
	})
	return list, err
}

func (w *World) letterView(it notice.Item) LetterView {
	v := LetterView{
		ID: it.ID, Message: it.Message, Case: it.CaseNumber, Reference: it.Reference, Day: it.Day, To: it.Recipient.Role,
		Route: it.Route(), State: it.State, Attempt: it.Attempt, Sent: it.Sent, Reason: it.Reason, Blocked: it.Blocked,
	}
	if e, known := w.matrix.Entry(it.Message); known {
		v.Words = Words{e.Swedish, e.English}
	}
	if !it.Recipient.Protected {
		v.Name, v.Town = it.Recipient.Name, it.Recipient.Town
	}
	return v
}

// LetterList is a part of the letters; Next goes on, 0 where there are no more.
type LetterList struct {
	Letters []LetterView `json:"letters"`
	Next    int64        `json:"next"`
}

// LetterView is a letter with where it is. Of a person with protected identity
// it tells no name.
type LetterView struct {
	ID        int64          `json:"id"`
	Message   notice.Message `json:"message"`
	Words                    // title of the message
	Case      string         `json:"case,omitempty"`
	Reference string         `json:"reference,omitempty"`
	Day       calendar.Day   `json:"day"`
	To        notice.Role    `json:"to"`
	Name      string         `json:"name,omitempty"`
	Town      string         `json:"town,omitempty"`
	Route     notice.Route   `json:"route"`
	State     notice.State   `json:"state"`
	Attempt   int64          `json:"attempt,omitempty"`
	Sent      time.Time      `json:"sent,omitzero"`
	Reason    string         `json:"reason,omitempty"`
	Blocked   bool           `json:"blocked,omitempty"`
}

// ProtectionView is one time that a person's data were protected, and who noted
// it and why. The number is masked.
type ProtectionView struct {
	Person       string       `json:"person"`
	From         calendar.Day `json:"from"`
	Until        calendar.Day `json:"until,omitzero"`
	Noted        time.Time    `json:"noted"`
	By           string       `json:"by"`
	Reason       string       `json:"reason"`
	Lifted       time.Time    `json:"lifted,omitzero"`
	LiftedBy     string       `json:"lifted_by,omitempty"`
	LiftedReason string       `json:"lifted_reason,omitempty"`
}

// protections tells what the register of protected persons holds of one. The
// number comes in the body, as it is personal data.
func (w *World) protections(r *http.Request) (any, error) {
	var text string
	if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, mostAct)).Decode(&text); err != nil {
		return nil, fmt.Errorf("authority: read the number of a person: %w", err)
	}
	person, err := identity.Rules{Today: calendar.Today(w.Clock).Time()}.Parse(text)
	if err != nil {
		return nil, service.Refuse("bad_number", "Numret kan inte läsas.", "The number cannot be read: "+err.Error())
	}
	all := []ProtectionView{}
	err = w.DB.Read(r.Context(), func(rd store.Reader) error {
		found, err := w.Letters.Protections(rd, person)
		all = make([]ProtectionView, len(found))
		for i, p := range found {
			all[i] = ProtectionView{Person: p.Person.String(), From: p.From, Until: p.Until, Noted: p.Begun, By: p.BegunBy.Name, Reason: p.BegunBy.Reason,
				Lifted: p.Lifted, LiftedBy: p.LiftedBy.Name, LiftedReason: p.LiftedBy.Reason}
		}
		return err
	})
	return all, err
}
