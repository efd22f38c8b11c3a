package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// menuJSON is a command for programs: what help says, and the commands below it.
type menuJSON struct {
	Command  string     `json:"command"` // with those above it: "filtjanst case act"
	Use      string     `json:"use"`
	Group    string     `json:"group,omitempty"`
	Short    string     `json:"short"`
	Long     string     `json:"long,omitempty"`
	Examples []string   `json:"examples,omitempty"`
	Flags    []flagJSON `json:"flags"`
	Commands []menuJSON `json:"commands,omitempty"`
}

// flagJSON is a flag. The flags of every command stand with the root alone.
type flagJSON struct {
	Name    string `json:"name"`
	Short   string `json:"shorthand,omitempty"`
	Value   string `json:"value,omitempty"` // what it takes; none for a switch
	Default string `json:"default,omitempty"`
	Usage   string `json:"usage"`
}

// menuOf is the command with all below it that help shows.
func menuOf(cmd *cobra.Command) menuJSON {
	m := menuJSON{
		Command: cmd.CommandPath(), Use: cmd.Use, Group: cmd.GroupID, Short: cmd.Short, Long: strings.NewReplacer("\n\n", "\n", "\n", " ").Replace(cmd.Long), Flags: []flagJSON{},
	}
	for line := range strings.Lines(cmd.Example) {
		m.Examples = append(m.Examples, strings.TrimSpace(line))
	}
	own := func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		m.Flags = append(m.Flags, flagJSON{Name: f.Name, Short: f.Shorthand, Value: value, Default: defaultOf(f), Usage: usage})
	}
	cmd.NonInheritedFlags().VisitAll(own)
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			m.Commands = append(m.Commands, menuOf(c))
		}
	}
	return m
}

// defaultOf is the value of a flag that is not given, "" where that is none.
func defaultOf(f *pflag.Flag) string {
	switch f.DefValue {
	case "0", "0s", "false":
		return ""
	}
	return f.DefValue
}
