package main

import (
	"errors"
	"net"
)

// notReached says that nobody answers at an address, in words of our own; other
// errors are not its matter.
func notReached(err error) (*fault, bool) {
	dial, ok := errors.AsType[*net.OpError](err)
	if !ok || dial.Op != "dial" || dial.Addr == nil {
		return nil, false
	}
	return failed(nil, "ingen svarar på %s", "nobody answers at %s", dial.Addr).
		hint("är det sandlådan, starta den med filtjanst sandbox --data DIR; annars se adresserna i ingivarens konfiguration",
			"if it is the sandbox, start it with filtjanst sandbox --data DIR; else see the addresses in the filer's configuration"), true
}
