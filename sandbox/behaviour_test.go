package sandbox

import (
	"testing"

	"filtjanst/authority/notice"
	"filtjanst/identity"
)

func TestEverySerialHasABehaviour(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for i, e := range Numbers() {
		if e.Serial != testSerialFirst+i || names[e.Name] || len(e.Steps) == 0 || e.Swedish == "" || e.English == "" {
			t.Errorf("row %d: %+v", i, e.Behaviour)
		}
		names[e.Name] = true
		for _, s := range e.Steps {
			if deeds()[s.Do] == nil || s.After < 1 {
				t.Errorf("%s: step %+v", e.Name, s)
			}
		}
	}
	if len(names) != testSerials {
		t.Errorf("%d behaviours for %d serials", len(names), testSerials)
	}
}

func TestNumbersLiveByTheirSerial(t *testing.T) {
	t.Parallel()
	for _, e := range Numbers() {
		person, err := identity.Parse12(e.Person)
		if err != nil || behaviourOf(person).Name != e.Name {
			t.Errorf("%s: %v lives as %s: %v", e.Name, person, behaviourOf(person).Name, err)
		}
		if e.Company == "" {
			continue
		}
		company, err := identity.Parse12("16" + e.Company)
		if err != nil || behaviourOf(company).Name != e.Name {
			t.Errorf("%s: the company lives as %s: %v", e.Name, behaviourOf(company).Name, err)
		}
	}
	for _, silent := range []string{"198504121230", "165599999892"} { // no test number; a company of a serial for persons
		n, err := identity.Parse12(silent)
		if err != nil || behaviourOf(n).Name != "silent" {
			t.Errorf("%s lives as %s: %v", silent, behaviourOf(n).Name, err)
		}
	}
}

func TestLettersSetStepsOff(t *testing.T) {
	t.Parallel()
	party := func(serial int) notice.Person {
		n, err := identity.Parse12(Numbers()[serial-testSerialFirst].Person)
		if err != nil {
			t.Fatal(err)
		}
		return notice.Person{Role: notice.Respondent, Identity: n}
	}
	parties := []notice.Person{{Role: notice.Applicant}, party(980), party(987)}
	for _, test := range []struct {
		message notice.Message
		to      notice.Person
		want    []plan // number, respondent, step, serial, days
	}{
		{notice.OrderToAnswer, party(980), []plan{{"1", 1, 0, 980, 3, 7, 0}}},
		{notice.OrderToAnswer, party(987), []plan{{"1", 2, 0, 987, 21, 7, 0}}},
		{notice.ServiceOffer, notice.Person{Role: notice.Applicant}, []plan{{"1", 2, 1, 987, 5, 7, 0}, {"1", 2, 2, 987, 20, 7, 0}}},
		{notice.Dismissal, party(980), nil},
	} {
		got := plansOf(notice.Letter{ID: 7, Message: test.message, CaseNumber: "1", Recipient: test.to, Parties: parties, Day: 0})
		if len(got) != len(test.want) {
			t.Fatalf("%s: %+v", test.message, got)
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%s: %+v, wants %+v", test.message, got[i], test.want[i])
			}
		}
	}
}
