package main

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// deployment is what an installation by containers is made of, as its files say.
type deployment struct {
	compose
	caddy, docker, users string
}

type compose struct {
	Services map[string]service `yaml:"services"`
	Networks map[string]struct {
		Internal bool `yaml:"internal"`
		IPAM     struct {
			Config []struct {
				Subnet  string `yaml:"subnet"`
				IPRange string `yaml:"ip_range"`
			} `yaml:"config"`
		} `yaml:"ipam"`
	} `yaml:"networks"`
	Volumes map[string]any `yaml:"volumes"`
	Secrets map[string]struct {
		File string `yaml:"file"`
	} `yaml:"secrets"`
}

type service struct {
	Image         string            `yaml:"image"`
	User          string            `yaml:"user"`
	Entrypoint    []string          `yaml:"entrypoint"`
	Command       []string          `yaml:"command"`
	Environment   map[string]string `yaml:"environment"`
	Ports         []string          `yaml:"ports"`
	Networks      yaml.Node         `yaml:"networks"`
	Volumes       []string          `yaml:"volumes"`
	Tmpfs         []string          `yaml:"tmpfs"`
	Secrets       []string          `yaml:"secrets"`
	ReadOnly      bool              `yaml:"read_only"`
	CapDrop       []string          `yaml:"cap_drop"`
	CapAdd        []string          `yaml:"cap_add"`
	Privileged    bool              `yaml:"privileged"`
	SecurityOpt   []string          `yaml:"security_opt"`
	Ulimits       map[string]int    `yaml:"ulimits"`
	MemLimit      string            `yaml:"mem_limit"`
	MemswapLimit  string            `yaml:"memswap_limit"`
	MemSwappiness *int              `yaml:"mem_swappiness"`
	Healthcheck   struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
	Deploy struct {
		Replicas string `yaml:"replicas"`
	} `yaml:"deploy"`
	DependsOn map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
}

// networks are the names of those a service stands on.
func (s service) networks() (names []string) {
	for i, n := range s.Networks.Content {
		if s.Networks.Kind == yaml.SequenceNode || i%2 == 0 {
			names = append(names, n.Value)
		}
	}
	return names
}

// address is the fixed one of a service on a network.
func (s service) address(network string) string {
	var fixed map[string]struct {
		Address string `yaml:"ipv4_address"`
	}
	if s.Networks.Kind != yaml.MappingNode || s.Networks.Decode(&fixed) != nil {
		return ""
	}
	return fixed[network].Address
}

var deployFiles = map[string]string{
	"compose": "../docker-compose.yml", "docker": "../Dockerfile",
	"caddy": "deploy/Caddyfile", "users": "deploy/users.js",
}

func deploymentOf(files map[string]string) (deployment, error) {
	d := deployment{caddy: bare(files["caddy"], "#"), docker: bare(files["docker"], "#"), users: bare(files["users"], "//")}
	return d, yaml.Unmarshal([]byte(files["compose"]), &d.compose)
}

// bare is a file without its comments and with single spaces.
func bare(text, comment string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !strings.HasPrefix(line, comment) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// block is what stands between the braces after the line that begins it.
func block(text, head string) string {
	_, rest, found := strings.Cut("\n"+text, "\n"+head+" {\n")
	if !found {
		return ""
	}
	depth := 1
	var inside []string
	for line := range strings.SplitSeq(rest, "\n") {
		if line == "}" {
			if depth--; depth == 0 {
				break
			}
		} else if strings.HasSuffix(line, "{") {
			depth++
		}
		inside = append(inside, line)
	}
	return strings.Join(inside, "\n")
}

// lacking names those lines that a text doesn't have, each by itself on a line.
func lacking(text string, lines ...string) error {
	all := strings.Split(text, "\n")
	for _, line := range lines {
		if !slices.Contains(all, line) {
			return fmt.Errorf("it lacks %q", line)
		}
	}
	return nil
}

// each holds something of every service.
func (d deployment) each(holds func(name string, s service) error) error {
	if len(d.Services) < 4 {
		return fmt.Errorf("%d services", len(d.Services))
	}
	for name, s := range d.Services {
		if err := holds(name, s); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// flags holds a command's words against those it must have.
func flags(command []string, want ...string) error {
	for _, w := range want {
		if !slices.Contains(command, w) {
			return fmt.Errorf("the command lacks %s", w)
		}
	}
	return nil
}

// change breaks a promise: in a file, one text becomes another.
type change struct{ file, old, new string }

// promise is what the files of the installation must say.
type promise struct {
	name   string
	holds  func(deployment) error
	breaks []change
}

func filesOfTheInstallation(t *testing.T) map[string]string {
	files := map[string]string{}
	for name, path := range deployFiles {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	return files
}

func TestTheInstallationHoldsItsPromises(t *testing.T) {
	d, err := deploymentOf(filesOfTheInstallation(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			if err := p.holds(d); err != nil {
				t.Error(err)
			}
		})
	}
	fmt.Println("NOT RUN HERE: the containers themselves; they need Docker")
}

// Each promise is broken once for each way it may be, and must be found broken.
func TestABrokenInstallationIsFound(t *testing.T) {
	for _, p := range promises {
		if len(p.breaks) == 0 {
			t.Errorf("%s: nothing breaks it", p.name)
		}
		for _, c := range p.breaks {
			files := maps.Clone(filesOfTheInstallation(t))
			if !strings.Contains(files[c.file], c.old) {
				t.Errorf("%s: %s doesn't hold %q", p.name, c.file, c.old)
				continue
			}
			files[c.file] = strings.ReplaceAll(files[c.file], c.old, c.new)
			d, err := deploymentOf(files)
			if err != nil {
				t.Errorf("%s: with %q: %v", p.name, c.new, err)
				continue
			}
			if p.holds(d) == nil {
				t.Errorf("%s: with %q instead of %q it was not found broken", p.name, c.new, c.old)
			}
		}
	}
}

var fullImage = regexp.MustCompile(`^[a-z0-9./-]+:[A-Za-z0-9.${}:_-]+$`)
