package notice

import (
	"context"
	"fmt"
	"strconv"

	"filtjanst/authority/service"
)

// Acts are what an officer may do with letters. The number of each is the id of
// the letter.
func (l *Letters) Acts() []service.Act {
	return []service.Act{{
		Name: "letter_return", Swedish: "Brev kom tillbaka eller kunde inte skickas", English: "A letter came back or could not be sent",
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
			{Name: "street", Kind: service.TextParam, Swedish: "Ny gatuadress", English: "New street address"},
			{Name: "postal_code", Kind: service.TextParam, Swedish: "Nytt postnummer", English: "New postal code"},
			{Name: "town", Kind: service.TextParam, Swedish: "Ny ort", English: "New town"},
			{Name: "country", Kind: service.TextParam, Swedish: "Land, två bokstäver; tomt för Sverige", English: "Country, two letters; empty for Sweden"},
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
