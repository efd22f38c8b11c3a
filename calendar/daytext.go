package calendar

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// MarshalText gives YYYY-MM-DD, the empty text for the zero Day. A day beyond
// 9999-12-31 cannot be written and is an error.
func (d Day) MarshalText() ([]byte, error) {
	if d < 0 || d > lastDay {
		return nil, fmt.Errorf("calendar: day number %d: %w", int32(d), ErrDay)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := ParseDay(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value stores the day as the text YYYY-MM-DD, the zero Day as NULL.
func (d Day) Value() (driver.Value, error) {
	if d == 0 {
		return nil, nil
	}
	text, err := d.MarshalText()
	return string(text), err
}

// Scan reads a stored day: text, a date of the driver, or NULL.
func (d *Day) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = 0
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		*d = FromTime(v)
		return nil
	}
	return fmt.Errorf("calendar: a column of type %T: %w", src, ErrDay)
}
