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

// The thin server is the headroom: Fiber over SQLite that looks up a session
// and sends rows, with no check, no sealing, no audit and no validation.

const thinArgument = "thin"

// thinGroups is how many groups the thin server's people are spread over.
const thinGroups = 10

const thinTables = `
CREATE TABLE members (id TEXT PRIMARY KEY, grp TEXT, name TEXT, phone TEXT, state TEXT, since TEXT) WITHOUT ROWID;
CREATE INDEX by_group ON members (grp, name);
CREATE TABLE sessions (token TEXT PRIMARY KEY, member TEXT) WITHOUT ROWID;`

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
	s := &site{process: p, thin: true}
	for i := range thinGroups {
		s.members = append(s.members, "s="+thinID(i))
		s.coordinators, s.groups = append(s.coordinators, "s="+thinID(i)), append(s.groups, thinGroup(i))
	}
	return errors.Join(b.load(ctx, s, size, s.reads()...), p.stop())
}

func thinID(i int) string    { return fmt.Sprintf("mem_%026d", i) }
func thinGroup(i int) string { return fmt.Sprintf("grp_%026d", i%thinGroups) }

// serveThin is the thin server's process.
func serveThin(ctx context.Context) error {
	size, err := strconv.Atoi(os.Getenv("MEMBERS"))
	if err != nil {
		return err
	}
	file := filepath.Join(os.Getenv("DATA_DIR"), "thin.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=busy_timeout(5000)")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	if err := fillThin(ctx, db, size); err != nil {
		return err
	}
	app, err := thinApp(ctx, db)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", net.JoinHostPort(os.Getenv("ADDRESS"), os.Getenv("PORT")))
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- app.Listener(l) }()
	fmt.Println("ready " + l.Addr().String())
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return app.Shutdown()
	}
}

func fillThin(ctx context.Context, db *sql.DB, size int) error {
	if _, err := db.ExecContext(ctx, thinTables); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	who := newPeople(uint64(size))
	for i := range size {
		_, err := tx.ExecContext(ctx, "INSERT INTO members VALUES (?, ?, ?, ?, 'active', '2026-11-26')",
			thinID(i), thinGroup(i), who.name(), fmt.Sprintf("+977984%07d", i))
		if err != nil {
			return err
		}
	}
	for i := range thinGroups {
		if _, err := tx.ExecContext(ctx, "INSERT INTO sessions VALUES (?, ?)", thinID(i), thinID(i)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// thinApp answers at the product's addresses.
func thinApp(ctx context.Context, db *sql.DB) (*fiber.App, error) {
	const from = " FROM sessions s JOIN members m ON m.id = s.member WHERE s.token = ?"
	session, err1 := db.PrepareContext(ctx, "SELECT m.id"+from)
	mine, err2 := db.PrepareContext(ctx, "SELECT "+thinColumns+from)
	page, err3 := db.PrepareContext(ctx, "SELECT "+thinColumns+" FROM members m WHERE grp = ? ORDER BY name LIMIT 25")
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
	app.Get("/api/session", func(c *fiber.Ctx) error {
		var id string
		if err := session.QueryRowContext(ctx, c.Cookies("s")).Scan(&id); err != nil {
			return err
		}
		return c.JSON(fiber.Map{"handle": id})
	})
	app.Get("/api/me", func(c *fiber.Ctx) error {
		var m thinMember
		if err := mine.QueryRowContext(ctx, c.Cookies("s")).Scan(m.columns()...); err != nil {
			return err
		}
		return c.JSON(m)
	})
	app.Get("/api/members", func(c *fiber.Ctx) error {
		var id string
		if err := session.QueryRowContext(ctx, c.Cookies("s")).Scan(&id); err != nil {
			return err
		}
		rows, err := page.QueryContext(ctx, c.Query("group"))
		if err != nil {
			return err
		}
		defer rows.Close()
		items := make([]thinMember, 0, 25)
		for rows.Next() {
			var m thinMember
			if err := rows.Scan(m.columns()...); err != nil {
				return err
			}
			items = append(items, m)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		return c.JSON(fiber.Map{"items": items})
	})
	return app, nil
}
