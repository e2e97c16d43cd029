"""What can never be untrue of qualifications: the database refuses it, whoever asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.qualifying import entry
from trellis.qualifications.models import (
    CriteriaSet,
    CriteriaUnit,
    Criterion,
    CrosswalkLink,
    LearningOutcome,
    ListedQualification,
    Qualification,
    QualificationAudience,
)

pytestmark = pytest.mark.django_db


def refused(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


QUALIFICATIONS = [
    ("qualification_has_a_title", {"title": ""}),
    ("qualification_kind_is_known", {"kind": "degree"}),
    ("qualification_format_is_known", {"format": "by post"}),
    ("qualification_funding_is_known", {"funding": "lottery"}),
    ("qualification_level_is_one_to_eight", {"level": 9}),
    ("qualification_hours_fit_its_kind", {"kind": "award", "total_hours": 121}),
    ("qualification_hours_fit_its_kind", {"kind": "certificate", "total_hours": 120}),
    ("qualification_hours_fit_its_kind", {"kind": "certificate", "total_hours": 370}),
    ("qualification_hours_fit_its_kind", {"kind": "diploma", "total_hours": 369}),
    ("qualification_guided_within_all_hours", {"kind": "award", "guided_hours": 50, "total_hours": 40}),
    (
        "qualification_edition_ends_after_it_begins",
        {"edition_from": date(2027, 1, 2), "edition_to": date(2027, 1, 1)},
    ),
]


@pytest.mark.parametrize(("name", "said"), QUALIFICATIONS)
def test_a_qualification_cannot(catalogue, name, said):
    rows = Qualification.objects.filter(key="senco-level-3-award")
    refused(name, lambda: rows.update(**said))


@pytest.mark.parametrize(
    ("kind", "hours"), [("award", 120), ("certificate", 121), ("certificate", 369), ("diploma", 370)]
)
def test_the_bands_hold_what_belongs_in_them(catalogue, kind, hours):
    assert Qualification.objects.filter(key="senco-level-3-award").update(kind=kind, total_hours=hours) == 1


def test_an_entry_is_there_once_in_an_edition(catalogue):
    edition = entry("senco-level-3-award").edition
    # SQLite names the columns of a unique constraint, not the constraint: qualification_once_for_each_edition
    refused(
        "qualification_once_for_each_edition|qualification.key",
        lambda: Qualification.objects.filter(key="send-webcasts").update(key="senco-level-3-award", edition=edition),
    )


def test_an_audience_is_known_and_there_once(catalogue):
    award = entry("senco-level-3-award")
    refused(
        "qualification_audience_is_known",
        lambda: QualificationAudience.objects.create(qualification=award, audience="king"),
    )
    refused(
        "qualification_audience_once|audience.qualification",
        lambda: QualificationAudience.objects.create(qualification=award, audience="senco"),
    )


LISTED = [
    ("listed_qualification_has_a_name", {"name": ""}),
    ("listed_qualification_level_is_one_to_eight", {"level": 0}),
    ("listed_qualification_ends_after_it_begins", {"from_date": date(2019, 9, 1), "to_date": date(2014, 8, 31)}),
]


@pytest.mark.parametrize(("name", "said"), LISTED)
def test_a_row_of_the_list_cannot(name, said):
    known = {"ref": "EYQ-1", "level": 3, "name": "Diploma", "search_key": " diploma"} | said
    refused(name, lambda: ListedQualification.objects.create(**known))


@pytest.fixture
def criterion(cast):
    own = CriteriaSet.objects.create(key="ours", edition="1", title="Ours", owner=cast.daniel.organisation)
    unit = CriteriaUnit.objects.create(set=own, code="1", title="Unit", position=1)
    outcome = LearningOutcome.objects.create(unit=unit, code="1", title="Outcome", position=1)
    return Criterion.objects.create(outcome=outcome, code="1.1", text="Show it", position=1)


def test_a_set_has_a_title_and_is_there_once(cast, criterion):
    council = cast.daniel.organisation
    refused("criteria_set_has_a_title", lambda: CriteriaSet.objects.create(key="x", edition="1", title=""))
    refused(
        "criteria_set_once_for_each_owner|criteriaset.owner",
        lambda: CriteriaSet.objects.create(key="ours", edition="1", title="Again", owner=council),
    )
    CriteriaSet.objects.create(key="ours", edition="1", title="Of another", owner=cast.idris.organisation)
    CriteriaSet.objects.create(key="ours", edition="1", title="For everybody")
    refused(
        "criteria_set_once_for_everybody|criteriaset.key",
        lambda: CriteriaSet.objects.create(key="ours", edition="1", title="For everybody again"),
    )


def test_units_outcomes_and_criteria_are_there_once_and_say_something(criterion):
    outcome = criterion.outcome
    unit = outcome.unit
    refused(
        "criteria_unit_once_in_a_set|criteriaunit.set",
        lambda: CriteriaUnit.objects.create(set=unit.set, code="1", title="Again", position=2),
    )
    refused(
        "criteria_unit_has_a_title", lambda: CriteriaUnit.objects.create(set=unit.set, code="2", title="", position=2)
    )
    refused(
        "criteria_unit_certainty_is_known",
        lambda: CriteriaUnit.objects.create(set=unit.set, code="2", title="Two", certainty="sure", position=2),
    )
    refused(
        "learning_outcome_once_in_a_unit|learningoutcome.unit",
        lambda: LearningOutcome.objects.create(unit=unit, code="1", title="Again", position=2),
    )
    refused(
        "learning_outcome_has_a_title",
        lambda: LearningOutcome.objects.create(unit=unit, code="2", title="", position=2),
    )
    refused(
        "criterion_once_in_an_outcome|criterion.outcome",
        lambda: Criterion.objects.create(outcome=outcome, code="1.1", text="Again", position=2),
    )
    refused("criterion_has_a_text", lambda: Criterion.objects.create(outcome=outcome, code="1.2", text="", position=2))
    refused(
        "criterion_certainty_is_known",
        lambda: Criterion.objects.create(outcome=outcome, code="1.2", text="Two", certainty="sure", position=2),
    )


def test_a_link_is_there_once_one_way_round_and_its_end_says_who(cast, criterion):
    second = Criterion.objects.create(outcome=criterion.outcome, code="1.2", text="Show more", position=2)
    one, other = sorted((criterion, second), key=lambda each: each.pk)
    said = {"organisation": cast.daniel.organisation, "added_by": cast.daniel.user}
    link = CrosswalkLink.objects.create(one=one, other=other, **said)
    refused(
        "crosswalk_link_once|crosswalklink.organisation",
        lambda: CrosswalkLink.objects.create(one=one, other=other, **said),
    )
    refused("crosswalk_link_has_one_direction", lambda: CrosswalkLink.objects.create(one=other, other=one, **said))
    refused(
        "crosswalk_link_removal_says_who_and_when",
        lambda: CrosswalkLink.objects.filter(pk=link.pk).update(removed_by=cast.daniel.user),
    )
