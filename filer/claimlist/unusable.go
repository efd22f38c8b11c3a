package claimlist

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Unusable is why nothing at all can be made of a list.
type Unusable struct{ swedish, english string }

func unusable(sv, en string, args ...any) error {
	return &Unusable{fmt.Sprintf(sv, args...), fmt.Sprintf(en, args...)}
}

func (u *Unusable) Error() string { return u.english }

// Swedish tells the reason in Swedish.
func (u *Unusable) Swedish() string { return u.swedish }

// English tells the reason in English.
func (u *Unusable) English() string { return u.english }

// unusableJSON says why objects cannot be read from the one of the number on; 0
// where it is not known which.
func unusableJSON(number int, err error) error {
	sv, en := "listan kan inte läsas som JSON", "the list cannot be read as JSON"
	if number > 0 {
		sv, en = fmt.Sprintf("%s, objekt %d", sv, number), fmt.Sprintf("%s, object %d", en, number)
	}
	var known *Unusable
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &known):
		return &Unusable{sv + ": " + known.swedish, en + ": " + known.english}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Unusable{sv + ": den slutar mitt i", en + ": it breaks off there"}
	case errors.As(err, &kind):
		return &Unusable{sv + ": skriv en lista av objekt, eller ett objekt per rad", en + ": write an array of objects, or an object a line"}
	}
	return &Unusable{sv + ": " + err.Error(), en + ": " + err.Error()}
}
