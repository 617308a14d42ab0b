package factor

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"math"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"chautari/models/access"
	"chautari/models/account"
	"chautari/models/calendar"
	"chautari/models/seal"
	"chautari/models/store"
)

// passkey is the public half of a key pair that her device or stick holds.
type passkey struct {
	ID         string        `bson:"id"`
	Name       seal.Sealed   `bson:"name"`
	Day        calendar.Date `bson:"day"`
	Credential []byte        `bson:"credential"` // what the authenticator calls it
	PublicKey  []byte        `bson:"public_key"` // COSE
	Count      int64         `bson:"count"`      // how often it signed, where it counts
	Synced     bool          `bson:"synced"`     // it may be copied to other devices of hers
}

// Creating is what a browser is asked for a new passkey:
// PublicKeyCredentialCreationOptionsJSON of Web Authentication Level 3.
type Creating struct {
	Challenge  string       `json:"challenge"` // base64url, as all bytes here
	RP         RelyingParty `json:"rp"`
	User       User         `json:"user"`
	Parameters []Parameter  `json:"pubKeyCredParams"`
	Timeout    int64        `json:"timeout"` // ms
	Exclude    []Descriptor `json:"excludeCredentials"`
	Selection  Selection    `json:"authenticatorSelection"`
	Attest     string       `json:"attestation"`
}

// RelyingParty says where a passkey is good: at one host name.
type RelyingParty struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// User is what a device files the passkey under: a keyed hash, and the sign-in
// name, which says nothing.
type User struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	DisplayName string `json:"displayName"`
}

// Parameter is a kind of key that is taken.
type Parameter struct {
	Type string `json:"type"`
	Alg  int64  `json:"alg"` // COSE
}

// Descriptor names a passkey to a browser.
type Descriptor struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// Selection is what an authenticator must be able to do.
type Selection struct {
	ResidentKey      string `json:"residentKey"`
	UserVerification string `json:"userVerification"`
}

// Requesting is what a browser is asked to show a passkey:
// PublicKeyCredentialRequestOptionsJSON.
type Requesting struct {
	Challenge        string       `json:"challenge"`
	RPID             string       `json:"rpId"`
	Timeout          int64        `json:"timeout"` // ms
	Allow            []Descriptor `json:"allowCredentials"`
	UserVerification string       `json:"userVerification"`
}

// Created is a new passkey as the browser hands it over, all of it base64url.
type Created struct {
	ID          string `json:"id" validate:"required,max=1400"`
	ClientData  string `json:"clientDataJSON" validate:"required,max=4000"`
	Attestation string `json:"attestationObject" validate:"required,max=20000"`
}

// Shown is a passkey that was used, all of it base64url.
type Shown struct {
	ID                string `json:"id" validate:"required,max=1400"`
	ClientData        string `json:"clientDataJSON" validate:"required,max=4000"`
	AuthenticatorData string `json:"authenticatorData" validate:"required,max=4000"`
	Signature         string `json:"signature" validate:"required,max=4000"`
}

const publicKey = "public-key"

// required: the device asks for her finger, face or PIN each time, so that who
// found it lying about has nothing.
const required = string(protocol.VerificationRequired)

// ownerOf is the account as the library and the authenticators know it.
type ownerOf struct {
	id   []byte
	keys []webauthn.Credential
}

func (o ownerOf) WebAuthnID() []byte                         { return o.id }
func (o ownerOf) WebAuthnName() string                       { return "" }
func (o ownerOf) WebAuthnDisplayName() string                { return "" }
func (o ownerOf) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// ownerOf gives the account of a set its name for authenticators: a keyed hash,
// so that a device and a dump of the store can't be joined.
func (f *Factors) ownerOf(ctx context.Context, org string, s *set) (ownerOf, error) {
	hash, err := f.users.Of(ctx, org, s.ID)
	if err != nil {
		return ownerOf{}, err
	}
	id, err := hex.DecodeString(hash)
	o := ownerOf{id: id}
	for _, p := range s.Passkeys {
		o.keys = append(o.keys, webauthn.Credential{
			ID: p.Credential, PublicKey: p.PublicKey,
			Flags:         webauthn.CredentialFlags{UserPresent: true, UserVerified: true, BackupEligible: p.Synced},
			Authenticator: webauthn.Authenticator{SignCount: uint32(p.Count)}, //nolint:gosec // it came as one
		})
	}
	return o, err
}

func challenge() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

func (s *set) descriptors() []Descriptor {
	list := make([]Descriptor, len(s.Passkeys))
	for i, p := range s.Passkeys {
		list[i] = Descriptor{publicKey, base64.RawURLEncoding.EncodeToString(p.Credential)}
	}
	return list
}

// BeginPasskey asks for a new passkey that is good at a host. Faults:
// session.factor_needed and session.proof_needed, factor.too_many.
func (f *Factors) BeginPasskey(ctx context.Context, a access.Actor, host string) (*Creating, error) {
	var out *Creating
	err := f.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		who, s, _, err := f.mayEnrol(ctx, tx, a)
		if err != nil {
			return err
		}
		owner, err := f.ownerOf(ctx, a.Org, s)
		if err != nil {
			return err
		}
		handle, err := f.accounts.HandleOf(ctx, a.Org, who)
		if err != nil {
			return err
		}
		out = &Creating{
			Challenge: challenge(), RP: RelyingParty{ID: host, Name: host},
			User:       User{base64.RawURLEncoding.EncodeToString(owner.id), handle.Reveal(), handle.Reveal()},
			Parameters: parameters, Timeout: ceremonyLasts.Milliseconds(), Exclude: s.descriptors(),
			Selection: Selection{ResidentKey: "discouraged", UserVerification: required}, Attest: "none",
		}
		return f.begin(ctx, tx, a, enrolPasskey, ceremony{Challenge: out.Challenge, Host: host})
	})
	return out, err
}

// parameters are the kinds of keys that are taken, liked best first.
var parameters = func() []Parameter {
	var list []Parameter
	for _, p := range webauthn.CredentialParametersRecommendedL3() {
		list = append(list, Parameter{publicKey, int64(p.Algorithm)})
	}
	return list
}()

// AddPasskey enrols a new passkey under a name of hers. The sign-in goes on under
// a new token in which it counts as given. Faults: factor.name_missing,
// factor.wrong, factor.begin_again, and those of BeginPasskey.
func (f *Factors) AddPasskey(ctx context.Context, a access.Actor, host string, made Created, name string) (token string, in *account.SignedIn, err error) {
	name, err = named(name)
	if err != nil {
		return "", nil, err
	}
	return f.enrol(ctx, a, host, account.Passkey, func(ctx context.Context, tx *store.Tx, key *seal.Key, s *set) error {
		c, err := f.end(ctx, tx, a, enrolPasskey)
		if err != nil {
			return err
		}
		owner, err := f.ownerOf(ctx, a.Org, s)
		if err != nil {
			return err
		}
		cred, ok := verifyCreated(c, host, owner, made)
		if !ok || len(cred.ID) == 0 || s.knows(cred.ID) {
			return errWrong
		}
		p := passkey{
			ID: newID(), Day: f.today(), Credential: cred.ID, PublicKey: cred.PublicKey,
			Count: int64(cred.Authenticator.SignCount), Synced: cred.Flags.BackupEligible,
		}
		if p.Name, err = key.Seal(s.ID, "name/"+p.ID, name); err != nil {
			return err
		}
		s.Passkeys = append(s.Passkeys, p)
		return nil
	})
}

func (s *set) knows(credential []byte) bool {
	for _, p := range s.Passkeys {
		if bytes.Equal(p.Credential, credential) {
			return true
		}
	}
	return false
}

// relying is the library set up for the place where a ceremony was begun.
func relying(c *ceremony, host, clientData string) (*webauthn.WebAuthn, webauthn.SessionData, bool) {
	origin, ok := originAt(host, clientData)
	if !ok || c.Host != host {
		return nil, webauthn.SessionData{}, false
	}
	w, err := webauthn.New(&webauthn.Config{RPID: host, RPOrigins: []string{origin}})
	return w, webauthn.SessionData{
		Challenge: c.Challenge, RelyingPartyID: host, UserVerification: protocol.VerificationRequired,
		CredParams: webauthn.CredentialParametersRecommendedL3(),
	}, err == nil
}

// originAt reads where the browser says that it was, which must be this host:
// whatever its port, over TLS, or on the machine itself without.
func originAt(host, clientData string) (string, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(clientData)
	if err != nil {
		return "", false
	}
	var said struct {
		Origin string `json:"origin"`
	}
	if json.Unmarshal(raw, &said) != nil {
		return "", false
	}
	u, err := url.Parse(said.Origin)
	if err != nil || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	here := host == "localhost" || strings.HasSuffix(host, ".localhost")
	return said.Origin, u.Hostname() == host && (u.Scheme == "https" || here && u.Scheme == "http")
}

// verifyCreated checks what an authenticator made.
func verifyCreated(c *ceremony, host string, owner ownerOf, made Created) (*webauthn.Credential, bool) {
	w, session, ok := relying(c, host, made.ClientData)
	if !ok {
		return nil, false
	}
	session.UserID = owner.id
	body, err := json.Marshal(map[string]any{
		"id": made.ID, "rawId": made.ID, "type": publicKey,
		"response": map[string]any{"clientDataJSON": made.ClientData, "attestationObject": made.Attestation},
	})
	if err != nil {
		return nil, false
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(body)
	if err != nil {
		return nil, false
	}
	cred, err := w.CreateCredential(owner, session, parsed)
	return cred, err == nil
}

// verifyShown checks what an authenticator signed, and tells how often it did.
func verifyShown(c *ceremony, host string, owner ownerOf, shown Shown) (*webauthn.Credential, bool) {
	w, session, ok := relying(c, host, shown.ClientData)
	if !ok || len(owner.keys) == 0 {
		return nil, false
	}
	session.UserID = owner.id
	for _, k := range owner.keys {
		session.AllowedCredentialIDs = append(session.AllowedCredentialIDs, k.ID)
	}
	body, err := json.Marshal(map[string]any{
		"id": shown.ID, "rawId": shown.ID, "type": publicKey,
		"response": map[string]any{
			"clientDataJSON": shown.ClientData, "authenticatorData": shown.AuthenticatorData, "signature": shown.Signature,
		},
	})
	if err != nil {
		return nil, false
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(body)
	if err != nil {
		return nil, false
	}
	cred, err := w.ValidateLogin(owner, session, parsed)
	// One that counts and didn't count on is a copy.
	return cred, err == nil && !cred.Authenticator.CloneWarning
}

// BeginShowing asks for one of the actor's passkeys, at the host where she is.
func (f *Factors) BeginShowing(ctx context.Context, a access.Actor, host string) (*Requesting, error) {
	if err := access.Decide(a, access.GiveFactor, own(a)); err != nil {
		return nil, err
	}
	var out *Requesting
	err := f.store.Org(a.Org).Tx(ctx, func(tx *store.Tx) error {
		s, _, err := of(ctx, tx, a.Account, a.Person)
		if err != nil {
			return err
		}
		out = &Requesting{
			Challenge: challenge(), RPID: host, Timeout: ceremonyLasts.Milliseconds(),
			Allow: s.descriptors(), UserVerification: required,
		}
		return f.begin(ctx, tx, a, showPasskey, ceremony{Challenge: out.Challenge, Host: host})
	})
	return out, err
}

// usePasskey checks a passkey that was shown, in the transaction it is good for.
func (f *Factors) usePasskey(ctx context.Context, tx *store.Tx, a access.Actor, host string, shown Shown) error {
	s, there, err := of(ctx, tx, a.Account, a.Person)
	if err != nil {
		return err
	}
	c, err := f.end(ctx, tx, a, showPasskey)
	if err != nil {
		return err
	}
	owner, err := f.ownerOf(ctx, a.Org, s)
	if err != nil {
		return err
	}
	cred, ok := verifyShown(c, host, owner, shown)
	if !ok || !there {
		return errWrong
	}
	for i := range s.Passkeys {
		if p := &s.Passkeys[i]; bytes.Equal(p.Credential, cred.ID) {
			p.Count = min(int64(cred.Authenticator.SignCount), math.MaxUint32)
		}
	}
	return sets.Replace(ctx, tx, s)
}
