"""Which Level 3 qualification an applicant holds: looked up in the published list, and seen by whoever judges."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.applying import agreed, draft_in, open_cohort, sent, token_of
from tests.client import CheckingClient
from tests.qualifying import HEADINGS, list_imported
from tests.reading import text
from trellis.qualifications.models import ListedQualification
from trellis.training.actions import forget_application
from trellis.training.actions.moving import BY_APPLICANT
from trellis.training.models import Application
from trellis.training.rules.eligibility import CODES, TO_APPLICANT
from trellis.training.tests.test_training_constraints import refused

pytestmark = pytest.mark.django_db
MANY = "".join(f"EYQ-{number},3,,,Diploma {number} in Childcare,Bramble Awards,,,,\n" for number in range(100, 130))


@pytest.fixture
def draft(cast):
    list_imported()
    application = draft_in(open_cohort(cast.mei).programme, level_3_title="")
    application.answered = [each for each in application.answered if each != "level-3-which"]
    application.save()
    return application


def page_for(application):
    return reverse("application_step", args=[token_of(application), "level-3-which"])


def test_it_is_looked_up_chosen_and_shown_to_whoever_judges(cast, browse, draft):
    browser, page = CheckingClient(), page_for(draft)
    assert "Choose your qualification" in text(browser.post(page, {}))
    assert "Nothing in the list has all of these words" in text(browser.get(page, {"q": "zzz"}))
    found = text(browser.get(page, {"q": "invented CHILD"}))
    assert "Diploma in Invented Childcare" in found
    assert "Level 3, Various Awarding Organisations. Begun: until 31 August 2014 (EYQ-901)" in found
    assert "BA in Invented" not in found
    row = ListedQualification.objects.get(ref="EYQ-901")
    shown = text(browser.post(page + "?q=invented", {"which": str(row.pk)}, follow=True))
    assert "Check your answers" in shown
    assert "Diploma in Invented Childcare" in shown
    draft.refresh_from_db()
    assert (draft.level_3_listed, draft.level_3_title) == (row, "Diploma in Invented Childcare")
    assert "Diploma in Invented Childcare" in text(browser.get(page)), "it can be kept without looking again"
    application = agreed(sent(draft))
    assert application.decisions.get().code == "nothing_against"
    judging = text(browse(cast.kofi).get(application.get_absolute_url()))
    assert "Level 3, full and relevant if the conditions are met" in judging
    assert "Until 31 August 2014" in judging


def test_without_a_list_nobody_is_sent_to_search_it(draft):
    ListedQualification.objects.all().delete()
    browser, page = CheckingClient(), page_for(draft)
    shown = text(browser.get(page))
    assert "Look it up in the list" not in shown
    assert "A few words from your certificate" not in shown
    assert "It is not in the list" not in shown
    assert "I write its name" in shown
    assert "Say which qualification it is" in text(browser.post(page, {}))
    browser.post(page, {"which": "not_listed", "level_3_title": "A diploma of Atlantis"})
    assert agreed(sent(Application.objects.get())).status == "eligible"


def test_an_applicant_reads_what_it_means_for_them_and_who_acts(draft):
    browser = CheckingClient()
    browser.post(page_for(draft), {"which": "not_listed", "level_3_title": "A diploma of Atlantis"})
    application = agreed(sent(Application.objects.get()))
    shown = text(browser.get(reverse("application", args=[token_of(application)])))
    assert "If yours is there, choose it in your answers and send them again" in shown
    assert "Otherwise the centre asks you for the certificate" in shown
    assert "They chose" not in shown


def test_each_rule_has_words_for_the_applicant():
    assert set(TO_APPLICANT) == set(CODES)
    assert not [words for words in TO_APPLICANT.values() if "They" in words or "their" in words]


def test_what_is_not_in_the_list_is_written_and_somebody_looks_at_it(cast, browse, draft):
    browser, page = CheckingClient(), page_for(draft)
    assert "Enter the name of your qualification" in text(browser.post(page, {"which": "not_listed"}))
    browser.post(page, {"which": "not_listed", "level_3_title": "A diploma of Atlantis"})
    application = agreed(sent(Application.objects.get()))
    assert (application.status, application.decisions.get().code) == ("needs_information", "level_3_not_listed")
    judging = text(browse(cast.mei).get(application.get_absolute_url()))
    assert "and wrote <span data-as-typed>“A diploma of Atlantis”</span>. Look at the certificate" in judging


def test_what_counts_lower_is_looked_at(draft):
    row = ListedQualification.objects.get(ref="EYQ-902")
    CheckingClient().post(page_for(draft) + "?q=practitioner", {"which": str(row.pk)})
    assert agreed(sent(Application.objects.get())).decisions.get().code == "level_3_counts_lower"


def test_who_holds_none_is_not_asked_and_names_none(draft):
    browser, token = CheckingClient(), token_of(draft)
    row = ListedQualification.objects.get(ref="EYQ-901")
    browser.post(page_for(draft) + "?q=invented", {"which": str(row.pk)})
    browser.post(reverse("application_step", args=[token, "level-3"]), {"level_3": "no"})
    draft.refresh_from_db()
    assert (draft.level_3_listed, draft.level_3_title) == (None, "")
    assert browser.get(page_for(draft)).status_code == 404


def test_what_was_found_is_paged_and_asks_as_much_however_many_there_are(draft, django_assert_num_queries):
    browser, page = CheckingClient(), page_for(draft)
    with django_assert_num_queries(3):
        few = text(browser.get(page, {"q": "diploma"}))
    assert "Next" not in few
    list_imported(f"{HEADINGS}\n{MANY}")
    with django_assert_num_queries(3):
        many = text(browser.get(page, {"q": "childcare"}))
    assert many.count('type="radio"') == 12, "ten of the list, and two for what is not in it"
    assert "Diploma 125" in text(browser.get(page, {"q": "bramble childcare", "page": "3"}))
    row = ListedQualification.objects.get(ref="EYQ-125")
    browser.post(page + "?q=bramble+childcare&page=3", {"which": str(row.pk)})
    draft.refresh_from_db()
    assert draft.level_3_listed == row


def test_it_goes_with_the_answer_and_is_forgotten_with_it(draft):
    row = ListedQualification.objects.get(ref="EYQ-901")
    change = Application.objects.filter(pk=draft.pk).update
    refused("application_listed_qualification_is_said", change, level_3_listed=row, level_3_title="")
    refused("application_listed_qualification_is_said", change, level_3_listed=row, level_3_title="A", level_3="no")
    change(level_3_listed=row, level_3_title=row.name)
    forget_application(application=draft, by=BY_APPLICANT)
    draft.refresh_from_db()
    assert (draft.level_3_listed, draft.level_3_title) == (None, "")
