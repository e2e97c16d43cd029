"""The checking client refuses pages that break a house rule, each rule on a page that breaks it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from tests.client import CheckingClient, InOrder, what_is_wrong
from tests.page_rules import policy_problems, problems

SOUND = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Your people – Trellis</title><script src="/static/trellis.js"></script></head>
<body>
<a href="#main">Skip to main content</a>
<main id="main">
<h1>Your people</h1>
<p>Everyone’s role, “as it is today”, 2–3 at a time. Run <code>echo "x"</code>.</p>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="abc">
<label for="name">Name</label><input id="name" name="name"><button>Save</button></form>
<table><tbody><tr><th scope="row">Amara</th><td><a href="/people/1">Open <span>Amara’s page</span></a></td></tr></tbody></table>
<img src="/static/leaf.png" alt="">
</main>
</body>
</html>
"""


def changed(before: str, after: str) -> str:
    assert before in SOUND
    return SOUND.replace(before, after)


def test_a_sound_page_has_no_problems():
    assert problems(SOUND) == []


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (changed("</main>", ""), "line 14 is not valid HTML"),
        (changed("<h1>Your people</h1>", "<h1>Your people</h1><p><p>"), None),
        (changed("<h1>Your people</h1>", "<h1>Your people</p></h1>"), "line 7 is not valid HTML"),
        (changed("<!doctype html>\n", ""), "line 1 is not valid HTML"),
        (changed("Save</button>", "<div>Save</div></button>"), "<div> cannot stand in <button>"),
        (changed("<h1>", "<ul><p>Amara</p></ul><h1>"), "<p> cannot stand in <ul>"),
        (changed("Open <span>", "<button>Open</button><span>"), "<button> “Open” stands in another link or button"),
        (changed(' lang="en"', ""), "<html> does not say its language"),
        (changed("<h1>Your people</h1>", "<p>Your people</p>"), "there are 0 h1, not one"),
        (changed("<h1>Your people</h1>", "<h1>Your people</h1><h1>Others</h1>"), "there are 2 h1, not one"),
        (changed("<title>Your people", "<title>People"), "the title “People – Trellis” does not start with the h1"),
        (changed("<title>Your", "<title>Error: Your"), None),
        (changed("<h1>", '<div class="govuk-error-summary">Wrong</div><h1>'), "the page has an error summary, but"),
        (changed('<img src="/static/leaf.png" alt="">', '<p id="name">A</p>'), "the id “name” stands 2 times"),
        (changed('for="name"', 'for="nam"'), "<label> for names “nam”, which is not on the page"),
        (changed('href="#main"', 'href="#mian"'), "the link “Skip to main content” leads to #mian"),
        (changed('<label for="name">Name</label>', ""), "<input name=name> has no label"),
        (changed('<label for="name">Name</label>', '<label for="name"></label>'), "<input name=name> has no label"),
        (changed('<input id="name" name="name">', "<textarea name=n></textarea>"), "<label> for names “name”"),
        (changed(' src="/static/trellis.js"', ""), "there is an inline script"),
        (changed("</head>", "<style>p{}</style></head>"), "there is an inline style sheet"),
        (changed("<p>", '<p style="color:red">'), "<p> has style="),
        (changed("<button>", '<button onclick="x()">'), "<button> has onclick="),
        (changed('href="/people/1"', 'href="javascript:x()"'), "<a> has a script in href="),
        (changed('<input type="hidden" name="csrfmiddlewaretoken" value="abc">', ""), "a form that posts has 0 tokens"),
        (changed('<form method="post">', "<form>"), "a form that only asks carries its token into the address"),
        (changed("Save", ""), "<button href=None> has no words"),
        (changed("Open <span>Amara’s page</span>", ""), "<a href=/people/1> has no words"),
        (changed('href="/people/1"', 'href="#"'), "the link “Open Amara’s page” leads to #"),
        (changed(' alt=""', ""), "the picture /static/leaf.png has no alt"),
        (changed("<h1>", '<svg><path d="M0"/></svg><h1>'), "a drawing has neither a name nor aria-hidden"),
        (changed(' scope="row"', ""), "the table heading “Amara” does not say whether"),
        (changed('<th scope="row">Amara</th>', "<td>Amara</td>"), "a table has no headings"),
        (changed("</h1>", "</h1><h3>Managers</h3>"), "“Managers” is an h3 after an h1"),
        (changed("Everyone’s", "Everyone's"), "“Everyone's” has a straight quotation mark"),
        (changed("<p>Everyone’s", "<p data-as-typed>Everyone's"), None),
        (changed("role, ", "role - "), "“role - “as” has a hyphen for a dash"),
    ],
)
def test_a_page_that_breaks_a_rule_is_reported(page, problem):
    found = problems(page)
    assert (not found) if problem is None else any(each.startswith(problem) for each in found), found


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        (None, ["there is no content security policy"]),
        ("script-src 'self'", []),
        ("script-src 'self' 'unsafe-inline'", ["the content security policy allows unsafe-inline"]),
    ],
)
def test_a_loose_policy_is_reported(policy, found):
    assert list(policy_problems(policy)) == found


def answer(html: str) -> HttpResponse:
    return HttpResponse(html, headers={"Content-Security-Policy": "default-src 'none'"})


@pytest.mark.parametrize(
    ("response", "refused"),
    [
        (answer(SOUND), False),
        (answer(changed("<h1>", "<h2>")), True),
        (HttpResponse(SOUND), True),
        (HttpResponse("alive", content_type="text/plain"), False),
        (StreamingHttpResponse(["name,role"], content_type="text/csv"), False),
    ],
)
def test_the_client_refuses_such_a_page(response, refused, monkeypatch):
    monkeypatch.setattr("django.test.Client.request", lambda self, **request: response)
    if refused:
        with pytest.raises(AssertionError, match="/people"):
            CheckingClient().get("/people")
    else:
        assert CheckingClient().get("/people") is response


def test_the_same_page_with_another_token_is_read_once(monkeypatch):
    token = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    first, second = (
        answer(changed('<input type="hidden" name="csrfmiddlewaretoken" value="abc">', token.format(letter * 64)))
        for letter in "ab"
    )
    assert what_is_wrong(first) == []
    monkeypatch.setattr("tests.client.problems", lambda html: ["read again"])
    assert what_is_wrong(second) == []


def test_what_was_in_order_is_known_to_others_and_nothing_else_is(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.client.in_order", InOrder(tmp_path))
    assert what_is_wrong(answer(SOUND)) == []
    assert what_is_wrong(answer(changed("<h1>", "<h2>"))) != []
    others = InOrder(tmp_path)
    assert SOUND in others
    assert changed("<h1>", "<h2>") not in others
    assert changed("Everyone’s", "Everyone's") not in others
    monkeypatch.setattr("tests.client.RULES", b"other rules")
    assert SOUND not in InOrder(tmp_path)
