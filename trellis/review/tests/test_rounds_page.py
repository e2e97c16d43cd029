"""The list of reviews of a setting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from trellis.review.models import Round

pytestmark = pytest.mark.django_db


def periods(answer) -> list[str]:
    return [link.get_text() for link in BeautifulSoup(answer.content, "html5lib").select("#rounds tbody a")]


def long_ago(half, person, many: int) -> None:
    """As many archived reviews before the half-way one, each begun by the same person."""
    now = half.round
    for number in range(1, many + 1):
        then = now.started_at - timedelta(days=100 * number)
        Round.objects.create(
            organisation=now.organisation,
            framework=now.framework,
            audience=now.audience,
            period=f"Review {number} before this",
            status="archived",
            started_at=then,
            started_by=person.user,
            agreed_at=then,
            agreed_by=person.user,
        )


def test_every_review_is_there_newest_first_and_nobody_else_s(cast, half, browse):
    long_ago(half, cast.priya, 2)
    browser = browse(cast.leila)
    page = browser.get(reverse("rounds"))
    assert periods(page) == ["Autumn term 2026", "Review 1 before this", "Review 2 before this"]
    assert "Priya Nair" in page.content.decode()
    assert periods(browse(cast.joanna).get(reverse("rounds"))) == []


def test_the_list_asks_as_little_with_many_reviews_as_with_few(cast, half, browse, django_assert_max_num_queries):
    long_ago(half, cast.priya, 60)
    browser = browse(cast.amara)
    with django_assert_max_num_queries(5):
        page = browser.get(reverse("rounds"))
    assert len(periods(page)) == 25
    assert "Next page" in page.content.decode()
    assert periods(browser.get(reverse("rounds") + "?page=3"))[-1] == "Review 60 before this"
