package routes

import (
	"errors"
	"io"
	"mime/multipart"

	"chautari/models/fault"
)

// Upload is a file that was sent as the one field "file" of a multipart body.
// Name is what the sender's device calls it, without folders.
type Upload struct {
	Name    string
	Content []byte
}

const uploadField = "file"

// readUpload takes exactly one file from a multipart body. It streams, so what
// stands before the file or is over the limit isn't kept.
func readUpload(body io.Reader, boundary string, limit int) (Upload, error) {
	parts := multipart.NewReader(body, boundary)
	part, err := parts.NextRawPart()
	switch {
	case errors.Is(err, errTooLarge):
		return Upload{}, errTooLarge
	case errors.Is(err, io.EOF):
		return Upload{}, malformed(uploadField, "field.required")
	case err != nil:
		return Upload{}, malformed("", "")
	case part.FormName() != uploadField:
		return Upload{}, malformed("", "")
	case part.FileName() == "":
		return Upload{}, malformed(uploadField, "field.wrong_type")
	}
	content, err := io.ReadAll(io.LimitReader(part, int64(limit)+1))
	switch {
	case errors.Is(err, errTooLarge) || len(content) > limit:
		return Upload{}, errTooLarge
	case err != nil:
		return Upload{}, malformed("", "")
	}
	if _, err := parts.NextRawPart(); !errors.Is(err, io.EOF) {
		return Upload{}, malformed("", "")
	}
	return Upload{Name: part.FileName(), Content: content}, nil
}

var errTooLarge = fault.New(fault.TooLarge, "request.too_large")

// capped reads until more than left bytes came, and then fails with errTooLarge.
type capped struct {
	r    io.Reader
	left int
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, errTooLarge
	}
	n, err := c.r.Read(p[:min(len(p), c.left+1)])
	if c.left -= n; c.left < 0 {
		return n, errTooLarge
	}
	return n, err
}
