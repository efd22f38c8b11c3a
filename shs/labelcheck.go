package shs

import (
	"slices"
	"strings"
)

// MaxContentID is the longest content.id that all known nodes accept.
const MaxContentID = 36

// Check tells the first rule of the label that is broken, as an *[Error] whose
// code the peer is to be answered with, or nil. A content.id over 36 characters
// is accepted here, since peers send it; writing one is refused.
func (l *Label) Check() error {
	checks := []func(*Label) *Error{
		(*Label).checkVersion, (*Label).checkIdentities, (*Label).checkSender, (*Label).checkReceiver,
		(*Label).checkProduct, (*Label).checkKinds, (*Label).checkCompound,
	}
	for _, check := range checks {
		if err := check(l); err != nil {
			return err
		}
	}
	return nil
}

func (l *Label) checkVersion() *Error {
	if l.Version == "" || l.Version == "1.1" || l.Version == "1.2" || strings.HasPrefix(l.Version, "1.2.") {
		return nil
	}
	return fault(IllegalMessageStructure, "the label has version %q; 1.1 and 1.2 are supported", clip(l.Version))
}

func (l *Label) checkIdentities() *Error {
	required := []struct{ name, value string }{{"tx.id", l.TxID}, {"corr.id", l.CorrID}, {"content.id", l.Content.ID}}
	for _, r := range required {
		if r.value == "" {
			return fault(IllegalMessageStructure, "the label has no %s", r.name)
		}
		if !isToken(r.value) {
			return fault(IllegalMessageStructure, "%s %q is not an identity: letters, digits and -._: only, at most 128", r.name, clip(r.value))
		}
	}
	if l.Agreement != "" && !isToken(l.Agreement) {
		return fault(IllegalMessageStructure, "shs.agreement %q is not an identity", clip(l.Agreement))
	}
	return nil
}

func (l *Label) checkSender() *Error {
	if l.From.value() == "" && l.Originator.value() == "" {
		return fault(IllegalSender, "the label names neither from nor originator")
	}
	if l.From.value() == "" {
		return nil
	}
	if _, err := l.From.Address(); err != nil {
		return fault(IllegalSender, "from: %v", err)
	}
	return nil
}

func (l *Label) checkReceiver() *Error {
	if l.To == nil {
		return nil
	}
	if _, err := l.To.Address(); err != nil {
		return fault(IllegalReceiver, "to: %v", err)
	}
	return nil
}

func (l *Label) checkProduct() *Error {
	if _, err := ParseProduct(l.Product.Value); err != nil {
		return fault(IllegalProductType, "%v", err)
	}
	return nil
}

func (l *Label) checkKinds() *Error {
	kinds := []struct {
		name, value string
		allowed     []string
	}{
		{"sequence-type", string(l.Sequence), []string{string(Event), string(Request), string(Reply), string(Admin)}},
		{"transfer-type", string(l.Transfer), []string{string(Asynchronous), string(Synchronous)}},
		{"status", string(l.Status), []string{string(Test), string(Production)}},
		{"message-type", string(l.MessageType), []string{string(Simple), string(Compound)}},
		{"document-type", string(l.DocumentType), []string{string(Simple), string(Compound)}},
	}
	for _, k := range kinds {
		if k.value == "" {
			return fault(IllegalMessageStructure, "the label has no %s", k.name)
		}
		if !slices.Contains(k.allowed, k.value) {
			return fault(IllegalMessageStructure, "%s is %q, should be %s", k.name, clip(k.value), strings.Join(k.allowed, ", "))
		}
	}
	return nil
}

func (l *Label) checkCompound() *Error {
	if l.Transfer == Synchronous && l.Sequence == Admin {
		return fault(IllegalMessageStructure, "an adm message cannot be synchronous")
	}
	if l.Content.CompoundParts != "" || l.MessageType == Compound || l.DocumentType == Compound {
		return fault(IllegalMessageStructure, "compound content is not supported; send the documents as data parts or messages of their own")
	}
	return nil
}
