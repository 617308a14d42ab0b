package routes

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"chautari/models/clock"
)

// Network stands for the neighbourhood a request comes from. It can't be
// turned back into an address, and means nothing on another day or after a
// restart. It is for counting in memory only.
type Network [16]byte

// networks turns addresses into Networks under a random key that is thrown away daily.
type networks struct {
	clock clock.Clock
	mu    sync.Mutex
	day   int64
	key   [32]byte
}

func (n *networks) of(addr netip.Addr) (out Network) {
	addr = addr.Unmap().WithZone("")
	bits := 48
	if addr.Is4() {
		bits = 24
	}
	prefix, _ := addr.Prefix(bits) // of an address that couldn't be read: the empty prefix
	mac := hmac.New(sha256.New, n.today())
	mac.Write([]byte(prefix.String()))
	copy(out[:], mac.Sum(nil))
	return out
}

func (n *networks) today() []byte {
	day := n.clock.Now().Unix() / int64(24*time.Hour/time.Second)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.day != day {
		n.day = day
		_, _ = rand.Read(n.key[:]) // crypto/rand never errs: it stops the program instead
	}
	key := n.key
	return key[:]
}

// remote is the caller's address. Behind the one proxy it is the last entry
// that the proxy wrote; what the caller wrote before it isn't looked at.
func (s *server) remote(c *fiber.Ctx) netip.Addr {
	text := c.Context().RemoteIP().String()
	if s.Proxy != "" && c.IsProxyTrusted() {
		list := ""
		// A proxy may add a header of its own behind the caller's instead of going on in it.
		if sent := c.Request().Header.PeekAll(fiber.HeaderXForwardedFor); len(sent) > 0 {
			list = string(sent[len(sent)-1])
		}
		text = strings.TrimSpace(list[strings.LastIndexByte(list, ',')+1:])
	}
	addr, _ := netip.ParseAddr(text)
	return addr
}
