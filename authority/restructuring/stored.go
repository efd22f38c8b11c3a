package restructuring

import (
	"filtjanst/identity"
)

// stored is the one place where an identity number leaves its mask here; see
// unstored for the way back.
func stored(n identity.Number) string { return n.Full() }

// unstored reads what stored wrote; "" is no number.
func unstored(full string) (identity.Number, error) {
	if full == "" {
		return identity.Number{}, nil
	}
	return identity.Parse12(full)
}
