package shs

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLabelIsReadAndWrittenAsInTheSample(t *testing.T) {
	t.Parallel()
	l, err := ReadLabel(bytes.NewReader(latin1(sampleXML)))
	wantCode(t, err, "")
	if diff := cmp.Diff(sampleLabel(), l); diff != "" {
		t.Errorf("label read (-want +got):\n%s", diff)
	}
	doc, err := l.Marshal()
	wantCode(t, err, "")
	if diff := cmp.Diff(string(latin1(sampleXML)), string(doc)); diff != "" {
		t.Errorf("label written (-want +got):\n%s", diff)
	}
}

func TestLabelFaults(t *testing.T) {
	t.Parallel()
	const (
		from = `<from commonName="Inkasso Test AB">urn:X-shs:5560000167</from>`
		to   = `<to commonName="Mottagaren">urn:X-shs:2021000001</to>`
		prod = `<product commonName="Ansökan">urn:X-shs:` + product + `</product>`
		data = `<data datapartType="ansokan" filename="ABC.ANSOKAN" no-of-bytes="11"/>`
		date = `<datetime>2025-11-03T08:15:00</datetime>`
	)
	tests := map[string]struct {
		old, new string
		want     Code
	}{
		"as it stands":                 {from, from, ""},
		"no sender":                    {from, ``, IllegalSender},
		"blank sender":                 {from, `<from commonName=""> </from>`, IllegalSender},
		"blank sender and originator":  {from, `<originator/><from commonName=""/>`, IllegalSender},
		"originator alone":             {from, `<originator name="x">urn:X-shs:5560000167</originator>`, ""},
		"two senders":                  {from, from + from, IllegalSender},
		"two originators":              {from, `<originator>1</originator><originator>2</originator>`, IllegalSender},
		"malformed sender":             {from, `<from commonName="">urn:X-shs:55600</from>`, IllegalSender},
		"malformed receiver":           {to, `<to>urn:X-shs:Mottagaren</to>`, IllegalReceiver},
		"blank receiver":               {to, `<to/>`, IllegalReceiver},
		"product addressing":           {to, ``, ""},
		"no product":                   {prod, ``, IllegalProductType},
		"blank product":                {prod, `<product/>`, IllegalProductType},
		"product in attribute":         {prod, `<product value="` + product + `"/>`, IllegalProductType},
		"product not a UUID":           {prod, `<product>urn:X-shs:abc</product>`, IllegalProductType},
		"product without a hyphen":     {prod, `<product>111111112222-4333-8444-555555555555</product>`, IllegalProductType},
		"product with a blank":         {prod, `<product>11111111-2222-4333-8444-55555555 5555</product>`, IllegalProductType},
		"special product":              {prod, `<product>urn:x-SHS:confirm</product>`, ""},
		"no sequence type":             {` sequence-type="event"`, ``, IllegalMessageStructure},
		"unknown sequence type":        {`"event"`, `"events"`, IllegalMessageStructure},
		"unknown status":               {`status="test"`, `status="demo"`, IllegalMessageStructure},
		"compound":                     {data, `<compound no-of-parts="2"/>`, IllegalMessageStructure},
		"compound and data":            {data, data + `<compound no-of-parts="2"/>`, IllegalMessageStructure},
		"compound by attribute":        {`message-type="simple"`, `message-type="compound"`, IllegalMessageStructure},
		"synchronous adm":              {`transfer-type="asynch" message-type="simple" document-type="simple" sequence-type="event"`, `transfer-type="synch" sequence-type="adm"`, IllegalMessageStructure},
		"no tx.id":                     {` tx.id="` + txA + `"`, ``, IllegalMessageStructure},
		"tx.id that would cut headers": {` tx.id="` + txA + `"`, ` tx.id="a&#13;&#10;b"`, IllegalMessageStructure},
		"no corr.id":                   {` corr.id="` + txA + `"`, ``, IllegalMessageStructure},
		"content.id over 36":           {content, content + "-confirm", ""},
		"no content":                   {`<content content.id="` + content + `">` + data + `</content>`, ``, IllegalMessageStructure},
		"no datetime":                  {date, ``, IllegalMessageStructure},
		"date only":                    {date, `<datetime>2025-11-03</datetime>`, ""},
		"not a date":                   {date, `<datetime>igår</datetime>`, IllegalMessageStructure},
		"version 2":                    {`version="1.2" tx`, `version="2.0" tx`, IllegalMessageStructure},
		"no version":                   {` version="1.2" tx`, ` tx`, ""},
		"version 1.2.01":               {`version="1.2" tx`, `version="1.2.01" tx`, ""},
		"another root":                 {`shs.label version`, `shs.etikett version`, IllegalMessageStructure},
		"a second root":                {`</shs.label>`, `</shs.label><x/>`, IllegalMessageStructure},
		"cut off":                      {`</content></shs.label>`, ``, IllegalMessageStructure},
		"attribute twice":              {` status="test"`, ` status="test" status="test"`, IllegalMessageStructure},
		"internal subset":              {`"shs-label-1.2.dtd">`, `"shs-label-1.2.dtd" [<!ENTITY a "b">]>`, IllegalMessageStructure},
		"entity":                       {`>17<`, `>&xxe;<`, IllegalMessageStructure},
		"standalone":                   {`"ISO-8859-1"?>`, `"ISO-8859-1" standalone="yes"?>`, ""},
		"no document type":             {`<!DOCTYPE shs.label SYSTEM "shs-label-1.2.dtd">`, ``, ""},
		"unknown character set":        {`"ISO-8859-1"?>`, `"EBCDIC"?>`, IllegalMessageStructure},
		"wrong number of bytes":        {`no-of-bytes="11"`, `no-of-bytes="elva"`, ""},
		"deep":                         {data, strings.Repeat("<a>", 40) + strings.Repeat("</a>", 40), IllegalMessageStructure},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(sampleXML, test.old) {
				t.Fatalf("the sample does not hold %q", test.old)
			}
			changed := strings.Replace(sampleXML, test.old, test.new, 1)
			if test.old == `shs.label version` {
				changed = strings.Replace(changed, `</shs.label>`, `</shs.etikett>`, 1)
			}
			_, err := ReadLabel(bytes.NewReader(latin1(changed)))
			wantCode(t, err, test.want)
		})
	}
}

func TestLabelDefaultsAreSet(t *testing.T) {
	t.Parallel()
	doc := `<shs.label tx.id="a" corr.id="b" sequence-type="event"><from commonName="">5560000167</from><product>error</product><datetime>2025-11-03T08:15:00</datetime><content content.id="c"/></shs.label>`
	l, err := ReadLabel(strings.NewReader(doc))
	wantCode(t, err, "")
	got := []string{string(l.Transfer), string(l.MessageType), string(l.DocumentType), string(l.Status), l.Version}
	if diff := cmp.Diff([]string{"asynch", "simple", "simple", "production", ""}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLabelOfVersion11(t *testing.T) {
	t.Parallel()
	doc := `<shs.label version="1.1" tx.id="a" corr.id="b" sequence-type="request"><from commonName="">5560000167</from><product>confirm</product><datetime>2025-11-03T08:15:00</datetime>` +
		`<content uuid="` + content + `"><data filename="x"/></content><history node.id="n" content.id="c" tx.id="a" product.id="p" corr.id="b"><datetime>2025-11-03T08:15:01</datetime></history></shs.label>`
	l, err := ReadLabel(strings.NewReader(doc))
	wantCode(t, err, "")
	if l.Content.ID != content || len(l.History) != 1 || l.History[0].NodeID != "n" {
		t.Errorf("got %+v", l)
	}
}

func TestLabelCharacterSets(t *testing.T) {
	t.Parallel()
	declared := func(name string) string { return strings.Replace(sampleXML, "ISO-8859-1", name, 1) }
	tests := map[string]struct {
		doc     []byte
		subject string
		warned  bool
	}{
		"latin-1":                     {latin1(sampleXML), "Ansökan", false},
		"utf-8":                       {[]byte(declared("UTF-8")), "Ansökan", false},
		"mark goes before declared":   {append([]byte("\xEF\xBB\xBF"), sampleXML...), "Ansökan", false},
		"utf-8 declared latin-1":      {[]byte(sampleXML), "AnsÃ¶kan", true},
		"windows-1252":                {latin1(declared("windows-1252")), "Ansökan", false},
		"us-ascii with high bytes":    {latin1(declared("us-ascii")), "Ansökan", false},
		"nothing declared, latin-1":   {latin1(strings.Replace(sampleXML, ` encoding="ISO-8859-1"`, "", 1)), "Ansökan", true},
		"nothing declared, utf-8":     {[]byte(strings.Replace(sampleXML, ` encoding="ISO-8859-1"`, "", 1)), "Ansökan", false},
		"utf-16, little end first":    {utf16LE(declared("UTF-16")), "Ansökan", false},
		"lower case, single quotes":   {latin1(strings.Replace(sampleXML, `"ISO-8859-1"`, `'iso-8859-1'`, 1)), "Ansökan", false},
		"character reference, euro":   {latin1(strings.Replace(sampleXML, "<subject>Ansökan", "<subject>&#8364;", 1)), "€", false},
		"iso-8859-15 with a euro":     {latin1(strings.Replace(declared("ISO-8859-15"), "<subject>Ansökan", "<subject>\u00a4", 1)), "€", false},
		"cdata and surrounding space": {latin1(strings.Replace(sampleXML, "<subject>Ansökan", "<subject>\n <![CDATA[A & B]]> ", 1)), "A & B", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := ReadLabel(bytes.NewReader(test.doc))
			wantCode(t, err, "")
			if l.Subject != test.subject {
				t.Errorf("subject %q, want %q", l.Subject, test.subject)
			}
			if warned := len(l.Warnings) > 0; warned != test.warned {
				t.Errorf("warnings %q, want some: %v", l.Warnings, test.warned)
			}
		})
	}
	_, err := ReadLabel(bytes.NewReader(latin1(declared("UTF-8"))))
	wantCode(t, err, IllegalMessageStructure)
}

func utf16LE(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

func TestLabelSizeIsBounded(t *testing.T) {
	t.Parallel()
	padded := func(n int) []byte {
		return latin1(strings.Replace(sampleXML, "<meta", strings.Repeat(" ", n)+"<meta", 1))
	}
	_, err := ReadLabel(bytes.NewReader(padded(LabelLimit - len(latin1(sampleXML)))))
	wantCode(t, err, "")
	_, err = ReadLabel(bytes.NewReader(padded(LabelLimit)))
	wantCode(t, err, IllegalMessageStructure)
	many := strings.Replace(sampleXML, "<subject>", strings.Repeat("<a/>", 100_000)+"<subject>", 1)
	_, err = ReadLabel(bytes.NewReader(latin1(many)))
	wantCode(t, err, IllegalMessageStructure)
}

func TestLabelWriterRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*Label){
		"long content.id":     func(l *Label) { l.Content.ID = content + "0" },
		"no datetime":         func(l *Label) { l.Datetime = time.Time{} },
		"no sender":           func(l *Label) { l.From = nil },
		"control character":   func(l *Label) { l.Subject = "a\x01b" },
		"invalid UTF-8":       func(l *Label) { l.Subject = "a\xffb" },
		"no sequence type":    func(l *Label) { l.Sequence = "" },
		"compound":            func(l *Label) { l.Content.CompoundParts = "2" },
		"illegal code points": func(l *Label) { l.Subject = "\uFFFE" },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := sampleLabel()
			change(l)
			if doc, err := l.Marshal(); err == nil {
				t.Errorf("written as %s", doc)
			}
		})
	}
}

// What is written is read back the same, on one line of ASCII and Latin-1.
func TestLabelRoundTrip(t *testing.T) {
	t.Parallel()
	text := rapid.StringMatching(`[a-zA-Z0-9<>&"'åäöÅÄÖé€ш]([ -~åäö€\n\t\r]{0,20}[a-zåäö>"&])?`)
	rapid.Check(t, func(t *rapid.T) {
		l := sampleLabel()
		l.Subject = text.Draw(t, "subject")
		l.Originator = &Ref{Value: "Ursprung", Name: text.Draw(t, "name"), LabeledURI: "http://a/?b&c"}
		l.EndRecipient = &Ref{Value: text.Draw(t, "end recipient")}
		l.Meta = append(l.Meta, Meta{text.Draw(t, "meta name"), text.Draw(t, "meta value")})
		l.Content.Comment = text.Draw(t, "comment")
		l.Content.Data = append(l.Content.Data, Data{Type: text.Draw(t, "type"), Filename: text.Draw(t, "filename"), Records: rapid.Int64Range(0, 1<<40).Draw(t, "records")})
		l.History = []History{Received(l, "nod-b", "5d2f", sampleTime())}
		doc, err := l.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(doc, []byte("\n")); lines != 2 || !bytes.Contains(doc, []byte("\n<shs.label version=")) {
			t.Fatalf("not on one line: %q", doc)
		}
		back, err := ReadLabel(bytes.NewReader(doc))
		if err != nil {
			t.Fatal(err)
		}
		back.Warnings = nil
		if diff := cmp.Diff(l, back); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}
