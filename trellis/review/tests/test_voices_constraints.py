"""What the database itself never lets be untrue of what colleagues, parents and children say."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.hearing import form_for_parents, says_alone, seen_of_children
from tests.reviewing import rating
from trellis.review import actions
from trellis.review.models import (
    Agreement,
    ChildVoice,
    NameChoice,
    OwnRating,
    OwnRatingChange,
    PaperSitting,
    ParentComment,
    ParentCount,
    ParentForm,
)
from trellis.review.tests.test_constraints import refused

pytestmark = pytest.mark.django_db


def test_what_is_said_alone(cast, half):
    own = says_alone(half.round, "A1", "secure", cast.leila)
    same = {"round": half.round, "statement": own.statement, "user": cast.leila.user}
    refused("own_rating_one_for_each_person", OwnRating.objects.create, **same)
    refused("own_rating_has_a_level_exactly_when_rated", OwnRating.objects.filter(pk=own.pk).update, level=None)
    refused(
        "own_rating_change_once_for_each_version",
        OwnRatingChange.objects.create,
        rating=own,
        version=1,
        state="not_discussed",
    )
    actions.choose_name(round=half.round, shows_name=True, by=cast.leila.acting)
    refused("name_choice_one_for_each_person", NameChoice.objects.create, round=half.round, user=cast.leila.user)
    refused(
        "agreement_is_of_a_rating_that_was_made",
        Agreement.objects.create,
        rating=half.strong,
        version=0,
        by=cast.amara.user,
    )


def test_parents_forms(cast, half):
    form, amara = form_for_parents(half.round, cast.amara), cast.amara.user
    again = {"round": half.round, "edition": "2026", "opened_by": amara, "closes_on": form.closes_on}
    refused("parent_form_one_open_in_a_round", ParentForm.objects.create, **again)
    now = {"closed_at": timezone.now()}
    refused("parent_form_closing_says_who_and_when", ParentForm.objects.filter(pk=form.pk).update, **now)
    one = form.counts.first()
    twice = {"form": form, "question": one.question, "answer": one.answer}
    refused("parent_count_one_for_each_answer", ParentCount.objects.create, **twice)
    refused("parent_comment_says_something", ParentComment.objects.create, form=form, text="")
    sitting = {"form": form, "by": amara, "on": timezone.localdate()}
    PaperSitting.objects.create(**sitting)
    refused("paper_sitting_one_a_day_for_each_person", PaperSitting.objects.create, **sitting)


def test_what_was_seen_of_children(cast, half):
    known = {"round": half.round, "by": cast.amara.user}
    refused("child_voice_says_what_was_seen", ChildVoice.objects.create, **known, area="E", seen="")
    refused("child_voice_is_about_an_area", ChildVoice.objects.create, **known, area="", seen="Seen")


@pytest.mark.parametrize(
    "table",
    [
        "review_ownratingchange",
        "review_agreement",
        "review_agreement_people",
        "review_childvoice",
        "review_childvoicewithdrawal",
    ],
)
@pytest.mark.parametrize("how", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_what_was_said_only_grows(cast, half, table, how):
    says_alone(half.round, "A1", "secure", cast.leila)
    actions.withdraw_child_voice(voice=seen_of_children(half.round, cast.leila), by=cast.leila.acting)
    round = actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    now = rating(round, "A1")
    answer = actions.Answer(state="rated", level=now.level)
    people = list(round.people.all())
    actions.agree(rating=now, answer=answer, version=now.version, people=people, by=cast.amara.acting)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(how.format(table))


def test_no_more_is_typed_in_than_was_replied(cast, half):
    form = form_for_parents(half.round, cast.amara)
    change = ParentForm.objects.filter(pk=form.pk).update
    refused("parent_form_typed_in_are_among_the_replies", change, replies=3, typed_in=4)
    change(replies=4, typed_in=4)
