package xmlpull

import (
	"bytes"
	"regexp"
)

// declarationLimit is how long an XML declaration may be.
const declarationLimit = 512

var declarationForm = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>`)

// declaration passes over the XML declaration and returns the encoding it names.
func (in *input) declaration() (encoding string, err error) {
	head := in.buf[in.pos:min(in.end, in.pos+declarationLimit)]
	if len(head) < 6 || string(head[:5]) != "<?xml" || class[head[5]]&isSpace == 0 {
		return "", nil
	}
	m := declarationForm.FindSubmatch(head)
	if m == nil {
		if !bytes.Contains(head, []byte("?>")) && in.over {
			return "", in.fail(Truncated, "the file ends in the XML declaration")
		}
		return "", in.fail(Malformed, `the XML declaration is not of the form <?xml version="1.0" encoding="…"?>`)
	}
	in.pos += len(m[0])
	return string(m[1]) + string(m[2]), nil
}
