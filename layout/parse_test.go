package layout

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestContradictions changes one place of the sound description and wants the
// problem on that very line, or on the line named by at.
func TestContradictions(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		t.Fatal(err)
	}
	v := library(t)
	for name, c := range map[string]struct {
		old, new string
		at       string // text of the line of the problem, if it is not the changed one
		want     string
	}{
		"syntax":                    {`edition     = "1.0"`, `edition     = 1.0"`, "", ""},
		"unknown setting":           {`valid_from  = "2026-01-01"`, `valid_form = "2026-01-01"`, "", `unknown setting "valid_form"`},
		"unknown field setting":     {`sv = "Alltid BIBL."`, `swedish = "Alltid BIBL."`, "", `unknown setting`},
		"other transaction":         {`transaction = "library.claim"`, `transaction = "library.loan"`, "", `the vocabulary is for "library.claim"`},
		"status":                    {`status      = "own"`, `status      = "mine"`, "", "wants own or official"},
		"valid_from":                {`valid_from  = "2026-01-01"`, `valid_from  = "2026-13-01"`, "", "is not a day"},
		"limit":                     {`document_bytes = 20000`, `document_bytes = 200000000`, "", "more than a document may hold"},
		"name token":                {`a = "{code}.LAN"`, `a = "{kod}.LAN"`, "", "unknown token {kod}"},
		"name brace":                {`a = "{code}.LAN"`, `a = "{code.LAN"`, "", "a { without }"},
		"name default":              {`default = "a"`, `default = "c"`, "", `generation "c" has no template`},
		"code twice":                {`text = "02"`, `text = "01"`, "[[code_list.value]]#2", `the text "01" stands twice`},
		"unknown symbol":            {`symbol = "record"`, `symbol = "tape"`, "[[text.record.field]]#14", `has no symbol "tape"`},
		"default kind":              {`"document.language" = "sv"`, `"document.day" = "soon"`, "", "is not a value of kind date"},
		"default key":               {`"document.language" = "sv"`, `"document.tongue" = "sv"`, "", `no key "document.tongue"`},
		"required unmapped":         {`"document.language" = "sv"`, ``, "[text]", "required key document.language stands in no text record"},
		"encoding":                  {"encoding = \"ISO-8859-1\"\nline_end", "encoding = \"latin1\"\nline_end", "", "wants ISO-8859-1 or UTF-8"},
		"line end":                  {`line_end = "CRLF"`, `line_end = "CR"`, "", "wants CRLF or LF"},
		"permitted outside":         {`permitted = "A-Z`, `permitted = "€ A-Z`, "", "outside the encoding"},
		"permitted backwards":       {`permitted = "A-Z`, `permitted = "Z-A`, "", "ends before it begins"},
		"permitted control":         {`permitted = "A-Z`, `permitted = "U+0007 A-Z`, "", "control characters"},
		"record type length":        {`type = "31"`, `type = "310"`, "", "is not 2 characters long"},
		"record type twice":         {`type = "31"`, `type = "30"`, "", "record type 30 stands twice"},
		"unknown group":             {"name_en = \"Note\"\ngroup = \"document.item\"", "name_en = \"Note\"\ngroup = \"document.items\"", "", `no group "document.items"`},
		"min above max":             {"min = 1\nmax = 3", "min = 4\nmax = 3", "[[text.record]]#3", "min 4 and max 3 contradict"},
		"beyond vocabulary":         {"min = 1\nmax = 3", "min = 1\nmax = 4", "[[text.record]]#3", "more often than the 3"},
		"beyond record":             {"position = 60\n  length = 8", "position = 76\n  length = 8", "[[text.record.field]]#9", "beyond the record length 80"},
		"overlap":                   {"position = 34\n  length = 1", "position = 33\n  length = 1", "[[text.record.field]]#8", "overlaps field SUMMA"},
		"overlap type":              {"position = 3\n  length = 4", "position = 2\n  length = 5", "[[text.record.field]]#1", "overlaps the record type"},
		"no position":               {"position = 60\n", "", "[[text.record.field]]#9", "wants a position from 1"},
		"unknown key":               {`key = "file.library"`, `key = "file.branch"`, "", `no key "file.branch"`},
		"key elsewhere":             {`key = "document.borrower.name"`, `key = "document.item.note"`, "[[text.record.field]]#11", "lies neither in document.borrower"},
		"unknown format":            {`format = "flag:J/N"`, `format = "bool"`, "", `unknown format "bool"`},
		"format argument":           {`format = "digits:zero"`, `format = "digits:3"`, "", "takes no argument"},
		"bad flag":                  {`format = "flag:J/N"`, `format = "flag:J/J"`, "", "two different values"},
		"bad decimals":              {`format = "rate:2"`, `format = "rate:5"`, "", "0 to 4 implied decimals"},
		"bad date":                  {`format = "date:yymmdd"`, `format = "date:ddmmyy"`, "", "no such way to write a date"},
		"kind mismatch":             {`format = "date:yymmdd"`, `format = "text"`, "[[text.record.field]]#13", "cannot carry document.borrower.guardian.born"},
		"length mismatch":           {"position = 73\n  length = 6", "position = 73\n  length = 7", "[[text.record.field]]#13", "its format date:yymmdd wants 6"},
		"const too long":            {`const:BIBL`, `const:BIBLI`, "[[text.record.field]]#1", "too short for its value"},
		"const not permitted":       {`const:BIBL`, `const:BI_L`, "[[text.record.field]]#1", "which is not permitted"},
		"unknown list":              {"key = \"document.item.kind\"\n  format = \"code:item_kind\"", "key = \"document.item.kind\"\n  format = \"code:kinds\"", `format = "code:kinds"`, `no code list "kinds"`},
		"extra with key":            {"length = 8\n  extra = true", "length = 8\n  extra = true\n  format = \"text\"\n  key = \"document.reference\"", "[[text.record.field]]#9", "has a key and is extra"},
		"no key":                    {"length = 8\n  extra = true", "length = 8\n  format = \"text\"", "[[text.record.field]]#9", "has no key"},
		"append without opener":     {"group = \"document.borrower\"\nmin = 1", "group = \"document.borrower\"\nappend = true\nmin = 1", "[[text.record]]#3", "which no record opens"},
		"set symbol":                {`set = { "document.item.kind" = "fee" }` + "\n  [[text", `set = { "document.item.kind" = "fine" }` + "\n  [[text", "", `has no symbol "fine"`},
		"set elsewhere":             {`set = { "document.item.kind" = "fee" }` + "\n  [[text", `set = { "document.reference" = "fee" }` + "\n  [[text", "", "does not belong to document.item"},
		"opener without key":        {"name = \"BELOPP\"\n  position = 5\n  length = 10\n  key = \"document.item.amount\"\n  format = \"amount:comma\"\n\n[[text.record]]\ntype = \"31\"", "name = \"BELOPP\"\n  position = 5\n  length = 10\n  format = \"filler\"\n\n[[text.record]]\ntype = \"31\"", "[text]", "is missing in some of the text records that open document.item"},
		"path in text":              {"length = 8\n  extra = true", "length = 8\n  path = \"x\"\n  extra = true", `path = "x"`, "path belongs to XML"},
		"xml root":                  {`root = "Boklan"`, `root = "1"`, "", "is not an element name"},
		"xml namespace":             {`namespace = "urn:x-test:bibliotek:1"`, `namespace = "urn x"`, "", "is not a URI"},
		"xml path collides":         {`path = "Summa"`, `path = "Datum"`, "", "collides"},
		"xml attribute collides":    {`path = "Start/Bibliotek"`, `path = "Start/@version"`, "", "collides with another attribute"},
		"xml container collides":    {`path = "Intern"`, `path = "Datum/Intern"`, "", "it is a container here"},
		"xml group collides":        {`path = "Poster/Avgift"`, `path = "Poster/Lan"`, "", "collides"},
		"xml name":                  {`path = "Namn"`, `path = "Na mn"`, "", "does not end in an element name"},
		"xml lines in attribute":    {"path = \"Text\"\n  key = \"document.item.note\"\n\n[[xml.group]]\ngroup = \"document.item\"", "path = \"@text\"\n  key = \"document.item.note\"\n\n[[xml.group]]\ngroup = \"document.item\"", "[[xml.group.field]]#17", "an attribute cannot carry"},
		"xml required missing":      {"path = \"Start/Bibliotek\"\n  key = \"file.library\"", "path = \"Start/Bibliotek\"\n  name = \"B\"\n  extra = true", "[xml]", "required key file.library stands in no element"},
		"xml position":              {"path = \"Summa\"\n", "path = \"Summa\"\n  position = 3\n", "path = \"Summa\"\n  position", "position belongs to text records"},
		"xml min of shared":         {"path = \"Poster/Lan\"", "path = \"Poster/Lan\"\nmin = 2", "[xml]", "cannot be set where several elements"},
		"xml group before its base": {"[[xml.group]]\ngroup = \"document\"\npath = \"Arende\"", "[[xml.group]]\ngroup = \"document\"\norder = 9\npath = \"Arende\"", "[[xml.group]]#3", "stands before the group around it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := strings.Replace(string(source), c.old, c.new, 1)
			if changed == string(source) {
				t.Fatalf("the description does not hold %q", c.old)
			}
			_, err := Parse("lib.toml", []byte(changed), v)
			if err == nil {
				t.Fatal("was taken")
			}
			line := lineOf(t, changed, c.at, strings.Index(string(source), c.old), c.old, c.new)
			want := fmt.Sprintf("lib.toml:%d: ", line)
			if !hasLine(err.Error(), want, c.want) {
				t.Errorf("wants %s… %s; got\n%v", want, c.want, err)
			}
		})
	}
}

// lineOf finds the line of the n-th occurrence of at ("text#n"), or of the
// first change.
func lineOf(t *testing.T, text, at string, offset int, old, new string) int {
	if at == "" {
		for offset < len(text) && len(old) > 0 && len(new) > 0 && old[0] == new[0] {
			old, new, offset = old[1:], new[1:], offset+1
		}
		return 1 + strings.Count(text[:offset], "\n")
	}
	n := 1
	if i := strings.LastIndexByte(at, '#'); i > 0 {
		if _, err := fmt.Sscan(at[i+1:], &n); err != nil {
			t.Fatal(err)
		}
		at = at[:i]
	}
	found := 0
	for range n {
		i := strings.Index(text[found:], at)
		if i < 0 {
			t.Fatalf("no %q", at)
		}
		found += i + len(at)
	}
	return 1 + strings.Count(text[:found], "\n")
}

func hasLine(all, prefix, part string) bool {
	for line := range strings.Lines(all) {
		if strings.HasPrefix(line, prefix) && strings.Contains(line, part) {
			return true
		}
	}
	return false
}

func TestParseFindsAllProblems(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/library.toml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer(`status      = "own"`, `status = "x"`, `line_end = "CRLF"`, `line_end = "x"`, `root = "Boklan"`, `root = "?"`).Replace(string(source))
	_, err = Parse("lib.toml", []byte(text), library(t))
	if err == nil || strings.Count(err.Error(), "lib.toml:") != 3 {
		t.Errorf("got %v", err)
	}
}

func TestDerivations(t *testing.T) {
	t.Parallel()
	v := library(t)
	for rule, want := range map[string]string{
		`"file.total" = "sum:document.item.amount"`:     "",
		`"file.documents" = "count:document"`:           "",
		`"document.total" = "sum:document.item.amount"`: "",
		`"file.documents" = "count:documents"`:          `no group "documents"`,
		`"file.total" = "count:document"`:               "kind integer",
		`"file.documents" = "sum:document.total"`:       "two keys of kind amount",
		`"file.library" = "copy:document.reference"`:    "neither in the file group nor around",
		`"document.reference" = "copy:file.sequence"`:   "different kinds",
		`"document.total" = "twice:document.total"`:     "unknown rule",
	} {
		source := strings.Replace(paddedDescription, `"padded"`, `"library.claim"`, 1) + "\n[derive]\n" + rule + "\n"
		_, err := Parse("d.toml", []byte(source), v)
		at := fmt.Sprintf("d.toml:%d: ", strings.Count(source, "\n"))
		if got := err != nil && strings.Contains(err.Error(), at); got != (want != "") || want != "" && !hasLine(err.Error(), at, want) {
			t.Errorf("%s: wants %q at %s, got %v", rule, want, at, err)
		}
	}
}
