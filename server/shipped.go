//go:build production

package main

// trying is empty in what is shipped.
type trying struct{}

const tryingExamples = ""
