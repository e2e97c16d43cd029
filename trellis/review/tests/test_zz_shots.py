import os

import pytest
from django.utils import timezone

from trellis.demonstration.actions import load_demonstration
from trellis.review.models import Round

pytestmark = pytest.mark.django_db(transaction=True)
from pathlib import Path

AXE = Path("node_modules/axe-core/axe.min.js").read_text()


def test_shots(live_server, chromium, transactional_db):
    from tests.reviewing import SHIPPED
    from trellis.core.audit import System
    from trellis.review import actions
    from trellis.review import framework as files

    actions.load_framework(text=files.load_framework(SHIPPED), by=System("x"))
    load_demonstration(today=timezone.localdate())
    who = os.environ.get("WHO", "Amara Okafor")
    width = int(os.environ.get("W", "1280"))
    ctx = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
    page = ctx.new_page()
    page.goto("/demonstration")
    page.screenshot(path=f"/tmp/shots/{width}-demo.png", full_page=True)
    page.get_by_role("button", name=f"Be {who}").click()
    org = {"Amara Okafor": "Bramble Lane Nursery", "Megan Price": "Megan Price, childminder"}[who]
    r = Round.objects.filter(organisation__name=org).order_by("-started_at").first()
    old = Round.objects.filter(organisation__name=org, status="agreed").order_by("-started_at").first()
    for name, a in {
        "home": "/",
        "round": f"/reviews/{r.pk}/",
        "area": f"/reviews/{r.pk}/areas/A",
        "areaE": f"/reviews/{r.pk}/areas/E",
        "statement": f"/reviews/{r.pk}/statements/C1",
        "plan": "/plan/",
        "plan-over": "/plan/?show=overdue",
        "evidence": "/evidence/",
        "rounds": "/reviews/",
        "start": "/reviews/start",
        "report": f"/reviews/{old.pk}/report",
        "full": f"/reviews/{old.pk}/report/full",
        "oldarea": f"/reviews/{old.pk}/areas/A",
        "action": old.actions.first().get_absolute_url(),
        "addaction": f"/reviews/{r.pk}/statements/C1/action",
        "addev": f"/ratings/{r.ratings.first().pk}/evidence",
        "move": f"/reviews/{r.pk}/to/discussing",
    }.items():
        page.goto(a)
        page.screenshot(path=f"/tmp/shots/{width}-{name}.png", full_page=True)
        page.evaluate(AXE)
        res = page.evaluate(
            "async () => (await axe.run({runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22a','wcag22aa','best-practice']})).violations.map(v => v.id + ': ' + v.nodes.slice(0,3).map(n=>n.html.slice(0,160)).join(' || '))"
        )
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        print(name, page.title(), "OVERFLOW %s" % wide if wide > 0 else "", res)
