package description

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filtjanst/filing"

	"github.com/pelletier/go-toml/v2"
)

// Shape is where each fact of a transaction stands in its files, as data: what the
// technical description tells people.
type Shape struct {
	Transaction string `toml:"transaction" json:"transaction"`
	Edition     string `toml:"edition" json:"edition"`
	Status      string `toml:"status" json:"status"`
	ValidFrom   string `toml:"valid_from" json:"valid_from"`
	Swedish     string `toml:"title_sv" json:"sv"`
	English     string `toml:"title_en" json:"en"`
	Text        struct {
		Encoding string   `toml:"encoding" json:"encoding"`
		Records  []Record `toml:"record" json:"records"`
	} `toml:"text" json:"text"`
	XML struct {
		Root      string  `toml:"root" json:"root"`
		Namespace string  `toml:"namespace" json:"namespace"`
		Encoding  string  `toml:"encoding" json:"encoding"`
		Groups    []Group `toml:"group" json:"groups"`
	} `toml:"xml" json:"xml"`
	CodeLists []CodeList `toml:"code_list" json:"code_lists"`
}

// CodeList is a list of codes; the format code:NAME of a field means it.
type CodeList struct {
	Name    string       `toml:"name" json:"name"`
	Swedish string       `toml:"sv" json:"sv"`
	English string       `toml:"en" json:"en"`
	Values  []ListedCode `toml:"value" json:"values"`
}

// ListedCode is one code of a list, as it stands in each form; "" where it does not.
type ListedCode struct {
	Symbol  string `toml:"symbol" json:"symbol"`
	Text    string `toml:"text" json:"text"`
	XML     string `toml:"xml" json:"xml"`
	Swedish string `toml:"sv" json:"sv"`
	English string `toml:"en" json:"en"`
}

// Record is a record of the text form. Max is 0 for any number.
type Record struct {
	Type    string `toml:"type" json:"type"`
	Variant *struct {
		Position int    `toml:"position" json:"position"`
		Length   int    `toml:"length" json:"length"`
		Value    string `toml:"value" json:"value"`
	} `toml:"variant" json:"variant,omitempty"` // what tells it from other records of the type
	Swedish string  `toml:"name_sv" json:"sv"`
	English string  `toml:"name_en" json:"en"`
	Group   string  `toml:"group" json:"group"`
	Min     int     `toml:"min" json:"min"`
	Max     int     `toml:"max" json:"max"`
	Fields  []Field `toml:"field" json:"fields"`
}

// Group is an element of the XML form, with the group of facts that it holds.
type Group struct {
	Path   string  `toml:"path" json:"path"`
	Group  string  `toml:"group" json:"group"`
	Fields []Field `toml:"field" json:"fields"`
}

// Field is where one fact stands: position and length in a record, or a path in XML.
// Key names the fact; none is a filler or constant.
type Field struct {
	Name     string `toml:"name" json:"name,omitempty"`
	Path     string `toml:"path" json:"path,omitempty"`
	Position int    `toml:"position" json:"position,omitempty"`
	Length   int    `toml:"length" json:"length,omitempty"`
	Key      string `toml:"key" json:"key,omitempty"`
	Format   string `toml:"format" json:"format,omitempty"`
	Swedish  string `toml:"sv" json:"sv,omitempty"`
	English  string `toml:"en" json:"en,omitempty"`
}

// ShapeOf reads the shape of a transaction that the set describes itself.
func ShapeOf(set *filing.Set, tx filing.Transaction) (*Shape, error) {
	files := tar.NewReader(bytes.NewReader(set.Archive()))
	for {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("the set %s has no file on %s", set.Name(), tx)
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
		var s Shape
		if err := toml.Unmarshal(text, &s); err != nil {
			return nil, err
		}
		if s.Transaction == string(tx) {
			s.fill()
			return &s, nil
		}
	}
}

// fill makes lists of what is not there, so that a program finds a list.
func (s *Shape) fill() {
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
