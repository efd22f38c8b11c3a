package layout

// description is the TOML of one transaction, as it stands in the file.
type description struct {
	Transaction string            `toml:"transaction"`
	Edition     string            `toml:"edition"`
	Status      string            `toml:"status"`
	Source      string            `toml:"source"`
	ValidFrom   string            `toml:"valid_from"`
	TitleSv     string            `toml:"title_sv"`
	TitleEn     string            `toml:"title_en"`
	AboutSv     string            `toml:"about_sv"`
	AboutEn     string            `toml:"about_en"`
	Policy      map[string]any    `toml:"policy"`
	Limits      limitsTable       `toml:"limits"`
	Names       map[string]string `toml:"names"`
	CodeLists   []codeListTable   `toml:"code_list"`
	Default     map[string]any    `toml:"default"`
	Derive      map[string]string `toml:"derive"`
	Text        *textTable        `toml:"text"`
	XML         *xmlTable         `toml:"xml"`
}

type limitsTable struct {
	Documents     int64 `toml:"documents"`
	Bytes         int64 `toml:"bytes"`
	DocumentBytes int64 `toml:"document_bytes"`
	LineBytes     int64 `toml:"line_bytes"`
}

type codeListTable struct {
	Name   string           `toml:"name"`
	Sv     string           `toml:"sv"`
	En     string           `toml:"en"`
	Values []codeValueTable `toml:"value"`
}

type codeValueTable struct {
	Symbol string `toml:"symbol"`
	Text   string `toml:"text"`
	XML    string `toml:"xml"`
	Sv     string `toml:"sv"`
	En     string `toml:"en"`
}

type spanTable struct {
	Position int `toml:"position"`
	Length   int `toml:"length"`
}

type textTable struct {
	Encoding     string            `toml:"encoding"`
	LineEnd      string            `toml:"line_end"`
	RecordType   spanTable         `toml:"record_type"`
	RecordLength int               `toml:"record_length"`
	Short        bool              `toml:"short"`
	Permitted    string            `toml:"permitted"`
	Records      []textRecordTable `toml:"record"`
}

type textRecordTable struct {
	Type    string         `toml:"type"`
	Variant *variantTable  `toml:"variant"`
	NameSv  string         `toml:"name_sv"`
	NameEn  string         `toml:"name_en"`
	Group   string         `toml:"group"`
	Min     int            `toml:"min"`
	Max     int            `toml:"max"`
	Append  bool           `toml:"append"`
	Opens   bool           `toml:"opens"`
	Set     map[string]any `toml:"set"`
	Sv      string         `toml:"sv"`
	En      string         `toml:"en"`
	Fields  []fieldTable   `toml:"field"`
}

// variantTable tells records of one type apart by a value at a position.
type variantTable struct {
	Position int    `toml:"position"`
	Length   int    `toml:"length"`
	Value    string `toml:"value"`
}

type xmlTable struct {
	Root      string          `toml:"root"`
	Namespace string          `toml:"namespace"`
	Encoding  string          `toml:"encoding"`
	Permitted string          `toml:"permitted"`
	Groups    []xmlGroupTable `toml:"group"`
}

type xmlGroupTable struct {
	Group  string         `toml:"group"`
	Path   string         `toml:"path"`
	Order  int            `toml:"order"`
	Min    int            `toml:"min"`
	Max    int            `toml:"max"`
	Choice bool           `toml:"choice"`
	Set    map[string]any `toml:"set"`
	Sv     string         `toml:"sv"`
	En     string         `toml:"en"`
	Fields []fieldTable   `toml:"field"`
}

type fieldTable struct {
	Name     string `toml:"name"`
	Path     string `toml:"path"`
	Position int    `toml:"position"`
	Length   int    `toml:"length"`
	Key      string `toml:"key"`
	Format   string `toml:"format"`
	Default  any    `toml:"default"`
	Extra    bool   `toml:"extra"`
	Required bool   `toml:"required"`
	Sv       string `toml:"sv"`
	En       string `toml:"en"`
}
