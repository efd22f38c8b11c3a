package filing

import (
	"fmt"
	"sync"

	"filtjanst/layout"
	"filtjanst/money"
)

// kind is what this package knows of one transaction: its vocabulary, and the
// Go types that its files are filled from and read into.
type kind struct {
	vocabulary *layout.Vocabulary
	facts      boundShape[FileFacts] // of every file but notes and receipts
	content    contentCodec          // nil where a file holds no documents
	note       boundShape[Note]
	receipt    boundShape[Receipt]
	line       boundShape[receiptLine] // of a receipt
}

// contentCodec fills a document tree from a content, and the other way.
type contentCodec interface {
	put(w *treeWriter, c Content) error
	take(r *treeReader) Content
	sum(c Content) money.Amount
}

// source says what a kind is made of.
type source interface{ kind(tx Transaction) *kind }

// documents is a transaction whose files hold documents of type T.
type documents[T any, P interface {
	*T
	Content
}] struct {
	facts            func(Transaction) shape[FileFacts]
	swedish, english string
	shape            func() shape[T]
	total            func(P) money.Amount // what adds up to the sum of the file; nil where there is none
}

func (d documents[T, P]) kind(tx Transaction) *kind {
	facts, content := d.facts(tx), d.shape()
	v := mustVocabulary(tx, facts.group("", "Filens egna uppgifter", "Facts of the file", 0, 0), content.group("", d.swedish, d.english, 0, 0))
	return &kind{
		vocabulary: v, facts: facts.bind(v, "file"),
		content: &boundContent[T, P]{shape: content.bind(v, "document"), total: d.total},
	}
}

type boundContent[T any, P interface {
	*T
	Content
}] struct {
	shape boundShape[T]
	total func(P) money.Amount
}

func (b *boundContent[T, P]) put(w *treeWriter, c Content) error {
	p, ok := c.(P)
	if !ok {
		return fmt.Errorf("filing: %T is no document of %s", c, w.t.Vocabulary().Name())
	}
	b.shape.put(w, w.t.Top(), p)
	return w.err
}

func (b *boundContent[T, P]) take(r *treeReader) Content {
	p := P(new(T))
	b.shape.take(r, r.t.Top(), p)
	return p
}

func (b *boundContent[T, P]) sum(c Content) money.Amount {
	if p, ok := c.(P); ok && b.total != nil {
		return b.total(p)
	}
	return 0
}

// coverNote is the note (missiv) to files of the transaction.
type coverNote struct{ of Transaction }

func (c coverNote) kind(tx Transaction) *kind {
	s := noteShape(tx, c.of)
	v := mustVocabulary(tx, s.group("", "Missiv", "Cover note", 0, 0), nil)
	return &kind{vocabulary: v, note: s.bind(v, "file")}
}

// receiptFor is the receipt of files of the transaction.
type receiptFor struct{ of Transaction }

func (c receiptFor) kind(tx Transaction) *kind {
	s, line := receiptShape(tx, c.of), receiptLineShape()
	v := mustVocabulary(tx, s.group("", "Kvittens", "Receipt", 0, 0), line.group("", "Fel", "Error", 0, 0))
	return &kind{vocabulary: v, receipt: s.bind(v, "file"), line: line.bind(v, "document")}
}

// mustVocabulary builds a vocabulary written in this package; a name used
// twice in it is a fault of the program.
func mustVocabulary(tx Transaction, file, document *layout.Group) *layout.Vocabulary {
	v, err := layout.NewVocabulary(string(tx), file, document)
	if err != nil {
		panic(fmt.Sprintf("filing: %v", err))
	}
	return v
}

var kinds = sync.OnceValue(func() map[Transaction]*kind {
	all := map[Transaction]*kind{}
	for tx, s := range sources() {
		all[tx] = s.kind(tx)
	}
	return all
})

// VocabularyOf returns the keys that a transaction can carry; false for a
// transaction that this edition has no vocabulary for.
func VocabularyOf(tx Transaction) (*layout.Vocabulary, bool) {
	k, ok := kinds()[tx]
	if !ok {
		return nil, false
	}
	return k.vocabulary, true
}
