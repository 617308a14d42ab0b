package main

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

const thinTables = `
CREATE TABLE members (id TEXT PRIMARY KEY, grp TEXT, name TEXT, phone TEXT, state TEXT, since TEXT) WITHOUT ROWID;
CREATE INDEX by_group ON members (grp, name);
CREATE INDEX by_state ON members (grp, state);
CREATE TABLE sessions (token TEXT PRIMARY KEY, member TEXT) WITHOUT ROWID;

CREATE TABLE hours (supporter TEXT PRIMARY KEY, first INTEGER, last INTEGER) WITHOUT ROWID;
CREATE TABLE meetings (id TEXT PRIMARY KEY, member TEXT, supporter TEXT, grp TEXT, start INTEGER, finish INTEGER, state TEXT) WITHOUT ROWID;
CREATE INDEX meetings_of_member ON meetings (member, start);
CREATE INDEX meetings_of_group ON meetings (grp, start);
CREATE INDEX meetings_ahead ON meetings (start) WHERE state = 'booked';
CREATE UNIQUE INDEX meetings_of_supporter ON meetings (supporter, start) WHERE state = 'booked';

CREATE TABLE intakes (id TEXT PRIMARY KEY, course TEXT, seats INTEGER, ends TEXT) WITHOUT ROWID;
CREATE INDEX intakes_by_end ON intakes (ends);
CREATE TABLE enrolments (id TEXT PRIMARY KEY, intake TEXT, course TEXT, person TEXT, state TEXT, note TEXT) WITHOUT ROWID;
CREATE INDEX enrolments_of_intake ON enrolments (intake, state);
CREATE UNIQUE INDEX enrolments_of_person ON enrolments (person, course) WHERE state = 'enrolled';

CREATE TABLE grievances (id TEXT PRIMARY KEY, receipt TEXT UNIQUE, category TEXT, handler TEXT, state TEXT, due TEXT, body TEXT) WITHOUT ROWID;
CREATE INDEX grievances_of_handler ON grievances (handler, state, due);`

func thinName(kind string, i int) string { return fmt.Sprintf("%s_%026d", kind, i) }

// fillThin writes as much as fill does for the product.
func fillThin(ctx context.Context, db *sql.DB, size int) error {
	if _, err := db.ExecContext(ctx, thinTables); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var broken error
	put := func(statement string, values ...any) {
		if broken == nil {
			_, broken = tx.ExecContext(ctx, statement, values...)
		}
	}
	who := newPeople(uint64(size))
	for i := range size {
		put("INSERT INTO members VALUES (?, ?, ?, ?, 'active', '2026-11-26')",
			thinID(i), thinGroup(i), who.name(), fmt.Sprintf("+977984%07d", i))
		if i < 1000 {
			put("INSERT INTO sessions VALUES (?, ?)", thinID(i), thinID(i))
		}
	}
	midnight := nepalMidnight(time.Now())
	meeting := func(i, member, supporter int, start time.Time, state string) {
		put("INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?)", thinName("ses", i), thinID(member), thinID(supporter),
			thinGroup(member), start.Unix(), start.Add(time.Hour).Unix(), state)
	}
	for i := range supporters {
		put("INSERT INTO hours VALUES (?, ?, ?)", thinID(i), hoursFrom, hoursTo)
	}
	for i := range size {
		meeting(i, i, i%supporters, pastStart(midnight, i), "held")
	}
	for i := range 2 * 16 {
		start := midnight.AddDate(0, 0, 1+i%10).Add(time.Duration(hoursFrom+i/10%8) * time.Hour)
		meeting(size+i, i/2, 100+i, start, "booked") // with people who have no hours: no slot goes
	}
	for i := range courses {
		put("INSERT INTO intakes VALUES (?, ?, 200, '2999-12-31')", thinName("int", i), thinName("crs", i))
	}
	for i := range size / membersPerIntake {
		put("INSERT INTO intakes VALUES (?, ?, 20, '2026-01-31')", thinName("int", courses+i), thinName("crs", i%courses))
	}
	for i := range size / membersPerGrievance {
		put("INSERT INTO grievances VALUES (?, ?, 'service', ?, 'closed', '2026-01-31', 'text')", thinName("grv", i), newKey(), thinID(i%thinGroups))
	}
	for i := range 2 * thinGroups {
		put("INSERT INTO grievances VALUES (?, ?, 'service', ?, 'received', '2026-12-05', 'text')", thinName("grv", size+i), newKey(), thinID(i%thinGroups))
	}
	if broken != nil {
		return broken
	}
	return tx.Commit()
}
