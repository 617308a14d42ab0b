package script

import "strings"

// CleanLines is Clean for a text of several lines: each line has its form, at
// most one empty line stands between two others, and none at the ends.
func CleanLines(s string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	var out []string
	for _, l := range lines {
		l = Clean(l)
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
