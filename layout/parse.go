package layout

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// Parse compiles a description against the vocabulary of its transaction.
// name stands before the line in each problem. All contradictions found are
// joined in the error; each is a [*Problem].
func Parse(name string, source []byte, v *Vocabulary) (*Layout, error) {
	c := &compiler{vocabulary: v, problems: problems{file: name, source: source}}
	l := &Layout{vocabulary: v}
	d := toml.NewDecoder(bytes.NewReader(source)).DisallowUnknownFields()
	if err := d.Decode(&l.source); err != nil {
		c.problems.addDecoding(err)
		return nil, c.problems.err()
	}
	c.layout = l
	c.head()
	c.codeLists()
	c.names()
	c.derivations()
	c.textForm()
	c.xmlForm()
	if err := c.problems.err(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(source)
	l.digest = hex.EncodeToString(sum[:])
	return l, nil
}

type compiler struct {
	problems
	vocabulary *Vocabulary
	layout     *Layout
	lists      map[string]*CodeList
	given      map[KeyID]bool // keys with a default or a derivation
}

func (c *compiler) head() {
	d := &c.layout.source
	if d.Transaction == "" {
		c.add("transaction", "transaction is missing")
	} else if d.Transaction != c.vocabulary.Name() {
		c.add("transaction", "transaction is %q but the vocabulary is for %q", d.Transaction, c.vocabulary.Name())
	}
	if d.Edition == "" {
		c.add("edition", "edition is missing")
	}
	if d.Status != "own" && d.Status != "official" {
		c.add("status", "status is %q, wants own or official", d.Status)
	}
	if _, err := time.Parse(time.DateOnly, d.ValidFrom); d.ValidFrom != "" && err != nil {
		c.add("valid_from", "valid_from %q is not a day written YYYY-MM-DD", d.ValidFrom)
	}
	if d.Text == nil && d.XML == nil {
		c.add("text", "the description gives neither [text] nor [xml]")
	}
	c.limits()
}

func (c *compiler) limits() {
	t := c.layout.source.Limits
	l := Limits(t)
	if min(l.Documents, l.Bytes, l.DocumentBytes, l.LineBytes) < 0 {
		c.add("limits", "a limit is negative")
	}
	// A tree counts in 32 bits, and its arena may be four times a document.
	if l.DocumentBytes > 64<<20 {
		c.add("limits.document_bytes", "document_bytes is above 67108864, more than a document may hold in memory")
	}
	if l.LineBytes > 1<<20 {
		c.add("limits.line_bytes", "line_bytes is above 1048576, more than a line may hold in memory")
	}
	c.layout.limits = l.or(defaultLimits)
}

func (c *compiler) codeLists() {
	c.lists = map[string]*CodeList{}
	for i, t := range c.layout.source.CodeLists {
		place := at("code_list", i)
		if t.Name == "" {
			c.add(place, "code list without name")
		}
		if c.lists[t.Name] != nil {
			c.add(place, "code list %s stands twice", t.Name)
		}
		list := CodeList{Name: t.Name, Swedish: t.Sv, English: t.En}
		for j, v := range t.Values {
			list.Values = append(list.Values, c.codeValue(at(place+".value", j), t, j, v))
		}
		if len(list.Values) == 0 {
			c.add(place, "code list %s has no values", t.Name)
		}
		c.layout.lists = append(c.layout.lists, list)
		c.lists[t.Name] = &list
	}
}

func (c *compiler) codeValue(place string, t codeListTable, j int, v codeValueTable) CodeValue {
	value := CodeValue{Symbol: v.Symbol, Text: v.Text, XML: v.XML, Swedish: v.Sv, English: v.En}
	if value.XML == "" {
		value.XML = value.Text
	}
	if value.Symbol == "" {
		c.add(place, "code list %s: a value without symbol", t.Name)
	}
	if value.XML == "" {
		c.add(place, "code list %s: %s has neither text nor xml", t.Name, v.Symbol)
	}
	for _, before := range c.layout.source.CodeLists[slices.IndexFunc(c.layout.source.CodeLists, func(o codeListTable) bool { return o.Name == t.Name })].Values[:j] {
		if v.Text != "" && before.Text == v.Text {
			c.add(place, "code list %s: the text %q stands twice", t.Name, v.Text)
		}
		if v.XML != "" && before.XML == v.XML {
			c.add(place, "code list %s: the xml value %q stands twice", t.Name, v.XML)
		}
	}
	return value
}

var nameTokens = []string{"code", "yymmdd", "yyyymmdd", "yyyy-mm-dd", "seq"}

func (c *compiler) names() {
	names := Names{Templates: map[string]string{}}
	for _, generation := range slices.Sorted(maps.Keys(c.layout.source.Names)) {
		template := c.layout.source.Names[generation]
		if generation == "default" {
			names.Default = template
			continue
		}
		names.Templates[generation] = template
		c.nameTemplate("names."+generation, template)
	}
	if _, ok := names.Templates[names.Default]; names.Default != "" && !ok {
		c.add("names.default", "the default generation %q has no template", names.Default)
	}
	if names.Default == "" && len(names.Templates) > 0 {
		c.add("names", "names does not say which generation is the default")
	}
	c.layout.names = names
}

func (c *compiler) nameTemplate(place, template string) {
	if template == "" {
		c.add(place, "the name template is empty")
	}
	for rest := template; ; {
		_, after, found := strings.Cut(rest, "{")
		if !found {
			return
		}
		token, tail, closed := strings.Cut(after, "}")
		if !closed {
			c.add(place, "the name template %q has a { without }", template)
			return
		}
		if !slices.Contains(nameTokens, token) {
			c.add(place, "the name template %q has an unknown token {%s}", template, token)
		}
		rest = tail
	}
}
