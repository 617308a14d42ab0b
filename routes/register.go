package routes

import (
	"context"
	"net/http"
	"time"

	"chautari/models/calendar"
	"chautari/models/register"
	"chautari/models/register/sheet"
)

type importSummary struct {
	ID        string          `json:"id"`
	State     register.State  `json:"state" enum:"draft,committing,committed,stopped,undoing,undone"`
	FileKind  string          `json:"fileKind" enum:"csv,xlsx"`
	Rows      int             `json:"rows"`
	Counts    register.Counts `json:"counts"`
	CreatedAt time.Time       `json:"createdAt"`
}

type progressOut struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

type unknownGroupOut struct {
	Value string `json:"value"`
	Rows  int    `json:"rows"`
}

type importOut struct {
	importSummary
	Encoding        string              `json:"encoding"`
	EncodingGuessed bool                `json:"encodingGuessed"`
	Separator       *string             `json:"separator"`
	Sheets          []sheet.SheetReport `json:"sheets"`
	Sheet           *string             `json:"sheet"`
	HeadingLine     int                 `json:"headingLine"`
	Calendar        calendar.Calendar   `json:"calendar" enum:"bs,ad,unknown"`
	CalendarFrom    string              `json:"calendarFrom" enum:"heading,title,column,chosen,none"`
	CalendarNeeded  bool                `json:"calendarNeeded"`
	CalendarLikely  calendar.Calendar   `json:"calendarLikely" enum:"bs,ad,unknown"`
	Columns         []sheet.Column      `json:"columns"`
	UnknownGroups   []unknownGroupOut   `json:"unknownGroups"`
	OtherLines      []sheet.OtherLine   `json:"otherLines"`
	Mode            register.Mode       `json:"mode" enum:"add,update"`
	Progress        progressOut         `json:"progress"`
	Kept            int                 `json:"kept"`
	Version         int64               `json:"-"`
}

// ETag is the version that a change must name.
func (o importOut) ETag() int64 { return o.Version }

// Location is where the import stands.
func (o importOut) Location() string { return "/api/register-imports/" + o.ID }

func summaryOf(i *register.Import) importSummary {
	return importSummary{ID: i.ID, State: i.State, FileKind: i.Kind, Rows: i.Rows, Counts: i.Counts, CreatedAt: i.Created}
}

// mostOtherLines bounds the list of lines that are no person.
const mostOtherLines = 100

func importOf(r *register.Report) importOut {
	main := r.Reading.Layouts[0]
	out := importOut{
		importSummary: summaryOf(r.Import), Encoding: r.Table.Encoding, EncodingGuessed: r.Table.EncodingGuessed,
		Sheets: r.Reading.Sheets, HeadingLine: main.HeadingLine, Calendar: main.Calendar, CalendarFrom: main.CalendarFrom,
		CalendarNeeded: r.Reading.CalendarNeeded, CalendarLikely: r.Reading.CalendarLikely, Columns: main.Columns,
		UnknownGroups: []unknownGroupOut{}, OtherLines: r.Reading.Others[:min(len(r.Reading.Others), mostOtherLines)],
		Mode: r.Said.Mode, Progress: progressOut{Done: r.Done, Total: r.Total}, Kept: r.Kept, Version: r.Version,
	}
	out.Counts, out.Rows = r.Counts, r.Total
	if r.Table.Separator != "" {
		out.Separator = &r.Table.Separator
	}
	if main.Sheet != "" {
		out.Sheet = &main.Sheet
	}
	for _, g := range r.Reading.UnknownGroups {
		out.UnknownGroups = append(out.UnknownGroups, unknownGroupOut{Value: g.Value, Rows: g.Rows})
	}
	return out
}

type sameMember struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// sameAsOut is who a row seems to be: an earlier row of the file, or a member.
type sameAsOut struct {
	Line   *int        `json:"line,omitempty"`
	Sheet  string      `json:"sheet,omitempty"`
	Row    *earlierRow `json:"row,omitempty"`
	Member *sameMember `json:"member,omitempty"`
}

type earlierRow struct {
	Name  string         `json:"name"`
	Phone string         `json:"phone"`
	Birth calendar.Birth `json:"birth"`
	Group *groupRef      `json:"group"`
}

type asideOut struct {
	Erased bool `json:"erased"`
}

type importRowOut struct {
	Key      int                    `json:"key"`
	Sheet    string                 `json:"sheet,omitempty"`
	Line     int                    `json:"line"`
	Fate     register.Fate          `json:"fate" enum:"created,updated,held,skipped,failed"`
	Reason   *string                `json:"reason"`
	Name     string                 `json:"name"`
	Alias    string                 `json:"alias,omitempty"`
	Phone    string                 `json:"phone"`
	Birth    calendar.Birth         `json:"birth"`
	Group    *groupRef              `json:"group"`
	Cells    map[sheet.Field]string `json:"cells"`
	Faults   []sheet.Fault          `json:"faults"`
	Hints    []string               `json:"hints"`
	SameAs   *sameAsOut             `json:"sameAs"`
	Changes  []string               `json:"changes"`
	Decision register.Decision      `json:"decision" enum:"auto,skip,create,update,drop_faulty"`
	Mended   bool                   `json:"mended"`
	Version  int64                  `json:"-"`
}

// ETag is the version of the import that the row belongs to.
func (o importRowOut) ETag() int64 { return o.Version }

func importRowOf(r register.RowReport) importRowOut {
	out := importRowOut{
		Key: r.Key, Sheet: r.Place.Sheet, Line: r.Line, Fate: r.Fate, Name: r.Name, Alias: r.Alias, Phone: r.Phone,
		Birth: r.Birth, Group: refTo(r.Group), Cells: map[sheet.Field]string{}, Faults: r.Faults, Hints: r.Hints,
		Changes: r.Fields, Decision: r.Decision, Mended: r.Mended,
	}
	if r.Reason != "" {
		out.Reason = &r.Reason
	}
	for f, c := range r.Cells {
		out.Cells[f] = c.Text
	}
	switch {
	case r.Same != nil:
		out.SameAs = &sameAsOut{Member: &sameMember{ID: r.Same.ID, Name: r.Same.Name}}
	case r.Earlier != nil:
		e := r.Earlier
		out.SameAs = &sameAsOut{
			Line: &e.Line, Sheet: e.Place.Sheet,
			Row: &earlierRow{Name: e.Name, Phone: e.Phone, Birth: e.Birth, Group: refTo(e.Group)},
		}
	}
	return out
}

type importFile struct {
	File Upload `form:"file" json:"-"`
}

type importID struct {
	ID string `path:"id" json:"-" validate:"id=imp"`
}

type chooseIn struct {
	importID
	register.Choosing
}

type listRowsIn struct {
	importID
	Page
	Fate string `query:"fate" json:"-" validate:"omitempty,oneof=created updated held skipped failed"`
}

type mendIn struct {
	importID
	Key int `path:"key" json:"-" validate:"min=1"`
	register.Mending
}

// fileProblems are what reading a file may end with.
var fileProblems = []string{
	"file.empty", "file.too_large", "file.too_large_unpacked", "file.too_many_rows", "file.too_many_columns",
	"file.old_excel", "file.open_document", "file.locked", "file.damaged", "file.not_a_table",
	"register.not_found", "register.no_rows", "register.legacy_font",
}

var (
	exampleImportID = importID{ID: "imp_b7k2m9x4q8w3e6r5t2y7u4n8pa"}
	exampleSummary  = importSummary{
		ID: exampleImportID.ID, State: register.Draft, FileKind: "xlsx", Rows: 520,
		Counts: register.Counts{Created: 476, Held: 10, Failed: 34}, CreatedAt: exampleTime,
	}
	exampleImport = importOut{
		importSummary: exampleSummary, Sheets: []sheet.SheetReport{{Name: "Sheet1", Read: true, Rows: 520, Lines: 523}}, Sheet: pointer("Sheet1"),
		HeadingLine: 3, Calendar: calendar.Bikram, CalendarFrom: "title", CalendarLikely: calendar.Bikram,
		Columns: []sheet.Column{{Index: 1, Letter: "B", Heading: "नाम थर", Field: sheet.Name}}, UnknownGroups: []unknownGroupOut{},
		OtherLines: []sheet.OtherLine{}, Mode: register.Add, Progress: progressOut{Total: 520}, Version: 1,
	}
	exampleImportRow = importRowOut{
		Key: 34, Line: 34, Fate: register.Failed, Reason: pointer(register.ReasonFaulty), Name: "यशोदा खातुन", Phone: "+9779841100217",
		Birth: calendar.Birth{}, Group: &groupRef{ID: exampleGroup.ID, Name: exampleGroup.Name},
		Cells:  map[sheet.Field]string{sheet.Birth: "2060/03/33"},
		Faults: []sheet.Fault{{Field: sheet.Birth, Column: "E", Code: "birth.no_such_day", Value: "2060/03/33"}},
		Hints:  []string{}, Changes: []string{}, Decision: register.Auto, Version: 1,
	}
)

func registerRoutes(n Nouns) []Endpoint {
	look := func(ctx context.Context, call *Call, id string) (importOut, error) {
		r, err := n.Registers.Look(ctx, call.Actor, id)
		if err != nil {
			return importOut{}, err
		}
		return importOf(r), nil
	}
	move := func(path, id, summary, problem string, do func(context.Context, *Call, string) error) Endpoint {
		return Route[importID, importOut]{
			Method: http.MethodPost, Path: "/api/register-imports/:id/" + path, ID: id, Tag: "registerImports",
			Summary: summary, Roles: coordinators, Status: http.StatusAccepted,
			ExampleIn: exampleImportID, Example: exampleImport, Problems: append([]string{problem}, fileProblems...), Timeout: time.Minute,
			Do: func(ctx context.Context, call *Call, in importID) (importOut, error) {
				if err := do(ctx, call, in.ID); err != nil {
					return importOut{}, err
				}
				return look(ctx, call, in.ID)
			},
		}
	}
	return []Endpoint{
		Route[importFile, importOut]{
			Method: http.MethodPost, Path: "/api/register-imports", ID: "beginRegisterImport", Tag: "registerImports",
			Summary: "Read an old register, CSV or XLSX: a dry run, in which nothing changes yet.",
			Roles:   coordinators, Status: http.StatusCreated, Example: exampleImport, Problems: fileProblems, Timeout: time.Minute,
			Do: func(ctx context.Context, call *Call, in importFile) (importOut, error) {
				imp, err := n.Registers.Begin(ctx, call.Actor, call.Once, in.File.Name, in.File.Content)
				if err != nil {
					return importOut{}, err
				}
				return look(ctx, call, imp.ID)
			},
		},
		Route[Nothing, importOut]{
			Method: http.MethodPost, Path: "/api/register-imports/sample", ID: "beginSampleImport", Tag: "registerImports",
			Summary: "Read the register of invented people that a demo offers to try; absent anywhere else.",
			Roles:   coordinators, Status: http.StatusCreated, Example: exampleImport, Timeout: time.Minute,
			Do: func(ctx context.Context, call *Call, _ Nothing) (importOut, error) {
				imp, err := n.Registers.BeginSample(ctx, call.Actor, call.Once)
				if err != nil {
					return importOut{}, err
				}
				return look(ctx, call, imp.ID)
			},
		},
		Route[Page, List[importSummary]]{
			Method: http.MethodGet, Path: "/api/register-imports", ID: "listRegisterImports", Tag: "registerImports",
			Summary: "The imports that she brought, newest first.",
			Roles:   coordinators, Example: List[importSummary]{Items: []importSummary{exampleSummary}},
			Do: func(ctx context.Context, call *Call, in Page) (List[importSummary], error) {
				found, next, err := n.Registers.List(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[importSummary]{}, err
				}
				items := make([]importSummary, len(found))
				for i, f := range found {
					items[i] = summaryOf(f)
				}
				return NewList(items, next), nil
			},
		},
		Route[importID, importOut]{
			Method: http.MethodGet, Path: "/api/register-imports/:id", ID: "readRegisterImport", Tag: "registerImports",
			Summary: "How a file was read, and what becomes of its rows.",
			Roles:   coordinators, ExampleIn: exampleImportID, Example: exampleImport, Problems: fileProblems, Timeout: time.Minute,
			Do: func(ctx context.Context, call *Call, in importID) (importOut, error) {
				return look(ctx, call, in.ID)
			},
		},
		Route[register.Asking, asideOut]{
			Method: http.MethodPost, Path: "/api/register-rows/look", ID: "seeWhyAside", Tag: "registerImports",
			Summary: "Whether somebody of a list, whose row was set aside, had herself erased here. Nothing is changed.",
			Roles:   emergencyRoles, ExampleIn: register.Asking{Name: "Sita Tamang", Phone: "9841000005"}, Example: asideOut{},
			Problems: []string{"phone.invalid"},
			Do: func(ctx context.Context, call *Call, in register.Asking) (asideOut, error) {
				was, err := n.Registers.WasErased(ctx, call.Actor, in)
				return asideOut{Erased: was}, err
			},
		},
		Route[chooseIn, importOut]{
			Method: http.MethodPatch, Path: "/api/register-imports/:id", ID: "chooseForRegisterImport", Tag: "registerImports",
			Summary: "Say how a draft is to be read: calendar, encoding, columns, groups, and whether present people are updated.",
			Roles:   coordinators, ExampleIn: chooseIn{importID: exampleImportID, Choosing: register.Choosing{Calendar: pointer(calendar.Bikram)}},
			Example: exampleImport, Problems: append([]string{"import.not_a_draft", "registration.group_unknown"}, fileProblems...), Timeout: time.Minute,
			Do: func(ctx context.Context, call *Call, in chooseIn) (importOut, error) {
				if _, err := n.Registers.Choose(ctx, call.Actor, in.ID, call.IfMatch, in.Choosing); err != nil {
					return importOut{}, err
				}
				return look(ctx, call, in.ID)
			},
		},
		Route[importID, Nothing]{
			Method: http.MethodDelete, Path: "/api/register-imports/:id", ID: "discardRegisterImport", Tag: "registerImports",
			Summary: "Throw a draft away.",
			Roles:   coordinators, ExampleIn: exampleImportID, Problems: []string{"import.not_a_draft"},
			Do: func(ctx context.Context, call *Call, in importID) (Nothing, error) {
				return Nothing{}, n.Registers.Discard(ctx, call.Actor, in.ID)
			},
		},
		Route[listRowsIn, List[importRowOut]]{
			Method: http.MethodGet, Path: "/api/register-imports/:id/rows", ID: "listRegisterRows", Tag: "registerImports",
			Summary: "The rows of an import with their fates, in the order of the file.",
			Roles:   coordinators, ExampleIn: listRowsIn{importID: exampleImportID, Fate: "failed"},
			Example: List[importRowOut]{Items: []importRowOut{exampleImportRow}}, Problems: fileProblems, Timeout: time.Minute,
			Do: func(ctx context.Context, call *Call, in listRowsIn) (List[importRowOut], error) {
				rows, next, err := n.Registers.Rows(ctx, call.Actor, in.ID, register.Fate(in.Fate), in.Size(), in.After())
				if err != nil {
					return List[importRowOut]{}, err
				}
				items := make([]importRowOut, len(rows))
				for i, r := range rows {
					items[i] = importRowOf(r)
				}
				return NewList(items, next), nil
			},
		},
		Route[mendIn, importRowOut]{
			Method: http.MethodPatch, Path: "/api/register-imports/:id/rows/:key", ID: "mendRegisterRow", Tag: "registerImports",
			Summary: "Write cells of a row anew, or decide what becomes of it. If-Match names the version of the import.",
			Roles:   coordinators,
			ExampleIn: mendIn{importID: exampleImportID, Key: 34, Mending: register.Mending{
				Cells: map[sheet.Field]string{sheet.Birth: "2060/03/31"},
			}},
			Example: exampleImportRow, Problems: append([]string{"import.not_a_draft"}, fileProblems...), Timeout: time.Minute,
			Do: func(ctx context.Context, call *Call, in mendIn) (importRowOut, error) {
				imp, err := n.Registers.Mend(ctx, call.Actor, in.ID, call.IfMatch, in.Key, in.Mending)
				if err != nil {
					return importRowOut{}, err
				}
				row, err := n.Registers.Row(ctx, call.Actor, in.ID, in.Key)
				if err != nil {
					return importRowOut{}, err
				}
				out := importRowOf(*row)
				out.Version = imp.Version
				return out, nil
			},
		},
		move("commit", "commitRegisterImport", "Let the rows in; it goes on in the background.", "import.not_a_draft",
			func(ctx context.Context, call *Call, id string) error {
				_, err := n.Registers.Commit(ctx, call.Actor, call.Once, id)
				return err
			}),
		move("undo", "undoRegisterImport", "Take back all that an import made and nobody touched since.", "import.not_committed",
			func(ctx context.Context, call *Call, id string) error {
				_, err := n.Registers.Undo(ctx, call.Actor, call.Once, id)
				return err
			}),
	}
}
