package routes

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"

	"github.com/gofiber/fiber/v2"
)

// File is the Out of a route that hands a file over instead of JSON. The browser
// saves it and runs nothing of it. Name is plain ASCII, says nothing of anybody,
// and ends as its Type does.
type File struct {
	Name string
	Type string // as "text/csv; charset=utf-8"
	Body []byte
	// InPieces: a player may ask for a piece of it, as those of some phones do
	// before they play anything.
	InPieces bool
}

var fileType = reflect.TypeFor[File]()

// filePolicy is for whoever gets a browser to show it all the same.
const filePolicy = "default-src 'none'; sandbox"

func (f File) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentSecurityPolicy, filePolicy)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+f.Name+`"`)
	c.Set(fiber.HeaderContentType, f.Type)
	if !f.InPieces {
		return c.Send(f.Body)
	}
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	from, until, ok := pieceOf(c.Get(fiber.HeaderRange), len(f.Body))
	if ok {
		c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", from, until-1, len(f.Body)))
		c.Status(fiber.StatusPartialContent)
	}
	return c.Send(f.Body[from:until])
}

var onePiece = regexp.MustCompile(`^bytes=([0-9]{1,9})-([0-9]{0,9})$`)

// pieceOf reads which one piece is asked for (RFC 9110, 14.2); of whatever else is
// asked the whole is given, which the same rule allows.
func pieceOf(asked string, length int) (from, until int, ok bool) {
	part := onePiece.FindStringSubmatch(asked)
	if part == nil {
		return 0, length, false
	}
	from, _ = strconv.Atoi(part[1])
	until = length
	if last, err := strconv.Atoi(part[2]); err == nil {
		until = min(length, last+1)
	}
	if from >= until {
		return 0, length, false
	}
	return from, until, true
}

// describe is how the document shows the answer.
func (f File) describe() object {
	return object{f.Type: object{"schema": object{"type": "string", "contentMediaType": "application/octet-stream"}, "example": string(f.Body)}}
}
