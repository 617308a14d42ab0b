package main

import (
	"errors"
	"fmt"
	"strings"
)

// proxyAndImagePromises are those of the Caddyfile and the Dockerfile.
var proxyAndImagePromises = []promise{
	{
		"the proxy keeps no access log",
		func(d deployment) error {
			options := d.caddy[:strings.Index(d.caddy, "(said_by_the_proxy)")]
			if sites := strings.TrimPrefix(d.caddy, options); strings.Contains(sites, "\nlog") || strings.Contains(sites, "log_") {
				return errors.New("a site keeps one")
			}
			return nil
		},
		[]change{{"caddy", "	import said_by_the_proxy\n\n	reverse_proxy", "	import said_by_the_proxy\n	log\n\n	reverse_proxy"}},
	},
	{
		"what failed for somebody is logged without address, page, headers and text",
		func(d deployment) error {
			if err := lacking(block(d.caddy, "log default"), "exclude http.log http.handlers http.stdlib tls.handshake"); err != nil {
				return err
			}
			failures := block(d.caddy, "log failures")
			if err := lacking(failures, "level ERROR", `message_key ""`, "request delete", "error delete"); err != nil {
				return err
			}
			for _, log := range []string{block(d.caddy, "log default"), failures} {
				if err := lacking(log, "request delete", "remote delete", "remote_ip delete", "remote_addr delete", "client_ip delete",
					"user_agent delete", "uri delete", "headers delete"); err != nil {
					return err
				}
			}
			return nil
		},
		[]change{
			{"caddy", "				request delete\n", ""},
			{"caddy", "				error delete\n", ""},
			{"caddy", "				headers delete\n", ""},
			{"caddy", `message_key ""`, `message_key "msg"`},
			{"caddy", "		exclude http.log http.handlers http.stdlib tls.handshake\n", ""},
			{"caddy", "level ERROR", "level DEBUG"},
		},
	},
	{
		"the proxy says who asks, whatever the client said",
		func(d deployment) error {
			if strings.Contains(d.caddy, "trusted_proxies") {
				return errors.New("it trusts somebody before it")
			}
			return lacking(block(block(d.caddy, "{$SITES}"), "reverse_proxy"),
				"header_up X-Forwarded-For {http.request.remote.host}", "header_up X-Forwarded-Host {http.request.host}",
				"header_up X-Forwarded-Proto {http.request.scheme}", "header_up -Forwarded", "header_up -X-Real-Ip")
		},
		[]change{
			{"caddy", "		header_up X-Forwarded-For {http.request.remote.host}\n", ""},
			{"caddy", "header_up X-Forwarded-For {http", "header_up +X-Forwarded-For {http"},
			{"caddy", "		header_up -Forwarded\n", ""},
			{"caddy", "		protocols h1 h2\n", "		protocols h1 h2\n		trusted_proxies static private_ranges\n"},
		},
	},
	{
		"browsers are told to come by TLS only",
		func(d deployment) error {
			if err := lacking(block(d.caddy, "(said_by_the_proxy)"), `Strict-Transport-Security "max-age=63072000; includeSubDomains"`, "defer"); err != nil {
				return err
			}
			if strings.Count(d.caddy, "import said_by_the_proxy") != 2 || strings.Contains(d.caddy, "auto_https") {
				return errors.New("not everywhere")
			}
			return nil
		},
		[]change{{"caddy", "max-age=63072000", "max-age=0"}, {"caddy", "	import said_by_the_proxy\n\n	reverse_proxy", "	reverse_proxy"}, {"caddy", "	admin off\n", "	admin off\n	auto_https disable_redirects\n"}},
	},
	{
		"the proxy can't be told anything from outside",
		func(d deployment) error {
			return lacking(d.caddy, "admin off")
		},
		[]change{{"caddy", "	admin off\n", ""}},
	},
	{
		"the app's image is one static program that runs as nobody",
		func(d deployment) error {
			_, app, _ := strings.Cut(d.docker, "\nFROM gcr.io/distroless/static-debian12:nonroot AS app\n")
			app, _, _ = strings.Cut(app, "\nFROM ")
			if !strings.Contains(d.docker, "CGO_ENABLED=0") || strings.Contains(app, "RUN ") {
				return errors.New("it isn't static")
			}
			return lacking(app, "COPY --from=build /out/server /server", "USER 65532:65532", `ENTRYPOINT ["/server"]`)
		},
		[]change{
			{"docker", "CGO_ENABLED=0 ", ""},
			{"docker", "gcr.io/distroless/static-debian12:nonroot", "debian:12"},
			{"docker", "USER 65532:65532", "USER 0"},
		},
	},
	{
		"no image takes a secret in, and every one names its version",
		func(d deployment) error {
			for line := range strings.SplitSeq(d.docker, "\n") {
				if words := strings.Fields(line); words[0] == "COPY" && (strings.Contains(line, "secrets") || words[len(words)-2] == ".") {
					return fmt.Errorf("%s", line)
				}
				if from, ok := strings.CutPrefix(line, "FROM "); ok {
					image := strings.Fields(strings.TrimPrefix(from, "--platform=$BUILDPLATFORM "))[0]
					if !fullImage.MatchString(image) || strings.HasSuffix(image, ":latest") {
						return fmt.Errorf("%s names no version", image)
					}
				}
			}
			return d.each(func(_ string, s service) error {
				if !fullImage.MatchString(s.Image) || strings.HasSuffix(s.Image, ":latest") {
					return fmt.Errorf("%s names no version", s.Image)
				}
				return nil
			})
		},
		[]change{{"docker", "COPY server server", "COPY . ."}, {"docker", "FROM caddy:2.10-alpine", "FROM caddy:latest"}, {"compose", "image: mongo:8.0", "image: mongo"}},
	},
	{
		"the app is told where everything is",
		func(d deployment) error {
			for name, want := range map[string]string{
				"ADDRESS": "0.0.0.0", "KEY_FILE": "/run/secrets/chautari_key", "MONGODB_URI_FILE": "/run/secrets/mongodb_uri", "BACKUP_DIR": "/backups",
			} {
				if got := d.Services["app"].Environment[name]; got != want {
					return fmt.Errorf("%s is %q", name, got)
				}
			}
			if d.Services["app"].Environment["METRICS_PORT"] != "" {
				return errors.New("it tells its metrics to others")
			}
			return nil
		},
		[]change{{"compose", "KEY_FILE: /run/secrets/chautari_key", "KEY_FILE: /data/key"}, {"compose", `      PORT: "8080"`, "      PORT: \"8080\"\n      METRICS_PORT: \"9090\""}},
	},
}
