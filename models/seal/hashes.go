package seal

import "context"

// Hashes are the keyed hashes by which a sealed value of an organisation (a
// sign-in name, a receipt) is found again. It is never for values with few
// possibilities, such as a district alone.
type Hashes struct {
	keys *Keys
	use  string
}

// Hashes are those of one purpose, which keeps the hashes of two fields apart.
func (k *Keys) Hashes(purpose string) Hashes { return Hashes{k, "look-up of " + purpose} }

// Of is the hash of a value under the organisation's secret: 64 hexadecimal
// digits. ErrNoSecret when that is missing.
func (h Hashes) Of(ctx context.Context, org, value string) (string, error) {
	s, err := h.keys.secretFor(ctx, org)
	if err != nil {
		return "", err
	}
	return keyedHash(s.of(h.use), org, value), nil
}
