package shs

import (
	"io"
)

// ProductType is the definition of a product (produkttyp, shs.product).
type ProductType struct {
	ID               string // uuid
	Name             string // commonName
	LabeledURI       string
	ResponseRequired bool // resp-required, yes by default
	Principal        Ref
	Data             []DataType
	ReplyData        []DataType
	Description      string

	// Warnings lists what was tolerated when the document was read.
	Warnings []string
}

// DataType defines a data part. Empty fields are written as the defaults of the
// document type, which reading sets.
type DataType struct {
	Type      string // datapartType
	MinOccurs string // "1" by default
	MaxOccurs string
	DataType  string // data-type
	Media     MediaType
	Security  *Security // nil for none, which is the only kind that is carried out here
	Note      string
}

// MediaType is the MIME type of a data part.
type MediaType struct {
	Type, Subtype string // text/xml by default
	Charset       string // iso-8859-1 by default
	Encoding      string // "binary" or "base64"
}

// Security names algorithms for a data part. They are obsolete and never
// applied; a product that has them needs a decision of its own.
type Security struct {
	Digest           string // algorithm, empty when absent
	Encryption       string
	EncryptionLength string
	Signature        bool
	SignatureLength  string
}

// ReadProductType reads a product type.
func ReadProductType(r io.Reader) (*ProductType, error) {
	root, warnings, err := readXML(r, xmlRules{root: []string{"shs.product"}, size: DocumentLimit, lenient: true})
	if err != nil {
		return nil, err
	}
	p := &ProductType{
		ID: root.token("uuid"), Name: root.attr("commonName"), LabeledURI: root.attr("labeledURI"),
		ResponseRequired: or(root.token("resp-required"), "yes") == "yes",
		Description:      root.child("description").value(), Warnings: warnings,
	}
	if principal := readRef(root.child("principal")); principal != nil {
		p.Principal = *principal
	}
	for _, n := range root.all("data") {
		p.Data = append(p.Data, readDataType(n))
	}
	for _, n := range root.all("reply-data") {
		p.ReplyData = append(p.ReplyData, readDataType(n))
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	return p, nil
}

// Check tells what is missing in the product type.
func (p *ProductType) Check() error {
	if !IsUUID(p.ID) && !isSpecialProduct(p.ID) {
		return fault(IllegalProductType, "the product type has no usable uuid (%q)", clip(p.ID))
	}
	if p.Principal.Value == "" {
		return fault(IllegalMessageStructure, "product type %s names no principal", p.ID)
	}
	if len(p.Data) == 0 {
		return fault(IllegalMessageStructure, "product type %s has no data", p.ID)
	}
	return nil
}

func readDataType(n *node) DataType {
	mime := n.child("mime")
	return DataType{
		Type:      n.attr("datapartType"),
		MinOccurs: or(n.token("minOccurs"), "1"), MaxOccurs: or(n.token("maxOccurs"), "1"), DataType: n.attr("data-type"),
		Media: MediaType{
			Type: or(mime.token("type"), "text"), Subtype: or(mime.token("subtype"), "xml"),
			Charset: or(mime.token("text-charset"), "iso-8859-1"), Encoding: or(mime.token("transfer-encoding"), "binary"),
		},
		Security: readSecurity(n.child("security")),
		Note:     n.child("description").value(),
	}
}

func readSecurity(n *node) *Security {
	if n == nil {
		return nil
	}
	s := &Security{}
	if d := n.child("digest"); d != nil {
		s.Digest = or(d.token("algorithm"), "SHA1")
	}
	if e := n.child("encryption"); e != nil {
		s.Encryption, s.EncryptionLength = or(e.token("algorithm"), "RC4"), or(e.token("key-length"), "128")
	}
	if d := n.child("dsig"); d != nil {
		s.Signature, s.SignatureLength = true, or(d.token("key-length"), "1024")
	}
	return s
}

// Marshal writes the product type in the order of its document type.
func (p *ProductType) Marshal() ([]byte, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	w := newXMLWriter("shs.product", "shs-product-type-1.2.dtd")
	w.attr("version", "1.2")
	w.attr("uuid", p.ID)
	w.option("commonName", p.Name)
	w.attr("resp-required", yesNo(p.ResponseRequired))
	w.option("labeledURI", p.LabeledURI)
	writeProductRef(w, "principal", p.Principal)
	for _, d := range p.Data {
		d.write(w, "data")
	}
	for _, d := range p.ReplyData {
		d.write(w, "reply-data")
	}
	w.optionalLeaf("description", p.Description)
	return w.finish()
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func (d DataType) write(w *xmlWriter, element string) {
	w.start(element)
	w.attr("datapartType", d.Type)
	w.option("minOccurs", d.MinOccurs)
	w.option("maxOccurs", d.MaxOccurs)
	w.option("data-type", d.DataType)
	w.optionalLeaf("description", d.Note)
	w.start("mime")
	w.option("type", d.Media.Type)
	w.option("subtype", d.Media.Subtype)
	w.option("text-charset", d.Media.Charset)
	w.option("transfer-encoding", d.Media.Encoding)
	w.end()
	d.Security.write(w)
	w.end()
}

func (s *Security) write(w *xmlWriter) {
	if s == nil {
		return
	}
	w.start("security")
	if s.Digest != "" {
		w.start("digest")
		w.attr("algorithm", s.Digest)
		w.end()
	}
	if s.Encryption != "" {
		w.start("encryption")
		w.attr("algorithm", s.Encryption)
		w.option("key-length", s.EncryptionLength)
		w.end()
	}
	if s.Signature {
		w.start("dsig")
		w.attr("algorithm", "RSA")
		w.option("key-length", s.SignatureLength)
		w.end()
	}
	w.end()
}
