"""Somebody outside reads a release: a link, a code, a session; five wrong codes close it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.client import CheckingClient
from tests.releasing import SOMEBODY, a_file_of, agreed, release, released_outside, token_of
from trellis.core.models import AuditEvent, SentMail
from trellis.core.tokens import token_hash
from trellis.review import actions
from trellis.review.actions.release_link import code_hash
from trellis.review.models import Release, ReleaseLink, ReleaseReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast, half):
    return release(agreed(cast.amara), cast.amara, SOMEBODY)


def address_of(made):
    return reverse("open_by_link", args=[token_of(made)])


def code_from(browser, made):
    """The code as the manager sees it."""
    page = browser.post(reverse("release_code", args=[made.pk]))
    assert page["Cache-Control"] == "no-store"
    return BeautifulSoup(page.content, "html5lib").select_one("code").text


def test_a_link_by_e_mail_and_a_code_another_way(cast, made, browse, client):
    mail = SentMail.objects.get(address="noor@example.org")
    assert (mail.kind, mail.user) == ("invitation", None)
    code = code_from(browse(cast.amara), made)
    assert len(code.replace(" ", "")) == 8
    assert code not in mail.subject + mail.reason + mail.link
    page = client.get(mail.link)
    assert "Enter the code" in page.content.decode()
    assert "Wednesdays" not in page.content.decode()
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")
    assert page["Referrer-Policy"] == "same-origin"
    answer = client.post(mail.link, {"code": code.lower()})
    assert answer["Location"] == mail.link
    assert client.session.get_expire_at_browser_close()
    read = client.get(mail.link)
    assert "Priya has two hours on Wednesdays" in read.content.decode()
    assert read["Cache-Control"] == "no-store"
    assert client.get(reverse("paper_by_link", args=[token_of(made), "docx"])).status_code == 200
    assert list(ReleaseReading.objects.values_list("what", "by").order_by("at")) == [("page", None), ("paper", None)]
    assert "By the link" in browse(cast.amara).get(made.get_absolute_url()).content.decode()
    told = AuditEvent.objects.filter(verb="release.read", chain=str(cast.amara.organisation.pk))
    assert set(told.values_list("actor_name", flat=True)) == {"Somebody with the link and the code"}


def test_only_hashes_are_kept(cast, made, browse):
    code = code_from(browse(cast.amara), made).replace(" ", "")
    link = ReleaseLink.objects.get()
    assert link.token_hash == token_hash(token_of(made))
    assert link.code_hash == code_hash(made, code)
    assert code not in str(vars(link)) + str(list(AuditEvent.objects.values_list("change", flat=True)))


def test_another_browser_is_asked_for_the_code(cast, made, browse, client):
    client.post(address_of(made), {"code": code_from(browse(cast.amara), made)})
    assert "Enter the code" in CheckingClient().get(address_of(made)).content.decode()
    assert CheckingClient().get(reverse("paper_by_link", args=[token_of(made), "pdf"])).status_code == 404


def test_without_a_code_made_nothing_opens(made, client):
    page = client.post(address_of(made), {"code": ""})
    assert "Enter the code" in page.content.decode()
    assert "That is not the code" in client.post(address_of(made), {"code": "        x"}).content.decode()
    assert "That is not the code" in client.post(address_of(made), {"code": "--"}).content.decode()


def test_five_wrong_codes_close_it_for_an_hour(cast, made, browse, client):
    code, address = code_from(browse(cast.amara), made), address_of(made)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            assert "That is not the code" in client.post(address, {"code": "AAAA AAAA"}).content.decode()
        assert "Too many codes were wrong" in client.post(address, {"code": code}).content.decode()
        clock.shift(timedelta(minutes=59))
        assert "Too many codes were wrong" in client.post(address, {"code": code}).content.decode()
        clock.shift(timedelta(minutes=2))
        assert "That is not the code" in client.post(address, {"code": "AAAA AAAA"}).content.decode()
        assert client.post(address, {"code": code}).status_code == 302
    assert ReleaseLink.objects.get().wrong_codes == 0


def test_the_setting_reads_that_five_codes_were_wrong(cast, made, browse, client):
    manager = browse(cast.amara)
    code_from(manager, made)
    told = AuditEvent.objects.filter(verb="release.link_closed", chain=str(cast.amara.organisation.pk))
    for _ in range(4):
        client.post(address_of(made), {"code": "AAAA AAAA"})
    assert not told.exists()
    for _ in range(3):
        client.post(address_of(made), {"code": "AAAA AAAA"})
    assert [(each.actor_name, each.change) for each in told] == [
        ("Somebody with the link and no code", {"wrong_codes": 5})
    ]
    assert "AAAA" not in str(told.values())
    assert "Gave five wrong codes for a release" in manager.get(reverse("activity")).content.decode()


def test_a_right_code_forgives_the_wrong_ones_before(cast, made, browse, client):
    code, address = code_from(browse(cast.amara), made), address_of(made)
    for _ in range(3):
        for _ in range(4):
            client.post(address, {"code": "AAAAAAAA"})
        assert client.post(address, {"code": code}).status_code == 302


def test_a_new_code_takes_the_place_of_the_old(cast, made, browse, client):
    manager = browse(cast.amara)
    old = code_from(manager, made)
    for _ in range(5):
        client.post(address_of(made), {"code": "AAAAAAAA"})
    other = CheckingClient()
    new = code_from(manager, made)
    assert "That is not the code" in client.post(address_of(made), {"code": old}).content.decode()
    assert other.post(address_of(made), {"code": new}).status_code == 302
    code_from(manager, made)
    assert "Enter the code" in other.get(address_of(made)).content.decode(), "what was open closes"


@pytest.mark.parametrize("how", ["withdrawn", "ended"])
def test_when_it_is_over_the_page_says_so_and_nothing_else(cast, made, browse, client, how):
    address = address_of(made)
    token = token_of(made)
    client.post(address, {"code": code_from(browse(cast.amara), made)})
    if how == "withdrawn":
        actions.withdraw_release(release=made, because="We agreed it too early", by=cast.amara.acting)
    else:
        Release.objects.update(ended_at=timezone.now(), content={})
    page = client.get(address)
    assert page.status_code == 410
    words = page.content.decode()
    assert ("We agreed it too early" in words) is (how == "withdrawn")
    assert "Wednesdays" not in words
    assert client.get(reverse("paper_by_link", args=[token, "pdf"])).status_code == 404
    assert not ReleaseReading.objects.exists()
    if how == "withdrawn":
        answer = browse(cast.amara).post(reverse("release_code", args=[made.pk]), follow=True)
        assert "needs no code" in answer.content.decode()


def test_a_made_up_link_does_not_work(client):
    page = client.get(reverse("open_by_link", args=["not-a-token"]))
    assert page.status_code == 404
    assert "This link does not work" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"


def test_a_file_by_link(cast, framework, browse, client):
    made = released_outside(cast.megan)
    address = reverse("file_by_link", args=[token_of(made), a_file_of(made)])
    assert client.get(address).status_code == 404
    client.post(address_of(made), {"code": code_from(browse(cast.megan), made)})
    assert client.get(address).getvalue() == b"Minutes of our SEND meeting"
    another = reverse("file_by_link", args=[token_of(made), made.pk])
    assert client.get(another).status_code == 404


def test_somebody_signed_in_stays_signed_in(cast, made, browse):
    browser = browse(cast.joanna)
    code = code_from(browse(cast.amara), made)
    assert browser.post(address_of(made), {"code": code}).status_code == 302
    assert not browser.session.get_expire_at_browser_close()
    assert "Released by Bramble Lane Nursery" in browser.get(address_of(made)).content.decode()
    assert browser.get("/account").status_code == 200


def test_a_form_of_another_site_tries_no_code(made):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address_of(made), {"code": "AAAAAAAA"}).status_code == 403
    assert ReleaseLink.objects.get().wrong_codes == 0
