package claimlist

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/money"
	"filtjanst/statute"
)

func options(t *testing.T) Options {
	t.Helper()
	m, _, err := UsualMapping()
	if err != nil {
		t.Fatal(err)
	}
	clients, _, err := ExampleClients()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Mapping: m, Clients: clients, Law: statute.Default(), Today: calendar.MustDay("2026-11-23"), Form: filing.XMLForm}
}

func example(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("export.csv")
	if err != nil {
		t.Fatal(err)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// read reads text as the Windows-1252 export of a collection system.
func read(t *testing.T, text string, o Options) *List {
	t.Helper()
	raw, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	list, err := ReadCSV(bytes.NewReader(raw), o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// edit replaces a cell's text in the example, which must be there.
func edit(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the example has no %q", pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}

// sums are the columns of the table in input.md §4.
type sums struct {
	Capital, Accrued, Reminder, Demand, Late, Fee, Work, Total money.Amount
}

func sumsOf(a filing.Application) sums {
	s := sums{Total: a.Total}
	for _, p := range a.Parts {
		s.Accrued += p.Interest.Accrued
		switch p.Type {
		case filing.Capital:
			s.Capital += p.Amount
		case filing.ReminderFee:
			s.Reminder += p.Amount
		case filing.CollectionCost:
			s.Demand += p.Amount
		case filing.LatePaymentCompensation:
			s.Late += p.Amount
		case filing.ApplicationFee:
			s.Fee += p.Amount
		case filing.OwnWork:
			s.Work += p.Amount
		}
	}
	return s
}

func TestExampleBecomesTwoApplications(t *testing.T) {
	t.Parallel()
	list := read(t, example(t), options(t))
	if len(list.Applications) != 2 || list.Report.Refused != 0 {
		t.Fatalf("got %d applications, report %+v", len(list.Applications), list.Report)
	}
	want := []sums{
		{Capital: 179700, Accrued: 6043, Reminder: 12000, Demand: 18000, Fee: 30000, Work: 38000, Total: 283743},
		{Capital: 4875000, Accrued: 161877, Late: 45000, Fee: 30000, Work: 38000, Total: 5149877},
	}
	for i, a := range list.Applications {
		if diff := cmp.Diff(want[i], sumsOf(a)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", a.Reference, diff)
		}
	}
	if told(list.Report, Warned, "") || told(list.Report, Refused, "") {
		t.Errorf("problems: %v", list.Report.Problems)
	}
	if list.Report.Encoding != "Windows-1252" {
		t.Errorf("encoding taken: %s", list.Report.Encoding)
	}
	second := list.Applications[1].Parts[0]
	if second.OriginalCreditor == nil || second.OriginalCreditor.Name != "Provbygg Syd AB" {
		t.Errorf("original creditor: %+v", second.OriginalCreditor)
	}
	if !strings.Contains(second.Interest.Ground, "avtalad ränta 12 %") {
		t.Errorf("ground of the agreed rate: %q", second.Interest.Ground)
	}
}

func TestTraps(t *testing.T) {
	t.Parallel()
	const first = "26-0081234;1042;Exempeltelefoni AB;;P;900602-2397;Provsson Örjan;;Testgatan 12 lgh 1102;123 45;"
	tests := []struct {
		name     string
		edits    []string
		made     int
		paper    int
		severity Severity // of a problem that must be there
		says     string   // part of its Swedish text
	}{
		{"thousands with no-break space", []string{"1 348,00", "1\u00a0348,00"}, 2, 0, "", ""},
		{"organisation number with hyphen", []string{";5560000167;", ";556000-0167;"}, 2, 0, "", ""},
		{"organisation number in twelve digits", []string{";5560000167;", ";165560000167;"}, 2, 0, "", ""},
		{"number made by a spreadsheet", []string{"900602-2397", "9,00602E+09"}, 1, 0, Refused, "text"},
		{"invoice numbers without leading zeros", []string{"0088240117", "88240117"}, 2, 0, Warned, "inledande nollor"},
		{"date without hyphens", []string{"2026-07-31", "20260731"}, 2, 0, "", ""},
		{"date in a form that is not named", []string{"2026-07-31", "31/7-26"}, 1, 0, Refused, "inget datum"},
		{"character outside ISO 8859-1 in the table", []string{"maj 2026.", "maj – juni 2026."}, 2, 0, Notified, "ersatts"},
		{"character outside ISO 8859-1", []string{"maj 2026.", "maj 2026 ˆ."}, 1, 0, Refused, "går inte att skriva"},
		{"separator and quote in a quoted field", []string{`enligt avtal 2025-12-01; avtalet uppsagt."`, `enligt avtal ""Mobil""; avtalet uppsagt."`}, 2, 0, "", ""},
		{"line break in the ground", []string{"enligt avtal 2025-12-01;", "enligt avtal\r\n2025-12-01;"}, 2, 0, "", ""},
		{"values of the case differ", []string{first + "Provköping;0700000001;orjan@example.com;;;0088240117", first + "Annanstans;0700000001;orjan@example.com;;;0088240117"}, 1, 0, Refused, "skiljer mellan raderna 2, 3"},
		{"protected address", []string{"Testgatan 12 lgh 1102;123 45;", "Skyddad;;"}, 1, 1, OnPaper, "skyddade"},
		{"blank address", []string{"Testgatan 12 lgh 1102;123 45;", ";;"}, 1, 1, OnPaper, "skyddade"},
		{"foreign postcode", []string{"123 45;Provköping;0700000001", "N-0150;Oslo;0700000001"}, 1, 1, OnPaper, "utländsk"},
		{"minor", []string{"900602-2397", "20150101-2390"}, 1, 0, Refused, ""},
		{"estate without anyone who acts for it", []string{"Provsson Örjan", "Dödsboet efter Provsson Örjan"}, 1, 0, Refused, "företräder"},
		{"unknown client", []string{";2207;", ";9999;"}, 1, 0, Refused, "klientregistret"},
		{"client of another name", []string{"Exempelfordran AB", "Exempelfordringar AB"}, 2, 0, Warned, "klientregistret"},
		{"interest differs", []string{";17,96;", ";27,96;"}, 2, 0, Warned, "146 dagar"},
		{"unknown code of interest", []string{";AVTAL;", ";AVT;"}, 1, 0, Refused, "koden"},
		{"wrong check digit", []string{"900602-2397", "900602-2398"}, 1, 0, Refused, ""},
		{"company with a person's number", []string{";F;5560000167;", ";F;900602-2397;"}, 2, 0, Warned, "enskild firma"},
		{"amount with two meanings", []string{";449,00;", ";1.449;"}, 1, 0, Refused, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			list := read(t, edit(t, example(t), test.edits...), options(t))
			if len(list.Applications) != test.made || len(list.Report.Paper) != test.paper {
				t.Errorf("made %d, paper %d; want %d, %d: %v", len(list.Applications), len(list.Report.Paper), test.made, test.paper, list.Report.Problems)
			}
			if test.severity != "" && !told(list.Report, test.severity, test.says) {
				t.Errorf("no %s problem says %q: %v", test.severity, test.says, list.Report.Problems)
			}
		})
	}
}

func told(r Report, severity Severity, says string) bool {
	for _, p := range r.Problems {
		if p.Severity == severity && strings.Contains(p.Swedish, says) {
			return true
		}
	}
	return false
}

func TestNumbersAreNeverTold(t *testing.T) {
	t.Parallel()
	list := read(t, edit(t, example(t), "900602-2397", "900602-2398"), options(t))
	for _, p := range list.Report.Problems {
		if strings.Contains(p.Swedish+p.English+p.Value, "2398") {
			t.Errorf("a personal number shows in %v", p)
		}
	}
}

// row returns a row of the example with cells changed by column name.
func changed(t *testing.T, line int, cells map[string]string) string {
	t.Helper()
	lines := strings.Split(strings.TrimRight(example(t), "\r\n"), "\r\n")
	header, row := strings.Split(lines[0], ";"), strings.Split(lines[line], ";")
	for i, name := range header {
		if v, ok := cells[name]; ok {
			row[i] = v
		}
	}
	return strings.Join(row, ";")
}

func TestCreditNotes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		cells   map[string]string
		capital money.Amount
		made    int
		says    string
	}{
		{"by the same number", map[string]string{"Kapital": "-49,00"}, 40000 + 134800, 2, "återstår"},
		{"named in the ground", map[string]string{"Fakturanr": "K77", "Kapital": "-49,00", "Grund": "Kredit av faktura 0088213045"}, 40000 + 134800, 2, "återstår"},
		{"of an unknown invoice", map[string]string{"Fakturanr": "K77", "Kapital": "-49,00", "Grund": "Kredit"}, 0, 1, "pekar inte ut"},
		{"larger than the invoice", map[string]string{"Kapital": "-500,00"}, 0, 1, "större än"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			list := read(t, example(t)+changed(t, 1, test.cells)+"\r\n", options(t))
			if len(list.Applications) != test.made {
				t.Fatalf("made %d: %v", len(list.Applications), list.Report.Problems)
			}
			if test.capital != 0 && sumsOf(list.Applications[0]).Capital != test.capital {
				t.Errorf("capital %s, want %s", sumsOf(list.Applications[0]).Capital, test.capital)
			}
			if !told(list.Report, Refused, test.says) && !told(list.Report, Notified, test.says) {
				t.Errorf("nothing says %q: %v", test.says, list.Report.Problems)
			}
		})
	}
}

func TestCreditOfEverythingSetsTheCaseAside(t *testing.T) {
	t.Parallel()
	text := strings.Split(example(t), "\r\n")
	one := strings.Join([]string{text[0], text[1], changed(t, 1, map[string]string{"Kapital": "-449,00"})}, "\r\n")
	list := read(t, one, options(t))
	if len(list.Applications) != 0 || len(list.Report.Paper) != 1 {
		t.Errorf("made %d, set aside %v", len(list.Applications), list.Report.Paper)
	}
}

func TestCostsOnly(t *testing.T) {
	t.Parallel()
	header := strings.Split(example(t), "\r\n")[0]
	text := header + "\r\n" + changed(t, 1, map[string]string{"Kapital": "0,00", "Uppl. ränta": ""}) + "\r\n"
	for form, want := range map[filing.Form]filing.ClaimPartType{filing.XMLForm: filing.CollectionCost, filing.TextForm: filing.Capital} {
		o := options(t)
		o.Form = form
		list := read(t, text, o)
		if len(list.Applications) != 1 {
			t.Fatalf("%s: made %d: %v", form, len(list.Applications), list.Report.Problems)
		}
		found := false
		for _, p := range list.Applications[0].Parts {
			if p.Type == want && p.Amount == 18000 {
				found = strings.Contains(p.Ground, "2026-10-05") && strings.Contains(p.Ground, "0088213045") && strings.Contains(p.Ground, "2026-06-30")
			}
		}
		if !found {
			t.Errorf("%s: no specified part of type %s: %+v", form, want, list.Applications[0].Parts)
		}
	}
}

func TestSecondRespondentIsJointlyLiable(t *testing.T) {
	t.Parallel()
	text := strings.Split(example(t), "\r\n")
	row := changed(t, 1, map[string]string{"Svar2 pnr": "811218-9876", "Svar2 namn": "Provsson Åsa"})
	list := read(t, text[0]+"\r\n"+row+"\r\n", options(t))
	if len(list.Applications) != 1 {
		t.Fatalf("made %d: %v", len(list.Applications), list.Report.Problems)
	}
	a := list.Applications[0]
	if len(a.Respondents) != 2 || !a.Joint || a.Total != 44900+1796+6000+18000+30000+38000 {
		t.Errorf("respondents %d, joint %t, total %s", len(a.Respondents), a.Joint, a.Total)
	}
}

func TestRowOfTotals(t *testing.T) {
	t.Parallel()
	header := strings.Split(example(t), "\r\n")[0]
	width := strings.Count(header, ";")
	totals := func(sum string) string {
		cells := make([]string, width+1)
		cells[1], cells[18] = "Summa", sum
		return strings.Join(cells, ";") + "\r\n"
	}
	right := read(t, example(t)+totals("50 547,00"), options(t))
	if len(right.Applications) != 2 || told(right.Report, Warned, "summaraden") {
		t.Errorf("made %d: %v", len(right.Applications), right.Report.Problems)
	}
	wrong := read(t, example(t)+totals("50 548,00"), options(t))
	if !told(wrong.Report, Warned, "summaraden") {
		t.Errorf("a wrong total is not told: %v", wrong.Report.Problems)
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	text := example(t)
	double, err := charmap.Windows1252.NewDecoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{"UTF-8": text, "mark": "\ufeff" + text, "double": double} {
		list, err := ReadCSV(strings.NewReader(raw), options(t))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(list.Applications) != 2 || list.Applications[0].Respondents[0].Name != "Provsson Örjan" {
			t.Errorf("%s: taken as %s: %v", name, list.Report.Encoding, list.Report.Problems)
		}
	}
}

func TestPersonOverHundredNeedsTwelveDigits(t *testing.T) {
	t.Parallel()
	list := read(t, edit(t, example(t), "900602-2397", "1506022394"), options(t))
	if len(list.Applications) != 1 {
		t.Errorf("made %d: %v", len(list.Applications), list.Report.Problems)
	}
}

func TestOtherDateFormMustBeNamed(t *testing.T) {
	t.Parallel()
	o := options(t)
	text := strings.Replace(string(usualMapping), `"YYYYMMDD"]`, `"YYYYMMDD", "D/M-YY"]`, 1)
	m, err := ParseMapping("own.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	o.Mapping = m
	list := read(t, edit(t, example(t), "2026-07-31", "31/7-26"), o)
	if len(list.Applications) != 2 {
		t.Errorf("made %d: %v", len(list.Applications), list.Report.Problems)
	}
}

func TestMappingThatContradictsItself(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ old, new, says string }{
		"unknown key":    {`separator = ";"`, `seperator = ";"`, "seperator"},
		"unknown field":  {`field = "care_of"`, `field = "careof"`, "careof"},
		"wrong level":    {"field = \"capital\"\nlevel = \"invoice\"", "field = \"capital\"\nlevel = \"case\"", "level invoice"},
		"two of a field": {`field = "care_of"`, `field = "street"`, "two columns"},
		"bad date form":  {`"YYYYMMDD"`, `"YYYYMM"`, "date form"},
		"missing field":  {`field = "ground"`, `field = "ignore"`, "ground"},
		"bad code":       {`N = "no"`, `N = "nej"`, "nej"},
	}
	for name, test := range tests {
		_, err := ParseMapping("m.toml", []byte(strings.Replace(string(usualMapping), test.old, test.new, 1)))
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	raw, err := os.ReadFile("export.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	m, _, _ := UsualMapping()
	clients, _, _ := ExampleClients()
	o := Options{Mapping: m, Clients: clients, Law: statute.Default(), Today: calendar.MustDay("2026-11-23"), Form: filing.TextForm}
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := ReadCSV(bytes.NewReader(data), o)
		if err != nil {
			return
		}
		if list.Report.Cases != list.Report.Made+list.Report.Refused+len(list.Report.Paper) {
			t.Fatalf("cases do not add up: %+v", list.Report)
		}
		for _, a := range list.Applications {
			if a.Total < 0 || len(a.Parts) == 0 {
				t.Fatalf("an application of %s with %d parts", a.Total, len(a.Parts))
			}
		}
	})
}
