package filing

import (
	"fmt"
	"strings"

	"filtjanst/identity"
	"filtjanst/layout"
)

// A treeWriter puts typed values into a tree; what is empty is not put there.
type treeWriter struct {
	t   *layout.Tree
	err error
}

func (w *treeWriter) text(n layout.Node, k layout.KeyID, s string) {
	if s != "" {
		w.t.SetText(n, k, s)
	}
}

func (w *treeWriter) flag(n layout.Node, k layout.KeyID, yes bool) {
	if yes {
		w.t.SetNum(n, k, 1)
	}
}

func (w *treeWriter) symbol(n layout.Node, k layout.KeyID, symbol string) {
	if symbol != "" && !w.t.SetSymbol(n, k, symbol) && w.err == nil {
		w.err = fmt.Errorf("filing: %s cannot be %q", w.t.Vocabulary().KeyPath(k), symbol)
	}
}

// identity writes the number as files carry it: a Swedish number by its twelve
// digits and without a kind, another by kind and value.
func (w *treeWriter) identity(n layout.Node, kind, value layout.KeyID, number identity.Number) {
	full := number.Full()
	if number.Kind() == identity.Foreign {
		var symbol string
		symbol, full, _ = strings.Cut(full, ":")
		w.symbol(n, kind, symbol)
	}
	w.text(n, value, full)
}
