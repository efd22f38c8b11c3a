package layout

import "testing"

// bulletin is the vocabulary of an invented transaction whose documents are of
// several sorts, each a group of its own.
func bulletin(t testing.TB) *Vocabulary {
	t.Helper()
	v, err := NewVocabulary("bulletin", &Group{Keys: []Key{{Name: "number", Kind: Integer, Required: true}, {Name: "documents", Kind: Integer}}},
		&Group{
			Keys: []Key{{Name: "action", Kind: Code, Required: true, Symbols: []string{"add", "remove"}}, {Name: "reference", Kind: Text, Required: true}, {Name: "remark", Kind: Text, Lines: true}},
			Groups: []*Group{
				{Name: "flood", Max: 1, Keys: []Key{{Name: "level", Kind: Integer, Required: true}},
					Groups: []*Group{{Name: "river", Keys: []Key{{Name: "name", Kind: Text, Required: true}, {Name: "day", Kind: Date}}}}},
				{Name: "storm", Max: 1, Keys: []Key{{Name: "wind", Kind: Integer, Required: true}, {Name: "from", Kind: Text}}},
				{Name: "works", Max: 1, Keys: []Key{{Name: "office", Kind: Text}},
					Groups: []*Group{{Name: "road", Max: 1, Keys: []Key{{Name: "name", Kind: Text, Required: true}}}}},
				{Name: "place", Max: 1, Keys: []Key{{Name: "town", Kind: Text}}},
				{Name: "witness", Max: 3, Keys: []Key{{Name: "name", Kind: Text, Required: true}}},
			}})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

const bulletinHead = `transaction = "bulletin"
edition = "1"
status = "own"
title_sv = "Meddelanden"
[[code_list]]
name = "action"
value = [ { symbol = "add", text = "N" }, { symbol = "remove", text = "B" } ]
`

const bulletinText = `[text]
encoding = "ISO-8859-1"
line_end = "LF"
short = true
record_type = { position = 1, length = 2 }
[[text.record]]
type = "00"
group = "file"
min = 1
max = 1
field = [ { name = "NUMMER", position = 3, length = 5, key = "file.number", format = "integer" } ]
[[text.record]]
type = "01"
group = "document.flood"
opens = true
name_sv = "Översvämning"
field = [ { name = "ATG", position = 3, length = 1, key = "document.action", format = "code:action" }, { name = "REF", position = 4, length = 8, key = "document.reference", format = "text" }, { name = "NIVA", position = 12, length = 4, key = "document.flood.level", format = "integer" }, { name = "ORT", position = 16, length = 10, key = "document.place.town", format = "text" } ]
[[text.record]]
type = "11"
group = "document.flood.river"
field = [ { name = "REF", position = 4, length = 8, key = "document.reference", format = "text" }, { name = "NAMN", position = 12, length = 10, key = "document.flood.river.name", format = "text" }, { name = "DAG", position = 22, length = 6, key = "document.flood.river.day", format = "date:yymmdd" } ]
[[text.record]]
type = "02"
group = "document.storm"
opens = true
variant = { position = 3, length = 1, value = "N" }
field = [ { name = "ATG", position = 3, length = 1, key = "document.action", format = "code:action" }, { name = "REF", position = 4, length = 8, key = "document.reference", format = "text" }, { name = "VIND", position = 12, length = 4, key = "document.storm.wind", format = "integer" }, { name = "FRAN", position = 16, length = 2, key = "document.storm.from", format = "text" } ]
[[text.record]]
type = "02"
group = "document.storm"
opens = true
variant = { position = 3, length = 1, value = "B" }
set = { "document.action" = "remove" }
field = [ { name = "REF", position = 4, length = 8, key = "document.reference", format = "text" }, { name = "VIND", position = 12, length = 4, key = "document.storm.wind", format = "integer" } ]
[[text.record]]
type = "03"
group = "document.works.road"
opens = true
field = [ { name = "ATG", position = 3, length = 1, key = "document.action", format = "code:action" }, { name = "REF", position = 4, length = 8, key = "document.reference", format = "text" }, { name = "KONTOR", position = 12, length = 8, key = "document.works.office", format = "text" }, { name = "VAG", position = 20, length = 8, key = "document.works.road.name", format = "text" } ]
[[text.record]]
type = "20"
group = "document"
append = true
field = [ { name = "TEXT", position = 3, length = 20, key = "document.remark", format = "text" } ]
[[text.record]]
type = "30"
group = "document.witness"
field = [ { name = "NAMN", position = 3, length = 20, key = "document.witness.name", format = "text" } ]
[[text.record]]
type = "99"
group = "file"
min = 1
max = 1
field = [ { name = "ANTAL", position = 3, length = 5, key = "file.documents", format = "integer" } ]
`

const bulletinXML = `[xml]
root = "Meddelanden"
encoding = "UTF-8"
[[xml.group]]
group = "file"
field = [ { path = "Nummer", key = "file.number" } ]
[[xml.group]]
group = "document"
path = "Poster/Post"
field = [ { path = "@atgard", key = "document.action", format = "code:action" }, { path = "Referens", key = "document.reference" } ]
[[xml.group]]
group = "document.flood"
path = "Oversvamning"
choice = true
field = [ { path = "Niva", key = "document.flood.level" } ]
[[xml.group]]
group = "document.storm"
path = "Storm"
choice = true
field = [ { path = "Vind", key = "document.storm.wind" }, { path = "Fran", key = "document.storm.from" } ]
[[xml.group]]
group = "document.works"
path = "Arbete"
choice = true
field = [ { path = "Kontor", key = "document.works.office" } ]
[[xml.group]]
group = "document.works.road"
path = "Vag"
min = 1
field = [ { path = "Namn", key = "document.works.road.name" } ]
[[xml.group]]
group = "document.flood.river"
path = "Vattendrag"
field = [ { path = "Namn", key = "document.flood.river.name" }, { path = "Dag", key = "document.flood.river.day" } ]
[[xml.group]]
group = "document.place"
path = "Plats"
field = [ { path = "Ort", key = "document.place.town" } ]
[[xml.group]]
group = "document.witness"
path = "Vittnen/Vittne"
field = [ { path = "Namn", key = "document.witness.name" } ]
[[xml.group]]
group = "document"
path = "Poster/Post"
field = [ { path = "Anmarkning", key = "document.remark" } ]
[[xml.group]]
group = "file"
field = [ { path = "Antal", key = "file.documents" } ]
`

func bulletinLayout(t testing.TB) *Layout {
	t.Helper()
	return parsed(t, bulletinHead+bulletinText+bulletinXML, bulletin(t))
}

const bulletinFile = "0000007\n01NA-1     0120Lund\n11 A-1     Höje å    260301\n11 A-1     Kävlinge\n20Första\n20Andra\n30Ada\n02NA-2     0031NV\n02BA-3     0018\n30Bo\n03NA-4     Vägen   Rv 40\n9900004\n"

func bulletinDocument(v *Vocabulary) *Tree {
	doc := NewTree(v, DocumentGroup)
	doc.SetSymbol(0, v.MustKey("document.action"), "add")
	doc.SetText(0, v.MustKey("document.reference"), "R")
	return doc
}

func storm(t *Tree) {
	v := t.Vocabulary()
	t.SetNum(t.Add(0, v.MustGroup("document.storm")), v.MustKey("document.storm.wind"), 1)
}

func flood(t *Tree) {
	v := t.Vocabulary()
	t.SetNum(t.Add(0, v.MustGroup("document.flood")), v.MustKey("document.flood.level"), 1)
}
