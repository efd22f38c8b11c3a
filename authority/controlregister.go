package authority

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"filtjanst/authority/extract"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
)

// registerHandlers serve the registers of parties and of files that came in.
func (a *Authority) registerHandlers(mux *http.ServeMux) {
	mux.HandleFunc("GET /parties", a.inWorld(func(w *World, r *http.Request) (any, error) {
		return w.PartyCodes(r.Context(), r.URL.Query().Get("after"))
	}))
	mux.HandleFunc("GET /party", a.inWorld(func(w *World, r *http.Request) (any, error) {
		return w.Party(r.Context(), r.URL.Query().Get("code"))
	}))
	mux.HandleFunc("GET /file", a.inWorld(func(w *World, r *http.Request) (any, error) {
		return w.File(r.Context(), r.URL.Query().Get("name"))
	}))
	mux.HandleFunc("POST /stop", a.inWorld(func(w *World, r *http.Request) (any, error) {
		var call StopCall
		if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, mostAct)).Decode(&call); err != nil {
			return nil, fmt.Errorf("authority: read what to stop: %w", err)
		}
		return w.Stop(r.Context(), call)
	}))
}

// importLine is one line of the answer to an import: how far it has come, and
// last what became of it.
type importLine struct {
	Done     int64             `json:"done,omitempty"`
	All      int64             `json:"all,omitempty"`
	Imported *extract.Imported `json:"imported,omitempty"`
	Failure  *failure          `json:"failure,omitempty"`
}

// importRegister reads a register file, and tells line by line how far it is.
func (a *Authority) importRegister(out http.ResponseWriter, r *http.Request) {
	w, err := a.worldOf(r)
	if err != nil {
		reply(out, nil, err)
		return
	}
	kind := extract.Kind(r.URL.Query().Get("kind"))
	if _, known := extract.FormatOf(kind); !known {
		reply(out, nil, service.Refuse("unknown_register", fmt.Sprintf("Registret %q finns inte.", kind), fmt.Sprintf("There is no register %q.", kind)))
		return
	}
	out.Header().Set("Content-Type", "application/jsonl")
	lines := json.NewEncoder(out)
	told := int64(0)
	done, err := w.Extracts.Import(r.Context(), kind, r.Body, func(done, all int64) {
		if done-told < all/100 {
			return
		}
		told = done
		_ = lines.Encode(importLine{Done: done, All: all}) // a client that is gone ends the context
		_ = http.NewResponseController(out).Flush()
	})
	last := importLine{Imported: &done}
	if err != nil {
		f := failed(err)
		last = importLine{Failure: &f}
	}
	_ = lines.Encode(last)
}

// readImport reads the lines that importRegister writes.
func readImport(body io.Reader, progress func(done, all int64)) (extract.Imported, error) {
	lines := json.NewDecoder(body)
	for {
		var l importLine
		err := lines.Decode(&l)
		switch {
		case errors.Is(err, io.EOF):
			return extract.Imported{}, errors.New("authority: the import was broken off; give the same file again, and it goes on")
		case err != nil:
			return extract.Imported{}, fmt.Errorf("authority: read how far the import is: %w", err)
		case l.Failure != nil:
			return extract.Imported{}, l.Failure.err()
		case l.Imported != nil:
			return *l.Imported, nil
		case progress != nil:
			progress(l.Done, l.All)
		}
	}
}

// letter writes one letter, as a page or a PDF.
func (a *Authority) letter(out http.ResponseWriter, r *http.Request) {
	w, err := a.worldOf(r)
	if err != nil {
		reply(out, nil, err)
		return
	}
	id, _ := strconv.ParseInt(r.URL.Query().Get("id"), 10, 64)
	write, kind := w.Letters.WritePDF, "application/pdf"
	if r.URL.Query().Get("as") == "html" {
		write, kind = w.Letters.WriteHTML, "text/html; charset=utf-8"
	}
	var page bytes.Buffer
	err = write(r.Context(), &page, id)
	if errors.Is(err, notice.ErrNoLetter) {
		err = service.Refuse("unknown_letter", "Brevet finns inte, eller är blockerat.", "There is no such letter, or it is blocked.")
	}
	if err != nil {
		reply(out, nil, err)
		return
	}
	out.Header().Set("Content-Type", kind)
	_, _ = page.WriteTo(out) // a client that is gone is not told
}
