package layout

import "strings"

// HasPlace tells whether files of the form have a place for a key or group of
// the vocabulary, given by its path. What has none cannot be written.
func (l *Layout) HasPlace(f Form, path string) bool {
	if f == TextForm && l.source.Text != nil {
		for i := range l.source.Text.Records {
			r := &l.source.Text.Records[i]
			if r.Group == path || r.Opens && strings.HasPrefix(r.Group, path+".") || placed(path, r.Set, r.Fields) {
				return true
			}
		}
	}
	if f == XMLForm && l.source.XML != nil {
		for i := range l.source.XML.Groups {
			g := &l.source.XML.Groups[i]
			if g.Group == path || placed(path, g.Set, g.Fields) {
				return true
			}
		}
	}
	return false
}

func placed(path string, set map[string]any, fields []fieldTable) bool {
	if _, there := set[path]; there {
		return true
	}
	for i := range fields {
		if fields[i].Key == path {
			return true
		}
	}
	return false
}
