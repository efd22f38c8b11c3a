package claimlist

// Near finds the name that is most like the one written, if any is so like it
// that it may be meant: a letter in three may differ.
func Near(written string, names []string) (found string, ok bool) {
	least := max(len([]rune(written))/3, 1) + 1
	for _, name := range names {
		if d := distance([]rune(written), []rune(name)); d < least {
			least, found, ok = d, name, true
		}
	}
	return found, ok
}

// distance counts the letters to insert, delete or replace to make b of a.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
