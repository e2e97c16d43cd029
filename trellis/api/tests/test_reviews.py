"""What programs can do with a setting’s own reviews."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.reviewing import earlier_of, rating, say
from trellis.api.jobs import forget_replies
from trellis.api.models import Reply
from trellis.api.tests.test_tokens import token_for
from trellis.core.models import AuditEvent
from trellis.review import actions
from trellis.review.models import RatingChange, Round

pytestmark = pytest.mark.django_db
reviews = import_module("trellis.api.endpoints.reviews")  # the package calls its router that
ALL = ("frameworks:read", "reviews:read", "reviews:write")


class Program:
    """A program with a token."""

    def __init__(self, person, *scopes: str) -> None:
        self.headers = {"Authorization": f"Bearer {token_for(person, *(scopes or ALL))[1]}"}

    def get(self, address: str, **headers: str):
        return Client().get(address, headers=self.headers | headers)

    def send(self, way: str, address: str, body, **headers: str):
        return getattr(Client(), way)(
            address, data=body, content_type="application/json", headers=self.headers | headers
        )


def test_frameworks_are_listed_and_read_whole(cast, framework):
    program = Program(cast.amara)
    listed = program.get(reverse("api_frameworks")).json()
    assert [(each["key"], each["edition"]) for each in listed] == [(framework.key, framework.edition)]
    whole = program.get(reverse("api_framework", args=[framework.key, framework.edition]))
    assert whole.json()["areas"][0]["statements"][0]["code"] == "A1"
    again = program.get(whole.wsgi_request.path, **{"If-None-Match": whole["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_one_s_own_reviews_and_nobody_else_s(cast, half):
    earlier_of(cast.joanna)
    program = Program(cast.amara)
    listed = program.get(reverse("api_reviews")).json()
    assert [each["id"] for each in listed["reviews"]] == [str(half.round.pk)]
    theirs = Round.objects.filter(organisation=cast.joanna.organisation).first()
    assert program.get(reverse("api_review", args=[theirs.pk])).status_code == 404
    assert program.get(reverse("api_rating", args=[theirs.pk, "A1"])).status_code == 404


def test_a_review_with_its_ratings(cast, half):
    told = Program(cast.amara).get(reverse("api_review", args=[half.round.pk])).json()
    assert told["period"] == "Autumn term 2026"
    assert len(told["ratings"]) == 39
    first = told["ratings"][0]
    assert (first["code"], first["state"], first["level"]) == ("A1", "rated", "secure")
    assert first["notes"] == "Priya has two hours on Wednesdays"


def test_pages_of_reviews_follow_each_other(cast, half):
    earlier_of(cast.amara)
    program = Program(cast.amara)
    first = program.get(reverse("api_reviews") + "?limit=1").json()
    assert len(first["reviews"]) == 1
    second = program.get(reverse("api_reviews")).json()
    following = (
        Client().get(reverse("api_reviews"), {"limit": 1, "after": first["next"]}, headers=program.headers).json()
    )
    assert [each["id"] for each in second["reviews"]] == [first["reviews"][0]["id"], following["reviews"][0]["id"]]
    assert following["next"] is None


def test_a_list_asks_as_much_for_many_as_for_one(cast, half):
    program = Program(cast.amara)
    program.get(reverse("api_reviews"))
    with CaptureQueriesContext(connection) as one:
        program.get(reverse("api_reviews"))
    earlier_of(cast.amara)
    with CaptureQueriesContext(connection) as two:
        program.get(reverse("api_reviews"))
    assert len(two) == len(one)


def test_the_tag_of_a_review_changes_with_a_rating(cast, half):
    program, address = Program(cast.amara), reverse("api_review", args=[half.round.pk])
    tag = program.get(address)["ETag"]
    assert program.get(address, **{"If-None-Match": tag}).status_code == 304
    say(half.round, "B1", "secure", cast.priya)
    assert program.get(address, **{"If-None-Match": tag}).status_code == 200


SAID = {"state": "rated", "level": "partly", "notes": "From our own system"}


def test_a_statement_is_rated_in_the_owner_s_name(cast, half):
    program, address = Program(cast.amara), reverse("api_rating", args=[half.round.pk, "B1"])
    tag = program.get(address)["ETag"]
    answer = program.send("put", address, SAID, **{"If-Match": tag})
    assert (answer.status_code, answer.json()["level"], answer["ETag"]) == (200, "partly", '"1"')
    change = RatingChange.objects.get(rating=rating(half.round, "B1"))
    assert (change.by, change.notes) == (cast.amara.user, "From our own system")
    event = AuditEvent.objects.filter(record_type="review.rating").latest("number")
    assert "through the program “Our dashboard”" in event.acting_as


def test_the_same_again_changes_nothing(cast, half):
    program, address = Program(cast.amara), reverse("api_rating", args=[half.round.pk, "B1"])
    program.send("put", address, SAID, **{"If-Match": '"0"'})
    assert program.send("put", address, SAID, **{"If-Match": '"1"'})["ETag"] == '"1"'
    assert RatingChange.objects.filter(rating=rating(half.round, "B1")).count() == 1


@pytest.mark.parametrize(
    ("body", "tag", "status", "word"),
    [
        (SAID, None, 428, "If-Match"),
        (SAID, '"7"', 412, "Somebody else changed"),
        ({"state": "rated"}, '"0"', 422, "errors"),
        ({"state": "rated", "level": "outstanding"}, '"0"', 409, "no such level"),
        ({"state": "not_applicable"}, '"0"', 422, "errors"),
        ({"state": "not_applicable", "reason": "  "}, '"0"', 422, "errors"),
        ({"state": "not_discussed", "level": "partly"}, '"0"', 422, "errors"),
        ({"state": "excellent"}, '"0"', 422, "errors"),
        ({"state": "not_discussed", "overall_grade": 1}, '"0"', 422, "errors"),
    ],
)
def test_what_is_wrong_is_said(cast, half, body, tag, status, word):
    headers = {"If-Match": tag} if tag else {}
    answer = Program(cast.amara).send("put", reverse("api_rating", args=[half.round.pk, "B1"]), body, **headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert word in answer.json()["detail"]
    assert not RatingChange.objects.filter(rating=rating(half.round, "B1")).exists()


def test_an_agreed_review_stays_as_it_is(cast, half):
    for status in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=status, by=cast.amara.acting)
    answer = Program(cast.amara).send(
        "put", reverse("api_rating", args=[half.round.pk, "B1"]), SAID, **{"If-Match": '"0"'}
    )
    assert answer.status_code == 409
    assert "has been agreed" in answer.json()["detail"]


@pytest.mark.parametrize("scope", ["frameworks:read", "reviews:read"])
def test_a_token_does_no_more_than_its_scopes(cast, half, scope):
    program = Program(cast.amara, scope)
    answer = program.send("put", reverse("api_rating", args=[half.round.pk, "B1"]), SAID, **{"If-Match": '"0"'})
    assert (answer.status_code, answer.json()["detail"]) == (403, "This token has no scope “reviews:write”")


def test_an_authority_s_token_reads_no_reviews(cast, half):
    assert Program(cast.daniel).get(reverse("api_reviews")).status_code == 403


def start_body(framework, period: str = "Spring term 2027") -> dict[str, str]:
    return {"framework": framework.key, "edition": framework.edition, "period": period}


def test_a_review_is_started_once_for_one_key(cast, framework):
    program, address, key = Program(cast.amara), reverse("api_reviews"), {"Idempotency-Key": "our-first"}
    first = program.send("post", address, start_body(framework), **key)
    again = program.send("post", address, start_body(framework), **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert first["Location"] == reverse("api_review", args=[first.json()["id"]])
    assert Round.objects.count() == 1


def test_whoever_may_only_write_reads_nothing_by_asking_again(cast, framework):
    program, address, key = Program(cast.amara, "reviews:write"), reverse("api_reviews"), {"Idempotency-Key": "k"}
    program.send("post", address, start_body(framework), **key)
    say(Round.objects.get(), "A1", "secure", cast.priya, notes="Planted sentence")
    again = program.send("post", address, start_body(framework), **key)
    assert (again.status_code, "Planted sentence" in again.content.decode()) == (201, False)
    assert program.get(again["Location"]).status_code == 403


def test_the_same_request_at_the_same_moment_gets_the_same_answer(cast, framework, monkeypatch):
    """The first had not been answered when the second looked, and had when it began."""
    program, address, key = Program(cast.amara), reverse("api_reviews"), {"Idempotency-Key": "our-first"}
    first = program.send("post", address, start_body(framework), **key)
    answers = iter([lambda *asked: None, reviews.what_came_of])
    monkeypatch.setattr(reviews, "what_came_of", lambda *asked: next(answers)(*asked))
    again = program.send("post", address, start_body(framework), **key)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])


def test_after_a_day_a_key_can_be_used_again(cast, framework):
    program, address, key = Program(cast.amara), reverse("api_reviews"), {"Idempotency-Key": "each-term"}
    program.send("post", address, start_body(framework), **key)
    actions.move_round(round=Round.objects.get(), to="archived", by=cast.amara.acting)
    Reply.objects.update(at=timezone.now() - timedelta(days=1, minutes=1))
    assert program.send("post", address, start_body(framework, "Summer term 2027"), **key).status_code == 201


def test_what_no_database_holds_is_said(cast, half):
    program, address = Program(cast.amara), reverse("api_rating", args=[half.round.pk, "A1"])
    body = {"state": "rated", "level": "secure", "notes": "A\0B"}
    answer = program.send("put", address, body, **{"If-Match": program.get(address)["ETag"]})
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "rated.notes")


@pytest.mark.parametrize("address", ["api_reviews", "api_frameworks"])
def test_nothing_on_the_way_keeps_an_answer(cast, half, address):
    for answer in (Program(cast.amara).get(reverse(address)), Client().get(reverse(address))):
        assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_one_key_for_two_requests_is_refused(cast, framework):
    program, address, key = Program(cast.amara), reverse("api_reviews"), {"Idempotency-Key": "our-first"}
    program.send("post", address, start_body(framework), **key)
    other = program.send("post", address, start_body(framework, "Summer term 2027"), **key)
    assert (other.status_code, "used for another request" in other.json()["detail"]) == (422, True)


def test_an_address_that_is_not_there_is_told_to_a_program(cast):
    answer = Client().get("/api/v1/children")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_second_review_by_the_same_statements_is_refused(cast, framework):
    program, address = Program(cast.amara), reverse("api_reviews")
    program.send("post", address, start_body(framework))
    again = program.send("post", address, start_body(framework))
    assert (again.status_code, "under way already" in again.json()["detail"]) == (409, True)


def test_a_framework_that_is_not_on_offer(cast, framework):
    body = start_body(framework) | {"edition": "1999-1"}
    assert Program(cast.amara).send("post", reverse("api_reviews"), body).status_code == 409


def test_old_answers_are_forgotten(cast, framework):
    Program(cast.amara).send("post", reverse("api_reviews"), start_body(framework), **{"Idempotency-Key": "k"})
    forget_replies(None)
    assert Reply.objects.count() == 1
    Reply.objects.update(at=timezone.now() - timedelta(days=2))
    forget_replies(None)
    assert not Reply.objects.exists()
