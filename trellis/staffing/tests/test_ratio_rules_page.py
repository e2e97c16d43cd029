"""The editions of the ratio rules beside each other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from trellis.staffing.editions.loading import editions
from trellis.staffing.tests.test_week_pages import main

pytestmark = pytest.mark.django_db


def test_the_last_edition_is_compared_with_the_one_before(browse, cast):
    told = main(browse(cast.sam).get(reverse("ratio_rules")))
    assert f"From {editions()[-2].title} to {editions()[-1].title}" in told
    assert "Somebody may count at Level 3 by experience, in that setting only No such rule Yes" in told
    assert "One member of staff for every five children of two: 5." in told


def test_any_two_are_compared_and_what_is_none_is_the_last(browse, cast):
    browser = browse(cast.amara)
    told = main(browser.get(reverse("ratio_rules"), {"older": "2021-09", "newer": "2023-09"}))
    assert "From Before September 2023 to September 2023" in told
    assert "One member of staff for every five children of two 4 Paragraph 3.33" in told
    assert "No rule has another value." in main(
        browser.get(reverse("ratio_rules"), {"older": "2023-09", "newer": "2023-09"})
    )
    assert f"to {editions()[-1].title}" in main(browser.get(reverse("ratio_rules"), {"newer": "<b>"}))
