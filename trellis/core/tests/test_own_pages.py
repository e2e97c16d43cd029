"""The privacy notice and the accessibility statement, ours or the installation’s own."""

from __future__ import annotations

import pytest
from django.conf import settings

from trellis.core.rules.own_words import blocks

OWN = """# Who we are

Bramble Lane Nursery Ltd, company 01234567.
Write to privacy@bramble.example.org, or see https://bramble.example.org/privacy?from=trellis.

- We keep <b>little</b>
- We tell nobody
"""
pytestmark = pytest.mark.django_db


@pytest.fixture
def own_page(request):
    """A text of the installation’s own."""
    files = []

    def write(name, text):
        files.append(settings.DATA_FOLDER / "pages" / f"{name}.txt")
        files[-1].parent.mkdir(exist_ok=True)
        files[-1].write_bytes(text.encode("utf-8-sig"))

    yield write
    for file in files:
        file.unlink()


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("privacy", "Privacy notice", "trellis-session"),
        ("accessibility", "Accessibility statement", "not been audited by an independent body"),
    ],
)
def test_anyone_can_read_ours(client, name, title, said):
    page = client.get(f"/{name}").content.decode()
    assert f"<title>{title} – Trellis</title>" in page
    assert said in page
    assert f'href="mailto:{settings.CONTACT_EMAIL}"' in page


@pytest.mark.parametrize("name", ["privacy", "accessibility"])
def test_every_page_leads_there(client, name):
    assert f'href="/{name}"' in client.get("/privacy").content.decode()


@pytest.mark.parametrize("name", ["privacy", "accessibility"])
def test_an_installation_makes_it_its_own(client, own_page, name):
    own_page(name, OWN)
    page = client.get(f"/{name}").content.decode()
    assert ">Who we are</h2>" in page
    assert 'href="mailto:privacy@bramble.example.org">privacy@bramble.example.org</a>, or see' in page
    assert 'href="https://bramble.example.org/privacy?from=trellis">' in page
    assert "<li>We keep &lt;b&gt;little&lt;/b&gt;</li>" in page
    assert "trellis-session" not in page
    assert "independent body" not in page


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"email": "notify"}, "through GOV.UK Notify"),
        ({"email": "smtp"}, "through a mail server"),
        ({"files": "s3"}, "with a storage company"),
    ],
)
def test_ours_says_with_whom_it_is_shared(client, monkeypatch, chosen, said):
    assert said not in client.get("/privacy").content.decode()
    for name, value in chosen.items():
        monkeypatch.setattr(settings.ENVIRONMENT, name, value)
    assert said in client.get("/privacy").content.decode()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("\n\n  \n", []),
        ("# Heading\nand more", ["paragraph"]),
        ("- one\nnot a point", ["paragraph"]),
        ("One\r\n\r\n# Two\r\n\r\n- three", ["paragraph", "heading", "list"]),
    ],
)
def test_a_text_is_headings_paragraphs_and_lists(text, kinds):
    assert [block.kind for block in blocks(text)] == kinds


@pytest.mark.parametrize("days", [400, 730])
def test_the_privacy_notice_says_for_how_long_sent_e_mail_is_kept(client, settings, days):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"keep_sent_mail_days": days})
    assert f"Which e-mails were sent to you is kept for {days} days" in client.get("/privacy").content.decode()
