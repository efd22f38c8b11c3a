package authority

import (
	"encoding/json"
	"fmt"
	"net/http"

	"filtjanst/authority/fee"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
)

// mostAct bounds what one act may be told.
const mostAct = 1 << 20

// deskHandlers serve what officers and operators ask of a world.
func (a *Authority) deskHandlers(mux *http.ServeMux) {
	mux.HandleFunc("GET /acts", a.inWorld(func(w *World, _ *http.Request) (any, error) { return w.Acts(), nil }))
	mux.HandleFunc("GET /case", a.inWorld(func(w *World, r *http.Request) (any, error) { return w.Case(r.Context(), r.URL.Query().Get("number")) }))
	mux.HandleFunc("GET /cases", a.inWorld((*World).listCases))
	mux.HandleFunc("POST /act", a.inWorld(func(w *World, r *http.Request) (any, error) {
		var call ActCall
		if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, mostAct)).Decode(&call); err != nil {
			return nil, fmt.Errorf("authority: read the act: %w", err)
		}
		return w.Act(r.Context(), call)
	}))
	mux.HandleFunc("POST /import", a.importRegister)
	mux.HandleFunc("GET /invoices", a.inWorld((*World).invoices))
	mux.HandleFunc("GET /invoice", a.inWorld(func(w *World, r *http.Request) (any, error) { return w.oneInvoice(r) }))
	mux.HandleFunc("GET /invoice.xml", a.ubl)
	mux.HandleFunc("POST /letters/fetch", a.letters)
	mux.HandleFunc("POST /letters/acknowledge", a.inWorld(func(w *World, r *http.Request) (any, error) {
		var ids []int64
		if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, mostAct)).Decode(&ids); err != nil {
			return nil, fmt.Errorf("authority: read the letters to acknowledge: %w", err)
		}
		return w.Letters.Acknowledge(r.Context(), ids)
	}))
	mux.HandleFunc("GET /letters", a.inWorld((*World).listLetters))
	mux.HandleFunc("GET /letter", a.letter)
	mux.HandleFunc("POST /protections", a.inWorld((*World).protections))
	a.registerHandlers(mux)
}

// inWorld answers with JSON from the world that the request names, production
// where it names none.
func (a *Authority) inWorld(do func(*World, *http.Request) (any, error)) http.HandlerFunc {
	return func(out http.ResponseWriter, r *http.Request) {
		w, err := a.worldOf(r)
		if err != nil {
			reply(out, nil, err)
			return
		}
		value, err := do(w, r)
		reply(out, value, err)
	}
}

func (a *Authority) worldOf(r *http.Request) (*World, error) {
	name := r.URL.Query().Get("world")
	if name == "" {
		name = Production
	}
	if w := a.World(name); w != nil {
		return w, nil
	}
	return nil, service.Refuse("unknown_world", fmt.Sprintf("Det finns ingen värld %q.", name), fmt.Sprintf("There is no world %q.", name))
}

func (w *World) invoices(r *http.Request) (any, error) {
	first, last, err := period(r)
	if err != nil {
		return nil, err
	}
	all := []fee.Invoice{}
	err = w.DB.Read(r.Context(), func(rd store.Reader) error {
		code, found, err := w.Parties.ByCode(rd, r.URL.Query().Get("code"))
		if err != nil {
			return err
		}
		if !found {
			return service.UnknownCode(r.URL.Query().Get("code"))
		}
		some, err := w.Fees.Invoices(rd, code.ID, first, last)
		all = append(all[:0], some...)
		return err
	})
	return all, err
}

func period(r *http.Request) (first, last calendar.Day, err error) {
	first, last = calendar.Date(1, 1, 1), calendar.Date(9999, 12, 31)
	if s := r.URL.Query().Get("from"); s != "" {
		if first, err = calendar.ParseDay(s); err != nil {
			return first, last, service.Refuse("bad_day", "Dagen kan inte läsas.", "The day cannot be read.")
		}
	}
	if s := r.URL.Query().Get("to"); s != "" {
		if last, err = calendar.ParseDay(s); err != nil {
			return first, last, service.Refuse("bad_day", "Dagen kan inte läsas.", "The day cannot be read.")
		}
	}
	return first, last, nil
}

// oneInvoice reads one invoice or credit note.
func (w *World) oneInvoice(r *http.Request) (i fee.Invoice, err error) {
	err = w.DB.Read(r.Context(), func(rd store.Reader) (err error) {
		i, err = w.Fees.Invoice(rd, r.URL.Query().Get("number"))
		return err
	})
	return i, err
}

// ubl writes one invoice as Peppol BIS Billing 3.
func (a *Authority) ubl(out http.ResponseWriter, r *http.Request) {
	w, err := a.worldOf(r)
	var i fee.Invoice
	if err == nil {
		i, err = w.oneInvoice(r)
	}
	if err != nil {
		reply(out, nil, err)
		return
	}
	out.Header().Set("Content-Type", "application/xml")
	if err := w.Fees.WriteUBL(out, i); err != nil {
		reply(out, nil, err)
	}
}
