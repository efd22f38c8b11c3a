package demo

import (
	"fmt"
	"slices"

	"filtjanst/filer"
)

// text is the same in both languages.
type text struct{ sv, en string }

// textf fills a format of each language with the same arguments; those that are
// text stand in their language.
func textf(sv, en string, args ...any) text {
	swedish, english := slices.Clone(args), slices.Clone(args)
	for i, arg := range args {
		if t, ok := arg.(text); ok {
			swedish[i], english[i] = t.sv, t.en
		}
	}
	return text{fmt.Sprintf(sv, swedish...), fmt.Sprintf(en, english...)}
}

// counted is a number of things.
func counted(n int, sv, svMany, en, enMany string) text {
	if n == 1 {
		return textf("%d %s", "%d %s", n, text{sv, en})
	}
	return textf("%d %s", "%d %s", n, text{svMany, enMany})
}

// outcome is what became of a file.
func outcome(r filer.Received) text { return text{r.Outcome.Swedish(), string(r.Outcome)} }
