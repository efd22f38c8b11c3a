package intake

import (
	"fmt"

	"filtjanst/filing"
)

func unwanted(tx filing.Transaction) error {
	return &Refusal{
		Kind:    Unwanted,
		Swedish: fmt.Sprintf("Transaktionen %s tas inte emot här; se produkten.", tx),
		English: fmt.Sprintf("the transaction %s is not taken in here; see the product", tx),
	}
}

func unrecognised() error {
	return &Refusal{
		Kind:    Malformed,
		Swedish: "Filen är inte av något känt slag; ange produkt eller rätta startposten.",
		English: "the file is of no known kind; give its product or mend its start record",
	}
}

func tooManyParts() error {
	return &Refusal{
		Kind:    Malformed,
		Swedish: fmt.Sprintf("Meddelandet har fler än %d delar; dela upp det.", maxParts),
		English: fmt.Sprintf("the message has more than %d parts; divide it", maxParts),
	}
}

func nothingIn() error {
	return &Refusal{Kind: Malformed, Swedish: "Meddelandet saknar innehåll.", English: "the message holds no part"}
}
