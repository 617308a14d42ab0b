package main

import (
	"errors"
	"fmt"
	"io"
)

// level is how much a finding matters.
type level string

const (
	well  level = "ok"
	warn  level = "warn" // worth doing something about soon
	wrong level = "bad"  // wants doing now
)

// finding is what a check says of one thing. Its words name files and numbers,
// never anything that is stored.
type finding struct {
	level level
	about string
	words string
}

func isWell(about, words string, args ...any) finding {
	return finding{well, about, fmt.Sprintf(words, args...)}
}

func toWatch(about, words string, args ...any) finding {
	return finding{warn, about, fmt.Sprintf(words, args...)}
}

func isWrong(about, words string, args ...any) finding {
	return finding{wrong, about, fmt.Sprintf(words, args...)}
}

// say prints findings, one a line, and errs when one of them is wrong.
func say(w io.Writer, findings []finding) error {
	bad := 0
	for _, f := range findings {
		fmt.Fprintf(w, "%-5s %-12s %s\n", f.level, f.about, f.words)
		if f.level == wrong {
			bad++
		}
	}
	if bad > 0 {
		return errors.New("something above wants doing now")
	}
	return nil
}
