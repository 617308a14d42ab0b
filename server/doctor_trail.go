package main

import (
	"context"
	"errors"

	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/store"
)

// behindMuch is how many blocks the copy of the trail may lack before something
// is said: a few are on their way while a server works.
const behindMuch = 60

// lookAtTrail tells whether the blocks of the trail are copied. Whether they are
// as they were sealed is for audit verify.
func lookAtTrail(ctx context.Context, s settings, data store.Engine) finding {
	to, closing, err := s.auditCopy(ctx, s.AuditCopy, audit.OpenFolder)
	if err != nil {
		return isWrong("trail", "AUDIT_COPY: %v", err)
	}
	defer closing()
	if to == nil {
		return toWatch("trail", "its blocks are copied nowhere: set AUDIT_COPY to a folder on another disk")
	}
	st := store.New(data, clock.System{})
	orgs, err := organisation.New(st, clock.System{}).Spaces(ctx)
	if err != nil {
		return isWrong("trail", "%v", err)
	}
	var most int64
	for _, org := range orgs {
		behind, err := audit.Behind(ctx, st.Org(org), to, org)
		switch {
		case errors.Is(err, audit.ErrForked):
			return isWrong("trail", "the copy knows another trail than the store: run server audit verify")
		case err != nil:
			return isWrong("trail", "the copy: %v", err)
		}
		most = max(most, behind)
	}
	if most > behindMuch {
		return toWatch("trail", "the copy lacks the last %d blocks", most)
	}
	return isWell("trail", "its blocks are copied")
}
