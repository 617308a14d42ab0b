package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gofiber/fiber/v2"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// The thin server is the headroom: Fiber over SQLite that looks up a session,
// sends rows and writes them, at the product's addresses, with no check beyond
// what an index does, no sealing, no audit, no validation and no full fsync.

const thinArgument = "thin"

// thinGroups is how many groups the thin server's people are spread over.
const thinGroups = 10

// thin measures the thin server.
func (b *bench) thin(ctx context.Context, size int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(b.folder, "thin-")
	if err != nil {
		return err
	}
	p, err := start(ctx, self, thinArgument, "DATA_DIR="+folder, "MEMBERS="+strconv.Itoa(size))
	if err != nil {
		return err
	}
	s := &site{process: p, thin: true, seconds: b.Seconds + 1}
	for i := range b.Clients {
		s.members = append(s.members, "s="+thinID(i))
	}
	for i := range thinGroups {
		s.coordinators, s.groups = append(s.coordinators, "s="+thinID(i)), append(s.groups, thinGroup(i))
	}
	return errors.Join(b.load(ctx, s, size, s.everything()...), p.stop())
}

func thinID(i int) string    { return fmt.Sprintf("mem_%026d", i) }
func thinGroup(i int) string { return fmt.Sprintf("grp_%026d", i%thinGroups) }

// thinServer reads with a few connections and writes with one, as SQLite likes it.
type thinServer struct {
	ctx         context.Context
	read, write *sql.DB
	app         *fiber.App
	broken      error // the first statement that doesn't compile
	who         *sql.Stmt
}

// serveThin is the thin server's process.
func serveThin(ctx context.Context) error {
	size, err := strconv.Atoi(os.Getenv("MEMBERS"))
	if err != nil {
		return err
	}
	file := "file:" + filepath.Join(os.Getenv("DATA_DIR"), "thin.db") +
		"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=busy_timeout(5000)"
	write, err := sql.Open("sqlite", file+"&_txlock=immediate")
	if err != nil {
		return err
	}
	defer write.Close()
	write.SetMaxOpenConns(1)
	if err := fillThin(ctx, write, size); err != nil {
		return err
	}
	read, err := sql.Open("sqlite", file)
	if err != nil {
		return err
	}
	defer read.Close()
	read.SetMaxOpenConns(4)
	read.SetMaxIdleConns(4)
	s := &thinServer{ctx: ctx, read: read, write: write, app: fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})}
	s.who = s.reading("SELECT m.id, m.grp FROM sessions s JOIN members m ON m.id = s.member WHERE s.token = ?")
	s.members()
	s.support()
	s.training()
	s.grievances()
	s.desk()
	if s.broken != nil {
		return s.broken
	}
	return s.serve()
}

func (s *thinServer) serve() error {
	l, err := net.Listen("tcp", net.JoinHostPort(os.Getenv("ADDRESS"), os.Getenv("PORT")))
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- s.app.Listener(l) }()
	fmt.Println("ready " + l.Addr().String())
	select {
	case err := <-ended:
		return err
	case <-s.ctx.Done():
		return s.app.Shutdown()
	}
}

func (s *thinServer) reading(statement string) *sql.Stmt { return s.prepare(s.read, statement) }
func (s *thinServer) writing(statement string) *sql.Stmt { return s.prepare(s.write, statement) }

func (s *thinServer) prepare(db *sql.DB, statement string) *sql.Stmt {
	out, err := db.PrepareContext(s.ctx, statement)
	if err != nil && s.broken == nil {
		s.broken = fmt.Errorf("%s: %w", statement, err)
	}
	return out
}

// caller is who brings a session, and her group.
func (s *thinServer) caller(c *fiber.Ctx) (id, group string, err error) {
	err = s.who.QueryRowContext(s.ctx, c.Cookies("s")).Scan(&id, &group)
	return id, group, err
}

// rows hands each row of a query to scan.
func (s *thinServer) rows(q *sql.Stmt, scan func(*sql.Rows) error, values ...any) error {
	rows, err := q.QueryContext(s.ctx, values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

type thinMember struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	Name  string `json:"name"`
	Phone string `json:"phone"`
	State string `json:"state"`
	Since string `json:"since"`
}

func (m *thinMember) columns() []any {
	return []any{&m.ID, &m.Group, &m.Name, &m.Phone, &m.State, &m.Since}
}

const thinColumns = "m.id, m.grp, m.name, m.phone, m.state, m.since"

// members serves sessions and the records of members.
func (s *thinServer) members() {
	mine := s.reading("SELECT " + thinColumns + " FROM sessions s JOIN members m ON m.id = s.member WHERE s.token = ?")
	page := s.reading("SELECT " + thinColumns + " FROM members m WHERE grp = ? ORDER BY name LIMIT 25")
	s.app.Get("/api/session", func(c *fiber.Ctx) error {
		id, _, err := s.caller(c)
		if err != nil {
			return err
		}
		return c.JSON(fiber.Map{"handle": id})
	})
	s.app.Get("/api/me", func(c *fiber.Ctx) error {
		var m thinMember
		if err := mine.QueryRowContext(s.ctx, c.Cookies("s")).Scan(m.columns()...); err != nil {
			return err
		}
		return c.JSON(m)
	})
	s.app.Get("/api/members", func(c *fiber.Ctx) error {
		if _, _, err := s.caller(c); err != nil {
			return err
		}
		items := make([]thinMember, 0, 25)
		err := s.rows(page, func(r *sql.Rows) error {
			var m thinMember
			defer func() { items = append(items, m) }()
			return r.Scan(m.columns()...)
		}, c.Query("group"))
		if err != nil {
			return err
		}
		return c.JSON(fiber.Map{"items": items})
	})
}
