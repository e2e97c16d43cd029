"""One’s own organisation, and the group it belongs to."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions.groups import answer_request, ask_setting, leave_group, withdraw_request
from trellis.organisations.models import GroupRequest, Organisation, Provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def oaks(cast) -> Organisation:
    """Tall Oaks Pre-school, with its row in the register; it belongs to no group."""
    setting = cast.joanna.organisation
    setting.provider = Provider.objects.create(
        number="EY700009", name="Tall Oaks", name_key="tall oaks", kind="sessional"
    )
    setting.save()
    return setting


@pytest.fixture
def asked(cast, oaks) -> GroupRequest:
    return ask_setting(number="ey 700009", by=cast.grace.acting)


# The details


@pytest.mark.parametrize("who", ["amara", "leila", "megan", "grace", "daniel", "ruth", "sam"])
def test_everybody_sees_their_own_organisation(cast, browse, who):
    one = getattr(cast, who)
    assert one.organisation.name in browse(one).get(reverse("my_organisation")).content.decode()


def test_a_visitor_is_not_led_to_what_is_closed_to_them(cast, browse):
    hannah = browse(cast.hannah)
    assert hannah.get(reverse("my_organisation")).status_code == 403
    assert reverse("my_organisation") + '"' not in hannah.get("/account").content.decode()


def test_it_shows_what_the_register_says(cast, oaks, browse):
    page = browse(cast.joanna).get(reverse("my_organisation")).content.decode()
    assert "What the register says" in page
    assert "EY700009" in page


def test_a_manager_changes_the_details(cast, browse):
    amara = browse(cast.amara)
    form = {"name": "Bramble Lane", "setting_kind": "sessional", "sector": "maintained", "authority": "E99000002"}
    amara.post(reverse("change_organisation"), form)
    setting = Organisation.objects.get(pk=cast.amara.organisation.pk)
    assert (setting.name, setting.setting_kind, setting.sector) == ("Bramble Lane", "sessional", "maintained")
    assert (setting.authority_id, setting.group_id) == ("E99000002", cast.grace.organisation.pk)
    event = AuditEvent.objects.get(verb="organisation.changed")
    assert event.change["authority_id"] == ["E99000001", "E99000002"]
    amara.post(reverse("change_organisation"), form)
    assert AuditEvent.objects.filter(verb="organisation.changed").count() == 1


def test_a_setting_that_moved_is_seen_by_the_new_authority(cast, browse):
    Organisation.objects.filter(pk=cast.amara.organisation.pk).update(authority_id="E99000002")
    assert Organisation.objects.visible_to(cast.idris.acting).filter(pk=cast.amara.organisation.pk).exists()
    assert not Organisation.objects.visible_to(cast.daniel.acting).filter(pk=cast.amara.organisation.pk).exists()


def test_a_group_has_a_name_and_nothing_else_to_change(cast, browse):
    grace = browse(cast.grace)
    assert "Local authority" not in grace.get(reverse("change_organisation")).content.decode()
    grace.post(reverse("change_organisation"), {"name": "Bramble Family"})
    assert Organisation.objects.get(pk=cast.grace.organisation.pk).name == "Bramble Family"


def test_a_centre_says_where_to_write_to_it(cast, browse):
    mei = browse(cast.mei)
    assert "Trellis cannot say where" in mei.get(reverse("my_organisation")).content.decode()
    said = {"name": cast.mei.organisation.name, "contact_email": "nowhere", "contact_phone": "01632 960118"}
    assert "Enter an e-mail address such as" in mei.post(reverse("change_organisation"), said).content.decode()
    mei.post(reverse("change_organisation"), said | {"contact_email": "Courses@example.org"})
    page = mei.get(reverse("my_organisation")).content.decode()
    assert "courses@example.org" in page
    assert "Trellis cannot say where" not in page
    assert "contact_email" not in browse(cast.grace).get(reverse("change_organisation")).content.decode()


def test_what_is_missing_is_asked_for(cast, browse):
    page = browse(cast.amara).post(reverse("change_organisation"), {"name": ""}).content.decode()
    for mistake in ("Enter the name", "Choose what kind of setting it is", "Choose who runs it"):
        assert mistake in page


@pytest.mark.parametrize("who", ["priya", "leila", "hannah", "ruth"])
def test_others_do_not_change_it(cast, browse, who):
    assert browse(getattr(cast, who)).get(reverse("change_organisation")).status_code == 403


# A group and its settings


def test_a_group_sees_its_settings_and_nothing_of_their_work(cast, browse):
    page = browse(cast.grace).get(reverse("group_settings")).content.decode()
    assert "Bramble Lane Nursery" in page
    assert "Tall Oaks" not in page
    assert browse(cast.amara).get(reverse("group_settings")).status_code == 403


def test_a_setting_joins_when_its_manager_agrees(cast, oaks, browse):
    grace, joanna = browse(cast.grace), browse(cast.joanna)
    page = grace.post(reverse("group_settings"), {"number": "EY700009"}, follow=True).content.decode()
    assert "Asked, and not answered yet" in page
    assert SentMail.objects.get(user=cast.joanna.user).link == reverse("my_organisation")
    assert "Bramble Nurseries Ltd asks you to join" in joanna.get(reverse("my_organisation")).content.decode()
    address = reverse("answer_group", args=[GroupRequest.objects.get().pk])
    assert "Choose yes or no" in joanna.post(address, {}).content.decode()
    joanna.post(address, {"joins": "yes"})
    oaks.refresh_from_db()
    assert oaks.group == cast.grace.organisation
    assert "Tall Oaks Pre-school" in grace.get(reverse("group_settings")).content.decode()
    for chain in (oaks.pk, cast.grace.organisation.pk):
        assert AuditEvent.objects.of_chain(str(chain)).filter(verb="group.joined").exists()
    assert SentMail.objects.get(user=cast.grace.user).link == reverse("group_settings")


def test_a_setting_can_say_no(cast, asked, browse):
    browse(cast.joanna).post(reverse("answer_group", args=[asked.pk]), {"joins": "no"})
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.setting.group) == ("refused", cast.joanna.user, None)


def test_a_group_takes_its_request_back(cast, asked, browse):
    browse(cast.grace).post(reverse("withdraw_group_request", args=[asked.pk]))
    with pytest.raises(Refused, match="in the meantime"):
        answer_request(request=asked, joins=True, by=cast.joanna.acting)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    with pytest.raises(Refused):
        withdraw_request(request=asked, by=cast.grace.acting)


@pytest.mark.parametrize(
    ("number", "reason"),
    [("EY000000", "No setting on Trellis has this provider number"), ("", "Enter the number of the setting")],
)
def test_an_unknown_number_is_refused_in_words(cast, browse, number, reason):
    assert reason in browse(cast.grace).post(reverse("group_settings"), {"number": number}).content.decode()


def test_a_setting_is_asked_once_and_joins_one_group(cast, oaks, asked):
    with pytest.raises(Refused, match="You have asked this setting already"):
        ask_setting(number="EY700009", by=cast.grace.acting)
    answer_request(request=asked, joins=True, by=cast.joanna.acting)
    with pytest.raises(Refused, match="belongs to your group already"):
        ask_setting(number="EY700009", by=cast.grace.acting)
    other = Organisation.objects.create(name="Other Nurseries", kind="group")
    second = GroupRequest.objects.create(group=other, setting=oaks, asked_by=cast.grace.user)
    second.setting.refresh_from_db()
    with pytest.raises(Refused, match="belongs to a group already"):
        answer_request(request=second, joins=True, by=cast.joanna.acting)


def test_of_two_groups_that_are_answered_at_once_a_setting_joins_one(cast, oaks, asked):
    other = Organisation.objects.create(name="Other Nurseries", kind="group")
    second = GroupRequest.objects.create(group=other, setting=oaks, asked_by=cast.grace.user)
    assert second.setting.group_id is None  # as another page read it before
    answer_request(request=asked, joins=True, by=cast.joanna.acting)
    with pytest.raises(Refused, match="belongs to a group already"):
        answer_request(request=second, joins=True, by=cast.joanna.acting)
    assert Organisation.objects.get(pk=oaks.pk).group == cast.grace.organisation
    assert GroupRequest.objects.get(pk=second.pk).state == "asked"


def test_nobody_takes_a_setting_out_of_a_group_that_it_joined_meanwhile(cast, oaks, asked):
    answer_request(request=asked, joins=True, by=cast.joanna.acting)
    seen = Organisation.objects.get(pk=oaks.pk)
    other = Organisation.objects.create(name="Other Nurseries", kind="group")
    Organisation.objects.filter(pk=oaks.pk).update(group=other)
    with pytest.raises(Refused, match="belongs to no group"):
        leave_group(setting=seen, by=cast.grace.acting)
    assert Organisation.objects.get(pk=oaks.pk).group == other


def test_a_setting_leaves_when_it_likes(cast, browse):
    amara = browse(cast.amara)
    assert "Bramble Nurseries Ltd" in amara.get(reverse("leave_group")).content.decode()
    amara.post(reverse("leave_group"))
    assert Organisation.objects.get(pk=cast.amara.organisation.pk).group is None
    assert "belongs to no group" in amara.post(reverse("leave_group"), follow=True).content.decode()
    assert amara.get(reverse("leave_group")).status_code == 302
    for chain in (cast.amara.organisation.pk, cast.grace.organisation.pk):
        assert AuditEvent.objects.of_chain(str(chain)).filter(verb="group.left").count() == 1


def test_a_group_lets_a_setting_go(cast, browse):
    grace, setting = browse(cast.grace), cast.amara.organisation
    assert setting.name in grace.get(reverse("let_setting_go", args=[setting.pk])).content.decode()
    page = grace.post(reverse("let_setting_go", args=[setting.pk]), follow=True).content.decode()
    assert "No setting belongs to the group yet" in page
    assert grace.get(reverse("let_setting_go", args=[cast.joanna.organisation.pk])).status_code == 404


def test_nobody_answers_for_another_setting(cast, asked, browse):
    assert browse(cast.amara).get(reverse("answer_group", args=[asked.pk])).status_code == 404
    assert browse(cast.grace).get(reverse("answer_group", args=[asked.pk])).status_code == 404


def test_a_large_group_asks_no_more_of_the_database(cast, browse, django_assert_max_num_queries):
    Organisation.objects.bulk_create(
        Organisation(name=f"Setting {number}", kind="setting", setting_kind="sessional", group=cast.grace.organisation)
        for number in range(60)
    )
    grace = browse(cast.grace)
    with django_assert_max_num_queries(8):
        page = grace.get(reverse("group_settings")).content.decode()
    assert page.count("Take out") == 25


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "lost"}, "group_request_state_is_known|group_request_answer_says_who_and_when"),
        ({"decided_at": timezone.now()}, "group_request_answer_says_who_and_when"),
        ({"state": "accepted"}, "group_request_answer_says_who_and_when"),
    ],
)
def test_the_database_refuses_such_a_request(cast, asked, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        GroupRequest.objects.filter(pk=asked.pk).update(**fields)


def test_the_database_refuses_a_second_open_request(cast, asked):
    with (
        pytest.raises(IntegrityError, match=r"group_request_one_open_for_each_setting|organisations_grouprequest"),
        transaction.atomic(),
    ):
        GroupRequest.objects.create(group=asked.group, setting=asked.setting, asked_by=cast.grace.user)


def test_leaving_no_group_is_refused(cast, oaks):
    with pytest.raises(Refused, match="belongs to no group"):
        leave_group(setting=oaks, by=cast.joanna.acting)
