// Package routes is HTTP and nothing else: it decodes strictly, calls one
// method of one noun and renders what comes back.
//
// A Route is typed by what goes in and what comes out, and declares who may
// call it. New builds the application from the table of all of them; Document
// builds the OpenAPI description from the same table. One file per noun holds
// its routes. What doesn't belong here: rules of any noun, and anything that
// knows a database engine.
package routes
