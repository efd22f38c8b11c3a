package notice

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"filtjanst/authority/service"
	"filtjanst/authority/store"
)

// Acts are what an officer may do with letters, and with the register of
// protected persons. The number of the former is the id of the letter; the
// latter have none.
func (l *Letters) Acts() []service.Act { return append(l.letterActs(), l.protectionActs()...) }

func (l *Letters) letterActs() []service.Act {
	return []service.Act{{
		Name: "letter_return", Swedish: "Anteckna att brevet kom tillbaka eller inte kunde skickas", English: "Note that the letter came back or could not be sent",
		Basis: "R46",
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			id, err := letterID(by, number, v)
			if err != nil {
				return err
			}
			return l.giveBack(ctx, by, id)
		},
	}, {
		Name: "letter_requeue", Swedish: "Skicka brevet igen", English: "Send the letter again", Basis: "R46",
		Params: []service.Param{
			{Name: "care_of", Kind: service.TextParam, Swedish: "c/o i den nya adressen", English: "c/o of the new address"},
			{Name: "street", Kind: service.TextParam, Swedish: "ny gatuadress", English: "new street address"},
			{Name: "postal_code", Kind: service.TextParam, Swedish: "nytt postnummer", English: "new postal code"},
			{Name: "town", Kind: service.TextParam, Swedish: "ny ort", English: "new town"},
			{Name: "country", Kind: service.TextParam, Swedish: "land, två bokstäver; tomt för Sverige", English: "country, two letters; empty for Sweden"},
		},
		Do: func(ctx context.Context, by service.Officer, number string, v *service.Values) error {
			id, err := letterID(by, number, v)
			if err != nil {
				return err
			}
			return l.Requeue(ctx, by, id, Address{CareOf: v.Text("care_of"), Street: v.Text("street"),
				PostalCode: v.Text("postal_code"), Town: v.Text("town"), Country: v.Text("country")})
		},
	}}
}

func (l *Letters) protectionActs() []service.Act {
	person := service.Param{Name: "person", Kind: service.IdentityParam, Required: true,
		Swedish: "personens nummer", English: "number of the person"}
	return []service.Act{{
		Name: "protect", Swedish: "Anteckna att en person har skyddade personuppgifter, i alla mål",
		English: "Note that a person's data are protected, in all cases", Basis: "R72",
		Params: []service.Param{person,
			{Name: "from", Kind: service.DayParam, Swedish: "första dag (tomt: i dag)", English: "first day (empty: today)"},
			{Name: "until", Kind: service.DayParam, Swedish: "sista dag (tomt: tills vidare)", English: "last day (empty: until it is lifted)"}},
		Do: func(ctx context.Context, by service.Officer, _ string, v *service.Values) error {
			p := Protection{Person: v.Identity("person"), From: v.Day("from"), Until: v.Day("until")}
			return l.byOfficer(ctx, by, v, func(tx store.Tx, at time.Time) error { return l.Protect(tx, p, by, at) })
		},
	}, {
		Name: "lift_protection", Swedish: "Anteckna att en persons uppgifter inte längre är skyddade", English: "Note that a person's data are no longer protected",
		Basis: "R72", Params: []service.Param{person},
		Do: func(ctx context.Context, by service.Officer, _ string, v *service.Values) error {
			who := v.Identity("person")
			return l.byOfficer(ctx, by, v, func(tx store.Tx, at time.Time) error { return l.Lift(tx, who, by, at) })
		},
	}}
}

// byOfficer does what changes the register, in a transaction of its own.
func (l *Letters) byOfficer(ctx context.Context, by service.Officer, v *service.Values, do func(store.Tx, time.Time) error) error {
	if err := cmp.Or(by.Check(), v.Err()); err != nil {
		return err
	}
	at := l.clock.Now()
	return l.db.Do(ctx, func(tx store.Tx) error { return do(tx, at) })
}

func letterID(by service.Officer, number string, v *service.Values) (int64, error) {
	if err := by.Check(); err != nil {
		return 0, err
	}
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, service.Refuse("unknown_letter", fmt.Sprintf("%q är inget brevnummer.", number), fmt.Sprintf("%q is no number of a letter.", number))
	}
	return id, v.Err()
}
