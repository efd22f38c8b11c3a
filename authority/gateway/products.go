package gateway

import (
	"fmt"
	"slices"

	"filtjanst/filing"
	"filtjanst/shs"
)

// Products is the product table of a world: which transactions go under which
// product (produktnummer). Several may share one.
type Products struct {
	byProduct map[string][]filing.Transaction
	incoming  map[filing.Transaction]bool
}

// NewProducts makes the table from the product of each transaction. incoming
// tells which transactions filers send.
func NewProducts(table map[filing.Transaction]string, incoming func(filing.Transaction) bool) (Products, error) {
	p := Products{byProduct: map[string][]filing.Transaction{}, incoming: map[filing.Transaction]bool{}}
	for tx, text := range table {
		product, err := shs.ParseProduct(text)
		if err != nil || !shs.IsUUID(product) {
			return Products{}, fmt.Errorf("gateway: the product of %s is %q: give a UUID written 8-4-4-4-12", tx, text)
		}
		p.byProduct[product] = append(p.byProduct[product], tx)
		p.incoming[tx] = incoming(tx)
	}
	for _, all := range p.byProduct {
		slices.Sort(all)
	}
	return p, nil
}

// known tells whether anything goes under the product.
func (p Products) known(product string) bool { return len(p.byProduct[product]) > 0 }

// in returns the incoming transaction of the product; "" where it has several
// and the start record must tell. ok is false where it has none.
func (p Products) in(product string) (tx filing.Transaction, ok bool) {
	for _, candidate := range p.byProduct[product] {
		switch {
		case !p.incoming[candidate]:
		case ok:
			return "", true
		default:
			tx, ok = candidate, true
		}
	}
	return tx, ok
}

// out lists the outgoing transactions of the product.
func (p Products) out(product string) []filing.Transaction {
	return slices.DeleteFunc(slices.Clone(p.byProduct[product]), func(tx filing.Transaction) bool { return p.incoming[tx] })
}
