package routes

import (
	"reflect"

	"github.com/gofiber/fiber/v2"
)

// File is the Out of a route that hands a file over instead of JSON. The browser
// saves it and runs nothing of it. Name is plain ASCII, says nothing of anybody,
// and ends as its Type does.
type File struct {
	Name string
	Type string // as "text/csv; charset=utf-8"
	Body []byte
}

var fileType = reflect.TypeFor[File]()

// filePolicy is for whoever gets a browser to show it all the same.
const filePolicy = "default-src 'none'; sandbox"

func (f File) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentSecurityPolicy, filePolicy)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+f.Name+`"`)
	c.Set(fiber.HeaderContentType, f.Type)
	return c.Send(f.Body)
}

// describe is how the document shows the answer.
func (f File) describe() object {
	return object{f.Type: object{"schema": object{"type": "string", "contentMediaType": "application/octet-stream"}, "example": string(f.Body)}}
}
