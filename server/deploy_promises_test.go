package main

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// promises are what an installation by containers is held to.
var promises = slices.Concat(containerPromises, proxyAndImagePromises)

// containerPromises are those of docker-compose.yml and the database's set-up.
var containerPromises = []promise{
	{
		"only the proxy publishes ports",
		func(d deployment) error {
			return d.each(func(name string, s service) error {
				if (len(s.Ports) > 0) != (name == "proxy") {
					return fmt.Errorf("publishes %v", s.Ports)
				}
				return nil
			})
		},
		[]change{{"compose", "    command: [serve]", "    command: [serve]\n    ports: [\"8080:8080\"]"}, {"compose", "    ports:\n      - \"80:8080\"\n      - \"443:8443\"\n", ""}},
	},
	{
		"only the proxy stands on a network that leads out",
		func(d deployment) error {
			return d.each(func(name string, s service) error {
				for _, n := range s.networks() {
					if _, known := d.Networks[n]; !known || !d.Networks[n].Internal && name != "proxy" {
						return fmt.Errorf("stands on %s", n)
					}
				}
				if len(s.networks()) == 0 {
					return errors.New("stands on the default network, which leads out")
				}
				return nil
			})
		},
		[]change{{"compose", "  back:\n    internal: true", "  back: {}"}, {"compose", "    networks: [back]\n    volumes:\n      - mongo", "    volumes:\n      - mongo"}, {"compose", "networks: [front, back]", "networks: [front, back, edge]"}},
	},
	{
		"the proxy and the database never meet",
		func(d deployment) error {
			if slices.Contains(d.Services["proxy"].networks(), "back") || slices.Contains(d.Services["mongo"].networks(), "front") {
				return errors.New("they stand on one network")
			}
			return nil
		},
		[]change{{"compose", "      edge: {}", "      edge: {}\n      back: {}"}},
	},
	{
		"every container is locked down",
		func(d deployment) error {
			return d.each(func(_ string, s service) error {
				switch {
				case !s.ReadOnly:
					return errors.New("its files can be changed")
				case !slices.Equal(s.CapDrop, []string{"ALL"}) || len(s.CapAdd) > 0 || s.Privileged:
					return errors.New("it keeps capabilities")
				case !slices.Contains(s.SecurityOpt, "no-new-privileges:true"):
					return errors.New("it may gain privileges")
				case s.User == "" || strings.HasPrefix(s.User, "0") || strings.HasPrefix(s.User, "root"):
					return errors.New("it runs as root")
				case s.MemLimit == "":
					return errors.New("its memory has no end")
				}
				return nil
			})
		},
		[]change{
			{"compose", "  read_only: true\n", ""},
			{"compose", "cap_drop: [ALL]", "cap_drop: [NET_RAW]"},
			{"compose", "  mongo-setup:\n    <<: *locked", "  mongo-setup:\n    <<: *locked\n    cap_add: [SYS_ADMIN]"},
			{"compose", "  app:\n    <<: *locked", "  app:\n    <<: *locked\n    privileged: true"},
			{"compose", "no-new-privileges:true", "seccomp:unconfined"},
			{"compose", `user: "999:999"`, `user: "0:0"`},
			{"compose", "    mem_limit: 256m\n", ""},
		},
	},
	{
		"no container writes core dumps",
		func(d deployment) error {
			return d.each(func(_ string, s service) error {
				if n, set := s.Ulimits["core"]; !set || n != 0 {
					return errors.New("it may")
				}
				return nil
			})
		},
		[]change{{"compose", "core: 0", "core: -1"}, {"compose", "    core: 0", "    nproc: 100"}},
	},
	{
		"what people send is never swapped out, in the app or in the proxy",
		func(d deployment) error {
			for _, name := range []string{"app", "proxy"} {
				s := d.Services[name]
				if s.MemswapLimit != s.MemLimit || s.MemSwappiness == nil || *s.MemSwappiness != 0 {
					return fmt.Errorf("%s may be", name)
				}
			}
			return nil
		},
		[]change{{"compose", "memswap_limit: 512m", "memswap_limit: 1g"}, {"compose", "    memswap_limit: 256m\n", ""}, {"compose", "    mem_swappiness: 0\n", ""}},
	},
	{
		"secrets come from files and are in no variable",
		func(d deployment) error {
			for name, s := range d.Secrets {
				if s.File == "" {
					return fmt.Errorf("%s has no file", name)
				}
			}
			return d.each(func(_ string, s service) error {
				for _, name := range s.Secrets {
					if _, known := d.Secrets[name]; !known {
						return fmt.Errorf("there is no secret %s", name)
					}
				}
				for name, value := range s.Environment {
					secret := strings.Contains(name, "PASSWORD") || strings.Contains(name, "URI") || strings.Contains(name, "KEY")
					if secret && !strings.HasPrefix(value, "/run/secrets/") || strings.Contains(value, "mongodb://") {
						return fmt.Errorf("%s holds one", name)
					}
				}
				return nil
			})
		},
		[]change{
			{"compose", "MONGODB_URI_FILE: /run/secrets/mongodb_uri", "MONGODB_URI: mongodb://chautari:word@mongo"},
			{"compose", "MONGO_INITDB_ROOT_PASSWORD_FILE: /run/secrets/mongo_root_password", "MONGO_INITDB_ROOT_PASSWORD: word"},
			{"compose", `chautari_key: { file: "${SECRETS:-./server/deploy/secrets}/app/chautari_key" }`, "chautari_key: { environment: KEY }"},
		},
	},
	{
		"each sees only the secrets it needs",
		func(d deployment) error {
			for name, want := range map[string][]string{
				"proxy": nil,
				"app":   {"chautari_key", "mongodb_uri", "mongo_ca"},
				"mongo": {"mongo_keyfile", "mongo_certificate", "mongo_ca", "mongo_root_password"},
				// Its work is done when the app starts.
				"mongo-setup": {"mongo_ca", "mongo_root_password", "mongo_app_password"},
			} {
				if got := d.Services[name].Secrets; !slices.Equal(got, want) {
					return fmt.Errorf("%s sees %v", name, got)
				}
			}
			return nil
		},
		[]change{{"compose", "secrets: [chautari_key, mongodb_uri, mongo_ca]", "secrets: [chautari_key, mongodb_uri, mongo_ca, mongo_root_password]"}},
	},
	{
		"the database knows who asks, over TLS, and runs no scripts",
		func(d deployment) error {
			m := d.Services["mongo"]
			if !strings.HasPrefix(m.Image, "mongo:8") {
				return fmt.Errorf("it is %s", m.Image)
			}
			return flags(m.Command, "--auth", "--noscripting", "--replSet=rs0", "--keyFile=/run/secrets/mongo_keyfile",
				"--tlsMode=requireTLS", "--tlsCertificateKeyFile=/run/secrets/mongo_certificate", "--tlsCAFile=/run/secrets/mongo_ca")
		},
		[]change{
			{"compose", "      - --auth\n", ""},
			{"compose", "      - --noscripting\n", ""},
			{"compose", "      - --replSet=rs0\n", ""},
			{"compose", "      - --keyFile=/run/secrets/mongo_keyfile\n", ""},
			{"compose", "--tlsMode=requireTLS", "--tlsMode=preferTLS"},
			{"compose", "image: mongo:8.0", "image: mongo:latest"},
		},
	},
	{
		"what was deleted leaves the database's log of operations soon",
		func(d deployment) error { return flags(d.Services["mongo"].Command, "--oplogSize=256") },
		[]change{{"compose", "      - --oplogSize=256\n", ""}},
	},
	{
		"the database writes nowhere what was asked of it and when",
		func(d deployment) error {
			return flags(d.Services["mongo"].Command, "--quiet", "--slowOpSampleRate=0", "--setParameter=diagnosticDataCollectionEnabled=false")
		},
		[]change{
			{"compose", "      - --slowOpSampleRate=0\n", ""},
			{"compose", "diagnosticDataCollectionEnabled=false", "diagnosticDataCollectionEnabled=true"},
		},
	},
	{
		"the app's user has the least rights, and only adds to the copy of the audit blocks",
		func(d deployment) error {
			for _, never := range []string{"dropDatabase", "dropCollection", "renameCollection", "anyAction", "readWrite", "dbOwner", "dbAdmin", "clusterAdmin", "userAdmin"} {
				if strings.Contains(d.users, never) {
					return fmt.Errorf("it may %s", never)
				}
			}
			return lacking(d.users,
				`on("chautari", work),`, `on("chautari_keys", work),`, `on("chautari_audit_copy", addOnly),`,
				`const addOnly = ["find", "insert", "listCollections", "listIndexes"];`,
				`roles: [],`, `roles: [{ role: "chautariApp", db: "admin" }],`)
		},
		[]change{
			{"users", `"collStats", "dbStats",`, `"collStats", "dbStats", "dropDatabase",`},
			{"users", `on("chautari_audit_copy", addOnly)`, `on("chautari_audit_copy", work)`},
			{"users", `const addOnly = ["find", "insert",`, `const addOnly = ["find", "insert", "remove",`},
			{"users", "	roles: [],", `	roles: ["root"],`},
			{"users", `roles: [{ role: "chautariApp", db: "admin" }]`, `roles: ["readWriteAnyDatabase"]`},
		},
	},
	{
		"no password stands in the set-up script or on its command line",
		func(d deployment) error {
			if strings.Contains(strings.Join(d.Services["mongo-setup"].Entrypoint, " "), "assword") {
				return errors.New("its command line holds one")
			}
			return lacking(d.users, `pwd: secret("mongo_app_password"),`)
		},
		[]change{{"users", `pwd: secret("mongo_app_password")`, `pwd: "word"`}, {"compose", "entrypoint: [mongosh,", "entrypoint: [mongosh, --password=word,"}},
	},
	{
		"the app runs as often as the setting says, twice by itself",
		func(d deployment) error {
			if got := d.Services["app"].Deploy.Replicas; got != "${INSTANCES:-2}" {
				return fmt.Errorf("it runs %s times", got)
			}
			return nil
		},
		[]change{{"compose", "replicas: ${INSTANCES:-2}", "replicas: 1"}},
	},
	{
		"the app waits for a database that is set up",
		func(d deployment) error {
			on := d.Services["app"].DependsOn
			if on["mongo"].Condition != "service_healthy" || on["mongo-setup"].Condition != "service_completed_successfully" {
				return fmt.Errorf("it waits for %v", on)
			}
			return nil
		},
		[]change{{"compose", "condition: service_completed_successfully", "condition: service_started"}},
	},
	{
		"the app trusts the proxy's address and no other",
		func(d deployment) error {
			proxy := d.Services["proxy"].address("front")
			addr, err := netip.ParseAddr(proxy)
			if err != nil || d.Services["app"].Environment["PROXY"] != proxy {
				return fmt.Errorf("the proxy is %q, and the app trusts %q", proxy, d.Services["app"].Environment["PROXY"])
			}
			for _, c := range d.Networks["front"].IPAM.Config {
				subnet, err := netip.ParsePrefix(c.Subnet)
				given, err2 := netip.ParsePrefix(c.IPRange)
				if err == nil && err2 == nil && subnet.Contains(addr) && !given.Contains(addr) {
					return nil
				}
			}
			return errors.New("another container may be given the proxy's address")
		},
		[]change{
			{"compose", "PROXY: 172.30.10.2", "PROXY: 0.0.0.0/0"},
			{"compose", "ipv4_address: 172.30.10.2", "ipv4_address: 172.30.10.3"},
			{"compose", "          ip_range: 172.30.10.128/25\n", ""},
			{"compose", "ip_range: 172.30.10.128/25", "ip_range: 172.30.10.0/25"},
		},
	},
	{
		"what lasts lies in named volumes, what doesn't in memory",
		func(d deployment) error {
			if err := flags(slices.Concat(d.Services["proxy"].Volumes, d.Services["app"].Volumes, d.Services["mongo"].Volumes),
				"certificates:/state", "backups:/backups", "mongo:/data/db"); err != nil {
				return err
			}
			for _, name := range []string{"certificates", "backups", "mongo"} {
				if _, named := d.Volumes[name]; !named {
					return fmt.Errorf("%s is no named volume", name)
				}
			}
			return d.each(func(_ string, s service) error {
				for _, v := range s.Volumes {
					from, _, _ := strings.Cut(v, ":")
					if _, named := d.Volumes[from]; !named && !strings.HasSuffix(v, ":ro") {
						return fmt.Errorf("writes to %s of the machine", from)
					}
				}
				if !slices.ContainsFunc(s.Tmpfs, func(p string) bool { return p == "/tmp" }) {
					return errors.New("has no /tmp in memory")
				}
				return nil
			})
		},
		[]change{{"compose", "      - mongo:/data/db\n", ""}, {"compose", "  backups: {}\n", ""}, {"compose", "users.js:/setup/users.js:ro", "users.js:/setup/users.js"}, {"compose", "tmpfs: [/tmp, /data, /config]", "tmpfs: [/data]"}},
	},
	{
		"each that stays tells whether it is well",
		func(d deployment) error {
			for _, name := range []string{"app", "mongo"} {
				if len(d.Services[name].Healthcheck.Test) == 0 {
					return fmt.Errorf("%s doesn't", name)
				}
			}
			if got := d.Services["app"].Healthcheck.Test; !slices.Equal(got, []string{"CMD", "/server", "healthcheck"}) {
				return fmt.Errorf("the app is asked by %v", got)
			}
			if strings.Count(d.docker, "\nHEALTHCHECK ") != 2 {
				return errors.New("an image doesn't")
			}
			return nil
		},
		[]change{{"compose", "test: [CMD, /server, healthcheck]", "test: [CMD, curl, localhost]"}, {"docker", "HEALTHCHECK --interval=15s --timeout=5s --start-period=10s", "LABEL "}},
	},
}
