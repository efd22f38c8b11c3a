package main

import (
	"bytes"
	"os"
	"path/filepath"

	"filtjanst/calendar"
	"filtjanst/filing"
	"filtjanst/layout"

	"github.com/spf13/cobra"
)

// manifestName names the file that makes a directory a profile set.
const manifestName = "set.toml"

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
	dirs := []string{dir}
	if below, _ := filepath.Glob(filepath.Join(dir, "*", manifestName)); !exists(filepath.Join(dir, manifestName)) && len(below) > 0 {
		dirs = dirs[:0]
		for _, manifest := range below {
			dirs = append(dirs, filepath.Dir(manifest))
		}
	}
	var sets filing.Sets
	for _, d := range dirs {
		set, err := filing.LoadSet(os.DirFS(d))
		if err != nil {
			return nil, failed(err, "profiluppsättningen %s kan inte användas", "the profile set %s cannot be used", d).
				hint("filtjanst layout verify %s visar alla motsägelser", "filtjanst layout verify %s shows every contradiction", d)
		}
		sets = append(sets, set)
	}
	return sets, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
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
		return byName(sets, p.name)
	}
	if code == "" && len(sets) > 1 {
		code = statedCode(sets, head)
	}
	set, ok := sets.For(code, day)
	if !ok {
		return nil, misuse("ingen profiluppsättning gäller %s", "no profile set is valid on %s", day).
			hint("egen profil gäller från %s", "our own profile is valid from %s", filing.Own().ValidFrom())
	}
	return set, nil
}

func byName(sets filing.Sets, name string) (*filing.Set, error) {
	names := words{}
	for _, set := range sets {
		if set.Name() == name {
			return set, nil
		}
		names.sv += " " + set.Name()
	}
	return nil, misuse("det finns ingen profiluppsättning %q", "there is no profile set %q", name).
		hint("det finns:%s", "there are:%s", names.sv)
}

// statedCode reads the party code at the start of a file, with the first set
// that can; "" if none can.
func statedCode(sets filing.Sets, head []byte) string {
	for _, set := range sets {
		tx, form, ok := set.Identify(head)
		if !ok {
			continue
		}
		l, _ := set.Layout(tx)
		r := l.NewReader(bytes.NewReader(head), form, layout.Options{})
		_ = r.Next(layout.NewTree(l.Vocabulary(), layout.DocumentGroup)) // the head ends anywhere
		if code := textOf(r.File(), "file.party_code"); code != "" {
			return code
		}
	}
	return ""
}

func textOf(t *layout.Tree, path string) string {
	k := t.Vocabulary().FindKey(path)
	if k == layout.None {
		return ""
	}
	return t.Text(t.Top(), k)
}
