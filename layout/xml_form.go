package layout

import (
	"bufio"
	"io"
)

type xmlForm struct{}

func (c *compiler) xmlForm() {}

func newXMLReader(io.Reader, *readState) formReader { panic("not yet") }

func newXMLWriter(*bufio.Writer, *Layout, *Tree) formWriter { panic("not yet") }
