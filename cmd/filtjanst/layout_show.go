package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"filtjanst/filing"
	"filtjanst/layout"

	"github.com/pelletier/go-toml/v2"
)

// shape is what layout show tells of a description: where each fact stands.
type shape struct {
	Transaction string `toml:"transaction" json:"transaction"`
	Edition     string `toml:"edition" json:"edition"`
	Status      string `toml:"status" json:"status"`
	ValidFrom   string `toml:"valid_from" json:"valid_from"`
	Swedish     string `toml:"title_sv" json:"sv"`
	English     string `toml:"title_en" json:"en"`
	Text        struct {
		Encoding string        `toml:"encoding" json:"encoding"`
		Records  []shapeRecord `toml:"record" json:"records"`
	} `toml:"text" json:"text"`
	XML struct {
		Root      string       `toml:"root" json:"root"`
		Namespace string       `toml:"namespace" json:"namespace"`
		Encoding  string       `toml:"encoding" json:"encoding"`
		Groups    []shapeGroup `toml:"group" json:"groups"`
	} `toml:"xml" json:"xml"`
	CodeLists []shapeCodes `toml:"code_list" json:"code_lists"`
}

// shapeCodes is a list of codes; the format code:NAME means it.
type shapeCodes struct {
	Name    string      `toml:"name" json:"name"`
	Swedish string      `toml:"sv" json:"sv"`
	English string      `toml:"en" json:"en"`
	Values  []shapeCode `toml:"value" json:"values"`
}

type shapeCode struct {
	Symbol  string `toml:"symbol" json:"symbol"`
	Text    string `toml:"text" json:"text"`
	XML     string `toml:"xml" json:"xml"`
	Swedish string `toml:"sv" json:"sv"`
	English string `toml:"en" json:"en"`
}

type shapeRecord struct {
	Type    string `toml:"type" json:"type"`
	Variant *struct {
		Position int    `toml:"position" json:"position"`
		Length   int    `toml:"length" json:"length"`
		Value    string `toml:"value" json:"value"`
	} `toml:"variant" json:"variant,omitempty"` // what tells it from other records of the type
	Swedish string       `toml:"name_sv" json:"sv"`
	English string       `toml:"name_en" json:"en"`
	Group   string       `toml:"group" json:"group"`
	Min     int          `toml:"min" json:"min"`
	Max     int          `toml:"max" json:"max"`
	Fields  []shapeField `toml:"field" json:"fields"`
}

type shapeGroup struct {
	Path   string       `toml:"path" json:"path"`
	Group  string       `toml:"group" json:"group"`
	Fields []shapeField `toml:"field" json:"fields"`
}

type shapeField struct {
	Name     string `toml:"name" json:"name,omitempty"`
	Path     string `toml:"path" json:"path,omitempty"`
	Position int    `toml:"position" json:"position,omitempty"`
	Length   int    `toml:"length" json:"length,omitempty"`
	Key      string `toml:"key" json:"key,omitempty"`
	Format   string `toml:"format" json:"format,omitempty"`
	Swedish  string `toml:"sv" json:"sv,omitempty"`
	English  string `toml:"en" json:"en,omitempty"`
}

func (l *layouts) show(set *filing.Set, d *layout.Layout) error {
	s, err := readShape(set, d.Transaction())
	if err != nil {
		return err
	}
	if l.json() {
		return l.printJSON(s)
	}
	fmt.Fprintf(l.out, "%s  %s\n%s %s, %s %s, %s\n", s.Transaction, l.say(s.Swedish, s.English),
		l.say("utgåva", "edition"), s.Edition, l.say("gäller från", "valid from"), s.ValidFrom, l.statusOf(set))
	w := tabwriter.NewWriter(l.out, 0, 0, 2, ' ', 0)
	for _, r := range s.Text.Records {
		fmt.Fprintf(w, "\n%s %s, %s, %s\n", r.Type, l.say(r.Swedish, r.English), r.Group, l.times(r.Min, r.Max))
		if v := r.Variant; v != nil {
			fmt.Fprintf(w, "  %d\t%d\t%s\t%s\t\n", v.Position, v.Length, "VARIANT", l.sayf("alltid %s", "always %s", v.Value))
		}
		for _, f := range r.Fields {
			fmt.Fprintf(w, "  %d\t%d\t%s\t%s\t%s\n", f.Position, f.Length, f.Name, f.Format, f.Key)
		}
	}
	for i, g := range s.XML.Groups {
		if i == 0 {
			fmt.Fprintf(w, "\nXML %s %s\n", s.XML.Root, s.XML.Namespace)
		}
		fmt.Fprintf(w, "\n%s, %s\n", orDot(g.Path), g.Group)
		for _, f := range g.Fields {
			fmt.Fprintf(w, "  %s\t%s\t%s\n", orDot(f.Path), f.Format, f.Key)
		}
	}
	l.showCodes(w, s.CodeLists)
	return w.Flush()
}

// showCodes shows each code as it stands in text and in XML.
func (l *layouts) showCodes(w io.Writer, all []shapeCodes) {
	for _, list := range all {
		fmt.Fprintf(w, "\ncode:%s  %s\n", list.Name, l.say(list.Swedish, list.English))
		for _, c := range list.Values {
			fmt.Fprintf(w, "  %s\t%s\t%s\n", c.Text, c.XML, l.say(c.Swedish, c.English))
		}
	}
}

// orDot names the element itself.
func orDot(path string) string {
	if path == "" {
		return "."
	}
	return path
}

// times says how often a record occurs.
func (l *layouts) times(least, most int) string {
	switch {
	case most == 0:
		return l.sayf("minst %d", "at least %d", least)
	case least == most:
		return l.sayf("%d gång", "%d time", most)
	}
	return fmt.Sprintf("%d–%d", least, most)
}

// readShape finds the description among the files of the set.
func readShape(set *filing.Set, transaction string) (*shape, error) {
	files := tar.NewReader(bytes.NewReader(set.Archive()))
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("the set %s has no file on %s", set.Name(), transaction)
		}
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(header.Name, ".toml") {
			continue
		}
		text, err := io.ReadAll(files)
		if err != nil {
			return nil, err
		}
		var s shape
		if err := toml.Unmarshal(text, &s); err != nil {
			return nil, err
		}
		if s.Transaction == transaction {
			s.fill()
			return &s, nil
		}
	}
}

// fill makes lists of what is not there, so that a program finds a list.
func (s *shape) fill() {
	s.Text.Records, s.XML.Groups, s.CodeLists = orEmpty(s.Text.Records), orEmpty(s.XML.Groups), orEmpty(s.CodeLists)
	for i, r := range s.Text.Records {
		s.Text.Records[i].Fields = orEmpty(r.Fields)
	}
	for i, g := range s.XML.Groups {
		s.XML.Groups[i].Fields = orEmpty(g.Fields)
	}
}

func orEmpty[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}
