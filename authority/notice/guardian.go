package notice

import "filtjanst/authority/service"

// GuardianParams are what an act by which a chief guardian (överförmyndare) is
// told must know: which one it is. No register here says so.
func GuardianParams() []service.Param {
	text := func(name string, required bool, sv, en string) service.Param {
		return service.Param{Name: name, Kind: service.TextParam, Required: required, Swedish: sv, English: en}
	}
	return []service.Param{text("office", true, "överförmyndare", "chief guardian"), text("street", false, "gatuadress eller box", "street or box"),
		text("postal_code", true, "postnummer", "postal code"), text("town", true, "ort", "town")}
}

// GuardianOf is the chief guardian that the values of such an act name.
func GuardianOf(v *service.Values) Office {
	return Office{Name: v.Text("office"), Address: Address{Street: v.Text("street"), PostalCode: v.Text("postal_code"), Town: v.Text("town")}}
}

// Guardian is the office as the chief guardian whom a letter is for.
func (o Office) Guardian() Person {
	return Person{Role: ChiefGuardian, Name: o.Name, Address: o.Address}
}
