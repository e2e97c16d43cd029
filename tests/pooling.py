"""Many settings that have released a review: rows for an authority to count, straight into the tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Person
from trellis.core.audit import System
from trellis.organisations.models import LocalAuthority, Organisation
from trellis.review import actions
from trellis.review.models import Framework, Level, PooledCount, Release, ReleasedRating, Round
from trellis.review.rules.periods import count_day, period_before
from trellis.review.rules.pooled import told
from trellis.review.rules.release import period_key
from trellis.review.rules.rounds import audience_of
from trellis.review.wording import wording

Where = tuple[str, str]


def settings_that_released(
    council: Organisation,
    framework: Framework,
    where: Sequence[Where],
    *,
    period: str,
    by: Person,
    weak: Callable[[str, int], bool],
) -> list[Release]:
    """A setting for each kind and place, with a release that counts in a period. `weak` says which statements a
    setting, by its number, wants to develop."""
    now = timezone.now()
    settings = Organisation.objects.bulk_create(
        Organisation(
            name=f"Setting {council.pk.hex[:4]} {period} {number}",
            kind="setting",
            setting_kind=kind,
            authority=council.authority,
        )
        for number, (kind, _) in enumerate(where)
    )
    said = {"period": period, "status": "agreed", "started_by": by.user, "agreed_at": now, "agreed_by": by.user}
    rounds = Round.objects.bulk_create(
        Round(organisation=each, framework=framework, audience=audience_of(each.setting_kind), **said)
        for each in settings
    )
    until = count_day(period_key(now.date())) + timedelta(days=400)
    terms = {"to_organisation": council, "may_be_counted": True, "purpose": "To plan training", "until": until}
    releases = Release.objects.bulk_create(
        Release(round=round, organisation_id=round.organisation_id, content={}, released_by=by.user, **terms)
        for round in rounds
    )
    levels = {level.code: level for level in Level.objects.filter(framework=framework)}
    statements = list(framework.statements.filter(authority=None))
    ReleasedRating.objects.bulk_create(
        _row(release, council, statement, levels, where[number], period, weak=weak(statement.code, number))
        for number, release in enumerate(releases)
        for statement in statements
    )
    return releases


def _row(
    release: Release, council: Organisation, statement: Any, levels: Any, at: Where, period: str, *, weak: bool
) -> ReleasedRating:
    return ReleasedRating(
        release=release,
        authority_id=council.authority_id,
        organisation_id=release.organisation_id,
        framework_id=statement.framework_id,
        statement=statement,
        level=levels["development" if weak else "secure"],
        state="rated",
        needs_action=weak,
        audience=audience_of(at[0]),
        setting_kind=at[0],
        size="small",
        place=at[1],
        period_key=period,
    )


def last_period() -> str:
    """The term before this one."""
    return period_before(period_key(timezone.localdate()))


def counted(council: Organisation, period: str) -> list[PooledCount]:
    """Let the clock count a period."""
    return actions.count_period(authority_id=str(council.authority_id), period=period, by=System("The clock"))


def three_hundred(number: int = 300) -> list[Where]:
    """Kinds and places of so many settings, as they might be in a county."""
    kinds = ["full_day_care"] * 5 + ["sessional"] * 3 + ["out_of_school", "creche"]
    return [(kinds[each % 10], f"FE{each // 10 % 6 + 1}") for each in range(number)]


def register_of(authority: LocalAuthority, where: Sequence[Where]) -> None:
    """The register of an authority: what its parts follow from."""
    from trellis.organisations.models import Provider

    Provider.objects.bulk_create(
        Provider(
            number=f"EY{each:06}",
            name=f"Place {each}",
            name_key=f"place {each}",
            kind=kind,
            postcode_district=place,
            town={"FE1": "Fenwick", "FE2": "Fenwick", "FE3": "Elm Green"}.get(place, ""),
            authority=authority,
        )
        for each, (kind, place) in enumerate(where)
    )


def count_for(authority_id: str | None, framework: Framework) -> PooledCount:
    """A count of forty nurseries for an authority, made of nothing: the one that is there, or a new one."""
    at = ("full_day_care:small", "FE1")
    said = {code: {at: 12 + number} for number, code in enumerate(wording(framework, None, "group").statements)}
    same = {"authority_id": authority_id, "framework": framework, "audience": "group", "period_key": last_period()}
    content = told([at[0], "sessional:small"], [at[1], ""], {at: 60}, said)
    made, _ = PooledCount.objects.get_or_create(**same, defaults={"content": content})
    return made
