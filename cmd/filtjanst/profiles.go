package main

import (
	"os"
	"path/filepath"
	"strings"

	"filtjanst/calendar"
	"filtjanst/filing"

	"github.com/spf13/cobra"
)

// profileFlags choose the profile set that a file is read with.
type profileFlags struct {
	dirs []string
	name string
}

func (p *profileFlags) register(cmd *cobra.Command, a *app) {
	cmd.Flags().StringArrayVar(&p.dirs, "profiles", nil,
		a.say("katalog `DIR` med en profiluppsättning, eller med flera i underkataloger", "directory `DIR` of a profile set, or of several below it"))
	cmd.Flags().StringVar(&p.name, "profile", "",
		a.say("läs med uppsättningen `NAME` i stället för den som gäller för kod och dag", "read with the set `NAME` instead of the one valid for code and day"))
}

// sets returns the built-in set and those of the directories.
func (p *profileFlags) sets() (filing.Sets, error) {
	sets := filing.Sets{filing.Own()}
	for _, dir := range p.dirs {
		more, err := loadSets(dir)
		if err != nil {
			return nil, err
		}
		sets = append(sets, more...)
	}
	return sets, nil
}

func loadSets(dir string) (filing.Sets, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, notOpened(dir, err)
	}
	var sets filing.Sets
	for _, below := range filing.SetFolders(os.DirFS(dir)) {
		d := filepath.Join(dir, below)
		set, err := filing.LoadSet(os.DirFS(d))
		if err != nil {
			return nil, failed(err, "profiluppsättningen %s kan inte användas", "the profile set %s cannot be used", d).
				hint("filtjanst layout verify %s visar alla motsägelser", "filtjanst layout verify %s shows every contradiction", d)
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// pick chooses the set by its name, or the one valid for all codes on the day.
func (p *profileFlags) pick(day calendar.Day) (*filing.Set, error) {
	return p.pickFor(nil, "", day)
}

// pickFor chooses the set by its name, or the one valid for the code and day.
// Without a code it is the one stated at the beginning of the file.
func (p *profileFlags) pickFor(head []byte, code string, day calendar.Day) (*filing.Set, error) {
	sets, err := p.sets()
	if err != nil {
		return nil, err
	}
	if p.name != "" {
		set, ok := sets.ByName(p.name)
		if !ok {
			return nil, misuse("det finns ingen profiluppsättning %q", "there is no profile set %q", p.name).
				hint("det finns: %s", "there are: %s", strings.Join(sets.Names(), " "))
		}
		return set, nil
	}
	if code == "" && len(sets) > 1 {
		code = sets.StatedCode(head)
	}
	set, ok := sets.For(code, day)
	if !ok {
		return nil, misuse("ingen profiluppsättning gäller %s", "no profile set is valid on %s", day).
			hint("egen profil gäller från %s", "our own profile is valid from %s", filing.Own().ValidFrom())
	}
	return set, nil
}
