package sandbox

import "fmt"

// Example is a behaviour with numbers of debtors who live by it.
type Example struct {
	Behaviour
	Person  string `json:"person"`            // twelve digits
	Company string `json:"company,omitempty"` // ten digits; "" where it is for persons only
}

// examplesBorn is the day of birth of the persons in examples.
const examplesBorn = "19850412"

// Numbers lists the behaviours with an example of each.
func Numbers() []Example {
	var all []Example
	for _, b := range Behaviours() {
		e := Example{Behaviour: b}
		nine := fmt.Sprintf("%s%d", examplesBorn[2:], b.Serial)
		e.Person = examplesBorn[:2] + nine + checkDigit(nine)
		if !b.PersonsOnly {
			nine = fmt.Sprintf("559999%d", b.Serial)
			e.Company = nine + checkDigit(nine)
		}
		all = append(all, e)
	}
	return all
}
