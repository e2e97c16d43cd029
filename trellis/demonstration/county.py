"""Three hundred settings of one authority that have released a review: rows, not lived through.

Their past would take an hour to live through, so it is written straight into the tables: a setting with its row in the
register and its manager, an agreed review, and its release. Two terms are over and counted: the newest from
these releases, the one before from what they would have said then.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.audit import System
from trellis.core.dates import day
from trellis.demonstration.clock import figure
from trellis.organisations.actions.providers import add_words
from trellis.organisations.models import Membership, Organisation, Provider
from trellis.organisations.rules.register import NOTHING_KNOWN, found_by
from trellis.organisations.rules.searching import plain
from trellis.review import actions
from trellis.review.actions.frameworks import fingerprint_of
from trellis.review.actions.pooled import content_of
from trellis.review.models import (
    Campaign,
    CampaignInvitation,
    Framework,
    Level,
    PooledCount,
    Release,
    ReleasedRating,
    Round,
    Statement,
    Whom,
)
from trellis.review.papers import NOT_THE_OFFICIAL_FORM
from trellis.review.rules.periods import count_day, period_before, period_end, period_words
from trellis.review.rules.pooled import kind_and_size, size_of
from trellis.review.rules.release import period_key
from trellis.review.rules.rounds import audience_of
from trellis.review.wording import Wording, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.demonstration.clock import Clock

HOW_MANY = 300
KINDS = (
    *("full_day_care",) * 10,
    *("sessional",) * 5,
    *("childminder",) * 4,
    "childcare_on_domestic_premises",
)
"""Of twenty settings, how many are of each kind."""
FIRST = ("Apple", "Birch", "Cherry", "Daisy", "Elder", "Fern", "Gorse", "Hazel", "Iris", "Juniper")
SECOND = ("Tree", "Lane", "Field", "Hill", "Bank", "Gate", "Brook", "Mill", "Corner", "House", "Green", "Bridge")
THIRD = {
    "full_day_care": "Day Nursery",
    "sessional": "Pre-school",
    "childcare_on_domestic_premises": "House Childcare",
}
GIVEN = (
    "Ada",
    "Ben",
    "Cleo",
    "Dev",
    "Ella",
    "Farid",
    "Gwen",
    "Hugo",
    "Isla",
    "Jonas",
    "Keira",
    "Lewis",
    "Maya",
    "Nils",
)
FAMILY = (
    "Akhtar",
    "Barlow",
    "Cartwright",
    "Dhillon",
    "Eastwood",
    "Fielding",
    "Grewal",
    "Hollis",
    "Ibsen",
    "Jessop",
    "Kaur",
)
TOWNS = ("Fenwick", "Otterford", "Hexley", "Saltings", "Marshgate", "Thornby", "Eastwater", "Underhill")
PURPOSE = "So that you can see where help is wanted, together with what others say."
OFTEN = {"A2": 18, "C3": 22, "D2": 26, "D4": 34, "E3": 30, "F3": 38, "F4": 20}
"""Statements that need development more often than others: so many in a hundred besides."""
BETTER = {"D4": 9, "F3": -7, "E3": 6}
"""What was different a term before: so many in a hundred more."""


@dataclass(frozen=True)
class Invented:
    """One of the settings: what it is, where, and its manager."""

    number: int
    name: str
    kind: str
    district: str
    town: str
    person: str

    @property
    def places(self) -> int:
        """How many children it has places for."""
        return 6 if self.kind == "childminder" else 14 + figure("places", self.number) % 50


def invented(number: int) -> Invented:
    """The setting of a number, the same every time.

    >>> invented(7).name, invented(7).district
    ('Hazel Tree Day Nursery', 'FW3')
    """
    kind = KINDS[number * 7 % len(KINDS)]
    person = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]}"
    place = f"{FIRST[number % len(FIRST)]} {SECOND[number // len(FIRST) % len(SECOND)]}"
    more = number // (len(FIRST) * len(SECOND))
    name = f"{place} {THIRD.get(kind, '')}".strip() + (f" {('at the Park', 'by the River')[more - 1]}" if more else "")
    at = figure("district", number) % len(TOWNS)
    return Invented(
        number, f"{person}, childminder" if kind == "childminder" else name, kind, f"FW{at + 1}", TOWNS[at], person
    )


def release_for_counting(framework: Framework, council: Organisation, clock: Clock, noon: datetime) -> None:
    """Write the three hundred into the tables and let both terms be counted."""
    last = newest_counted(noon.date())
    places = [invented(number) for number in range(HOW_MANY)]
    settings = _make_settings(places, council.authority, noon)
    _count_the_term_before(places, framework, council, period_before(last), noon)
    _release(settings, places, framework, council, last, noon)
    _ask_them(settings, framework, council, last, noon)
    clock.at = _moment(count_day(last), noon)
    actions.count_period(authority_id=str(council.authority_id), period=last, by=System("The clock"))


def newest_counted(today: date) -> str:
    """The newest term whose count has been made by a day.

    >>> newest_counted(date(2026, 11, 23)), newest_counted(date(2027, 1, 20)), newest_counted(date(2027, 1, 28))
    ('2026-summer', '2026-summer', '2026-autumn')
    """
    key = period_before(period_key(today))
    return key if count_day(key) <= today else period_before(key)


def _make_settings(places: Sequence[Invented], authority: Any, noon: datetime) -> list[Organisation]:
    """A row in the register, an organisation and its manager for each."""
    providers = Provider.objects.bulk_create(
        Provider(
            number=f"EY8{each.number:05}",
            name=each.name,
            name_key=plain(each.name),
            kind=each.kind,
            sector="pvi",
            status="Active",
            town=each.town,
            postcode=f"{each.district} {each.number % 9}AB",
            postcode_district=each.district,
            places=each.places,
            authority=authority,
            authority_name=authority.name,
        )
        for each in places
    )
    words = [
        (word, provider.number)
        for provider in providers
        for word in found_by(
            NOTHING_KNOWN._replace(name_key=provider.name_key, town=provider.town, authority_id=authority.code)
        )
    ]
    add_words(words)
    settings = Organisation.objects.bulk_create(
        Organisation(
            name=each.name,
            kind="setting",
            setting_kind=each.kind,
            sector="pvi",
            authority=authority,
            provider=provider,
            created_at=noon - timedelta(days=400),
        )
        for each, provider in zip(places, providers, strict=True)
    )
    users = [User(name=each.person, email=f"manager.{each.number}@demonstration.example") for each in places]
    for user in users:
        user.password = "!"  # noqa: S105 - nobody signs in with it
    users = User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(
            user=user,
            organisation=setting,
            role=Role.CHILDMINDER if setting.setting_kind == "childminder" else Role.MANAGER,
        )
        for user, setting in zip(users, settings, strict=True)
    )
    return settings


def needs(place: Invented, code: str, *, before: bool = False) -> bool:
    """Whether a setting needs to develop a statement; `before` is a term earlier."""
    often = 14 + OFTEN.get(code, 0) + (BETTER.get(code, 0) if before else 0)
    far_away = 8 if place.town in TOWNS[4:] and code in ("F3", "E3") else 0
    return figure(place.name, code, place.number) < often + far_away


def _release(
    settings: Sequence[Organisation],
    places: Sequence[Invented],
    framework: Framework,
    council: Organisation,
    period: str,
    noon: datetime,
) -> None:
    """An agreed review and its release for each, and the rows to count."""
    managers = dict(Membership.objects.filter(organisation__in=settings).values_list("organisation", "user"))
    agreed = _moment(period_end(period) - timedelta(days=30), noon)
    rounds = Round.objects.bulk_create(
        Round(
            organisation=setting,
            framework=framework,
            audience=audience_of(setting.setting_kind),
            period=period_words(period),
            status="agreed",
            started_at=agreed - timedelta(days=20),
            started_by_id=managers[setting.pk],
            agreed_at=agreed,
            agreed_by_id=managers[setting.pk],
        )
        for setting in settings
    )
    until = noon.date() + timedelta(days=180)
    copies = [_copy(place, round, framework) for place, round in zip(places, rounds, strict=True)]
    releases = Release.objects.bulk_create(
        Release(
            round=round,
            organisation_id=round.organisation_id,
            to_organisation=council,
            may_be_counted=True,
            purpose=PURPOSE,
            until=until,
            content=copy,
            fingerprint=fingerprint_of(copy),
            released_at=agreed + timedelta(days=5, minutes=place.number),
            released_by_id=managers[round.organisation_id],
        )
        for place, round, copy in zip(places, rounds, copies, strict=True)
    )
    _write_rows(releases, places, rounds, framework, council, period)


def _moment(on: date, noon: datetime) -> datetime:
    return datetime(on.year, on.month, on.day, 15, 30, tzinfo=noon.tzinfo)


def level_of(place: Invented, code: str, words: Wording) -> str:
    """The level that a setting gave a statement, by its code; the weakest where it needs to develop it."""
    strongest, *between, weakest = (level.code for level in words.levels)
    if needs(place, code):
        return weakest
    return between[0] if between and figure(code, place.number) < 45 else strongest


def _copy(place: Invented, round: Round, framework: Framework) -> dict[str, Any]:
    """What a setting released: the ratings and nothing else, as `released.copy.frozen` would write it."""
    words = wording(framework, None, round.audience)
    areas = []
    for area in words.areas:
        given = {statement.code: level_of(place, statement.code, words) for statement in area.statements}
        counts = [(level.label.lower(), sum(code == level.code for code in given.values())) for level in words.levels]
        said = ", ".join(f"{label} {number}" for label, number in counts if number)
        statements = [
            {
                "code": each.code,
                "text": each.text,
                "statutory": each.statutory,
                "state": "rated",
                "level": given[each.code],
                "unsure": False,
                "notes": [],
                "no_action": "",
                "evidence": [],
            }
            for each in area.statements
        ]
        areas.append({"title": area.title, "counts": said[:1].upper() + said[1:], "statements": statements})
    return {
        "setting": place.name,
        "kind": round.organisation.get_setting_kind_display(),
        "period": round.period,
        "agreed": day(round.agreed_at),
        "framework": f"{words.framework.title}, edition {words.framework.edition}",
        "source": f"{NOT_THE_OFFICIAL_FORM} {words.framework.source}",
        "standing": f"{len(words.statements)} of {len(words.statements)} answered",
        "parts": dict.fromkeys(("actions", "notes", "evidence", "files"), False),
        "levels": [
            {"code": level.code, "label": level.label, "colour": level.colour.value, "symbol": level.symbol}
            for level in words.levels
        ],
        "areas": areas,
        "actions": [],
    }


def _write_rows(
    releases: Sequence[Release],
    places: Sequence[Invented],
    rounds: Sequence[Round],
    framework: Framework,
    council: Organisation,
    period: str,
) -> None:
    """A row to count for each statement of each release."""
    levels = {level.code: level for level in Level.objects.filter(framework=framework)}
    statements = {each.code: each for each in Statement.objects.filter(framework=framework, authority=None)}
    ReleasedRating.objects.bulk_create(
        (
            ReleasedRating(
                release=release,
                authority_id=str(council.authority_id),
                organisation_id=release.organisation_id,
                framework=framework,
                statement=statements[code],
                level=levels[level_of(place, code, words)],
                state="rated",
                needs_action=needs(place, code),
                audience=round.audience,
                setting_kind=place.kind,
                size=size_of(place.places),
                place=place.district,
                period_key=period,
            )
            for release, place, round in zip(releases, places, rounds, strict=True)
            for words in [wording(framework, None, round.audience)]
            for code in words.statements
        ),
        batch_size=2000,
    )


def _count_the_term_before(
    places: Sequence[Invented], framework: Framework, council: Organisation, period: str, noon: datetime
) -> None:
    """The count of the term before the newest, of what the same settings would have said then."""
    for audience in sorted({audience_of(place.kind) for place in places}):
        counted: dict[tuple[str, str], int] = defaultdict(int)
        said: dict[str, dict[tuple[str, str], int]] = {}
        for code in wording(framework, None, audience).statements:
            said[code] = defaultdict(int)
        for place in places:
            if audience_of(place.kind) == audience:
                at = kind_and_size(place.kind, size_of(place.places)), place.district
                counted[at] += 1
                for code, of in said.items():
                    of[at] += needs(place, code, before=True)
        PooledCount.objects.create(
            authority_id=str(council.authority_id),
            framework=framework,
            audience=audience,
            period_key=period,
            content=content_of(str(council.authority_id), audience, counted, said),
            counted_at=_moment(count_day(period), noon),
        )


def _ask_them(
    settings: Sequence[Organisation], framework: Framework, council: Organisation, period: str, noon: datetime
) -> None:
    """The campaign in which the authority had asked them; five of them let it know that they take part."""
    opened = _moment(period_end(period) - timedelta(days=80), noon)
    campaign = _campaign(settings, framework, council, opened, period=period, until=period_end(period))
    Campaign.objects.filter(pk=campaign.pk).update(
        reminded_at=opened + timedelta(days=40), reminded_by_id=campaign.opened_by_id
    )
    campaign.invitations.filter(organisation__in=[each.pk for each in settings[7::60]]).update(may_be_named=True)


def ask_everybody(framework: Framework, council: Organisation, noon: datetime) -> None:
    """The campaign that is open now: every setting of the authority finds it on its first page."""
    everybody = Organisation.objects.filter(kind="setting", authority=council.authority).order_by("pk")
    opened, until = noon - timedelta(days=6), (noon + timedelta(days=70)).date()
    _campaign(list(everybody), framework, council, opened, period=period_key(noon.date()), until=until)


def _campaign(
    settings: Sequence[Organisation],
    framework: Framework,
    council: Organisation,
    opened: datetime,
    *,
    period: str,
    until: date,
) -> Campaign:
    """A campaign for all, as rows: nobody is written to."""
    lead = Membership.objects.get(organisation=council, role=Role.AUTHORITY_LEAD)
    campaign = Campaign.objects.create(
        organisation=council,
        framework=framework,
        period=period_words(period),
        message="We plan training for next year. If you like, look at your SEND provision and release what you found.",
        whom=Whom.ALL,
        whom_words=str(Whom.ALL.label),
        until=until,
        reached=len(settings),
        opened_at=opened,
        opened_by_id=lead.user_id,
    )
    CampaignInvitation.objects.bulk_create(
        CampaignInvitation(campaign=campaign, organisation=setting) for setting in settings
    )
    return campaign
