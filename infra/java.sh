#!/bin/sh
# The client in Java needs a compiler, and annotations and forms that are in no jar of the generator.
set -eu

missing=""
command -v javac >/dev/null || missing="$missing default-jdk-headless"
[ -e /usr/share/java/jakarta-annotation-api.jar ] || missing="$missing libjakarta-annotation-api-java"
[ -e /usr/share/java/httpmime.jar ] || missing="$missing libhttpmime-java"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "make clients needs:$missing. Install it (Debian: apt-get install$missing)." >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing$missing"
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
