package filing_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"filtjanst/filing"
	"filtjanst/filing/filingtest"
	"filtjanst/identity"
	"filtjanst/money"
)

// plain is a valid application without anything that is not needed.
func plain() filing.Application {
	capital := filing.ClaimPart{
		Type: filing.Capital, Amount: 44900, InvoiceNumber: "0088213045",
		InvoiceDate: filingtest.Today.AddDays(-176), DueDate: filingtest.Today.AddDays(-146), Ground: "Obetald faktura.",
		Interest: filing.Interest{
			Kind: filing.InterestAct, From: filingtest.Today.AddDays(-145), Accrued: 1796, AccruedTo: filingtest.Today,
		},
	}
	a := filing.Application{
		Reference:  "26-0081234",
		Applicants: []filing.Party{{Identity: filingtest.Number("16556000016"), Name: "Exempelfordran AB", Street: "Box 1", PostalCode: "12345", Town: "Provköping"}},
		Respondents: []filing.Respondent{{Party: filing.Party{
			Identity: filingtest.Number("19811218987"), Name: "Provsson Örjan", Street: "Testgatan 12", PostalCode: "12345", Town: "Provköping",
		}}},
		Parts:      []filing.ClaimPart{capital},
		DemandDate: filingtest.Today.AddDays(-40), PayBefore: filingtest.Today.AddDays(-25),
	}
	return a
}

func cost(kind filing.ClaimPartType, kronor int64) filing.ClaimPart {
	return filing.ClaimPart{Type: kind, Amount: money.Amount(kronor) * money.Krona}
}

func total(a *filing.Application) {
	a.Total = 0
	for _, p := range a.Parts {
		a.Total += p.Amount + p.Interest.Accrued
	}
}

func codesOf(errors []filing.Error) []filing.Code {
	var codes []filing.Code
	for _, e := range errors {
		codes = append(codes, e.Code)
	}
	return codes
}

// ruleCases are changes of a valid application and what they come to. A case
// with a form holds for that form alone.
var ruleCases = []struct {
	name     string
	change   func(*filing.Application)
	errors   []filing.Code
	warnings []filing.Code
	form     filing.Form
}{
	{name: "nothing", change: func(*filing.Application) {}},
	{name: "amount zero", change: func(a *filing.Application) { a.Parts = append(a.Parts, cost(filing.ReminderFee, 0)) }, errors: []filing.Code{"D303"}},
	{name: "amount negative", change: func(a *filing.Application) { a.Parts = append(a.Parts, cost(filing.ReminderFee, -1)) }, errors: []filing.Code{"D303"}},
	{name: "no ground", change: func(a *filing.Application) { a.Parts[0].Ground = "" }, errors: []filing.Code{"D304"}},
	{name: "no due date", change: func(a *filing.Application) { a.Parts[0].DueDate = 0 }, errors: []filing.Code{"D305"}},
	{name: "rate above the Act without ground", change: func(a *filing.Application) {
		a.Parts[0].Interest.Kind, a.Parts[0].Interest.Rate = filing.InterestAgreed, 12*money.Percent
	}, errors: []filing.Code{"D306"}},
	{name: "rate above the Act with ground", change: func(a *filing.Application) {
		i := &a.Parts[0].Interest
		i.Kind, i.Rate, i.Ground = filing.InterestAgreed, 12*money.Percent, "Avtalad ränta 12 %."
	}},
	{name: "rate of the Act agreed", change: func(a *filing.Application) {
		a.Parts[0].Interest.Kind, a.Parts[0].Interest.Rate = filing.InterestAgreed, 8*money.Percent
	}},
	{name: "agreed without rate", change: func(a *filing.Application) { a.Parts[0].Interest.Kind = filing.InterestAgreed }, errors: []filing.Code{"D307"}},
	{name: "interest without kind", change: func(a *filing.Application) { a.Parts[0].Interest.Kind = "" }, errors: []filing.Code{"D308"}},
	{name: "accrued without day", change: func(a *filing.Application) { a.Parts[0].Interest.AccruedTo = 0 }, errors: []filing.Code{"D309"}},
	{name: "accrued to tomorrow", change: func(a *filing.Application) { a.Parts[0].Interest.AccruedTo = filingtest.Today + 1 }, warnings: []filing.Code{"W415"}},
	{name: "interest before due date", change: func(a *filing.Application) { a.Parts[0].Interest.From = a.Parts[0].DueDate - 1 }, errors: []filing.Code{"D311"}},
	{name: "interest after accrued to", change: func(a *filing.Application) {
		a.Parts[0].Interest.From, a.Parts[0].Interest.AccruedTo = filingtest.Today, filingtest.Today-1
	}, errors: []filing.Code{"D312"}},
	{name: "due tomorrow", change: func(a *filing.Application) {
		a.Parts[0].DueDate, a.Parts[0].Interest = filingtest.Today+1, filing.Interest{}
	}, errors: []filing.Code{"D313"}},
	{name: "due today", change: func(a *filing.Application) {
		a.Parts[0].DueDate, a.Parts[0].Interest = filingtest.Today, filing.Interest{}
	}},
	{name: "invoiced tomorrow", change: func(a *filing.Application) { a.Parts[0].InvoiceDate = filingtest.Today + 1 }, errors: []filing.Code{"D314"}},
	{name: "invoiced after due", change: func(a *filing.Application) { a.Parts[0].InvoiceDate = a.Parts[0].DueDate + 1 }, warnings: []filing.Code{"W412"}},
	{name: "demand tomorrow", change: func(a *filing.Application) { a.DemandDate, a.PayBefore = filingtest.Today+1, 0 }, errors: []filing.Code{"D315"}},
	{name: "pay before demand", change: func(a *filing.Application) { a.PayBefore = a.DemandDate - 1 }, errors: []filing.Code{"D316"}},
	{name: "time to pay not out", change: func(a *filing.Application) { a.PayBefore = filingtest.Today }, warnings: []filing.Code{"W408"}},
	{name: "interest on a cost", change: func(a *filing.Application) {
		p := cost(filing.ReminderFee, 60)
		p.Interest = filing.Interest{Kind: filing.InterestAct}
		a.Parts = append(a.Parts, p)
	}, errors: []filing.Code{"D318"}},
	{name: "own work above cap", change: func(a *filing.Application) { a.Parts = append(a.Parts, cost(filing.OwnWork, 381)) }, errors: []filing.Code{"D319"}},
	{name: "own work above cap with reasons", change: func(a *filing.Application) {
		a.Parts, a.OwnWorkReasons = append(a.Parts, cost(filing.OwnWork, 381)), "Omfattande utredning."
	}},
	{name: "other cost unspecified", change: func(a *filing.Application) { a.Parts = append(a.Parts, cost(filing.OtherCost, 10)) }, errors: []filing.Code{"D320"}},
	{name: "costs only, text", form: filing.TextForm, change: costsOnly, errors: []filing.Code{"D321"}},
	{name: "costs only, XML", form: filing.XMLForm, change: costsOnly},
	{name: "costs only without ground, XML", form: filing.XMLForm, change: func(a *filing.Application) {
		costsOnly(a)
		a.Parts[0].Ground = ""
	}, errors: []filing.Code{"D322"}},
	{name: "no address", change: func(a *filing.Application) {
		p := &a.Respondents[0].Party
		p.Street, p.PostalCode, p.Town = "", "", ""
	}, errors: []filing.Code{"D323"}},
	{name: "no address but inquiry", change: func(a *filing.Application) {
		p := &a.Respondents[0]
		p.Street, p.PostalCode, p.Town, p.AddressInquiry = "", "", "", "Folkbokföringen har ingen adress."
	}},
	{name: "postal code", change: func(a *filing.Application) { a.Respondents[0].PostalCode = "1234" }, errors: []filing.Code{"D324"}},
	{name: "country", change: func(a *filing.Application) { a.Respondents[0].Country = "se" }, errors: []filing.Code{"D326"}},
	{name: "same party", change: func(a *filing.Application) { a.Respondents[0].Identity = a.Applicants[0].Identity }, errors: []filing.Code{"D328"}},
	{name: "same respondent", change: func(a *filing.Application) { a.Respondents = append(a.Respondents, a.Respondents[0]) }, errors: []filing.Code{"D329"}},
	{name: "bankgiro check digit", change: payTo(filing.PayToBankgiro, "9912345"), errors: []filing.Code{"D220"}},
	{name: "bankgiro length", change: payTo(filing.PayToBankgiro, "912346"), errors: []filing.Code{"D221"}},
	{name: "plusgiro", change: payTo(filing.PayToPlusgiro, "42")},
	{name: "plusgiro check digit", change: payTo(filing.PayToPlusgiro, "43"), errors: []filing.Code{"D220"}},
	{name: "account length", change: payTo(filing.PayToAccount, "1234567"), errors: []filing.Code{"D222"}},
	{name: "collection cost above cap", change: func(a *filing.Application) { a.Parts = append(a.Parts, cost(filing.CollectionCost, 181)) }, warnings: []filing.Code{"W401"}},
	{name: "reminder above cap", change: func(a *filing.Application) { a.Parts = append(a.Parts, cost(filing.ReminderFee, 61)) }, warnings: []filing.Code{"W402"}},
	{name: "compensation above cap", change: func(a *filing.Application) {
		a.Parts = append(a.Parts, cost(filing.LatePaymentCompensation, 451))
	}, warnings: []filing.Code{"W403"}},
	{name: "accrued not stated", change: func(a *filing.Application) {
		a.Parts[0].Interest.Accrued, a.Parts[0].Interest.AccruedTo = 0, 0
	}, warnings: []filing.Code{"W404"}},
	{name: "from service", change: func(a *filing.Application) { a.Parts[0].Interest = filing.Interest{Kind: filing.InterestAct} }},
	{name: "minor", change: func(a *filing.Application) { a.Respondents[0].Identity = filingtest.Number("20081124980") }, warnings: []filing.Code{"W405"}},
	{name: "eighteen today", change: func(a *filing.Application) { a.Respondents[0].Identity = filingtest.Number("20081123980") }},
	{name: "minor represented", change: func(a *filing.Application) {
		a.Respondents[0].Identity = filingtest.Number("20081124980")
		a.Respondents[0].LegalRepresentative = &filing.Party{Name: "Provsson Berit", Identity: filingtest.Number("19701063239")}
	}},
	{name: "born tomorrow", change: func(a *filing.Application) { a.Respondents[0].Identity = filingtest.Number("20261124980") }, errors: []filing.Code{"D206"}, warnings: []filing.Code{"W405"}},
	{name: "estate alone", change: func(a *filing.Application) { a.Respondents[0].Estate = true }, warnings: []filing.Code{"W406"}},
	{name: "compensation and demand", change: func(a *filing.Application) {
		a.Parts = append(a.Parts, cost(filing.LatePaymentCompensation, 450), cost(filing.CollectionCost, 180))
	}, warnings: []filing.Code{"W409"}},
	{name: "application fee", change: func(a *filing.Application) { a.Parts = append(a.Parts, cost(filing.ApplicationFee, 299)) }, warnings: []filing.Code{"W410"}},
	{name: "joint alone", change: func(a *filing.Application) { a.Joint = true }, warnings: []filing.Code{"W411"}},
	{name: "demand without day", change: func(a *filing.Application) {
		a.DemandDate, a.PayBefore, a.Parts = 0, 0, append(a.Parts, cost(filing.CollectionCost, 180))
	}, warnings: []filing.Code{"W413"}},
}

func costsOnly(a *filing.Application) {
	p := cost(filing.CollectionCost, 180)
	p.Ground = "Krav 2026-10-05, faktura 4471 förföll 2026-06-30, betald 2026-10-01."
	a.Parts = []filing.ClaimPart{p}
}

func payTo(kind filing.PayeeKind, account string) func(*filing.Application) {
	return func(a *filing.Application) {
		a.Payee = &filing.Payee{Name: "Exempelfordran AB", Kind: kind, Account: account}
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		for _, c := range ruleCases {
			if c.form != "" && c.form != f {
				continue
			}
			a, first := plain(), plain()
			first.Reference = "26-0000001"
			total(&first)
			c.change(&a)
			total(&a)
			v, _ := check(t, set, write(t, set, f, []filing.Application{first, a}))
			if got := codesOf(v.Errors); !slices.Equal(got, c.errors) {
				t.Errorf("%s: errors %v, wants %v", c.name, got, c.errors)
			}
			if got := codesOf(v.Warnings); !slices.Equal(got, c.warnings) {
				t.Errorf("%s: warnings %v, wants %v", c.name, got, c.warnings)
			}
			for _, e := range append(v.Errors, v.Warnings...) {
				if text := fmt.Sprintf("%+v", e); strings.Contains(text, "Provsson") || strings.Contains(text, "Testgatan") || strings.Contains(text, "1981121898") {
					t.Errorf("%s: %s shows what is sensitive: %s", c.name, e.Code, text)
				}
				if e.Document != 2 || e.Reference != a.Reference || e.Line < 1 || e.Offset < 1 {
					t.Errorf("%s: %s stands at document %d %q, line %d, byte %d", c.name, e.Code, e.Document, e.Reference, e.Line, e.Offset)
				}
			}
			if want := len(c.errors) == 0; (v.Outcome == filing.Approved) != want {
				t.Errorf("%s: outcome %s", c.name, v.Outcome)
			}
		}
	})
}

func TestPaperAddressIsASetting(t *testing.T) {
	t.Parallel()
	a := plain()
	a.Respondents[0].Party.PostalCode = ""
	total(&a)
	for _, c := range []struct {
		set  *filing.Set
		want []filing.Code
	}{{filing.Own(), []filing.Code{"W407"}}, {otherSet(t), nil}} {
		v, _ := check(t, c.set, write(t, c.set, filing.TextForm, []filing.Application{a}))
		if got := codesOf(v.Warnings); !slices.Equal(got, c.want) || v.Outcome != filing.Approved {
			t.Errorf("%s: %s with warnings %v, wants %v", c.set.Name(), v.Outcome, got, c.want)
		}
	}
}

func TestTotalOfDocument(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		a := plain()
		total(&a)
		a.Total++
		v, _ := check(t, set, write(t, set, f, []filing.Application{a}))
		if got := codesOf(v.Errors); !slices.Equal(got, []filing.Code{"D302"}) {
			t.Errorf("errors %v, wants D302", got)
		}
	})
}

func TestTotalsOfFile(t *testing.T) {
	t.Parallel()
	eachForm(t, func(t *testing.T, set *filing.Set, f filing.Form) {
		all := filingtest.New(5).Applications(3)
		facts := filingtest.Facts("ABC", 17, all)
		for _, c := range []struct {
			documents int64
			sum       money.Amount
			want      []filing.Code
		}{{1, 0, []filing.Code{"F230"}}, {-1, 0, []filing.Code{"F230"}}, {0, 1, []filing.Code{"F231"}}, {1, -1, []filing.Code{"F230", "F231"}}} {
			wrong := facts
			wrong.Documents += c.documents
			wrong.Sum += c.sum
			v, _ := check(t, set, unchecked(t, set, f, wrong, all))
			got := codesOf(v.Errors)
			slices.Sort(got)
			if !slices.Equal(got, c.want) || v.Outcome != filing.Rejected {
				t.Errorf("%+d documents, %+d öre: %s with %v, wants %v", c.documents, c.sum, v.Outcome, got, c.want)
			}
			for _, e := range v.Errors {
				if e.Class != filing.General || e.Line == 0 || e.Field == "" || e.Document != 0 {
					t.Errorf("%s is placed %+v", e.Code, e)
				}
			}
		}
	})
}

func unchecked(t testing.TB, set *filing.Set, f filing.Form, facts filing.FileFacts, all []filing.Application) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := filing.NewWriter(&out, set, filing.BFApplication, f, facts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if err := w.Write(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.CloseUnchecked(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestForeignNumbersAreNotJudgedAsSwedish(t *testing.T) {
	t.Parallel()
	a := plain()
	n, err := identity.NewForeign(identity.ForeignPerson, "811218-9870")
	if err != nil {
		t.Fatal(err)
	}
	a.Respondents[0].Identity = n
	total(&a)
	if v, _ := check(t, filing.Own(), write(t, filing.Own(), filing.TextForm, []filing.Application{a})); v.Outcome != filing.Approved {
		t.Error(v.Errors)
	}
}
