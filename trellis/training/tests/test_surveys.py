"""Which surveys a programme uses, and on which day a cohort is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.training import cohort_of, programme_of, survey_of
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import Survey

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_programme_names_its_surveys_and_cohorts_show_when(cast, browse):
    cohort, programme, mei = cohort_of(cast.mei), programme_of(cast.mei), browse(cast.mei)
    add = reverse("add_survey", args=[programme.pk])
    wrong = text(mei.post(add, {"name": "Follow-up", "moment": "later"}))
    assert "Enter how many weeks after the course" in wrong
    assert "Enter a link to the survey, or where it is" in wrong
    mei.post(add, {"name": "Follow-up", "moment": "later", "weeks": "12", "link": "https://survey.example/follow-up"})
    page = text(
        mei.post(add, {"name": "Confidence", "moment": "before", "weeks": "3", "note": "On paper"}, follow=True)
    )
    assert page.index("Confidence") < page.index("Follow-up"), "in the order in which they are asked"
    assert "12 weeks after the course" in page
    later = cohort.sessions.order_by("-on").first().on + timedelta(weeks=12)
    shown = text(browse(cast.zofia).get(reverse("show_cohort", args=[cohort.pk])))
    assert f"12 weeks after the course, {later.day} {later:%B %Y}" in shown
    assert "Change Confidence" not in shown
    survey = Survey.objects.get(name="Confidence")
    assert survey.weeks is None, "weeks belong to a later one"
    change = reverse("change_survey", args=[survey.pk])
    said = {"name": "Confidence scales", "moment": "before", "note": "On paper"}
    mei.post(change, said)
    mei.post(change, said)
    assert AuditEvent.objects.filter(verb="survey.changed").count() == 1
    mei.post(reverse("remove_survey", args=[survey.pk]))
    assert list(Survey.objects.values_list("name", flat=True)) == ["Follow-up"]


def test_an_authority_reads_them_and_changes_none(cast, browse):
    survey = survey_of(cast.mei)
    page = text(browse(cast.daniel).get(reverse("show_programme", args=[survey.programme_id])))
    assert "On paper, on the first day" in page
    assert "Add a survey" not in page
    plan = actions.SurveyPlan(name="Other", moment="after", note="Online")
    for act in (
        lambda: actions.add_survey(programme=survey.programme, plan=plan, by=cast.daniel.acting),
        lambda: actions.change_survey(survey=survey, plan=plan, by=cast.kofi.acting),
        lambda: actions.remove_survey(survey=survey, by=cast.rafael.acting),
    ):
        with pytest.raises(Refused, match="Only whoever leads programmes"):
            act()
