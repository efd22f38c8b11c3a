package authority_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"filtjanst/authority"
	"filtjanst/authority/extract"
	"filtjanst/authority/notice"
	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"

	"github.com/google/go-cmp/cmp"
)

type given = map[string]string

// act does an act in production, and returns the code of its refusal.
func (h *house) act(room, name, number string, values given) string {
	h.Helper()
	_, err := authority.Control{Data: h.dir}.Act(h.Context(), authority.ActCall{
		Room: room, Act: name, Number: number, By: "Handläggare 7", Reason: "ansökan", Values: values,
	})
	if refusal, ok := service.RefusedAs(err); ok {
		if refusal.Swedish == "" || refusal.English == "" {
			h.Errorf("%s.%s: %+v says nothing", room, name, refusal)
		}
		return refusal.Code
	}
	must(h.T, err)
	return ""
}

// An organisation comes in by commands alone: codes, delivery, permit and
// extensions; what cannot be is refused.
func TestPartiesAreEnteredByCommands(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *authority.Config) {
		c.Worlds.Production.Extensions = []filing.Transaction{filing.BFEvent}
	})
	whole := given{"organisation": "556000-0191", "name": "Ny Inkasso AB", "street": "Gatan 1", "postal_code": "12345", "town": "Provköping", "bankgiro": "991-2346"}
	with := func(name, value string) given {
		changed := given{name: value}
		for k, v := range whole {
			if k != name {
				changed[k] = v
			}
		}
		return changed
	}
	for i, step := range []struct {
		room, act, number string
		values            given
		refused           string
	}{
		{"party", "add", "N!", whole, "bad_code"},
		{"party", "add", "NEW", with("organisation", "5560000192"), "bad_organisation"},
		{"party", "add", "NEW", with("town", " "), "missing_parameter"},
		{"party", "add", "NEW", with("bankgiro", "991-2347"), "bad_giro"},
		{"party", "add", "NEW", with("address", "5560000167"), "bad_address"},
		{"party", "add", "NEW", with("delivery", "pushed"), "bad_url"},
		{"party", "add", "NEW", with("delivery", "carried"), "bad_parameter"},
		{"party", "add", "abc", whole, "code_taken"},
		{"party", "add", "new", whole, ""},
		{"party", "add_sub", "NEW1", given{"main": "NONE"}, "unknown_code"},
		{"party", "add_sub", "NEW1", given{"main": "NEW", "phone": "08123"}, ""},
		{"party", "add_sub", "NEW2", given{"main": "NEW1"}, "bad_main_code"},
		{"party", "change", "NEW", given{"delivery": "pushed", "url": "https://filer.example/shs/rs", "town": "Annanby"}, ""},
		{"party", "change", "NEW1", given{"email": "a@example.com"}, ""},
		{"party", "change", "NEW", given{"url": "http://filer.example"}, "bad_url"},
		{"party", "represent", "NEW", given{"organisation": "5560000167"}, ""},
		{"party", "represent", "NEW", given{"organisation": "5560000209"}, "new_organisation"},
		{"party", "represent", "NEW", given{"organisation": "5560000167", "from": "2026-11-23", "until": "2026-11-22"}, "bad_days"},
		{"party", "end_representative", "ABC", given{"id": "1"}, "unknown_entry"},
		{"party", "pin", "NEW", given{"key": "abc"}, "bad_key"},
		{"party", "pin", "NEW", given{"key": strings.Repeat("0a", 32)}, ""},
		{"party", "add_contact", "NEW", given{"role": "systemutvecklare", "name": "Utvecklaren"}, ""},
		{"party", "invoicing", "NEW", given{"reference": "K7", "terms_days": "20"}, ""},
		{"party", "invoicing", "NEW", given{"scheme": "0007"}, "bad_invoicing"},
		{"permit", "grant", "NEW", given{"service": "bf", "per_day": "1000"}, ""},
		{"permit", "switch_on", "NEW", given{"transaction": "bf.event"}, ""},
		{"party", "fly", "NEW", nil, "unknown_act"},
	} {
		if code := h.act(step.room, step.act, step.number, step.values); code != step.refused {
			t.Errorf("step %d, %s.%s %s: %q, want %q", i, step.room, step.act, step.number, code, step.refused)
		}
	}
	control := authority.Control{Data: h.dir}
	v, err := control.Party(t.Context(), "", "NEW")
	must(t, err)
	if v.Owner != "Ny Inkasso AB" || v.Organisation != "5560000191" || v.Town != "Annanby" || v.URL != "https://filer.example/shs/rs" ||
		v.Giro != "bankgiro 991-2346" || len(v.Representatives) != 1 || len(v.Pins) != 1 || len(v.Contacts) != 1 || len(v.Permits) != 1 ||
		v.Permits[0].PerDay != 1000 || !cmp.Equal(v.Extensions, []filing.Transaction{filing.BFEvent}) {
		t.Errorf("the code is %+v", v)
	}
	if len(v.Entries) != 6 || v.Entries[0].Officer != "Handläggare 7" || v.Entries[0].Reason != "ansökan" || v.Entries[0].Swedish != "För in huvudkod" {
		t.Errorf("entered were %+v", v.Entries)
	}
	sub, err := control.Party(t.Context(), "", "NEW1")
	must(t, err)
	if sub.MainCode != "NEW" || sub.Town != "Annanby" || sub.Phone != "08123" || sub.Email != "a@example.com" || sub.URL != v.URL {
		t.Errorf("the sub-code is %+v", sub)
	}
	id := strconv.FormatInt(v.Representatives[0].ID, 10)
	if code := h.act("party", "end_representative", "NEW", given{"id": id, "last": "2026-11-24"}); code != "" {
		t.Errorf("ending a representative: %s", code)
	}
	all, err := control.Parties(t.Context(), "", "ABC")
	must(t, err)
	if len(all) != 2 || all[0].Code != "NEW" || all[1].MainCode != "NEW" {
		t.Errorf("after ABC come %+v", all)
	}
}

// A sub-code that was changed goes on following its main code in all else.
func TestChangedSubCodeGoesOnInheriting(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, step := range []struct {
		act, code string
		values    given
	}{
		{"change", "ABC", given{"postal_code": "12345", "town": "Ena", "phone": "1"}},
		{"add_sub", "ABC1", given{"main": "ABC"}},
		{"change", "ABC1", given{"email": "a@example.com"}},
		{"change", "ABC", given{"town": "Andra", "phone": "2"}},
		{"change", "ABC1", given{"street": "Egen gata 2", "postal_code": "54321", "town": "Egen"}},
		{"change", "ABC1", given{"street": "-", "postal_code": "-", "town": "-", "email": "-"}},
		{"change", "ABC1", given{"email": "a@example.com"}},
	} {
		if code := h.act("party", step.act, step.code, step.values); code != "" {
			t.Fatalf("%s %s: %s", step.act, step.code, code)
		}
	}
	v, err := authority.Control{Data: h.dir}.Party(t.Context(), "", "ABC1")
	must(t, err)
	if v.Town != "Andra" || v.Phone != "2" || v.Email != "a@example.com" {
		t.Errorf("the sub-code is %+v", v)
	}
}

// sendApplications brings an approved file of three applications in.
func (h *house) sendApplications() {
	h.Helper()
	c := h.client(filer)
	file, note := application(h.T, 1, 3)
	h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplication, ""), file)
	if _, text := h.do(c, http.MethodPost, h.url("127.0.0.1", filing.BFApplicationNote, ""), note); !strings.Contains(text, ">approved<") {
		h.Fatal(text)
	}
}

// A line of an approved file is stopped before the evening, under any name of
// the file; the confirmation tells that it is discontinued.
func TestStopByFileAndReference(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sendApplications()
	control := authority.Control{Data: h.dir}
	f, err := control.File(t.Context(), "", "abc/1")
	must(t, err)
	byID, err := control.File(t.Context(), "", f.TransactionID)
	must(t, err)
	if diff := cmp.Diff(f, byID); diff != "" || !f.Waits || f.Documents != 3 {
		t.Errorf("the file is %+v\n%s", f, diff)
	}
	reference := filingtest.New(1).Applications(3)[1].Reference
	for _, step := range []struct {
		call    authority.StopCall
		refused string
	}{
		{authority.StopCall{File: "ABC/2"}, "unknown_file"},
		{authority.StopCall{File: "XYZ/1"}, "unknown_code"},
		{authority.StopCall{File: "nothing"}, "unknown_file"},
		{authority.StopCall{File: "ABC/1", References: []string{"other"}}, "unknown_reference"},
		{authority.StopCall{File: f.TransactionID, References: []string{reference}}, ""},
	} {
		step.call.By, step.call.Reason = "Handläggare 7", "ingivarens begäran"
		_, err := control.Stop(t.Context(), step.call)
		refusal, _ := service.RefusedAs(err)
		if (err == nil) != (step.refused == "") || refusal != nil && refusal.Code != step.refused {
			t.Errorf("%+v: %v", step.call, err)
		}
	}
	_, err = control.Evening(t.Context())
	must(t, err)
	var states []string
	number := ""
	_, err = filing.Read(strings.NewReader(h.fetchOnly(h.client(filer), filing.BFConfirmation)), filing.Own(), filing.BFConfirmation, func(c *filing.ConfirmedCase) error {
		v, err := control.Case(h.Context(), "", c.CaseNumber)
		states = append(states, v.State)
		if v.State == "closed" {
			number = c.CaseNumber
		}
		return err
	})
	must(t, err)
	if diff := cmp.Diff([]string{"open", "closed", "open"}, states); diff != "" {
		t.Fatal(diff)
	}
	v, err := control.Case(t.Context(), "", number)
	must(t, err)
	if v.States["closed"].Swedish != "avslutat" || len(v.Events) == 0 || v.Events[0].Swedish == "" || v.Events[0].English == v.Events[0].Kind {
		t.Errorf("the case is told as %+v", v)
	}
	if _, err := control.Stop(t.Context(), authority.StopCall{File: "ABC/1", By: "Handläggare 7", Reason: "för sent"}); err == nil {
		t.Error("a file that was read in was stopped")
	}
}

// Letters are read one by one, without being taken from the queue.
func TestLetterIsShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	w := h.World(authority.Production)
	must(t, w.DB.Do(t.Context(), func(tx store.Tx) error {
		return w.Letters.Put(tx, notice.Letter{
			ID: 7, Message: notice.SuspensionNotice, Day: filingtest.Today,
			Recipient: notice.Person{Role: notice.Filer, Name: "Inkasso Test", Identity: identity.Number{}, Address: notice.Address{Street: "Gatan 1", PostalCode: "12345", Town: "Provköping"}},
			Facts:     suspension(t, w),
		})
	}))
	control := authority.Control{Data: h.dir}
	for as, begins := range map[string]string{"pdf": "%PDF-", "html": "<!"} {
		var page bytes.Buffer
		must(t, control.Letter(t.Context(), "", 7, as, &page))
		if !strings.HasPrefix(page.String(), begins) {
			t.Errorf("as %s it begins %q", as, page.String()[:min(20, page.Len())])
		}
	}
	list, err := control.Letters(t.Context(), "", "queued", "", 0)
	must(t, err)
	if len(list.Letters) != 1 {
		t.Errorf("in the queue are %+v", list)
	}
	err = control.Letter(t.Context(), "", 8, "pdf", io.Discard)
	if refusal, _ := service.RefusedAs(err); refusal == nil || refusal.Code != "unknown_letter" {
		t.Errorf("a letter that is not there: %v", err)
	}
}

// suspension gives the letter every fact that it demands.
func suspension(t *testing.T, w *authority.World) notice.Facts {
	t.Helper()
	e, _ := w.Letters.Entry(notice.SuspensionNotice)
	facts := notice.Facts{}
	for name, kind := range e.Facts {
		facts[name] = map[notice.FactKind]notice.Fact{
			notice.KindText: notice.Text("text"), notice.KindQuote: notice.Quote("text"), notice.KindList: notice.List("text"),
			notice.KindDay: notice.Date(filingtest.Today), notice.KindAmount: notice.Amount(100), notice.KindFlag: notice.Flag(true),
		}[kind]
	}
	return facts
}

// A register is imported whole or not at all, and its faults come whole.
func TestImportOverTheSocket(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	control := authority.Control{Data: h.dir}
	told := 0
	done, err := control.Import(t.Context(), "", extract.Persons, strings.NewReader("identity;name\n195001019800;A\n195001019818;B\n"), func(int64, int64) { told++ })
	must(t, err)
	if done.Rows != 2 || told == 0 {
		t.Errorf("imported %+v, told %d times", done, told)
	}
	_, err = control.Import(t.Context(), "", extract.Persons, strings.NewReader("identity;name\nx;A\n"), nil)
	faults, ok := errors.AsType[*extract.Faults](err)
	if !ok || faults.All != 1 || faults.First[0].Line != 2 || faults.First[0].Column != "identity" || faults.First[0].Swedish == "" {
		t.Errorf("the faults are %+v", err)
	}
	_, err = control.Import(t.Context(), "", "stars", strings.NewReader(""), nil)
	if refusal, _ := service.RefusedAs(err); refusal == nil || refusal.Code != "unknown_register" {
		t.Errorf("an unknown register: %v", err)
	}
}

// The table of acts is that of a running world.
func TestActTableIsThatOfAWorld(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if diff := cmp.Diff(h.World(authority.Production).Acts(), authority.ActTable()); diff != "" {
		t.Error(diff)
	}
}
