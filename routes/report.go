package routes

import (
	"context"
	"net/http"

	"chautari/models/access"
	"chautari/models/calendar"
	"chautari/models/disclose"
	"chautari/models/organisation"
	"chautari/models/report"
)

// cellOut is a count as it shows. Value is null when it is hidden.
type cellOut struct {
	Value  *int `json:"value"`
	Hidden bool `json:"hidden"`
}

type figureRow struct {
	Key  string             `json:"key"`
	Name *organisation.Name `json:"name"` // null where the interface has words for the key
	Cell cellOut            `json:"cell"`
}

type figureTable struct {
	Key       string      `json:"key" enum:"members,support,sessions,training,grievances"`
	Breakdown string      `json:"breakdown" enum:"standing,province,course_picture,category_class,total"`
	Total     cellOut     `json:"total"`
	Rows      []figureRow `json:"rows"`
}

// percentOut is a share in whole per cent to the nearest 5; null where it is of too few.
type percentOut struct {
	Key     string `json:"key" enum:"acknowledged_in_time,decided_in_time"`
	Of      string `json:"of" enum:"all,sensitive,ordinary"`
	Percent *int   `json:"percent"`
}

// figuresOut is what a release and a result have in common.
type figuresOut struct {
	Organisation organisation.Name `json:"organisation"`
	Quarter      string            `json:"quarter"`
	From         calendar.Date     `json:"from"`
	To           calendar.Date     `json:"to"`
	Definitions  int               `json:"definitions"` // version of how it is counted
	HiddenBelow  int               `json:"hiddenBelow"`
	RoundedTo    int               `json:"roundedTo"`
	Tables       []figureTable     `json:"tables"`
	Percentages  []percentOut      `json:"percentages"`
}

type releaseOut struct {
	ID         *string        `json:"id"` // null while it is only looked at
	State      report.State   `json:"state" enum:"undrafted,drafted,released"`
	DraftedOn  *calendar.Date `json:"draftedOn"`
	ReleasedOn *calendar.Date `json:"releasedOn"`
	Mine       bool           `json:"mine"` // drafted by who asks, so that somebody else must release it
	figuresOut
}

type resultOut struct {
	ID         string        `json:"id"`
	DraftedOn  calendar.Date `json:"draftedOn"`
	ReleasedOn calendar.Date `json:"releasedOn"`
	figuresOut
}

type resultRow struct {
	ID           string            `json:"id"`
	Organisation organisation.Name `json:"organisation"`
	Quarter      string            `json:"quarter"`
	ReleasedOn   calendar.Date     `json:"releasedOn"`
}

func cellOf(c report.Cell) cellOut {
	if c.Hidden {
		return cellOut{Hidden: true}
	}
	return cellOut{Value: pointer(c.Value)}
}

func figuresOf(name organisation.Name, quarter string, f report.Figures) (figuresOut, error) {
	q, err := report.ParseQuarter(quarter)
	out := figuresOut{
		Organisation: name, Quarter: quarter, From: q.From(), To: q.To(), Definitions: f.Definitions,
		HiddenBelow: f.HiddenBelow, RoundedTo: disclose.Base, Tables: []figureTable{}, Percentages: []percentOut{},
	}
	for _, t := range f.Tables {
		table := figureTable{Key: t.Key, Breakdown: t.Breakdown, Total: cellOf(t.Total), Rows: []figureRow{}}
		for _, r := range t.Rows {
			row := figureRow{Key: r.Key, Cell: cellOf(r.Cell)}
			if called, ok := report.ProvinceName(r.Key); ok && t.Breakdown == report.ByProvince {
				row.Name = &called
			}
			table.Rows = append(table.Rows, row)
		}
		out.Tables = append(out.Tables, table)
	}
	for _, p := range f.Percentages {
		share := percentOut{Key: p.Key, Of: p.Of}
		if !p.Hidden {
			share.Percent = pointer(p.Value)
		}
		out.Percentages = append(out.Percentages, share)
	}
	return out, err
}

func releaseOf(a access.Actor, r *report.Named) (releaseOut, error) {
	figures, err := figuresOf(r.Name, r.Quarter, r.Figures)
	out := releaseOut{State: r.State, Mine: r.DraftedBy == a.Account, figuresOut: figures}
	if r.ID != "" {
		out.ID = &r.ID
	}
	if !r.DraftedOn.IsZero() {
		out.DraftedOn = &r.DraftedOn
	}
	if !r.ReleasedOn.IsZero() {
		out.ReleasedOn = &r.ReleasedOn
	}
	return out, err
}

func resultOf(r *report.Result) (resultOut, error) {
	figures, err := figuresOf(r.Name, r.Quarter, r.Figures)
	return resultOut{ID: r.ID, DraftedOn: r.DraftedOn, ReleasedOn: r.ReleasedOn, figuresOut: figures}, err
}

type previewIn struct {
	Quarter string `query:"quarter" json:"-" validate:"required,len=6"`
}

type draftIn struct {
	Quarter string `json:"quarter" validate:"required,len=6"`
}

type releaseID struct {
	ID string `path:"id" json:"-" validate:"id=rel"`
}

type resultID struct {
	ID string `path:"id" json:"-" validate:"id=res"`
}

var (
	exampleFigures = figuresOut{
		Organisation: exampleName, Quarter: "2026-3",
		From: report.Quarter{Year: 2026, Number: 3}.From(), To: report.Quarter{Year: 2026, Number: 3}.To(),
		Definitions: report.Definitions, HiddenBelow: disclose.Usual, RoundedTo: disclose.Base,
		Tables: []figureTable{
			{Key: report.OfMembers, Breakdown: report.ByProvince, Total: cellOut{Value: pointer(160)}, Rows: []figureRow{
				{Key: "bagmati", Name: &organisation.Name{NE: "बागमती प्रदेश", EN: "Bagmati Province"}, Cell: cellOut{Value: pointer(95)}},
				{Key: "gandaki", Name: &organisation.Name{NE: "गण्डकी प्रदेश", EN: "Gandaki Province"}, Cell: cellOut{Value: pointer(60)}},
				{Key: report.RowOther, Cell: cellOut{Hidden: true}},
			}},
			{Key: report.OfSessions, Breakdown: report.Whole, Total: cellOut{Value: pointer(85)}, Rows: []figureRow{}},
		},
		Percentages: []percentOut{{Key: report.AcknowledgedInTime, Of: report.All, Percent: pointer(95)}},
	}
	exampleRelease = releaseOut{
		ID: pointer("rel_b7k2m9x4q8w3e6r5t2y7u4n8pa"), State: report.Drafted, DraftedOn: pointer(exampleDay), figuresOut: exampleFigures,
	}
	exampleResult = resultOut{
		ID: "res_b7k2m9x4q8w3e6r5t2y7u4n8pa", DraftedOn: exampleDay, ReleasedOn: exampleDay, figuresOut: exampleFigures,
	}
)

var codesOfDrafting = []string{"report.no_such_quarter", "report.quarter_open"}

func reportRoutes(r *report.Reports) []Endpoint {
	return []Endpoint{
		Route[previewIn, releaseOut]{
			Method: http.MethodGet, Path: "/api/releases/draft", ID: "previewRelease", Tag: "releases",
			Summary:   "The safe figures of a quarter as a draft would hold them, or as they were drafted.",
			Roles:     coordinators,
			ExampleIn: previewIn{Quarter: "2026-3"},
			Example:   releaseOut{State: report.Undrafted, figuresOut: exampleFigures},
			Problems:  codesOfDrafting,
			Do: func(ctx context.Context, call *Call, in previewIn) (releaseOut, error) {
				q, err := report.ParseQuarter(in.Quarter)
				if err != nil {
					return releaseOut{}, err
				}
				doc, err := r.Preview(ctx, call.Actor, q)
				if err != nil {
					return releaseOut{}, err
				}
				return releaseOf(call.Actor, doc)
			},
		},
		Route[draftIn, releaseOut]{
			Method: http.MethodPost, Path: "/api/releases", ID: "draftRelease", Tag: "releases",
			Summary: "Fix the figures of a quarter; there is one release for each.",
			Roles:   coordinators, Status: http.StatusCreated,
			ExampleIn: draftIn{Quarter: "2026-3"},
			Example:   exampleRelease,
			Problems:  append([]string{"report.quarter_taken"}, codesOfDrafting...),
			Do: func(ctx context.Context, call *Call, in draftIn) (releaseOut, error) {
				q, err := report.ParseQuarter(in.Quarter)
				if err != nil {
					return releaseOut{}, err
				}
				doc, err := r.Draft(ctx, call.Actor, call.Once, q)
				if err != nil {
					return releaseOut{}, err
				}
				return releaseOf(call.Actor, doc)
			},
		},
		Route[releaseID, releaseOut]{
			Method: http.MethodPost, Path: "/api/releases/:id/release", ID: "releaseFigures", Tag: "releases",
			Summary:   "Let drafted figures go to the supporting bodies; never by who drafted them.",
			Roles:     []access.Role{access.Coordinator, access.Board},
			ExampleIn: releaseID{ID: *exampleRelease.ID},
			Example:   releaseOut{ID: exampleRelease.ID, State: report.Released, DraftedOn: pointer(exampleDay), ReleasedOn: pointer(exampleDay), figuresOut: exampleFigures},
			Problems:  []string{"report.same_person", disclose.Unsafe},
			Do: func(ctx context.Context, call *Call, in releaseID) (releaseOut, error) {
				doc, err := r.Release(ctx, call.Actor, call.Once, in.ID)
				if err != nil {
					return releaseOut{}, err
				}
				return releaseOf(call.Actor, doc)
			},
		},
		Route[Page, List[releaseOut]]{
			Method: http.MethodGet, Path: "/api/releases", ID: "listReleases", Tag: "releases",
			Summary: "The organisation's drafted and released figures, the latest quarter first.",
			Roles:   []access.Role{access.Coordinator, access.Board},
			Example: List[releaseOut]{Items: []releaseOut{exampleRelease}},
			Do: func(ctx context.Context, call *Call, in Page) (List[releaseOut], error) {
				docs, next, err := r.Releases(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[releaseOut]{}, err
				}
				items := make([]releaseOut, len(docs))
				for i, d := range docs {
					if items[i], err = releaseOf(call.Actor, d); err != nil {
						return List[releaseOut]{}, err
					}
				}
				return NewList(items, next), nil
			},
		},
		Route[Page, List[resultRow]]{
			Method: http.MethodGet, Path: "/api/results", ID: "listResults", Tag: "results",
			Summary: "What the organisations that this body supports have released.",
			Roles:   []access.Role{access.Liaison},
			Example: List[resultRow]{Items: []resultRow{{ID: exampleResult.ID, Organisation: exampleName, Quarter: "2026-3", ReleasedOn: exampleDay}}},
			Do: func(ctx context.Context, call *Call, in Page) (List[resultRow], error) {
				docs, next, err := r.Results(ctx, call.Actor, in.Size(), in.After())
				if err != nil {
					return List[resultRow]{}, err
				}
				items := make([]resultRow, len(docs))
				for i, d := range docs {
					items[i] = resultRow{ID: d.ID, Organisation: d.Name, Quarter: d.Quarter, ReleasedOn: d.ReleasedOn}
				}
				return NewList(items, next), nil
			},
		},
		Route[resultID, resultOut]{
			Method: http.MethodGet, Path: "/api/results/:id", ID: "readResult", Tag: "results",
			Summary:   "The figures of one organisation's quarter.",
			Roles:     []access.Role{access.Liaison},
			ExampleIn: resultID{ID: exampleResult.ID},
			Example:   exampleResult,
			Do: func(ctx context.Context, call *Call, in resultID) (resultOut, error) {
				doc, err := r.Result(ctx, call.Actor, in.ID)
				if err != nil {
					return resultOut{}, err
				}
				return resultOf(doc)
			},
		},
	}
}
