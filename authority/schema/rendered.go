package schema

import (
	"io/fs"
	"strings"
)

// rendered shows the migrations of a directory as an engine wants them.
type rendered struct {
	fs.FS
	texts map[string]string
}

// renderedFile reads the rendered text and is else the file it came from.
type renderedFile struct {
	fs.File
	text *strings.Reader
}

func (f renderedFile) Read(p []byte) (int, error) { return f.text.Read(p) }

func (r rendered) Open(name string) (fs.File, error) {
	f, err := r.FS.Open(name)
	if err != nil {
		return nil, err
	}
	text, ok := r.texts[name]
	if !ok {
		return f, nil
	}
	return renderedFile{f, strings.NewReader(text)}, nil
}

// render shows list in place of the files of source it was read from.
func (list files) render(source fs.FS) (fs.FS, error) {
	dir, err := fs.Sub(source, "migrations")
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(list))
	for _, f := range list {
		texts[f.name] = f.text
	}
	return rendered{dir, texts}, nil
}
