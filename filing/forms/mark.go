package forms

import (
	"bufio"
	"io"
)

// byteOrderMark may stand before UTF-8.
const byteOrderMark = "\ufeff"

// withoutMark skips the byte order mark that some systems write.
func withoutMark(r io.Reader) *bufio.Reader {
	b := bufio.NewReaderSize(r, 64<<10)
	if mark, _ := b.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = b.Discard(len(byteOrderMark)) // they were read
	}
	return b
}
