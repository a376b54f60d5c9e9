#!/bin/sh
# The browser tests need Debian's Chromium; put it there if it is missing and we may.
set -eu
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The browser tests need chromium. Install it (Debian: apt-get install chromium)." >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing chromium"
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium >/dev/null
