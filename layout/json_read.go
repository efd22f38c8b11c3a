package layout

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// ReadJSON reads what [Tree.AppendJSON] writes into a new tree of the top
// group. A name that the vocabulary does not know and a value that is not of
// its key's kind are errors, all of them joined, each with its path.
func ReadJSON(v *Vocabulary, top GroupID, source []byte) (*Tree, error) {
	d := json.NewDecoder(bytes.NewReader(source))
	d.UseNumber()
	var members map[string]any
	if err := d.Decode(&members); err != nil {
		return nil, fmt.Errorf("the JSON of %s cannot be read: %w", v.GroupPath(top), err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("the JSON of %s is followed by more", v.GroupPath(top))
	}
	r := &jsonReader{tree: NewTree(v, top)}
	r.node(0, v.GroupPath(top), members)
	return r.tree, errors.Join(r.errs...)
}

type jsonReader struct {
	tree *Tree
	errs []error
}

func (r *jsonReader) fail(path, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s: "+format, append([]any{path}, args...)...))
}

func (r *jsonReader) node(n Node, path string, members map[string]any) {
	v := r.tree.vocabulary
	prefix := v.GroupPath(r.tree.Group(n)) + "."
	for _, name := range slices.Sorted(maps.Keys(members)) {
		value := members[name]
		k, g := v.FindKey(prefix+name), v.FindGroup(prefix+name)
		where := path + "." + name
		switch {
		case value == nil:
		case k != None:
			r.value(n, k, where, value)
		case g == None && name == "extra":
			r.extras(n, where, value)
		case g == None:
			r.fail(where, "there is no such key or group")
		}
	}
	// Groups in the vocabulary's order, whatever the order of the names.
	for g := range GroupID(v.Groups()) {
		if v.Parent(g) == r.tree.Group(n) && members[v.Group(g).Name] != nil && v.FindKey(prefix+v.Group(g).Name) == None {
			r.group(n, g, path+"."+v.Group(g).Name, members[v.Group(g).Name])
		}
	}
}

func (r *jsonReader) group(n Node, g GroupID, path string, value any) {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	if most := r.tree.vocabulary.Group(g).Max; most > 0 && len(list) > most {
		r.fail(path, "occurs %d times, at most %d are allowed", len(list), most)
		return
	}
	for i, one := range list {
		members, ok := one.(map[string]any)
		if !ok {
			r.fail(path, "wants an object or an array of objects")
			return
		}
		where := path
		if len(list) > 1 {
			where = fmt.Sprintf("%s[%d]", path, i)
		}
		r.node(r.tree.Add(n, g), where, members)
	}
}

func (r *jsonReader) extras(n Node, path string, value any) {
	members, ok := value.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		text, isText := members[name].(string)
		ok = ok && isText
		r.tree.extras = append(r.tree.extras, Extra{Node: n, Name: name, Text: text})
	}
	if !ok {
		r.fail(path, "wants an object of strings")
	}
}

func (r *jsonReader) value(n Node, k KeyID, path string, value any) {
	kind := r.tree.vocabulary.Key(k).Kind
	switch value.(type) {
	case map[string]any, []any:
		r.fail(path, "wants a value of kind %s", kind)
		return
	}
	_, isBool := value.(bool)
	_, isNumber := value.(json.Number)
	fits := isBool == (kind == Flag) && (!isNumber || kind == Integer || kind == Amount || kind == Rate)
	c, err := parseConstant(r.tree.vocabulary, k, value)
	if err != nil || !fits {
		r.fail(path, "is not a value of kind %s", kind)
		return
	}
	if kind == Text || kind == Digits {
		r.tree.SetText(n, k, c.text)
		return
	}
	r.tree.SetNum(n, k, c.num)
}
