package plain

// Line is a number to call outside the organisation.
type Line struct {
	Number string
	Key    string // of the words that say whose it is
	Source string // where it was confirmed
}

// Lines are the numbers in Nepal that could be confirmed, last checked on
// 2026-11-26. Others were left out rather than guessed.
var Lines = []Line{
	{"1145", "women", "nwc.gov.np"},
	{"1098", "child", "ncrc.gov.np"},
	{"104", "missing", "ncrc.gov.np"},
	{"100", "police", "nepalpolice.gov.np"},
}

// urgent is the number for somebody who is in danger now.
const urgent = "100"
