package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"filtjanst/filer/description"
	"filtjanst/filing"
	"filtjanst/layout"
)

func (l *layouts) show(set *filing.Set, d *layout.Layout) error {
	s, err := description.ShapeOf(set, filing.Transaction(d.Transaction()))
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
func (l *layouts) showCodes(w io.Writer, all []description.CodeList) {
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
