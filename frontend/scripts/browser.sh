#!/usr/bin/env bash
# The browser tests need Chromium and a font that has Devanagari, or every
# Nepali letter is drawn as an empty box. Installs what is missing through the
# system's package manager and says so in words where it can't.
set -euo pipefail

find_browser() {
	for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
		if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then command -v "$name"; return 0; fi
	done
	return 1
}

has_devanagari() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list ':lang=ne' family)" ]; }

missing=()
find_browser >/dev/null || missing+=(chromium)
has_devanagari || missing+=(fonts-noto-core fontconfig)
[ ${#missing[@]} -eq 0 ] && exit 0

say() { printf 'The browser tests need: %s.\n%s\n' "${missing[*]}" "$1" >&2; exit 1; }

command -v apt-get >/dev/null 2>&1 || say 'Please install Chromium and a font with Devanagari (such as Noto Sans Devanagari) and run this again; CHROMIUM names the browser if it is elsewhere.'
sudo=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null 2>&1 || say "Please run as root: apt-get install -y ${missing[*]}"
	sudo=(sudo)
fi
echo "Installing ${missing[*]} for the browser tests."
"${sudo[@]}" apt-get update -qq || say 'The package lists could not be read.'
DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
	say "Please install them by hand: apt-get install -y ${missing[*]}"
