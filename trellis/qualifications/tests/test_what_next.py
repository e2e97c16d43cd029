"""“What next”: every answer gets a suggestion with its reason, and nothing is kept."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.qualifying import entry
from trellis.qualifications.catalogue import NotReadable, read_catalogue, read_guide
from trellis.qualifications.management.commands.load_qualifications import SHIPPED
from trellis.qualifications.models import Qualification
from trellis.qualifications.rules.what_next import fits, suggestions_for
from trellis.qualifications.views.what_next import GUIDE, guide

AWARD = "senco-level-3-award"

QUESTIONS = {question.key: [choice.key for choice in question.choices] for question in guide().questions}
ANSWERS = st.fixed_dictionaries({key: st.sampled_from(choices) for key, choices in QUESTIONS.items()})


def keys(**answers):
    return [each.key for each in suggestions_for(answers, guide().suggestions)]


CASES = [
    # a Level 2 practitioner who qualified before 1 September 2019 → the SEND top-up
    (("practitioner", "two", "before", "nothing"), ["top-up", "on-to-level-three"]),
    (("practitioner", "two", "before", "short"), ["top-up", "on-to-level-three"]),
    (("practitioner", "two", "after", "nothing"), ["on-to-level-three"]),
    (("practitioner", "two", "not-sure", "nothing"), ["perhaps-top-up", "on-to-level-three"]),
    (("practitioner", "two", "before", "unit"), ["on-to-level-three", "assistant"]),
    # a SENCO without Level 3 → first a full and relevant Level 3, and the award’s own entry rule
    (("senco", "two", "after", "nothing"), ["level-three-first"]),
    (("senco", "two", "before", "nothing"), ["top-up", "level-three-first"]),
    (("becoming", "none", "not-yet", "nothing"), ["level-three-first"]),
    # a SENCO with Level 3 and without the award → the award
    (("senco", "three", "before", "short"), ["the-award"]),
    (("senco", "higher", "after", "unit"), ["the-award"]),
    (("senco", "not-sure", "not-sure", "short"), ["look-it-up", "not-sure-yet-the-award"]),
    (("senco", "three", "before", "award"), ["after-the-award"]),
    (("practitioner", "none", "not-yet", "nothing"), ["begin-to-qualify"]),
    (("practitioner", "three", "before", "nothing"), ["refresh"]),
    (("childminder", "three", "before", "unit"), ["perhaps-senco"]),
    (("manager", "three", "before", "short"), ["lead-the-setting"]),
    (("trainer", "higher", "before", "award"), ["trainer-with-award"]),
    (("trainer", "higher", "before", "short"), ["trainer-without-award"]),
    (("parent", "none", "not-yet", "nothing"), ["for-parents"]),
    (("practitioner", "not-sure", "not-sure", "unit"), ["look-it-up"]),
]


@pytest.mark.parametrize(("answers", "expected"), CASES)
def test_who_is_told_what(answers, expected):
    assert keys(**dict(zip(QUESTIONS, answers, strict=True))) == expected


@given(ANSWERS)
def test_every_answer_gets_a_suggestion_with_a_reason(answers):
    said = suggestions_for(answers, guide().suggestions)
    assert said
    assert all(each.because and each.source and each.certainty.words for each in said)
    assert all(fits(answers, each.when) for each in said)
    assert len({each.key for each in said}) == len(said)


def test_no_combination_is_left_to_the_last_resort_without_our_knowing():
    """All 560, counted out: so far something definite is said to everybody."""
    everyone = [dict(zip(QUESTIONS, each, strict=True)) for each in product(*QUESTIONS.values())]
    assert len(everyone) == 560
    assert [answers for answers in everyone if keys(**answers) == ["anybody"]] == []


def test_a_level_two_practitioner_from_before_is_always_told_of_the_top_up():
    for role, training in product(
        ("senco", "becoming", "practitioner", "manager", "childminder"), ("nothing", "short")
    ):
        assert "top-up" in keys(role=role, level="two", gained="before", training=training)


def test_what_is_suggested_is_in_the_catalogue():
    there = {each.key for each in read_catalogue(SHIPPED / "catalogue.yaml").entries}
    assert {key for each in guide().suggestions for key in each.then} - there == set()


@pytest.mark.django_db
def test_the_page_asks_answers_and_keeps_nothing(client, catalogue, django_assert_num_queries):
    page = reverse("what_next")
    asked = BeautifulSoup(client.get(page).content, "html.parser")
    assert len(asked.select("fieldset")) == 4
    answers = {"role": "senco", "level": "two", "gained": "before", "training": "nothing"}
    client.get(page, answers)
    with django_assert_num_queries(1):
        answer = client.get(page, answers)
    said = " ".join(BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ").split())
    assert said.index("The Level 2 SEND unit, as a top-up") < said.index(
        "A full and relevant Level 3 first, then the award"
    )
    assert "You gained yours before, and this unit was made to close that gap" in said
    assert "Told by others; the source itself was not seen" in said
    assert entry("send-unit-level-2").get_absolute_url() in answer.content.decode()
    assert not client.session.keys()
    assert not answer.cookies


@pytest.mark.django_db
def test_an_answer_leads_to_applying_for_what_begins(client, catalogue):
    answers = {"role": "senco", "level": "three", "gained": "before", "training": "nothing"}
    apply = f"{reverse('courses_to_apply_for')}?course={AWARD}"
    assert apply not in client.get(reverse("what_next"), answers).content.decode()
    day = timezone.localdate() + timedelta(days=20)
    Qualification.objects.filter(key=AWARD).update(next_cohort_on=day)
    said = client.get(reverse("what_next"), answers).content.decode()
    assert f'href="{apply}"' in said
    assert f"The next course starts on {day.day} {day:%B %Y}" in said
    Qualification.objects.filter(key=AWARD).update(next_cohort_on=timezone.localdate())
    assert apply not in client.get(reverse("what_next"), answers).content.decode()


@pytest.mark.django_db
def test_a_question_left_open_is_asked_again(client):
    answer = client.get(reverse("what_next"), {"role": "senco", "level": "ten"}).content.decode()
    assert "Error: " in answer
    assert "Answer the question “Which is your highest early years qualification?”" in answer


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("when: {role: [parent]}", "when: {role: [king]}", "for-parents: role has no answer king"),
        ("    otherwise: true\n", "", "nothing is said where no rule fits"),
        ("because: You asked as a parent", "reason: You asked", "Extra inputs are not permitted"),
    ],
)
def test_a_mistake_in_the_guide_is_said_in_a_sentence(tmp_path, old, new, sentence):
    file = tmp_path / "guide.yaml"
    text = GUIDE.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(NotReadable, match=sentence):
        read_guide(file)
