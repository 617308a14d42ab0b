package wire

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/bson"
)

// Kinds of messages of MongoDB's wire protocol.
const (
	opReply = 1
	opQuery = 2004
	opMsg   = 2013
)

// proxy stands between the driver and FerretDB and plays the only member of a
// replica set: it answers what FerretDB doesn't know, takes out of commands
// what FerretDB refuses, and lets one transaction run at a time. It can't undo
// what a transaction wrote.
type proxy struct {
	tb      testing.TB
	server  string // where FerretDB listens
	address string

	// alter, if set, may change a greeting. fault, if set, is asked before each
	// command: it may answer instead of the server, or hang up.
	alter func(greeting bson.M)
	fault func(command string, body bson.D) (answer bson.D, hangUp bool)

	mu       sync.Mutex
	listener net.Listener
	conns    map[net.Conn]bool
	turn     chan struct{} // held by the transaction that runs
	holder   string
	seen     map[string]int // commands by name
}

func newProxy(tb testing.TB, server string) *proxy {
	p := &proxy{tb: tb, server: server, conns: map[net.Conn]bool{}, turn: make(chan struct{}, 1), seen: map[string]int{}}
	p.start("127.0.0.1:0")
	tb.Cleanup(p.stop)
	return p
}

func (p *proxy) uri() string {
	return "mongodb://" + p.address + "/?directConnection=true&serverSelectionTimeoutMS=2000&heartbeatFrequencyMS=500&maxPoolSize=500"
}

func (p *proxy) start(address string) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", address)
	if err != nil {
		p.tb.Error(err)
		return
	}
	p.mu.Lock()
	p.listener, p.address = listener, listener.Addr().String()
	p.mu.Unlock()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go p.serve(conn)
		}
	}()
}

// stop is a server that goes away: nobody gets in, and whoever is in is thrown out.
func (p *proxy) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.listener.Close()
	for c := range p.conns {
		_ = c.Close()
	}
}

func (p *proxy) count(command string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen[command]
}

func (p *proxy) serve(client net.Conn) {
	server, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", p.server)
	if err != nil {
		_ = client.Close()
		return
	}
	p.mu.Lock()
	p.conns[client], p.conns[server] = true, true
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.conns, client)
		delete(p.conns, server)
		p.mu.Unlock()
		_ = client.Close()
		_ = server.Close()
	}()
	for {
		if err := p.exchange(client, server); err != nil {
			return
		}
	}
}

var errHungUp = errors.New("hung up")

// exchange passes one question on and one answer back.
func (p *proxy) exchange(client, server net.Conn) error {
	question, err := receive(client)
	if err != nil {
		return err
	}
	command, session := "hello", ""
	if question.op == opMsg {
		body := question.body()
		if len(body) > 0 {
			command = body[0].Key
		}
		session = sessionOf(body)
		p.mu.Lock()
		p.seen[command]++
		p.mu.Unlock()
		if p.fault != nil {
			answer, hangUp := p.fault(command, body)
			if hangUp {
				return errHungUp
			}
			if answer != nil {
				return reply(client, question, answer)
			}
		}
		if starts(body) {
			p.turn <- struct{}{}
			p.mu.Lock()
			p.holder = session
			p.mu.Unlock()
		}
		if command == "commitTransaction" || command == "abortTransaction" {
			p.release(session)
		}
		if slices.Contains([]string{"commitTransaction", "abortTransaction", "endSessions", "collMod"}, command) {
			return reply(client, question, bson.D{{Key: "ok", Value: 1.0}})
		}
		question.set(plain(body))
	}
	if err := send(server, question); err != nil {
		return err
	}
	answer, err := receive(server)
	if err != nil {
		return err
	}
	if command == "hello" || command == "isMaster" || command == "ismaster" {
		p.greet(answer)
	}
	if command == "buildInfo" && p.alter != nil {
		p.change(answer)
	}
	return send(client, answer)
}

// release lets the next transaction run.
func (p *proxy) release(session string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holder == session && session != "" {
		p.holder = ""
		<-p.turn
	}
}

// greet makes a greeting that of a replica set's primary.
func (p *proxy) greet(m *message) {
	body := m.fields()
	body["setName"], body["setVersion"] = "rs0", 1
	body["hosts"], body["me"], body["primary"] = bson.A{p.address}, p.address, p.address
	body["secondary"], body["isWritablePrimary"], body["ismaster"] = false, true, true
	body["logicalSessionTimeoutMinutes"] = 30
	if p.alter != nil {
		p.alter(body)
	}
	m.set(fromMap(body))
}

func (p *proxy) change(m *message) {
	body := m.fields()
	p.alter(body)
	m.set(fromMap(body))
}

func fromMap(m bson.M) (d bson.D) {
	for k, v := range m {
		d = append(d, bson.E{Key: k, Value: v})
	}
	return d
}

func sessionOf(body bson.D) string {
	for _, e := range body {
		if e.Key == "lsid" {
			b, _ := bson.Marshal(bson.D{e})
			return string(b)
		}
	}
	return ""
}

func starts(body bson.D) bool {
	return slices.ContainsFunc(body, func(e bson.E) bool { return e.Key == "startTransaction" && e.Value == true })
}

// plain is a command without what FerretDB doesn't know.
func plain(body bson.D) bson.D {
	body = slices.DeleteFunc(slices.Clone(body), func(e bson.E) bool {
		return slices.Contains([]string{"lsid", "txnNumber", "startTransaction", "autocommit", "readConcern", "writeConcern", "clusteredIndex", "$clusterTime"}, e.Key)
	})
	for i, e := range body {
		if list, ok := e.Value.(bson.A); ok && e.Key == "indexes" {
			for j, ix := range list {
				if d, ok := ix.(bson.D); ok {
					list[j] = slices.DeleteFunc(d, func(e bson.E) bool { return e.Key == "partialFilterExpression" })
				}
			}
			body[i].Value = list
		}
	}
	return body
}

// message is one message of the protocol: an OP_MSG with one body and maybe
// lists of documents behind it, or an old OP_QUERY or OP_REPLY.
type message struct {
	id, to, op int32
	data       []byte // all behind the header
}

// start is where the body begins.
func (m *message) start() int {
	switch m.op {
	case opMsg:
		return 5 // flags and the kind of the section; the driver sends the body first
	case opReply:
		return 20
	}
	return 0
}

func (m *message) size() int {
	return int(binary.LittleEndian.Uint32(m.data[m.start():]))
}

func (m *message) body() (d bson.D) {
	_ = bson.Unmarshal(m.data[m.start():m.start()+m.size()], &d)
	return d
}

// fields is the body where the order of its fields is nothing.
func (m *message) fields() bson.M {
	fields := bson.M{}
	_ = bson.Unmarshal(m.data[m.start():m.start()+m.size()], &fields)
	return fields
}

func (m *message) set(d bson.D) {
	raw, err := bson.Marshal(d)
	if err != nil {
		panic(err)
	}
	at := m.start()
	m.data = slices.Concat(m.data[:at], raw, m.data[at+m.size():])
}

func receive(r io.Reader) (*message, error) {
	var header [16]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return nil, err
	}
	word := func(i int) int32 { return int32(binary.LittleEndian.Uint32(header[i*4:])) }
	m := &message{id: word(1), to: word(2), op: word(3), data: make([]byte, word(0)-16)}
	_, err := io.ReadFull(r, m.data)
	return m, err
}

func send(w io.Writer, m *message) error {
	out := make([]byte, 0, 16+len(m.data))
	for _, word := range []int32{int32(16 + len(m.data)), m.id, m.to, m.op} {
		out = binary.LittleEndian.AppendUint32(out, uint32(word))
	}
	_, err := w.Write(append(out, m.data...))
	return err
}

func reply(client net.Conn, to *message, body bson.D) error {
	m := &message{id: to.id + 1, to: to.id, op: opMsg, data: []byte{0, 0, 0, 0, 0, 5, 0, 0, 0, 0}}
	m.set(body)
	return send(client, m)
}
