package filing

import (
	_ "embed"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

//go:embed catalogue.toml
var catalogueTOML []byte

var readCatalogue = sync.OnceValue(func() map[Transaction]TransactionInfo {
	all := map[Transaction]TransactionInfo{}
	for _, info := range decodeCatalogue() {
		all[info.Transaction] = info
	}
	return all
})

// Catalogue returns every transaction of the six services and of our own
// extensions, in the order of files.md §4.
func Catalogue() []TransactionInfo { return decodeCatalogue() }

// Info returns what the catalogue says of the transaction.
func Info(tx Transaction) (TransactionInfo, bool) {
	info, ok := readCatalogue()[tx]
	return info, ok
}

// decodeCatalogue reads the embedded table; a fault in it is a fault of the
// program, found by the first test that runs.
func decodeCatalogue() []TransactionInfo {
	var file struct {
		Transaction []TransactionInfo `toml:"transaction"`
	}
	if err := toml.Unmarshal(catalogueTOML, &file); err != nil {
		panic("filing: catalogue.toml: " + err.Error())
	}
	return file.Transaction
}
