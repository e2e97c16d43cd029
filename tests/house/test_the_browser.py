"""The browser of the journeys notices what is wrong with a page."""

from __future__ import annotations

import pytest

from tests.browser import no_axe_violations, opened

pytestmark = pytest.mark.journey

SOUND = '<!doctype html><html lang="en"><title>Sound</title><main><h1>Sound</h1>{}</main></html>'


@pytest.mark.parametrize(
    ("part", "reported"),
    [
        ("<p>A paragraph.</p>", None),
        ("<input>", "label"),
        ('<p style="color: #999; background: #fff">Pale</p>', "color-contrast"),
        ('<p style="width: 900px">Wide</p>', "pixels wider than a small phone"),
    ],
)
def test_a_page_that_is_not_accessible_is_reported(chromium, part, reported):
    with opened(chromium, "http://localhost") as page:
        page.set_content(SOUND.format(part))
        if reported is None:
            no_axe_violations(page)
        else:
            with pytest.raises(AssertionError, match=reported):
                no_axe_violations(page)


def run(chromium, script: str) -> None:
    with opened(chromium, "http://localhost") as page:
        page.set_content(f"<script>{script}</script>")
        page.wait_for_timeout(200)


@pytest.mark.parametrize("mistake", ["throw new Error('no such field')", "console.error('no such field')"])
def test_a_mistake_of_a_script_is_reported(chromium, mistake):
    with pytest.raises(AssertionError, match="no such field"):
        run(chromium, mistake)
