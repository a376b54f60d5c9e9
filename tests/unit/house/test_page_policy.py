"""What the pages may load and run."""

import base64
import gzip
import hashlib
import re

from chalicelib import render
from tests.support.renderings import SCRIPT, page

PAGES = ("answer", "closed", "gone", "promise", "trouble", "unsubscribe")


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.encode())) < 2_500


def test_the_policy_allows_exactly_the_style_of_every_page() -> None:
    for name in PAGES:
        (style,) = re.findall(r"<style>(.*?)</style>", page(name), re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}';" in render.content_security_policy()
        assert "style=" not in page(name)


def test_the_policy_allows_nothing_else() -> None:
    policy = re.sub(r"'sha256-[^']+'", "HASH", render.content_security_policy())
    assert policy == (
        "default-src 'none'; style-src HASH; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def test_with_the_script_it_allows_that_one_and_its_reports() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page("answer"), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = render.content_security_policy(script=True)
    assert f"script-src 'sha256-{digest}'; connect-src 'self';" in policy
    assert "unsafe" not in policy
