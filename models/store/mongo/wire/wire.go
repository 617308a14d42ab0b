// Package wire tries the MongoDB engine over the wire, where no MongoDB is at
// hand: on FerretDB, which speaks MongoDB's protocol over an embedded store,
// behind a proxy that plays the member of a replica set.
//
// It is a module of its own, so that what FerretDB needs never gets into the
// product. What belongs here: tests alone. What FerretDB can't show (it has no
// transactions, its updates are not atomic, it knows no partial indexes) is
// printed as NOT RUN HERE.
package wire
