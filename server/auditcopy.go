package main

import (
	"context"
	"errors"

	"chautari/models/audit"
	"chautari/models/clock"
	"chautari/models/organisation"
	"chautari/models/store"
	"chautari/models/store/mongo"
)

// onMongoDB is what AUDIT_COPY says for a database beside the data's, to which
// the server's user may only add.
const onMongoDB = "mongodb"

// copyCollection is the one collection of that database.
const copyCollection = "blocks"

// openAuditCopy is auditCopy for a server. It makes the folder of a new
// installation; one that is gone from beside older data may be a disk that isn't
// there, and a fresh copy elsewhere would hide that.
func (s settings) openAuditCopy(ctx context.Context, data *store.Store) (audit.Copy, func() error, error) {
	open := audit.OpenFolder
	orgs, err := organisation.New(data, clock.System{}).Spaces(ctx)
	if err != nil {
		return nil, func() error { return nil }, err
	}
	if len(orgs) == 0 {
		open = audit.NewFolder
	}
	return s.auditCopy(ctx, s.AuditCopy, open)
}

// auditCopy opens where blocks of the trail are copied to: a folder, or that
// database. Empty is nowhere, a nil Copy.
func (s settings) auditCopy(ctx context.Context, to string, open func(string) (*audit.Folder, error)) (audit.Copy, func() error, error) {
	nothing := func() error { return nil }
	switch {
	case to == "":
		return nil, nothing, nil
	case to != onMongoDB:
		folder, err := open(to)
		if err != nil {
			return nil, nothing, err
		}
		return folder, nothing, nil
	case !s.onMongo():
		return nil, nothing, errors.New("AUDIT_COPY=mongodb is for data on MongoDB: name a folder on another disk instead")
	}
	uri, err := s.mongoURI()
	if err != nil {
		return nil, nothing, err
	}
	shelf, err := mongo.OpenAddOnly(ctx, mongo.Options{URI: uri, Database: s.MongoDatabase + "_audit_copy"}, copyCollection)
	if err != nil {
		return nil, nothing, err
	}
	return audit.OnShelf(shelf), shelf.Close, nil
}
