package main

import (
	"os"
	"path/filepath"

	"filtjanst/cmd/filtjanst/handbook"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

//go:generate go run . docs --out ../../docs

// addDocs adds the command that writes the generated part of docs; it is for
// those who work on the program, and hidden.
func addDocs(root *cobra.Command, a *app) {
	var out string
	cmd := &cobra.Command{
		Use:     "docs",
		GroupID: groupAbout,
		Hidden:  true,
		Short:   a.say("skriv de genererade dokumenten", "write the generated documents"),
		Args:    arguments(0, 0),
		RunE:    func(*cobra.Command, []string) error { return a.writeDocs(out) },
	}
	cmd.Flags().StringVar(&out, "out", "docs", a.say("skriv i katalogen `DIR`", "write in the directory `DIR`"))
	root.AddCommand(cmd)
}

func (a *app) writeDocs(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "layouts"), 0o755); err != nil {
		return failed(err, "kan inte skriva i katalogen %s", "cannot write in the directory %s", dir)
	}
	for _, d := range handbook.Documents(filing.Own()) {
		if err := a.writeOut(filepath.Join(dir, d.Path), d.Write); err != nil {
			return err
		}
	}
	return nil
}

// basisOf is what something rests on, in the language of the user.
func (a *app) basisOf(rests string) string {
	return handbook.Basis(rests, a.say("eget val", "own choice"))
}
