package notice

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/authority/service"
	"filtjanst/calendar"
)

// An act by which a chief guardian is told must name it and its address; the
// street may be lacking.
func TestGuardianOfAnAct(t *testing.T) {
	t.Parallel()
	act := service.Act{Params: GuardianParams()}
	read := func(given map[string]string) (Person, error) {
		v, err := service.NewValues(act, given, calendar.MustDay("2026-11-23"))
		if err != nil {
			return Person{}, err
		}
		return GuardianOf(v).Guardian(), nil
	}
	given := map[string]string{"office": "Överförmyndaren i Exempelstad", "street": "Torget 1", "postal_code": "11122", "town": "Exempelstad"}
	want := Person{Role: ChiefGuardian, Name: "Överförmyndaren i Exempelstad", Address: Address{Street: "Torget 1", PostalCode: "11122", Town: "Exempelstad"}}
	got, err := read(given)
	if err != nil || got != want {
		t.Errorf("%v, %s", err, cmp.Diff(want, got))
	}
	for name, needed := range map[string]bool{"office": true, "street": false, "postal_code": true, "town": true} {
		less := map[string]string{}
		for n, value := range given {
			if n != name {
				less[n] = value
			}
		}
		if _, err := read(less); (err != nil) != needed {
			t.Errorf("without %s: %v", name, err)
		}
	}
}
