"""Starts a function and gives it events, in a process that sees nothing but the folders it was
told. It imports nothing of the tests, so that only the function's own work is counted.

invoked.py FOLDERS EVENTS: folders with colons between, and a JSON file of events. NONCE in the
body of an event stands for the nonce of the last page."""

import json
import re
import sys
import urllib.parse

sys.path[:1] = sys.argv[1].split(":")

import app  # noqa: E402

started = set(sys.modules)
statuses, nonce = [], ""
with open(sys.argv[2]) as events:
    for event in json.load(events):
        if event["body"]:
            event["body"] = event["body"].replace("NONCE", urllib.parse.quote(nonce))
        answer = app.app(event, None)
        statuses.append(answer["statusCode"])
        found = re.search(r'name="nonce" value="([^"]+)"', str(answer["body"]))
        nonce = found[1] if found else nonce
print(json.dumps({"statuses": statuses, "imported": sorted(set(sys.modules) - started)}))
