package routes_test

import (
	"testing"

	"chautari/models/access"
	"chautari/models/member"
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
