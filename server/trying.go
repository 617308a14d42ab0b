//go:build !production

package main

// trying is what somebody tries the product out with. Built with the tag
// "production", as what is shipped is, the program has neither it nor anybody
// invented.
type trying struct {
	Demo demoCommand `cmd:"" help:"Fill a fresh store with an invented organisation and serve it."`
}

const tryingExamples = `
  server demo                          try it out on http://localhost:8080
  PORT=9000 server demo                the same on another port; CREDENTIALS=FILE writes
                                       its sign-ins there, as JSON`
