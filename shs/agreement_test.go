package shs

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCheckAgreement(t *testing.T) {
	t.Parallel()
	public := []PublicAgreement{{Principal: "urn:X-shs:2021000001", Product: product, Transfer: AnyTransfer}}
	inForce := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		label     func(*Label)
		agreement func(*Agreement)
		at        time.Time
		public    []PublicAgreement
		code      Code
	}{
		"from customer":                   {nil, nil, inForce, nil, ""},
		"against the flow":                {swap, nil, inForce, nil, MissingAgreement},
		"to customer":                     {swap, func(a *Agreement) { a.Flow = ToCustomer }, inForce, nil, ""},
		"to customer, other way":          {nil, func(a *Agreement) { a.Flow = ToCustomer }, inForce, nil, MissingAgreement},
		"any flow, one way":               {nil, func(a *Agreement) { a.Flow = AnyFlow }, inForce, nil, ""},
		"any flow, other way":             {swap, func(a *Agreement) { a.Flow = AnyFlow }, inForce, nil, ""},
		"a reply goes against the flow":   {func(l *Label) { swap(l); l.Sequence = Reply }, nil, inForce, nil, ""},
		"a reply along the flow":          {func(l *Label) { l.Sequence = Reply }, nil, inForce, nil, MissingAgreement},
		"any customer":                    {nil, func(a *Agreement) { a.Customer = nil }, inForce, nil, ""},
		"any customer, as receiver":       {swap, func(a *Agreement) { a.Customer, a.Flow = nil, AnyFlow }, inForce, nil, MissingAgreement},
		"another customer":                {func(l *Label) { l.From.Value = "5590000009" }, nil, inForce, nil, MissingAgreement},
		"with internal ids":               {func(l *Label) { l.From.Value = "165560000167.a"; l.To.Value = "2021000001.b" }, nil, inForce, nil, ""},
		"another product":                 {func(l *Label) { l.Product.Value = content }, nil, inForce, nil, MissingAgreement},
		"product in capitals":             {nil, func(a *Agreement) { a.Products[0].Value = "11111111-2222-4333-8444-555555555555" }, inForce, nil, ""},
		"first day":                       {nil, nil, time.Date(2024, 12, 31, 23, 0, 0, 0, time.UTC), nil, ""}, // 00:00 in Sweden
		"the day before":                  {nil, nil, time.Date(2024, 12, 31, 22, 59, 59, 0, time.UTC), nil, MissingAgreement},
		"last day":                        {nil, nil, time.Date(2025, 12, 31, 22, 59, 59, 0, time.UTC), nil, ""},
		"the day after":                   {nil, nil, time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC), nil, MissingAgreement},
		"without an end":                  {nil, func(a *Agreement) { a.ValidTo = "" }, inForce.AddDate(9, 0, 0), nil, ""},
		"another transfer":                {func(l *Label) { l.Transfer = Synchronous }, nil, inForce, nil, MissingAgreement},
		"any transfer":                    {func(l *Label) { l.Transfer = Synchronous }, func(a *Agreement) { a.Transfer = AnyTransfer }, inForce, nil, ""},
		"named":                           {func(l *Label) { l.Agreement = content }, nil, inForce, nil, ""},
		"named, unknown":                  {func(l *Label) { l.Agreement = txA }, nil, inForce, public, MissingAgreement},
		"named, does not cover":           {func(l *Label) { swap(l); l.Agreement = content }, nil, inForce, public, MissingAgreement},
		"public":                          {func(l *Label) { l.From.Value = "5590000009" }, nil, inForce, public, ""},
		"public, other receiver":          {swap, nil, inForce, public, MissingAgreement},
		"adm needs none":                  {func(l *Label) { swap(l); l.Sequence = Admin }, nil, inForce, nil, ""},
		"no sender":                       {func(l *Label) { l.From = nil }, nil, inForce, public, IllegalSender},
		"no receiver":                     {func(l *Label) { l.To = nil }, nil, inForce, public, UnknownReceiver},
		"a receiver that is a prefix":     {func(l *Label) { l.To.Value = "202100000" }, nil, inForce, public, IllegalReceiver},
		"public, but for synchronous":     {func(l *Label) { l.From.Value = "5590000009" }, nil, inForce, []PublicAgreement{{"2021000001", product, Synchronous}}, MissingAgreement},
		"public, transfer type not given": {func(l *Label) { l.From.Value = "5590000009" }, nil, inForce, []PublicAgreement{{"2021000001", product, ""}}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, a := sampleLabel(), sampleAgreement()
			if test.label != nil {
				test.label(l)
			}
			if test.agreement != nil {
				test.agreement(a)
			}
			_, err := CheckAgreement(l, test.at, []Agreement{*a}, test.public)
			wantCode(t, err, test.code)
		})
	}
}

func swap(l *Label) { l.From, l.To = l.To, l.From }

func TestReceivers(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)
	with := func(change func(*Agreement)) Agreement {
		a := sampleAgreement()
		change(a)
		return *a
	}
	other := with(func(a *Agreement) { a.Principal.Value = "2021000019" })
	tests := map[string]struct {
		label func(*Label)
		local []Agreement
		want  []string
		code  Code
	}{
		"given":                  {func(*Label) {}, nil, []string{"2021000001"}, ""},
		"by agreement":           {func(l *Label) { l.To = nil }, []Agreement{*sampleAgreement(), *sampleAgreement()}, []string{"2021000001"}, ""},
		"several":                {func(l *Label) { l.To = nil }, []Agreement{*sampleAgreement(), other}, []string{"2021000001", "2021000019"}, ""},
		"several, named":         {func(l *Label) { l.To = nil; l.Agreement = txA }, []Agreement{*sampleAgreement(), with(func(a *Agreement) { a.ID = txA; a.Principal.Value = "2021000019" })}, []string{"2021000019"}, ""},
		"several, synchronous":   {func(l *Label) { l.To = nil; l.Transfer = Synchronous }, []Agreement{with(anyTransfer), with(func(a *Agreement) { anyTransfer(a); a.Principal.Value = "2021000019" })}, nil, IllegalReceiver},
		"of the principal":       {func(l *Label) { l.From.Value, l.To = "2021000001", nil }, []Agreement{with(func(a *Agreement) { a.Flow = ToCustomer })}, []string{"5560000167"}, ""},
		"none":                   {func(l *Label) { l.To = nil }, nil, nil, UnresolvedReceiver},
		"none in this direction": {func(l *Label) { l.To = nil }, []Agreement{with(func(a *Agreement) { a.Flow = ToCustomer })}, nil, UnresolvedReceiver},
		"no sender":              {func(l *Label) { l.To, l.From = nil, nil }, nil, nil, IllegalSender},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := sampleLabel()
			test.label(l)
			got, err := Receivers(l, at, test.local)
			wantCode(t, err, test.code)
			var keys []string
			for _, a := range got {
				keys = append(keys, a.Key())
			}
			if diff := cmp.Diff(test.want, keys); test.code == "" && diff != "" {
				t.Error(diff)
			}
		})
	}
}

func anyTransfer(a *Agreement) { a.Transfer = AnyTransfer }

func TestCloneFor(t *testing.T) {
	t.Parallel()
	l := sampleLabel()
	l.To, l.History = nil, []History{{NodeID: "n"}}
	c := l.CloneFor(mustAddress(t, "2021000019.a"), txB)
	if c.TxID != txB || c.CorrID != txA || c.To.Value != "2021000019.a" || c.History != nil || l.To != nil || len(l.History) != 1 {
		t.Errorf("%+v", c)
	}
}

func TestDeliveryURL(t *testing.T) {
	t.Parallel()
	routes := []Route{
		{"2021000001", product, "https://a"},
		{"162021000001", product, "https://a"},
		{"2021000001", "", "https://b"},
		{"2021000019", product, "https://c"},
		{"2021000019", product, "https://d"},
	}
	tests := []struct{ to, product, want string }{
		{"2021000001.x", product, "https://a"},
		{"2021000001", "error", "https://b"},
		{"2021000019", product, ""},
		{"2021000027", product, ""},
	}
	for _, test := range tests {
		got, err := DeliveryURL(routes, mustAddress(t, test.to), test.product)
		if got != test.want {
			t.Errorf("%s %s: %q, %v", test.to, test.product, got, err)
		}
		if test.want == "" {
			wantCode(t, err, MissingDeliveryAddress)
		}
	}
}
