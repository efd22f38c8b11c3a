package extract

import (
	"fmt"
	"strings"
)

// maxFaults is how many faults of a register file are told.
const maxFaults = 100

// Fault is what is wrong in one line of a register file. Values are not told:
// they may be personal data.
type Fault struct {
	Line    int64  `json:"line"` // from 1, the line of column names included
	Column  string `json:"column,omitempty"`
	Swedish string `json:"sv"`
	English string `json:"en"`
}

// Faults is the error of a register file that is not imported: nothing of it
// was kept. It holds the first faults; All counts them.
type Faults struct {
	Kind  Kind    `json:"kind"`
	First []Fault `json:"faults"`
	All   int64   `json:"fault_count"`
}

func (f *Faults) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "extract: the file of %s has %d faults and is not imported", f.Kind, f.All)
	for _, one := range f.First[:min(len(f.First), 10)] {
		fmt.Fprintf(&b, "; line %d", one.Line)
		if one.Column != "" {
			fmt.Fprintf(&b, ", %s", one.Column)
		}
		fmt.Fprintf(&b, ": %s", one.English)
	}
	return b.String()
}

func (f *Faults) add(line int64, column, swedish, english string) {
	if f.All++; len(f.First) < maxFaults {
		f.First = append(f.First, Fault{line, column, swedish, english})
	}
}

// addOther tells of a row whose key stood for another person before.
func (f *Faults) addOther(first, again owned) {
	f.add(again.line, "identity", fmt.Sprintf("är en annan än på rad %d, som har samma nummer", first.line),
		fmt.Sprintf("is another than in line %d, which has the same number", first.line))
}
