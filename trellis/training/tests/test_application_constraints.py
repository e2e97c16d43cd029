"""What the database itself never lets be untrue of applications: each raises IntegrityError."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.applying import another_cohort, application_of, draft_in, offered, open_cohort
from tests.training import a_friday, place_of, programme_of
from trellis.training.models import (
    AccessNeeds,
    AdmissionDecision,
    AdmissionRule,
    Application,
    ApplicationKey,
    ApplicationStep,
    ManagerAnswer,
    Offer,
)
from trellis.training.tests.test_training_constraints import refused

pytestmark = pytest.mark.django_db


def test_applications(cast):
    application = application_of(cast.mei)
    change = Application.objects.filter(pk=application.pk).update
    refused("application_says_who_until_forgotten", change, email="")
    refused("application_status_is_known", change, status="lost")
    refused("application_role_is_known", change, role="pilot")
    refused("application_payer_is_known", change, paid_by="nobody")
    refused("application_on_its_way_was_sent", change, sent_at=None)
    refused("application_waiting_was_listed_by_somebody", change, status="waiting")
    refused("application_accepted_has_its_place", change, status="accepted")
    refused("application_accepted_has_its_place", change, place=place_of(cast.mei))
    same = {"programme": application.programme, "name": "Another", "email": application.email}
    refused("application_one_at_a_time_for_each_address", draft_in, **same)


def test_what_decides(cast):
    application = application_of(cast.mei)
    about = {"application": application}
    rule = {"programme": programme_of(cast.mei), "key": "in_post", "value": 1, "from_on": a_friday(), "reason": "So"}
    refused(
        "admission_rule_says_why_and_whence",
        AdmissionRule.objects.create, **rule, source="", certainty="agreed", set_by=cast.mei.user,
    )  # fmt: skip
    decision = {"decision": "eligible", "code": "x", "sentence": ""}
    refused("admission_decision_has_code_and_sentence", AdmissionDecision.objects.create, **about, **decision)
    said = {"release": True, "cover": True, "ratio": False, "observation": True}
    refused("manager_answer_agrees_to_all_or_says_why_not", ManagerAnswer.objects.create, **about, **said)
    refused("access_needs_say_something", AccessNeeds.objects.create, **about)
    key = {"opens_for": "anybody", "token_hash": "0" * 64, "until": timezone.now()}
    refused("application_key_opens_for_somebody", ApplicationKey.objects.create, **about, **key)


def test_offers(cast):
    application = offered(cast.mei)
    change = Offer.objects.filter(application=application).update
    refused("offer_status_is_known", change, status="lost", ended_at=timezone.now())
    refused("offer_that_ended_says_when", change, status="declined")
    second = {"cohort": another_cohort(cast.mei), "until": a_friday(), "made_by": cast.mei.user}
    refused("offer_one_open_for_each_application", Offer.objects.create, application=application, **second)


def test_how_an_application_moved_only_grows(cast):
    open_cohort(cast.mei)
    about = {"application": application_of(cast.mei), "from_status": "draft", "to_status": "submitted"}
    refused("application_step_says_who", ApplicationStep.objects.create, **about, who="somebody")
    refused("application_step_of_the_centre_names_somebody", ApplicationStep.objects.create, **about, who="centre")
    for write in (lambda: ApplicationStep.objects.update(code="x"), ApplicationStep.objects.all()._raw_delete):
        arguments = (connection.alias,) if write.__name__ == "_raw_delete" else ()
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            write(*arguments)
