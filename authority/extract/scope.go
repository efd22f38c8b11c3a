package extract

import (
	"fmt"
	"slices"
	"strings"

	"filtjanst/authority/permit"
	"filtjanst/filing"
)

// Scope is what one kind of user of a service may be told (R59).
type Scope struct {
	Service filing.Service
	// User is the scope of the permit: permit.ScopeCollection and so on, or the
	// name of an authority with a statute of its own.
	User     string
	Purposes []filing.RequestPurpose // that a debt extract may be asked for; none where no purpose is stated
	Groups   []Group
	Swedish  string
	English  string
	Law      string
}

// Group is one kind of data of an answer, by the columns that may be told. A
// group that a scope does not list is not told.
type Group struct {
	Name    GroupName
	Columns []string
	// PublicOnly leaves out what is not of a public case (allmänt mål).
	PublicOnly bool
	// WithoutCrime leaves out claims that are based on a crime.
	WithoutCrime bool
	// Kinds are the kinds of measure that may be told; none = all.
	Kinds   []string
	Swedish string // "" where the name says it
	English string
	Law     string
}

// GroupName names a kind of data: a list of filing.Extract, or a record of a
// credit extract.
type GroupName string

// The groups of answers to requests.
const (
	Debts          GroupName = "debts"
	Measures       GroupName = "measures"
	Restructurings GroupName = "restructurings"
	Accounts       GroupName = "accounts"
)

// debtColumns are KFDF §12 item 1, and what is left of KFDF §2 item 1 without
// income and guarantees (§12 c). The title is told by its kind and number, and
// by whether it is a public case.
func debtColumns() []string {
	return []string{"public", "kind", "title", "amount", "established", "due_date", "received", "limitation"}
}

// enforcementKinds are the measures of KFDF §12 item 2.
func enforcementKinds() []string {
	return []string{"attachment", "earnings_attachment", "investigation"}
}

// respites are the measures of KFDF §2 items 4 and 10 that an answer has rows
// for.
func respites() []string {
	return []string{"respite", "deferral", "instalments", "security", "bankruptcy", "reorganisation"}
}

// builtIn are the scopes that law.md §8 gives in full.
func builtIn() []Scope {
	return []Scope{
		{
			Service: filing.DebtExtract, User: permit.ScopeCollection,
			Purposes: []filing.RequestPurpose{filing.PurposeCollection},
			Swedish:  "Inkassotillstånd eller banktillstånd: personer som är föremål för inkassoåtgärd hos den som frågar",
			English:  "Collection or banking licence: persons who are subject of a collection measure at the requester",
			Law:      "KFDF §12",
			Groups: []Group{
				{Name: Debts, Columns: debtColumns(), WithoutCrime: true, Law: "KFDF §12 item 1"},
				{Name: Measures, Columns: []string{"kind", "date"}, Kinds: enforcementKinds(), WithoutCrime: true, Law: "KFDF §12 item 2"},
				{Name: Restructurings, Columns: []string{"business", "stage", "date"}, Law: "KFDF §12 item 3"},
				{Name: Accounts, Columns: []string{"date", "amount"}, WithoutCrime: true, Law: "KFDF §12 item 4"},
			},
		},
		{
			Service: filing.DebtExtract, User: AuthorityTransport,
			Purposes: []filing.RequestPurpose{filing.PurposeSupervision, filing.PurposeSuitability},
			Swedish:  "Prövningsmyndighet för biluthyrning, taxi, yrkestrafik och redovisningscentraler",
			English:  "Authority that tests car rental, taxi, professional road traffic and taxi accounting centres",
			Law:      "KFDF §17",
			Groups: []Group{
				{Name: Debts, Columns: []string{"public", "amount"}, PublicOnly: true, Law: "KFDF §17: size of debt in public cases"},
				{Name: Measures, Columns: []string{"kind", "date"}, Kinds: respites(), Law: "KFDF §17; §2 items 4 and 10"},
				{Name: Restructurings, Columns: []string{"business", "stage", "date"}, Law: "KFDF §17; §2 item 10"},
			},
		},
		{
			Service: filing.ProcurementExtract, User: permit.ScopeClient,
			Swedish: "Uppdragsgivare i en upphandling eller under ett kontrakt",
			English: "Contracting client in a procurement or during a contract",
			Law:     "KFDF §12 c",
			Groups:  []Group{{Name: Debts, Columns: debtColumns(), Law: "KFDF §12 c; §2 item 1 except income and guarantees"}},
		},
	}
}

// AuthorityTransport is the scope of the authorities of KFDF §17 for road
// traffic.
const AuthorityTransport = "transport"

// Scopes lists what each kind of user may be told, of all three services, with
// the authorities of the installation.
func (e *Extracts) Scopes() []Scope {
	return append(slices.Clone(e.scopes), creditScope(e.facts))
}

// StandardScopes are the scopes of an installation without authorities of its
// own, for the documentation.
func StandardScopes() []Scope { return append(builtIn(), creditScope(allFacts())) }

// withAuthorities adds the scopes of authorities, which may not name groups or
// columns that there are no data for.
func withAuthorities(extra []Scope) ([]Scope, error) {
	all := builtIn()
	for _, s := range extra {
		if s.Service != filing.DebtExtract || s.User == "" || s.Law == "" {
			return nil, fmt.Errorf("extract: the scope %q of an authority: give the service de, a name and the statute it rests on", s.User)
		}
		if slices.ContainsFunc(all, func(o Scope) bool { return o.Service == s.Service && o.User == s.User }) {
			return nil, fmt.Errorf("extract: the scope %q stands twice", s.User)
		}
		if slices.Contains(s.Purposes, filing.PurposeCollection) {
			return nil, fmt.Errorf("extract: the scope %q of an authority is not for collection (KFDF §12)", s.User)
		}
		if err := s.checkColumns(); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func (s Scope) checkColumns() error {
	for _, g := range s.Groups {
		for _, k := range g.Kinds {
			if strings.Trim(k, "abcdefghijklmnopqrstuvwxyz_") != "" {
				return fmt.Errorf("extract: the scope %q names the kind of measure %q, which is no symbol", s.User, k)
			}
		}
		known := columnsOf(g.Name)
		for _, c := range g.Columns {
			if !slices.Contains(known, c) {
				return fmt.Errorf("extract: the scope %q names the column %q of %q, which does not exist", s.User, c, g.Name)
			}
		}
	}
	return nil
}

// scopeOf finds the scope of a service and kind of user.
func (e *Extracts) scopeOf(s filing.Service, user string) (Scope, bool) {
	i := slices.IndexFunc(e.scopes, func(o Scope) bool { return o.Service == s && o.User == user })
	if i < 0 {
		return Scope{}, false
	}
	return e.scopes[i], true
}

func (s Scope) group(name GroupName) (Group, bool) {
	i := slices.IndexFunc(s.Groups, func(g Group) bool { return g.Name == name })
	if i < 0 {
		return Group{}, false
	}
	return s.Groups[i], true
}
