package sandbox

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"filtjanst/filing"
)

// flaw is one thing that is wrong with a file, and where the receipt says that
// it is.
type flaw struct {
	name   string
	form   filing.Form
	spoil  func(string) string
	want   filing.Code
	at     string // what stands at the place, in the spoilt file; "" = its end
	record string
	field  string
	in     int // document; 0: the file
}

func flaws() []flaw {
	return slices.Concat(cutFiles(), miscoded(), misplaced(), wrongTotals(), hostile())
}

// lastLine is the last line of the file of reference in text.
const lastLine = "990000002"

func cutFiles() []flaw {
	const text, xml = filing.TextForm, filing.XMLForm
	return []flaw{
		{name: "empty", form: text, spoil: func(string) string { return "" }, want: "F101"},
		{name: "cut in a record", form: text, spoil: first(2000), want: "F111"},
		{name: "cut after a record", form: text, spoil: before("1026-0000002"), want: "F111"},
		{name: "no end record", form: text, spoil: before(lastLine), want: "F111"},
		{name: "cut in an element", form: xml, spoil: first(2000), want: "F119", record: "Ansokan/Delkrav", in: 1},
		{name: "no end tag", form: xml, spoil: before("\n</AnsokanFil>"), want: "F119"},
		{name: "data after the end", form: text, spoil: then("1026-0000003\r\n"), want: "F120", at: "1026-0000003"},
		{name: "data after the end", form: xml, spoil: then("<a/>"), want: "F120", at: "<a/>"},
	}
}

func miscoded() []flaw {
	const text, xml = filing.TextForm, filing.XMLForm
	return []flaw{
		{name: "UTF-8", form: text, spoil: utf8Of, want: "F121", at: "11 16557", in: 1},
		{name: "UTF-8 said to be ISO 8859-1", form: xml, spoil: utf8Of, want: "F121", at: "ProvkÃ¶ping", record: "Ansokan/Sokande/Postort", field: "Postort", in: 1},
		{name: "ISO 8859-1 said to be UTF-8", form: xml, spoil: replaced("ISO-8859-1", "UTF-8"), want: "F121", at: "öping", record: "Ansokan/Sokande/Postort", in: 1},
		{name: "UTF-16", form: text, spoil: utf16Of, want: "F121", at: "ÿþ"},
		{name: "UTF-16", form: xml, spoil: utf16Of, want: "F121", at: "ÿþ"},
		{name: "character not permitted", form: text, spoil: replaced("Obetald", "Ob¤tald"), want: "D122", at: "Ob¤tald", record: "31", field: "TEXT", in: 1},
		{name: "control character", form: text, spoil: replaced("Obetald", "Ob\atald"), want: "D122", at: "Ob\atald", record: "31", field: "TEXT", in: 1},
		{name: "control character", form: xml, spoil: replaced("Obetald", "Ob&#7;tald"), want: "F140", at: "&#7;tald", record: "Ansokan/Delkrav/AnsokanGrundText", in: 1},
	}
}

func misplaced() []flaw {
	const text, xml = filing.TextForm, filing.XMLForm
	return []flaw{
		{name: "records out of order", form: text, spoil: swapped("11 ", "20 "), want: "D113", at: "11 16557", record: "11", in: 1},
		{name: "elements out of order", form: xml, spoil: moved("      <Belopp>17432.62</Belopp>\n", "    <Delkrav>\n"), want: "D144", at: "<Delkravstyp>", record: "Ansokan/Delkrav/Delkravstyp", in: 1},
		{name: "unknown record", form: text, spoil: replaced("\r\n11 16557", "\r\n77 16557"), want: "D112", at: "77 16557", in: 1},
		{name: "unknown element", form: xml, spoil: replaced("<Summa>77041.00</Summa>", "<Summa>77041.00</Summa><Mer/>"), want: "D143", at: "<Mer/>", record: "Ansokan", in: 1},
		{name: "no start record", form: text, spoil: from("1026-0000001"), want: "F110", at: "1026-0000001", in: 1},
		{name: "date that does not exist", form: text, spoil: replaced("20261014", "20260230"), want: "D129", at: "20260230", record: "10", field: "KRAVDATUM", in: 1},
		{name: "wrong digit", form: text, spoil: replaced(personal, personalWrong), want: "D207", at: personalWrong, record: "20", field: "IDNUMMER", in: 1},
		{name: "wrong digit", form: xml, spoil: replaced(personal, personalWrong), want: "D207", at: personalWrong, record: "Ansokan/Svarande/IdNummer", field: "IdNummer", in: 1},
		{name: "reference twice", form: text, spoil: replaced("26-0000002", "26-0000001"), want: "D301", at: "26-0000001 ", record: "10", field: "REFERENS", in: 2},
		{name: "reference twice", form: xml, spoil: replaced("26-0000002", "26-0000001"), want: "D301", at: "26-0000001<", record: "Ansokan/EgenReferens", field: "EgenReferens", in: 2},
	}
}

func wrongTotals() []flaw {
	const text, xml = filing.TextForm, filing.XMLForm
	const number, sum = "Huvud/AntalAnsokningar", "Huvud/SummaAnsokningar"
	return []flaw{
		{name: "number", form: text, spoil: replaced("990000002", "990000003"), want: "F230", at: "0000003", record: "99", field: "ANTAL"},
		{name: "number", form: xml, spoil: replaced("ngar>2<", "ngar>3<"), want: "F230", at: "3<", record: number, field: number},
		{name: "sum", form: text, spoil: replaced("11533227", "11533228"), want: "F231", at: "00000000011533228", record: "99", field: "SUMMA"},
		{name: "sum", form: xml, spoil: replaced("115332.27", "115332.28"), want: "F231", at: "115332.28<", record: sum, field: sum},
		{name: "total", form: text, spoil: replaced("7704100", "7704200"), want: "D302", at: "000000007704200", record: "10", field: "SUMMA", in: 1},
		{name: "total", form: xml, spoil: replaced(">77041.00", ">77042.00"), want: "D302", at: "77042.00<", record: "Ansokan/Summa", field: "Summa", in: 1},
	}
}

func hostile() []flaw {
	const text, xml = filing.TextForm, filing.XMLForm
	return []flaw{
		{name: "endless line", form: text, spoil: replaced("20 1969", "20 1969"+strings.Repeat("x", 4<<20)), want: "F118", at: "20 1969", in: 2},
		{name: "endless line", form: xml, spoil: chain(before("<Namn>"), then("<Namn>Exempelfordran AB"+strings.Repeat("x", 4<<20))), want: "F138", at: "Exempelfordran ABx", record: "Ansokan/Sokande/Namn", in: 1},
		{name: "endless name", form: xml, spoil: chain(before("<Namn>"), then("<"+strings.Repeat("x", 4<<20))), want: "F138", at: "<xxx", record: "Ansokan/Sokande", in: 1},
		{name: "bomb", form: xml, spoil: bomb, want: "F141", at: "<!DOCTYPE"},
		{name: "entity of a file", form: xml, spoil: replaced("<AnsokanFil", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><AnsokanFil`), want: "F141", at: "<!DOCTYPE"},
		{name: "a million levels", form: xml, spoil: replaced("<Summa>", strings.Repeat("<a>", 1_000_000)+"<Summa>"), want: "F142", at: "<a>", record: "Ansokan", in: 1},
		{name: "bytes of nothing", form: text, spoil: func(string) string { return strings.Repeat("\x81\x02\x03", 30_000) }, want: "F110", at: "\x81"},
	}
}

// spoilt is the batch of reference with the flaw, in bytes.
func (f flaw) spoilt(t *testing.T, b batch) []byte {
	t.Helper()
	return latin1(f.spoil(fromLatin1(b.file(t))))
}

// TestFlawedFilesOverSHS: each is refused with its place, and nothing of it is
// left but the receipt.
func TestFlawedFilesOverSHS(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "ABC")
	for _, f := range flaws() {
		t.Run(string(f.form)+" "+f.name, func(t *testing.T) {
			b := batch{code: "ABC", sequence: 1, cases: 2, seed: 3, form: f.form}
			content := f.spoilt(t, b)
			if _, err := p.send(t.Context(), newID(), b.asFile(content), b.asNote(b.note(t))); err != nil {
				t.Fatal(err)
			}
			answers, confirms := p.receipts(t)
			if len(answers) != 1 || confirms != 1 {
				t.Fatalf("%d receipts and %d confirms, want one of each", len(answers), confirms)
			}
			f.judge(t, answers[0], content)
			if answers[0].Expected != 1 {
				t.Errorf("the number expected next is %d, want 1", answers[0].Expected)
			}
			if diff := cmp.Diff(standing{Expected: 1}, standingOf(t, s, "ABC")); diff != "" {
				t.Errorf("left behind (-want +got):\n%s", diff)
			}
		})
	}
	approvedAfterAll(t, s, p)
}

// TestFlawedFilesOverETransport uploads the file and, where the file waits for
// one, the note.
func TestFlawedFilesOverETransport(t *testing.T) {
	t.Parallel()
	s := opened(t)
	p := outsideOf(t, s.Ready(), "DEF")
	for _, f := range flaws() {
		t.Run(string(f.form)+" "+f.name, func(t *testing.T) {
			b := batch{code: "DEF", sequence: 1, cases: 2, seed: 3, form: f.form}
			content := f.spoilt(t, b)
			last := p.mustUpload(t, b.asFile(content))
			if last.Outcomes[0] == string(filing.Waiting) {
				last = p.mustUpload(t, b.asNote(b.note(t)))
			}
			if diff := cmp.Diff([]string{string(filing.Rejected)}, last.Outcomes); diff != "" {
				t.Errorf("outcome (-want +got):\n%s", diff)
			}
			answers, confirms := p.receipts(t)
			if len(answers) != 1 || confirms != 0 {
				t.Fatalf("%d receipts and %d confirms, want one and none", len(answers), confirms)
			}
			f.judge(t, answers[0], content)
			if next := answers[0].Expected; next != 1 && answers[0].PartyCode != "" {
				t.Errorf("the number expected next is %d, want 1", next)
			}
			if diff := cmp.Diff(standing{Expected: 1}, standingOf(t, s, "DEF")); diff != "" {
				t.Errorf("left behind (-want +got):\n%s", diff)
			}
		})
	}
	approvedAfterAll(t, s, p)
}

// judge holds the receipt against the flaw.
func (f flaw) judge(t *testing.T, r answer, content []byte) {
	t.Helper()
	e := rejectedFor(t, r, f.want)
	if blamed := r.Counts["F253"] + r.Counts["F254"]; blamed > 0 && r.Counts["F230"]+r.Counts["F231"] == 0 {
		t.Errorf("the note is blamed for what was cut off: %v", r.Counts)
	}
	if e.Record != f.record || e.Field != f.field || e.Document != f.in {
		t.Errorf("at record %q, field %q, document %d; want %q, %q, %d", e.Record, e.Field, e.Document, f.record, f.field, f.in)
	}
	if hasReference := e.Reference != ""; hasReference != (f.in > 0) {
		t.Errorf("document %d has reference %q", f.in, e.Reference)
	}
	if e.Offset < 0 || e.Offset > int64(len(content)) {
		t.Fatalf("at byte %d of %d", e.Offset, len(content))
	}
	there := content[e.Offset:]
	if !bytes.HasPrefix(there, latin1(f.at)) || f.at == "" && len(bytes.TrimSpace(there)) > 0 {
		t.Errorf("at byte %d stands %q, want %q", e.Offset, there[:min(20, len(there))], f.at)
	}
	if line := lineAt(content, e.Offset); e.Line != line && len(content) > 0 {
		t.Errorf("on line %d, but byte %d is on line %d", e.Line, e.Offset, line)
	}
	if bytes.Contains(r.raw, []byte(personalWrong)) || bytes.Contains(r.raw, []byte(personal)) {
		t.Error("the receipt shows a personal number")
	}
}

// lineAt is the line on which the byte stands; the end of the file is on its
// last line.
func lineAt(content []byte, offset int64) int64 {
	upTo := content[:offset]
	if int(offset) == len(content) {
		upTo = bytes.TrimSuffix(upTo, []byte("\n"))
	}
	return 1 + int64(bytes.Count(upTo, []byte("\n")))
}

// approvedAfterAll: what was refused has left the way open for the right file,
// which the evening reads in alone.
func approvedAfterAll(t *testing.T, s *Sandbox, p *outside) {
	t.Helper()
	b := batch{code: p.filer.Code, sequence: 1, cases: 2, seed: 3, form: filing.TextForm}
	if _, err := p.send(t.Context(), newID(), b.asFile(b.file(t)), b.asNote(b.note(t))); err != nil {
		t.Fatal(err)
	}
	answers, _ := p.receipts(t)
	if len(answers) != 1 || answers[0].Outcome != filing.Approved || answers[0].Expected != 2 {
		t.Fatalf("the right file: %s", answers[0].raw)
	}
	evening(t, s)
	all := p.confirmations(t)
	if len(all) != 1 || all[0].Sequence != 1 || len(all[0].Lines) != 2 {
		t.Errorf("confirmations %+v, want one of 2 cases", all)
	}
}
