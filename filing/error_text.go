package filing

import "fmt"

// Error is English, with code and place.
func (e *Error) Error() string {
	place := fmt.Sprintf("byte %d", e.Offset)
	if e.Line > 0 {
		place = fmt.Sprintf("line %d, byte %d", e.Line, e.Offset)
	}
	if e.Document > 0 {
		place = fmt.Sprintf("document %d, %s", e.Document, place)
	}
	return fmt.Sprintf("%s: %s: %s", e.Code, place, e.English)
}
