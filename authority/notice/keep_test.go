package notice

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
	"filtjanst/calendar"
	"filtjanst/filing"
)

// everything is all that the tables hold of letters, as one text.
func (r *room) everything() string {
	r.Helper()
	var all strings.Builder
	r.must(r.db.Read(r.Context(), func(rd store.Reader) error {
		for _, query := range []string{
			`SELECT reference || ' ' || facts || ' ' || route FROM notice_letter ORDER BY id`,
			`SELECT name || ' ' || care_of || ' ' || street || ' ' || postal_code || ' ' || town FROM notice_person ORDER BY letter, position`,
		} {
			texts, err := store.Collect(func(rows *store.Rows) (s string, err error) {
				err = rows.Scan(&s)
				return s, err
			})(rd.Query(query))
			if err != nil {
				return err
			}
			all.WriteString(strings.Join(texts, "\n") + "\n")
		}
		return nil
	}))
	return all.String()
}

func (r *room) holdsNoAddress(a Address) {
	r.Helper()
	all := strings.ToLower(r.everything())
	for _, trace := range traces(a) {
		if strings.Contains(all, strings.ToLower(trace)) {
			r.Errorf("the tables hold %q", trace)
		}
	}
}

func TestNoProtectedAddressIsKept(t *testing.T) {
	eachRoom(t, func(r *room) {
		l := r.letter("bf.order_to_answer/respondent", 1)
		address := l.Recipient.Address
		l.Recipient.Protected = true
		l.Facts = leaky(l.Facts, address)
		r.do(func(tx store.Tx) error { return r.Put(tx, l) })
		r.holdsNoAddress(address)
		if it := r.get(1); it.Route() != Forwarded {
			r.Errorf("the route is %s", it.Route())
		}
	})
}

// A person who becomes protected while letters wait is protected in them, and
// in those to others.
func TestProtectReachesLettersInTheQueue(t *testing.T) {
	eachRoom(t, func(r *room) {
		toPerson := r.letter("bf.order_to_answer/respondent", 1)
		toOther := r.letter("bf.objection_notice/applicant", 2)
		address := toPerson.Recipient.Address
		toOther.Facts = leaky(toOther.Facts, address)
		unconcerned := r.letter("fee.invoice/filer", 3)
		r.do(func(tx store.Tx) error { return r.Put(tx, toPerson, toOther, unconcerned) })
		before := r.get(3)
		r.fetch(1)
		r.protect(Protection{Person: toPerson.Recipient.Identity})
		r.holdsNoAddress(address)
		if a, b, c := r.get(1), r.get(2), r.get(3); a.Route() != Forwarded || b.Route() != Post || c.Recipient != before.Recipient {
			r.Errorf("the routes are %s and %s, the third goes to %+v", a.Route(), b.Route(), c.Recipient)
		}
		r.must(r.Return(r.Context(), 1, "skyddad"))
		r.must(r.Requeue(r.Context(), service.Officer{Name: "h", Reason: "om igen"}, 1, address))
		r.holdsNoAddress(address)
	})
}

func TestBlockedLettersAreNotShownOrOffered(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(2)
		r.do(func(tx store.Tx) error { return r.Block(tx, 1) })
		r.want("what is offered", r.fetch(9), "2/1")
		if it := r.get(1); it.Recipient.Name != "" || it.Facts != nil || it.Parties != nil || !it.Blocked {
			r.Errorf("a blocked letter shows %+v", it)
		}
		var out bytes.Buffer
		if err := r.WritePDF(r.Context(), &out, 1); !errors.Is(err, ErrNoLetter) || out.Len() > 0 {
			r.Errorf("a blocked letter was drawn: %v", err)
		}
		r.must(r.WritePDF(r.Context(), &out, 2))
		r.must(r.WriteHTML(r.Context(), &out, 2))
		if err := r.WritePDF(r.Context(), &out, 3); !errors.Is(err, ErrNoLetter) {
			r.Errorf("a letter that is not there: %v", err)
		}
	})
}

func TestPurge(t *testing.T) {
	eachRoom(t, func(r *room) {
		r.put(purgeChunk + 5)
		sameNumber := r.letter("ve.final_account/filer", 1000)
		sameNumber.CaseNumber = "BF-26-0000017"
		loose := r.letter("permit.suspension/filer", 1001)
		loose.PurgeAfter = calendar.MustDay("2029-12-30")
		later := r.letter("bf.verdict/filer", 1002)
		later.CaseNumber = "BF-26-0000018"
		r.do(func(tx store.Tx) error {
			if err := r.Put(tx, sameNumber, loose, later); err != nil {
				return err
			}
			if err := r.KeepUntil(tx, filing.PaymentOrder, calendar.MustDay("2029-12-31"), "BF-26-0000016", "BF-26-0000017"); err != nil {
				return err
			}
			return r.KeepUntil(tx, filing.PaymentOrder, calendar.MustDay("2030-12-31"), "BF-26-0000018")
		})
		for _, step := range []struct {
			today string
			want  int64
		}{
			{"2029-12-30", 0}, {"2029-12-31", 1}, {"2030-01-01", purgeChunk + 5}, {"2030-01-01", 0}, {"2040-01-01", 1},
		} {
			n, err := r.Purge(r.Context(), calendar.MustDay(step.today))
			r.must(err)
			if n != step.want {
				r.Errorf("on %s %d letters were deleted, not %d", step.today, n, step.want)
			}
		}
		r.want("what is left", r.pages(Filter{}), "1000")
		var persons int64
		r.must(r.db.Read(r.Context(), func(rd store.Reader) error {
			return rd.QueryRow(`SELECT COUNT(*) FROM notice_person WHERE letter <> 1000`).Scan(&persons)
		}))
		if persons != 0 {
			r.Errorf("%d persons of deleted letters are left", persons)
		}
	})
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	m := matrix(t)
	for name, cfg := range map[string]Config{
		"nameless sender": {Sender: Sender{Name: " "}, Forwarding: forwarding},
		"no forwarding":   {Sender: sender},
		"no town":         {Sender: sender, Forwarding: Office{Name: "x"}},
	} {
		if _, err := NewPress(m, cfg.Sender, cfg.Forwarding); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
