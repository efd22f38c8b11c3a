package main

import (
	"fmt"
	"runtime/debug"

	"filtjanst/filing"

	"github.com/spf13/cobra"
)

func addVersion(root *cobra.Command, a *app) {
	root.AddCommand(&cobra.Command{
		Use:     "version",
		GroupID: groupAbout,
		Short:   a.say("visa version och profiluppsättning", "show version and profile set"),
		Args:    arguments(0, 0),
		RunE:    func(*cobra.Command, []string) error { return a.version() },
	})
}

func (a *app) version() error {
	v := struct {
		Version  string `json:"version"`
		Revision string `json:"revision"`
		Go       string `json:"go"`
		Profile  string `json:"profile"`
		Digest   string `json:"profile_digest"`
	}{Version: "devel", Profile: filing.Own().Name(), Digest: filing.Own().Digest()}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Version, v.Go, v.Revision = info.Main.Version, info.GoVersion, setting(info, "vcs.revision")
	}
	if a.json() {
		return a.printJSON(v)
	}
	_, err := fmt.Fprintf(a.out, "filtjanst %s %s\n%s %s %s\n", v.Version, v.Go, a.say("profil", "profile"), v.Profile, v.Digest)
	return err
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}
