"""Whoever asks is told everything about themselves: each field that names a person is told, or says why not."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth import get_user_model

from trellis.core.personal import everything, fields_told, reasons_for_silence


def fields_that_name_somebody() -> set[str]:
    """Every foreign key to a person, of ours and of the libraries, as “review.Rating.changed_by”."""
    return {
        f"{model._meta.label}.{each.name}"
        for model in apps.get_models(include_auto_created=True)
        for each in model._meta.get_fields()
        if each.concrete and each.is_relation and each.related_model is get_user_model()
    }


def test_each_field_that_names_somebody_is_told_or_says_why_not():
    assert fields_that_name_somebody() - fields_told() - set(reasons_for_silence()) == set(), (
        "name it in about_people.py of its app"
    )


def test_nothing_is_both_told_and_left_out():
    assert fields_told() & set(reasons_for_silence()) == set()


def test_what_is_left_out_is_there_and_has_a_reason():
    assert set(reasons_for_silence()) - fields_that_name_somebody() == set()
    assert all(len(reason) > 20 for reason in reasons_for_silence().values())


def test_a_field_that_is_named_nowhere_is_noticed():
    assert "review.RatingChange.by" in fields_that_name_somebody()
    assert "review.RatingChange.by" not in fields_told() - {"review.RatingChange.by"}


def test_every_way_leads_to_a_person_and_every_value_is_there(cast):
    for told in everything().values():
        list(told.rows(cast.amara.user))
