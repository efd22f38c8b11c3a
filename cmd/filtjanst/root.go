package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The groups of the menu, in its order.
const (
	groupTry       = "try"
	groupFiles     = "files"
	groupTraffic   = "traffic"
	groupAuthority = "authority"
	groupAbout     = "about"
)

// groups is the whole command line, in the order of the menu. To add a group
// of commands, write a file with a function
//
//	func addX(root *cobra.Command, a *app)
//
// that adds its commands to root, each with one of the groups above as its
// GroupID, texts from a.say, and a RunE that reads and writes through a only,
// returns nil or a fault (see exit.go), and takes its context from the
// command. Then name the function here.
func groups() []func(root *cobra.Command, a *app) {
	return []func(*cobra.Command, *app){
		addDemo,
		addSandbox,
		addClock,
		addBuild,
		addCheck,
		addConvert,
		addLayout,
		addExplain,
		addSend,
		addFetch,
		addStatus,
		addRenumber,
		addReconcile,
		addServe,
		addCase,
		addImport,
		addLetters,
		addInvoices,
		addParties,
		addPermits,
		addConfig,
		addDocs,
		addVersion,
	}
}

func init() { cobra.EnableCommandSorting = false } // the menu has an order of its own

// newRoot makes the whole command line.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "filtjanst",
		Short: a.say("filtjänster för Kronofogden: myndighetens nod, ingivarens verktyg, övningsmiljö", "file services of the Enforcement Authority: node, filer's tool, rehearsal stage"),
		Long: a.say(
			"Filtjänst tar emot, kontrollerar och besvarar transaktionsfiler; bygger, kontrollerar\noch sänder dem; och övar alltsammans i en sandlåda. Layouter och koder är projektets\negna profil, inte myndighetens.",
			"Filtjanst takes in, checks and answers transaction files; builds, checks and sends\nthem; and rehearses all of it in a sandbox. Layouts and codes are this project's own\nprofile, not the authority's."),
		Args:          cobra.ArbitraryArgs,
		RunE:          menu,
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2,
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(flagFault)
	root.PersistentFlags().Var(newChoice(&a.format, formatText, formatJSON, formatJSONL), "format",
		a.say("utdata: text, json eller jsonl", "output: text, json or jsonl"))
	root.PersistentFlags().Var(newChoice(&a.lang, swedish, english), "lang",
		a.say("språk: sv eller en (annars efter LANG)", "language: sv or en (else by LANG)"))
	root.PersistentFlags().BoolP("help", "h", false, a.say("visa hjälp", "show help"))
	addGroupTitles(root, a)
	for _, add := range groups() {
		add(root, a)
	}
	finish(root, a)
	return root
}

func addGroupTitles(root *cobra.Command, a *app) {
	root.AddGroup(
		&cobra.Group{ID: groupTry, Title: a.say("Prova", "Try it")},
		&cobra.Group{ID: groupFiles, Title: a.say("Filer", "Files")},
		&cobra.Group{ID: groupTraffic, Title: a.say("Ingivarens trafik", "The filer's traffic")},
		&cobra.Group{ID: groupAuthority, Title: a.say("Myndighetens nod", "The authority's node")},
		&cobra.Group{ID: groupAbout, Title: a.say("Om programmet", "About")},
	)
	root.SetHelpCommandGroupID(groupAbout)
	root.SetCompletionCommandGroupID(groupAbout)
}

// finish puts the commands in the order of the menu and gives help and
// completion the user's language.
func finish(root *cobra.Command, a *app) {
	root.InitDefaultHelpCmd()
	knowTopics(root, a)
	root.InitDefaultCompletionCmd()
	speak(root, a)
	root.SetUsageTemplate(usageTemplate(a))
	speakUsage(root, a)
	root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}{{.UsageString}}")

	order := []string{groupTry, groupFiles, groupTraffic, groupAuthority, groupAbout}
	commands := slices.Clone(root.Commands())
	slices.SortStableFunc(commands, func(x, y *cobra.Command) int {
		return cmp.Compare(slices.Index(order, x.GroupID), slices.Index(order, y.GroupID))
	})
	root.RemoveCommand(commands...)
	root.AddCommand(commands...)
	completeChoices(root)
}

// completeChoices lets the shell offer the values of flags that have a few.
func completeChoices(cmd *cobra.Command) {
	offer := func(f *pflag.Flag) {
		if c, ok := f.Value.(*choice); ok {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(c.values, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
		}
	}
	cmd.Flags().VisitAll(offer)
	cmd.PersistentFlags().VisitAll(offer)
	for _, c := range cmd.Commands() {
		completeChoices(c)
	}
}

// knowTopics makes it wrong use to ask for help about a command that there is
// not, which cobra answers with the menu.
func knowTopics(root *cobra.Command, a *app) {
	help := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if rest := cmd.Flags().Args(); cmd.HasAvailableSubCommands() && len(rest) > 0 {
			a.noTopic = menu(cmd, rest)
			return
		}
		if a.json() {
			a.noTopic = a.printJSON(menuOf(cmd))
			return
		}
		help(cmd, args)
	})
	for _, c := range root.Commands() {
		if c.Name() == "help" {
			c.Run, c.RunE = nil, func(_ *cobra.Command, args []string) error { return helpAbout(root, args) }
		}
	}
}

func helpAbout(root *cobra.Command, args []string) error {
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if cmd.HasAvailableSubCommands() && len(rest) > 0 {
		return menu(cmd, rest)
	}
	cmd.InitDefaultHelpFlag()
	return cmd.Help()
}

// speak gives what cobra adds by itself the user's language.
func speak(root *cobra.Command, a *app) {
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Short = a.say("visa menyn, eller hjälp om ett kommando", "show the menu, or help about a command")
		case "completion":
			c.Short = a.say("skriv ifyllnadsskript för skalet", "write a completion script for the shell")
		}
	}
}

// nearNames is how many letters may differ in a command that may be meant.
const nearNames = 2

// menu shows the commands, or says that there is no such command.
func menu(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	f := misuse("det finns inget kommando %q", "there is no command %q", args[0])
	cmd.SuggestionsMinimumDistance = cmp.Or(cmd.SuggestionsMinimumDistance, nearNames)
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		_ = f.hint("menade du %s?", "did you mean %s?", strings.Join(near, ", "))
	}
	return f.hint("%s --help visar kommandona", "%s --help lists the commands", cmd.CommandPath())
}
