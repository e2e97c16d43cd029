"""An authority’s own wording: pages, what settings see of it, and what stays as it was."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from tests.local_words import OURS, add_local_statement, lead_for
from tests.releasing import text_of
from tests.reviewing import review_of, start
from trellis.core.audit import broken_links
from trellis.core.refusal import Refused
from trellis.organisations.models import Organisation
from trellis.review import actions
from trellis.review.models import LocalOverlay, Round

pytestmark = pytest.mark.django_db
NEW = "We have a SENCO whom every parent can name."
SAID = {"text": NEW, "plain_text": "You know the SENCO.", "guidance": ""}


def link(title, address, row=0):
    """A page that helps, as the form sends it."""
    return {f"link_title_{row}": title, f"link_url_{row}": address}


def reword(browser, framework, code="A2", **said):
    return browser.post(f"/wording/{framework.pk}/{code}", SAID | said, follow=True)


def test_a_statement_in_other_words_reaches_new_reviews_and_no_others(cast, framework, browse):
    before = start(cast.megan, framework)
    page = reword(
        browse(cast.daniel), framework, guidance="Ask them", **link("Our offer", "https://fenwick.example/offer")
    )
    assert "Reviews that start from now on have these words" in text_of(page)
    assert "Our own words" in text_of(page)
    after = start(cast.amara, framework)
    statement = text_of(browse(cast.amara).get(f"/reviews/{after.pk}/statements/A2"))
    assert NEW in statement
    assert "Our offer" in statement
    assert "In the words of your local authority" in statement
    assert "In the words of your local authority" in text_of(browse(cast.amara).get(f"/reviews/{after.pk}/areas/A"))
    assert NEW not in text_of(browse(cast.megan).get(f"/reviews/{before.pk}/areas/A"))
    elsewhere = start(cast.joanna, framework)
    assert NEW not in text_of(browse(cast.joanna).get(f"/reviews/{elsewhere.pk}/areas/A"))
    assert list(broken_links()) == []


def test_pages_that_help_have_a_row_each_and_empty_ones(cast, framework, browse):
    browser, address = browse(cast.daniel), f"/wording/{framework.pk}/A2"

    def rows():
        page = BeautifulSoup(browser.get(address).content, "html5lib")
        names = [each["name"] for each in page.select("input[name^=link_title_]")]
        return names, [each["value"] for each in page.select("input[name^=link_url_][value]") if each["value"]]

    before, there = rows()
    assert len(before) == len(there) + 2
    three = {}
    for row, name in enumerate(("Offer", "Advice", "Forms")):
        three |= link(name, f"https://fenwick.example/{name.lower()}", row)
    assert "Saved" in text_of(reword(browser, framework, **three))
    assert rows() == ([f"link_title_{row}" for row in range(5)], [three[f"link_url_{row}"] for row in range(3)])
    reword(browser, framework, **three | link("", "", 1))
    assert rows()[1] == [three["link_url_0"], three["link_url_2"]], "what is emptied goes"


def test_a_setting_that_moves_keeps_its_reviews(cast, framework, browse):
    reword(browse(cast.daniel), framework)
    round = start(cast.amara, framework)
    authority = cast.idris.organisation.authority
    Organisation.objects.filter(pk=cast.amara.organisation.pk).update(authority=authority)
    assert NEW in text_of(browse(cast.amara).get(f"/reviews/{round.pk}/areas/A"))
    round.refresh_from_db()
    assert round.overlay.authority_id == cast.daniel.organisation.authority_id


def test_words_left_as_they_are_stay_the_frameworks(cast, framework, browse):
    browser = browse(cast.daniel)
    reword(browser, framework)
    form = browser.get(f"/wording/{framework.pk}/A2").content.decode()
    assert NEW in form
    base = framework.content["areas"][0]["statements"][1]
    reword(browser, framework, text=base["text"], plain_text=base["plain_text"])
    newest = LocalOverlay.objects.latest("loaded_at")
    assert newest.content["rewordings"] == []
    assert LocalOverlay.objects.count() == 2
    assert start(cast.amara, framework).overlay == newest


def test_words_for_childminders_are_changed_by_themselves(cast, framework, browse):
    base = framework.content["areas"][0]["statements"][0]
    said = {"text": base["text"], "plain_text": base["plain_text"], "text_childminder": "I know whom to ask."}
    reword(browse(cast.daniel), framework, "A1", **said)
    round = start(cast.megan, framework)
    assert "I know whom to ask." in text_of(browse(cast.megan).get(f"/reviews/{round.pk}/areas/A"))


def test_a_statement_of_its_own(cast, framework, browse):
    browser = browse(cast.daniel)
    said = {key: value for key, value in OURS.items() if key != "statutory"} | {"guidance": ""}
    page = browser.post(f"/wording/{framework.pk}/add/E", said, follow=True)
    assert "Our own statement" in text_of(page)
    round = start(cast.amara, framework)
    assert round.ratings.filter(statement__code="E-L1").exists()
    area = text_of(browse(cast.amara).get(f"/reviews/{round.pk}/areas/E"))
    assert "Your local authority has added this statement" in area
    browser.post(f"/wording/{framework.pk}/E-L1", said | {"text": "We ring our link adviser."}, follow=True)
    assert "We ring our link adviser." in text_of(browser.get("/wording/"))
    assert "E-L1" not in text_of(browser.post(f"/wording/{framework.pk}/E-L1/leave-out", follow=True))
    assert add_local_statement(cast.amara) == "E-L2", "a code never says two things"
    assert Round.objects.get(pk=round.pk).ratings.filter(statement__code="E-L1").exists()


def test_what_cannot_be_saved_says_why(cast, framework, browse):
    browser = browse(cast.daniel)
    assert "Write the statement" in text_of(reword(browser, framework, text=""))
    page = text_of(reword(browser, framework, **link("Our offer", "")))
    assert "Enter the address of the page, beginning with https://" in page
    page = text_of(reword(browser, framework, **link("Our offer", "javascript:alert(1)")))
    assert "Enter the address of the page, beginning with https://" in page
    assert "Enter the title of the page" in text_of(reword(browser, framework, **link("", "https://fenwick.example")))
    assert browser.get(f"/wording/{framework.pk}/Z9").status_code == 404
    assert browser.get(f"/wording/{framework.pk}/add/Z").status_code == 404
    assert "Choose for which settings" in text_of(browser.post(f"/wording/{framework.pk}/add/E", SAID))
    with pytest.raises(Refused, match="Only whoever leads"):
        actions.reword_statement(framework=framework, code="A2", changes={"text": NEW}, by=cast.ruth.acting)
    assert not LocalOverlay.objects.exists()


def test_it_is_in_the_authoritys_activity(cast, framework, browse):
    reword(browse(cast.daniel), framework)
    assert "Changed the authority’s own wording" in text_of(browse(cast.daniel).get("/activity/"))
    assert lead_for(cast.amara).user == cast.daniel.user
    assert review_of(cast.amara).round.overlay is not None
