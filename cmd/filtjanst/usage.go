package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// usageTemplate is cobra's, in the user's language and without groups that
// have no commands.
func usageTemplate(a *app) string {
	return strings.NewReplacer(
		"USAGE", a.say("Användning:", "Usage:"),
		"COMMANDS", a.say("Kommandon:", "Commands:"),
		"EXAMPLES", a.say("Exempel:", "Examples:"),
		"LOCAL", a.say("Flaggor:", "Flags:"),
		"GLOBAL", a.say("Flaggor för alla kommandon:", "Flags of every command:"),
		"{{.CommandPath}} COMMAND", a.say("{{.CommandPath}} KOMMANDO", "{{.CommandPath}} COMMAND"),
		"MORE", a.say(`"filtjanst help KOMMANDO" säger mer om ett kommando`, `"filtjanst help COMMAND" says more about a command`),
	).Replace(usageText)
}

// speakUsage gives what cobra and pflag write into usages by themselves the
// user's language.
func speakUsage(root *cobra.Command, a *app) {
	usage := root.UsageFunc()
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		out := cmd.OutOrStdout()
		var text strings.Builder
		cmd.SetOut(&text)
		err := usage(cmd)
		cmd.SetOut(out)
		said := text.String()
		if a.lang == swedish {
			said = strings.NewReplacer("[flags]", "[flaggor]", "(default ", "(normalt ").Replace(said)
		}
		_, writeErr := io.WriteString(out, said)
		return errors.Join(err, writeErr)
	})
}

const usageText = `USAGE
{{- if and .Runnable (not .HasSubCommands)}}
  {{.UseLine}}{{end}}
{{- if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND{{end}}
{{- $commands := .Commands}}
{{- if .HasAvailableSubCommands}}
{{- range $group := .Groups}}{{$first := true}}
{{- range $commands}}{{if and (eq .GroupID $group.ID) (or .IsAvailableCommand (eq .Name "help"))}}
{{- if $first}}

{{$group.Title}}{{$first = false}}{{end}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}
{{- if not .Groups}}

COMMANDS
{{- range $commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{end}}
{{- if .HasExample}}

EXAMPLES
{{.Example}}{{end}}
{{- if .HasAvailableLocalFlags}}

LOCAL
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableInheritedFlags}}

GLOBAL
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableSubCommands}}

MORE{{end}}
`

// flagFault says in both languages what is wrong with a flag.
func flagFault(cmd *cobra.Command, err error) error {
	f := misuse("%s", "%s", err.Error())
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok {
		f = misuse("flaggan %s finns inte", "there is no flag %s", dashes(e.GetSpecifiedName()))
	}
	if e, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		f = misuse("flaggan %s behöver ett värde", "the flag %s needs a value", dashes(e.GetSpecifiedName()))
	}
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f = wrongValue(e)
	}
	return f.hint("%s --help visar flaggorna", "%s --help lists the flags", cmd.CommandPath())
}

// wrongValue says what the flag takes, for the kinds whose own errors are in the
// words of Go.
func wrongValue(e *pflag.InvalidValueError) *fault {
	name := e.GetFlag().Name
	switch e.GetFlag().Value.Type() {
	case "int", "int64":
		return misuse("--%s tar ett heltal, inte %q", "--%s takes a whole number, not %q", name, e.GetValue())
	case "duration":
		return misuse("--%s tar en tid som 90s eller 2m, inte %q", "--%s takes a duration such as 90s or 2m, not %q", name, e.GetValue())
	}
	return misuse("flaggan --%s tar inte värdet %q: %v", "the flag --%s does not take the value %q: %v", name, e.GetValue(), e.Unwrap())
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// arguments checks how many arguments a command was given; most < 0 means any
// number.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		var f *fault
		switch {
		case len(args) < least:
			f = misuse("kommandot behöver fler argument", "the command needs more arguments")
		case most >= 0 && len(args) > most:
			f = misuse("kommandot tar inte argumentet %q", "the command takes no argument %q", args[most])
		default:
			return nil
		}
		use := strings.TrimSpace(cmd.CommandPath() + strings.TrimPrefix(cmd.Use, cmd.Name()))
		return f.hint("skriv: %s", "write: %s", use)
	}
}

// choice is a flag with a few values.
type choice struct {
	value  *string
	values []string
}

func newChoice(value *string, values ...string) *choice { return &choice{value, values} }

func (c *choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

func (c *choice) Type() string { return strings.Join(c.values, "|") }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.values, s) {
		return fmt.Errorf("%s", c.Type())
	}
	*c.value = s
	return nil
}
