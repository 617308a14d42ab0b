package routes

import "github.com/valyala/fasthttp"

// securityHeaders stand on every answer, errors included.
var securityHeaders = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; " +
		"connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Strict-Transport-Security", "max-age=63072000; includeSubDomains"},
	{permissionsPolicy, permissions + ", publickey-credentials-create=(), publickey-credentials-get=()"},
	{"Cache-Control", noStore}, // a file of fixed content says otherwise
}

const (
	noStore           = "no-store"
	permissionsPolicy = "Permissions-Policy"
	permissions       = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), " +
		"clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), " +
		"geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), " +
		"microphone=(), midi=(), payment=(), picture-in-picture=(), " +
		"screen-wake-lock=(), serial=(), storage-access=(), usb=(), xr-spatial-tracking=()"
	// appPermissions are those of the browser application, in which staff sign in
	// with a passkey. It is one document under all its addresses.
	appPermissions = permissions + ", publickey-credentials-create=(self), publickey-credentials-get=(self)"
)

// secure writes them before anything else can answer.
func secure(h *fasthttp.ResponseHeader) {
	for _, kv := range securityHeaders {
		h.Set(kv[0], kv[1])
	}
}
