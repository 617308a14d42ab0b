package main

import (
	"database/sql"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/calendar"
)

type thinSession struct {
	ID    string    `json:"id"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	State string    `json:"state"`
	With  string    `json:"with,omitempty"`
}

type thinSlot struct {
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Free  bool      `json:"free"`
}

// support serves meetings.
func (s *thinServer) support() {
	own := s.reading(`SELECT t.id, t.start, t.finish, t.state, COALESCE(m.name, '') FROM meetings t
		LEFT JOIN members m ON m.id = t.supporter WHERE t.member = ? AND t.start >= ? ORDER BY t.start LIMIT 25`)
	book := s.writing("INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, 'booked')")
	cancel := s.writing("UPDATE meetings SET state = 'cancelled' WHERE id = ? AND member = ?")
	s.app.Get("/api/support/sessions", func(c *fiber.Ctx) error {
		id, _, err := s.caller(c)
		if err != nil {
			return err
		}
		items := []thinSession{}
		err = s.rows(own, func(r *sql.Rows) error {
			var t thinSession
			var from, to int64
			err := r.Scan(&t.ID, &from, &to, &t.State, &t.With)
			t.Start, t.End = time.Unix(from, 0).UTC(), time.Unix(to, 0).UTC()
			items = append(items, t)
			return err
		}, id, nepalMidnight(time.Now()).Unix())
		if err != nil {
			return err
		}
		return c.JSON(fiber.Map{"items": items})
	})
	s.app.Get("/api/support/slots", s.slots())
	s.app.Post("/api/support/sessions", func(c *fiber.Ctx) error {
		var in booking
		if err := c.BodyParser(&in); err != nil {
			return err
		}
		id, group, err := s.caller(c)
		if err != nil {
			return err
		}
		out := thinSession{ID: newKey(), Start: in.Start, End: in.Start.Add(time.Hour), State: "booked"}
		if _, err := book.ExecContext(s.ctx, out.ID, id, in.Supporter, group, out.Start.Unix(), out.End.Unix()); err != nil {
			return err
		}
		return c.Status(fiber.StatusCreated).JSON(out)
	})
	s.app.Post("/api/support/sessions/:id/cancel", func(c *fiber.Ctx) error {
		id, _, err := s.caller(c)
		if err != nil {
			return err
		}
		if _, err := cancel.ExecContext(s.ctx, c.Params("id"), id); err != nil {
			return err
		}
		return c.JSON(thinSession{ID: c.Params("id"), State: "cancelled"})
	})
}

// slots lays out two weeks of what one supporter or all of them have open.
func (s *thinServer) slots() fiber.Handler {
	hours := s.reading("SELECT h.supporter, m.name, h.first, h.last FROM hours h JOIN members m ON m.id = h.supporter")
	taken := s.reading("SELECT supporter, start FROM meetings WHERE state = 'booked' AND start >= ? AND start < ?")
	const hour, day = 3600, 24 * 3600
	type hers struct {
		ID          string `json:"id"`
		Name        string `json:"name"`
		first, last int64
	}
	type dayOut struct {
		Day   string     `json:"day"`
		Slots []thinSlot `json:"slots"`
	}
	return func(c *fiber.Ctx) error {
		if _, _, err := s.caller(c); err != nil {
			return err
		}
		var all []hers
		asked := map[string]bool{} // supporters
		var offered [24]int        // how many of them have each hour of a day
		err := s.rows(hours, func(r *sql.Rows) error {
			var h hers
			err := r.Scan(&h.ID, &h.Name, &h.first, &h.last)
			all = append(all, h)
			if of := c.Query("supporter"); of == "" || of == h.ID {
				asked[h.ID] = true
				for at := h.first; at < h.last; at++ {
					offered[at]++
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		midnight := nepalMidnight(time.Now()).Unix()
		booked := map[int64]int{} // how many of them, by start
		err = s.rows(taken, func(r *sql.Rows) error {
			var who string
			var at int64
			err := r.Scan(&who, &at)
			if asked[who] {
				booked[at]++
			}
			return err
		}, midnight, midnight+slotDays*day)
		if err != nil {
			return err
		}
		days := make([]dayOut, slotDays)
		for d := range days {
			from := midnight + int64(d)*day // no clock in Nepal is ever put forward or back
			days[d].Day = time.Unix(from, 0).In(calendar.Kathmandu).Format(time.DateOnly)
			for h, most := range offered {
				if at := from + int64(h)*hour; most > 0 {
					days[d].Slots = append(days[d].Slots, thinSlot{time.Unix(at, 0).UTC(), time.Unix(at+hour, 0).UTC(), booked[at] < most})
				}
			}
		}
		return c.JSON(fiber.Map{"supporters": all, "days": days})
	}
}

// training serves courses, and places in them.
func (s *thinServer) training() {
	open := s.reading(`SELECT i.id, i.course, i.seats - (SELECT count(*) FROM enrolments e WHERE e.intake = i.id AND e.state = 'enrolled')
		FROM intakes i WHERE i.ends >= ?`)
	apply := s.writing(`INSERT INTO enrolments SELECT ?, i.id, i.course, ?, 'enrolled', ? FROM intakes i WHERE i.id = ?
		AND (SELECT count(*) FROM enrolments e WHERE e.intake = i.id AND e.state = 'enrolled') < i.seats`)
	withdraw := s.writing("UPDATE enrolments SET state = 'withdrawn' WHERE id = ? AND person = ?")
	s.app.Get("/api/courses", func(c *fiber.Ctx) error {
		items := []fiber.Map{}
		err := s.rows(open, func(r *sql.Rows) error {
			var id, course string
			var left int
			err := r.Scan(&id, &course, &left)
			items = append(items, fiber.Map{"id": course, "intakes": []fiber.Map{{"id": id, "left": left, "state": "open"}}})
			return err
		}, time.Now().Format(time.DateOnly))
		if err != nil {
			return err
		}
		return c.JSON(fiber.Map{"items": items})
	})
	s.app.Post("/api/intakes/:id/apply", func(c *fiber.Ctx) error {
		id, _, err := s.caller(c)
		if err != nil {
			return err
		}
		enrolment := newKey()
		if _, err := apply.ExecContext(s.ctx, enrolment, id, string(c.Body()), c.Params("id")); err != nil {
			return err
		}
		return c.Status(fiber.StatusCreated).JSON(fiber.Map{"id": enrolment, "state": "enrolled"})
	})
	s.app.Post("/api/enrolments/:id/withdraw", func(c *fiber.Ctx) error {
		id, _, err := s.caller(c)
		if err != nil {
			return err
		}
		if _, err := withdraw.ExecContext(s.ctx, c.Params("id"), id); err != nil {
			return err
		}
		return c.JSON(fiber.Map{"id": c.Params("id"), "state": "withdrawn"})
	})
}

// grievances takes in what somebody has to say.
func (s *thinServer) grievances() {
	send := s.writing("INSERT INTO grievances VALUES (?, ?, ?, ?, 'received', ?, ?)")
	handlers := 0
	s.app.Get("/api/talk", func(c *fiber.Ctx) error { return c.JSON(fiber.Map{"token": newKey()}) })
	s.app.Post("/api/talk", func(c *fiber.Ctx) error {
		var in sending
		if err := c.BodyParser(&in); err != nil {
			return err
		}
		handlers++ // a race here hurts nobody
		receipt, due := newKey(), time.Now().AddDate(0, 0, 7).Format(time.DateOnly)
		if _, err := send.ExecContext(s.ctx, newKey(), receipt, in.Category, thinID(handlers%thinGroups), due, in.Text); err != nil {
			return err
		}
		return c.Status(fiber.StatusCreated).JSON(fiber.Map{"receipt": receipt, "outcomeBy": due})
	})
}

// desk serves a coordinator's today.
func (s *thinServer) desk() {
	applied := s.reading("SELECT count(*) FROM members WHERE grp = ? AND state = 'applied'")
	people := s.reading("SELECT count(*) FROM members WHERE grp = ?")
	today := s.reading(`SELECT t.id, a.name, b.name FROM meetings t JOIN members a ON a.id = t.member
		JOIN members b ON b.id = t.supporter WHERE t.grp = ? AND t.start >= ? AND t.start < ?`)
	seats := s.reading("SELECT id, seats FROM intakes WHERE ends >= ?")
	mine := s.reading("SELECT id, due FROM grievances WHERE handler = ? AND state = 'received' ORDER BY due")
	s.app.Get("/api/desk", func(c *fiber.Ctx) error {
		id, group, err := s.caller(c)
		if err != nil {
			return err
		}
		var waiting, members int
		if err := applied.QueryRowContext(s.ctx, group).Scan(&waiting); err != nil {
			return err
		}
		if err := people.QueryRowContext(s.ctx, group).Scan(&members); err != nil {
			return err
		}
		out := fiber.Map{"applications": waiting, "members": members}
		list := func(name string, columns int, q *sql.Stmt, values ...any) {
			items := [][]string{}
			if err == nil {
				err = s.rows(q, func(r *sql.Rows) error {
					row, into := make([]string, columns), make([]any, columns)
					for i := range row {
						into[i] = &row[i]
					}
					items = append(items, row)
					return r.Scan(into...)
				}, values...)
			}
			out[name] = items
		}
		midnight := nepalMidnight(time.Now())
		list("sessions", 3, today, group, midnight.Unix(), midnight.AddDate(0, 0, 1).Unix())
		list("seatsOpen", 2, seats, time.Now().Format(time.DateOnly))
		list("grievances", 2, mine, id)
		if err != nil {
			return fmt.Errorf("desk: %w", err)
		}
		return c.JSON(out)
	})
}
