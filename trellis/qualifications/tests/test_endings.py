"""Who holds something that runs out is reminded once, some weeks before."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.qualifying import entry
from trellis.core.audit import System
from trellis.core.jobs import start
from trellis.core.jobs.worker import Worker
from trellis.core.models import SentMail
from trellis.organisations.actions.people import end_membership
from trellis.qualifications.actions.holdings import Held, add_holding, change_holding, end_holding
from trellis.qualifications.models import Holding

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def hold(by, *, days, user=None, name=""):
    held = Held(achieved_on=date(2024, 3, 5), expires_on=TODAY + timedelta(days=days))
    return add_holding(what=entry("senco-level-3-award"), held=held, user=user, name=name, by=by.acting)


def remind():
    start(job="qualifications.endings", by=System("The clock"))
    Worker().run_one()
    return list(
        SentMail.objects.filter(kind="qualification_ends").order_by("address").values_list("address", flat=True)
    )


def test_whoever_holds_it_is_reminded_once_and_the_mail_says_neither_what_nor_whose(cast):
    hold(cast.amara, days=56, user=cast.priya.user)
    hold(cast.amara, days=57, user=cast.tomasz.user)
    hold(cast.amara, days=-1, user=cast.leila.user)
    assert remind() == ["priya.nair@example.org"]
    assert remind() == ["priya.nair@example.org"]
    mail = SentMail.objects.get(kind="qualification_ends")
    assert "SENCO" not in mail.subject + mail.reason
    assert mail.link == reverse("my_qualifications")


def test_of_somebody_without_an_account_those_who_keep_the_list_are_told(cast, browse):
    hold(cast.amara, days=20, name="Ines Okoro")
    assert remind() == ["amara.okafor@example.org", "priya.nair@example.org"]
    mail = SentMail.objects.filter(kind="qualification_ends")[0]
    assert "Ines" not in mail.subject + mail.reason
    shown = browse(cast.amara).get(mail.link).content.decode()
    assert "Ines Okoro" in shown
    assert "Something has run out or does so within three months" in shown


def test_what_ends_together_is_one_mail_to_each_who_keeps_the_list(cast):
    hold(cast.amara, days=20, name="Ines Okoro")
    hold(cast.amara, days=20, name="Ben Pryce")
    assert len(remind()) == 2
    hold(cast.amara, days=21, name="Cy Hart")
    assert len(remind()) == 4


def test_what_was_renewed_is_told_of_to_nobody(cast):
    hold(cast.amara, days=20, name="Ines Okoro")
    hold(cast.amara, days=900, name="Ines Okoro")
    hold(cast.amara, days=20, user=cast.priya.user)
    award = entry("senco-level-3-award")
    award.pk, award.edition, award._state.adding = uuid4(), "A later edition", True
    award.save()
    add_holding(what=award, held=Held(achieved_on=date(2024, 3, 5)), user=cast.priya.user, by=cast.amara.acting)
    assert remind() == []
    hold(cast.amara, days=20, name="Ben Pryce")
    assert len(remind()) == 2


def test_who_has_left_and_what_was_taken_out_is_told_of_to_nobody(cast):
    hold(cast.amara, days=20, user=cast.priya.user)
    end_holding(holding=hold(cast.amara, days=20, user=cast.tomasz.user), version=1, by=cast.amara.acting)
    end_membership(membership=cast.priya.membership, by=cast.amara.acting)
    assert remind() == []


def test_a_new_end_date_is_told_of_again(cast):
    holding = hold(cast.amara, days=20, user=cast.priya.user)
    assert len(remind()) == 1
    held = Held(achieved_on=date(2024, 3, 5), expires_on=TODAY + timedelta(days=30))
    change_holding(holding=holding, held=held, version=1, by=cast.amara.acting)
    assert len(remind()) == 2
    assert Holding.objects.get().version == 2
