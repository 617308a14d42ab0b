package routes_test

import (
	"context"
	"testing"

	"chautari/models/access"
	"chautari/models/member"
	"chautari/routes/routestest"
)

// Requirements 57 and 59: each by itself, given in one request and taken back in one.
func TestEachAnswerIsGivenAndTakenBackByItselfAndBundlesAreRefused(t *testing.T) {
	w := newTown(t)
	she := w.Person(access.Member, w.First, "Junkiri")
	me := w.As(she)
	page := me.Get("/api/me").Wants(200)
	me.Patch("/api/me", page.Version(), `{"paperName":"Markerpaper","phone":"9841000005"}`).Wants(200)

	const phone, name = `{"purpose":"coordinator_phone","version":"1","language":"en"}`, `{"purpose":"coordinator_name","version":"1","language":"en"}`
	me.Post("/api/me/consents", `{"consents":[`+phone+`,`+name+`]}`).Refused(422, "request.invalid").Field("consents", "consent.bundled")
	me.Post("/api/me/consents", `{"consents":[{"purpose":"coordinator_phone,coordinator_name","version":"1","language":"en"}]}`).
		Refused(422, "request.invalid").Field("consents[0]", "consent.text_unknown")
	me.Post("/api/me/consents", `{"consents":[{"purpose":["coordinator_phone","coordinator_name"],"version":"1","language":"en"}]}`).Wants(400)
	me.Post("/api/me/consents", `{"consents":[]}`).Wants(422)
	me.Post("/api/me/consents", `{"consents":[{"purpose":"sensitive_health","version":"1","language":"en"}]}`).
		Refused(422, "request.invalid").Field("consents[0]", "consent.text_unknown")
	me.Post("/api/me/consents", `{"consents":[{"purpose":"figures","version":"1","language":"en"}]}`).
		Refused(422, "request.invalid").Field("consents[0]", "consent.not_an_answer")
	me.Get("/api/me/consents?language=en").Wants(200).Lacks(`"purpose":"coordinator_phone","recipient":"coordinator","version":"1","language":"en","text":"My coordinator may see my phone number.","no"`)

	w.As(w.Coordinator).Get("/api/members/"+she.Person).Wants(200).Lacks("9841000005", "Markerpaper")
	me.Post("/api/me/consents", `{"consents":[`+phone+`]}`).Wants(200)
	w.As(w.Coordinator).Get("/api/members/" + she.Person).Wants(200).Contains("9841000005").Lacks("Markerpaper")

	var ledger struct {
		Items []struct {
			ID, Purpose string
			MayWithdraw bool
		}
	}
	me.Get("/api/me/consents?language=en").Wants(200).Into(&ledger)
	for _, i := range ledger.Items {
		if i.Purpose == "coordinator_phone" && i.MayWithdraw {
			me.Post("/api/me/consents/"+i.ID+"/withdraw", `{}`).Wants(200)
		}
	}
	w.As(w.Coordinator).Get("/api/members/"+she.Person).Wants(200).Lacks("9841000005", "Markerpaper")
	me.Get("/api/me/sharings").Wants(200).Contains(`"items":[]`)
}

func TestWhoIsCarriedOverIsAskedOneByOneAndAChildByTheFocalPointAlone(t *testing.T) {
	w := newTown(t)
	grown := w.Carry(w.First, member.Details{PaperName: "Kabita", Phone: "+9779841000001"})
	focal := w.Person(access.FocalPoint, w.Root, "Deuki")
	w.As(w.OfFirst).Get("/api/carried").Wants(200).Contains("Kabita").Lacks("9841000001")
	w.As(focal).Get("/api/carried").Wants(200).Contains(`"items":[]`)
	w.As(w.Person(access.Member, w.First, "Junkiri")).Get("/api/carried").Wants(404)
	const yes = `{"answers":[{"purpose":"membership","version":"1","language":"ne","heard":true}],"how":"in_person","language":"ne"}`
	w.As(focal).Post("/api/carried/"+grown+"/asked", yes).Wants(404)
	w.As(w.OfFirst).Post("/api/carried/"+grown+"/asked", `{"answers":[],"how":"self","language":"ne"}`).Wants(422)
	w.As(w.OfFirst).Post("/api/carried/"+grown+"/asked", yes).Wants(200).Contains(`"state":"member"`, `"handle":"`)
	w.As(w.OfFirst).Get("/api/carried").Wants(200).Contains(`"items":[]`)
}

// Requirements 38, 68, by what must not come back.
func TestWhoSaysThatSheIsYoungerComesToThoseWhoProtectAlone(t *testing.T) {
	w := newTown(t)
	focal := w.Person(access.FocalPoint, w.Root, "Deuki")
	others := []access.Actor{
		w.OfFirst, w.Coordinator, w.Person(access.Board, w.Root, "Board"), w.Person(access.Trainer, w.Root, "Trainer"),
		w.Person(access.Administrator, w.Root, "Kamala"), w.Person(access.Member, w.First, "Junkiri"),
	}
	register := func(age string) *routestest.Answer {
		return w.Nobody().Post("/api/registrations", `{"alias":"Markerkopila","group":"`+w.First+`","language":"ne","passphrase":"nadi tokari saat makai jhyal",`+
			`"consents":[{"purpose":"membership","version":"1","language":"ne"}],"age":"`+age+`"}`)
	}
	register("young").Wants(422)
	younger, unsaid := register("younger").Wants(201), register("unsaid").Wants(201)
	younger.Lacks("younger")
	unsaid.Lacks("unsaid")
	page, _, err := w.Members.ListToAsk(context.Background(), focal, member.ToAskFilter{Young: true, Limit: 9})
	if err != nil || len(page) != 1 {
		t.Fatal(len(page), err)
	}
	she := page[0].ID
	const decision = `{"agrees":true,"guardian":{"agreed":true},"listed":true}`
	for _, a := range others {
		w.As(a).Get("/api/carried?young=true").Wants(404)
		w.As(a).Get("/api/members/" + she).Wants(404)
		w.As(a).Post("/api/members/"+she+"/approve", `{}`).Wants(404).Lacks("Markerkopila")
		w.As(a).Post("/api/carried/"+she+"/decide", decision).Wants(404)
		w.As(a).Post("/api/carried/"+she+"/guardian", `{"agreed":true}`).Wants(404)
		w.As(a).Post("/api/carried/"+she+"/decline", `{"reason":"talk_first"}`).Wants(404)
		w.As(a).Post("/api/carried/"+she+"/birth", `{"birth":{"precision":"year","bsYear":2050}}`).Wants(404)
	}
	// One of the two is in the coordinator's list: the one who did not say.
	var list struct{ Items []struct{ Name string } }
	w.As(w.OfFirst).Get("/api/members?state=applied").Wants(200).Lacks(she).Into(&list)
	if len(list.Items) != 1 {
		t.Errorf("in the list are %v", list.Items)
	}
	w.As(w.OfFirst).Get("/api/members?q=Markerkopila").Wants(200).Lacks(she, "same_name")
	w.As(w.OfFirst).Get("/api/desk").Wants(200).Contains(`"applications":1`, `"young":0`)
	w.As(focal).Get("/api/desk").Wants(200).Contains(`"applications":0`, `"young":1`, `"reviews":0`)
	w.As(focal).Get("/api/carried?young=true&q=markerkopila").Wants(200).Contains(she, `"kind":"applied"`, `"decided":false`).Lacks(`"until"`)
	w.As(focal).Get("/api/members").Wants(404)
	w.As(w.Stale(focal)).Post("/api/carried/"+she+"/decide", decision).Wants(403)
	w.As(focal).Post("/api/carried/"+she+"/decide", `{"agrees":false,"guardian":{"agreed":true}}`).Wants(422).Contains("member.own_yes_needed")
	w.As(focal).Post("/api/carried/"+she+"/guardian", `{"agreed":true}`).Wants(409).Contains("member.not_decided")
	w.As(focal).Post("/api/carried/"+she+"/decide", decision).Wants(204)
	w.As(w.OfFirst).Get("/api/members/"+she).Wants(200).Contains("Markerkopila", `"state":"active"`)
	w.As(focal).Get("/api/carried?young=true").Wants(200).Contains(`"decided":true`, `"guardian":"agreed"`, `"listed":true`)
	w.As(focal).Get("/api/desk").Wants(200).Contains(`"young":0`)
}
