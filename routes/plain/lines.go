package plain

import "github.com/gofiber/fiber/v2"

// Line is a number to call outside the organisation.
type Line struct {
	Number string
	Key    string // of the words that say whose it is
	Source string // where it was confirmed
	// Name says whose it is, in the language of the page, where the organisation
	// chose its own numbers; then there is no key.
	Name string
}

// Lines are the numbers in Nepal that could be confirmed, last checked on
// 2026-11-26. Others were left out rather than guessed. They stand where an
// organisation has none of its own or can't be asked.
var Lines = []Line{
	{Number: "1145", Key: "women", Source: "nwc.gov.np"},
	{Number: "1098", Key: "child", Source: "ncrc.gov.np"},
	{Number: "104", Key: "missing", Source: "ncrc.gov.np"},
	{Number: "100", Key: "police", Source: "nepalpolice.gov.np"},
}

// urgent is the number for somebody who is in danger now.
const urgent = "100"

// Numbers finds the numbers of the organisation at whose door a request stands,
// with their names in a language.
type Numbers func(c *fiber.Ctx, language string) []Line

// at are the organisation's numbers, or the usual ones.
func (n Numbers) at(c *fiber.Ctx, language string) []Line {
	if n != nil {
		if lines := n(c, language); len(lines) > 0 {
			return lines
		}
	}
	return Lines
}
