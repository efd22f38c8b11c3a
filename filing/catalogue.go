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
	for _, info := range Catalogue() {
		all[info.Transaction] = info
	}
	return all
})

var readServices = sync.OnceValue(func() map[Service]ServiceInfo {
	all := map[Service]ServiceInfo{}
	for _, info := range Services() {
		all[info.Service] = info
	}
	return all
})

// ServiceInfo names a service, as within a sentence.
type ServiceInfo struct {
	Service Service `toml:"id"`
	Swedish string  `toml:"sv"`
	English string  `toml:"en"`
}

// Services returns the six services and [AnyService], in the order of files.md §4.
func Services() []ServiceInfo { return decodeCatalogue().Service }

// InfoOf returns the names of the service.
func InfoOf(s Service) (ServiceInfo, bool) {
	info, ok := readServices()[s]
	return info, ok
}

// Catalogue returns every transaction of the six services and of our own
// extensions, in the order of files.md §4.
func Catalogue() []TransactionInfo { return decodeCatalogue().Transaction }

// Info returns what the catalogue says of the transaction.
func Info(tx Transaction) (TransactionInfo, bool) {
	info, ok := readCatalogue()[tx]
	return info, ok
}

type catalogue struct {
	Service     []ServiceInfo     `toml:"service"`
	Transaction []TransactionInfo `toml:"transaction"`
}

// decodeCatalogue reads the embedded table; a fault in it is a fault of the
// program, found by the first test that runs.
func decodeCatalogue() (c catalogue) {
	if err := toml.Unmarshal(catalogueTOML, &c); err != nil {
		panic("filing: catalogue.toml: " + err.Error())
	}
	return c
}
