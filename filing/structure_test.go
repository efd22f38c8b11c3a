package filing_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"filtjanst/filing"
)

// damage is one change of a good file of the own set and the codes it gives.
type damage struct {
	name     string
	old, new string // replaced once; old "" appends
	want     []filing.Code
	document int // in which the errors stand; 0 for the file
}

func textDamages() []damage {
	return []damage{
		{name: "none"},
		{name: "no start record", old: "00BFANS", new: "98BFANS", want: []filing.Code{"F110", "F112"}},
		{name: "no end record", old: "\r\n99", new: "\r\n98", want: []filing.Code{"F111", "D112"}, document: -1},
		{name: "unknown record", old: "\r\n31", new: "\r\n77", want: []filing.Code{"D112", "D304"}, document: 1},
		{name: "respondent as applicant", old: "\r\n20", new: "\r\n11", want: []filing.Code{"D114"}, document: 1},
		{name: "long record", old: "\r\n99", new: strings.Repeat(" ", 200) + "\r\n99", want: []filing.Code{"D117"}, document: 1},
		{name: "month", old: "20261014", new: "20261314", want: []filing.Code{"D129"}, document: 1},
		{name: "day", old: "20261014", new: "20260931", want: []filing.Code{"D129"}, document: 1},
		{name: "control character", old: "Testgatan", new: "Test\x01atan", want: []filing.Code{"D122"}, document: 1},
		{name: "character above", old: "Testgatan", new: "Test\x96atan", want: []filing.Code{"D122"}, document: 1},
		{name: "code list", old: "\r\n3001", new: "\r\n3019", want: []filing.Code{"D131"}, document: 1},
		{name: "amount", old: "000000000044900", new: "00000000O044900", want: []filing.Code{"D127"}, document: 1},
		{name: "flag", old: "26-0081234" + strings.Repeat(" ", 20) + " ", new: "26-0081234" + strings.Repeat(" ", 20) + "X", want: []filing.Code{"D132"}, document: 1},
		{name: "no reference", old: "26-0081234", new: "          ", want: []filing.Code{"D123"}, document: 1},
		{name: "sequence", old: "ABC     0000017", new: "ABC     000001X", want: []filing.Code{"F126"}},
		{name: "sequence zero", old: "ABC     0000017", new: "ABC     0000000", want: []filing.Code{"F211"}},
		{name: "party code", old: "ABC     0000017", new: "a-c     0000017", want: []filing.Code{"F203"}},
		{name: "data after the end", new: "20 Provsson more\r\n", want: []filing.Code{"F120"}},
	}
}

func xmlDamages() []damage {
	return []damage{
		{name: "none"},
		{name: "cut off", old: "</AnsokanFil>", new: "", want: []filing.Code{"F119"}},
		{name: "unknown element", old: "<Svarande>", new: "<Okand/><Svarande>", want: []filing.Code{"D143"}, document: 1},
		{name: "month", old: "2026-10-14", new: "2026-13-14", want: []filing.Code{"D129"}, document: 1},
		{name: "amount", old: "<Belopp>449.00", new: "<Belopp>449,00", want: []filing.Code{"D127"}, document: 1},
		{name: "code list", old: "<Delkravstyp>Kapital", new: "<Delkravstyp>kapital", want: []filing.Code{"D131"}, document: 1},
		{name: "entities", old: "<AnsokanFil", new: "<!DOCTYPE x [<!ENTITY a \"b\">]><AnsokanFil", want: []filing.Code{"F141"}},
		{name: "end tag", old: "</Namn>", new: "</Nam>", want: []filing.Code{"F140"}, document: -1},
		{name: "namespace", old: "bf.application:1\"", new: "bf.application:2\"", want: []filing.Code{"F148"}},
		{name: "root", old: "<AnsokanFil", new: "<AnsokanFiler", want: []filing.Code{"F102"}},
		{name: "attribute", old: "<Svarande>", new: "<Svarande x=\"1\">", want: []filing.Code{"D147"}, document: 1},
		{name: "text between", old: "<Svarande>", new: "<Svarande>hej", want: []filing.Code{"D149"}, document: 1},
		{name: "after the end", new: "<more/>", want: []filing.Code{"F120"}},
	}
}

func TestDamagedText(t *testing.T) { t.Parallel(); testDamages(t, filing.TextForm, textDamages()) }

func TestDamagedXML(t *testing.T) { t.Parallel(); testDamages(t, filing.XMLForm, xmlDamages()) }

func testDamages(t *testing.T, f filing.Form, damages []damage) {
	t.Helper()
	a := plain()
	total(&a)
	good := string(write(t, filing.Own(), f, []filing.Application{a}))
	for _, d := range damages {
		if d.old != "" && !strings.Contains(good, d.old) {
			t.Errorf("%s: %q is not in the file", d.name, d.old)
			continue
		}
		bad := good + d.new
		if d.old != "" {
			bad = strings.Replace(good, d.old, d.new, 1)
		}
		v, _ := check(t, filing.Own(), []byte(bad))
		got := codesOf(v.Errors)
		slices.Sort(got)
		slices.Sort(d.want)
		if !slices.Equal(got, d.want) {
			t.Errorf("%s: %v, wants %v: %+v", d.name, got, d.want, head(v.Errors))
			continue
		}
		for _, e := range v.Errors {
			if d.document >= 0 && (e.Document != d.document || (e.Class == filing.Document) != (d.document > 0)) {
				t.Errorf("%s: %s of class %s stands in document %d", d.name, e.Code, e.Class, e.Document)
			}
			for _, secret := range []string{"Provsson", "Testgatan", "1981121898", "hej"} {
				if strings.Contains(e.Value+e.Swedish+e.English+e.Record+e.Field, secret) {
					t.Errorf("%s: %s shows %q: %+v", d.name, e.Code, secret, e)
				}
			}
		}
	}
}

func TestErrorsStandAtTheFirstByteOfTheField(t *testing.T) {
	t.Parallel()
	a := plain()
	total(&a)
	a.Total += 100
	file := write(t, filing.Own(), filing.TextForm, []filing.Application{a})
	v, _ := check(t, filing.Own(), file)
	if len(v.Errors) != 1 {
		t.Fatal(v.Errors)
	}
	e := v.Errors[0]
	if got := string(file[e.Offset : e.Offset+15]); got != e.Value || e.Record != "10" || e.Field != "SUMMA" || e.Line != 2 {
		t.Errorf("%q stands at byte %d: %+v", got, e.Offset, e)
	}
}

func TestLineEndsAreReadBothWays(t *testing.T) {
	t.Parallel()
	a := plain()
	total(&a)
	file := write(t, filing.Own(), filing.TextForm, []filing.Application{a})
	for _, changed := range [][]byte{bytes.ReplaceAll(file, []byte("\r\n"), []byte("\n")), append([]byte("\xEF\xBB\xBF"), file...), append(file, '\x1a')} {
		if v, _ := check(t, filing.Own(), changed); v.Outcome != filing.Approved {
			t.Errorf("%.20q…: %v", changed, v.Errors)
		}
	}
}

func TestFaultsNameWhatIsMeant(t *testing.T) {
	t.Parallel()
	a := plain()
	total(&a)
	for _, c := range []struct {
		form     filing.Form
		old, new string
		want     string
	}{
		{filing.TextForm, "\r\n31", "\r\n77", "Posttypen 77 är okänd."},
		{filing.TextForm, "\r\n20", "\r\n11", "Posten 20 saknas."},
		{filing.TextForm, "\r\n10", "\r\n\r\n10", `Posttypen "" är okänd.`},
		{filing.TextForm, "\r\n31", "\r\r\n31", "Fältet 30, position 105, innehåller tecknet U+000D, som inte är tillåtet."},
		{filing.TextForm, "Testgatan", "Test\x96atan", "Fältet ADRESS innehåller tecknet U+0096, som inte är tillåtet."},
		{filing.TextForm, "20261014", "20261314", "Fältet KRAVDATUM är inte ett datum som finns."},
		{filing.XMLForm, "<Svarande>", "<Okand/><Svarande>", "Elementet Okand är okänt här."},
		{filing.XMLForm, "<Svarande>", "<Svarande x=\"1\">", "Elementet Ansokan/Svarande har ett attribut som inte är tillåtet här."},
	} {
		file := bytes.Replace(write(t, filing.Own(), c.form, []filing.Application{a}), []byte(c.old), []byte(c.new), 1)
		v, _ := check(t, filing.Own(), file)
		if !slices.ContainsFunc(v.Errors, func(e filing.Error) bool { return e.Swedish == c.want }) {
			t.Errorf("%q: nothing says %q: %+v", c.new, c.want, head(v.Errors))
		}
	}
}
