#!/bin/sh
# The browser tests need Debian's Chromium, and Node and Java for the two accessibility
# checkers; a test of tables needs LibreOffice. Put there what is missing, if we may.
set -eu

missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v npm >/dev/null || missing="$missing npm"
command -v java >/dev/null || missing="$missing default-jre-headless"
command -v soffice >/dev/null || missing="$missing libreoffice-calc"
if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "The tests need:$missing. Install it (Debian: apt-get install$missing)." >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    echo "Installing$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

cd "$(dirname "$0")/../tests/browser"
if ! cmp -s package-lock.json node_modules/.installed; then
    echo "Installing the accessibility checkers and a verifier of webhooks"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    cp package-lock.json node_modules/.installed
fi
