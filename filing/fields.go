package filing

import (
	"filtjanst/layout"

	"github.com/pelletier/go-toml/v2"
)

// fieldSource is the part of a description that names fields.
type fieldSource struct {
	Text struct {
		Record []struct {
			Field []struct {
				Name string `toml:"name"`
				Key  string `toml:"key"`
			} `toml:"field"`
		} `toml:"record"`
	} `toml:"text"`
	XML struct {
		Group []struct {
			Field []struct {
				Path string `toml:"path"`
				Key  string `toml:"key"`
			} `toml:"field"`
		} `toml:"group"`
	} `toml:"xml"`
}

// fieldNames maps keys to the field or element that carries them, so that an
// error names what the filer sees. The description has been compiled before.
func fieldNames(source []byte, v *layout.Vocabulary) map[Form]map[layout.KeyID]string {
	var d fieldSource
	if err := toml.Unmarshal(source, &d); err != nil {
		return nil
	}
	text, xml := map[layout.KeyID]string{}, map[layout.KeyID]string{}
	for _, r := range d.Text.Record {
		for _, f := range r.Field {
			enter(text, v, f.Key, f.Name)
		}
	}
	for _, g := range d.XML.Group {
		for _, f := range g.Field {
			enter(xml, v, f.Key, f.Path)
		}
	}
	return map[Form]map[layout.KeyID]string{TextForm: text, XMLForm: xml}
}

func enter(names map[layout.KeyID]string, v *layout.Vocabulary, path, name string) {
	k := v.FindKey(path)
	if _, taken := names[k]; k != layout.None && !taken {
		names[k] = name
	}
}
