"""Filling an empty installation with the demonstration, through the same actions that people use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q
from django.utils import timezone

from trellis.accounts.acting import Acting
from trellis.accounts.models import User
from trellis.accounts.roles import Permission, Role
from trellis.core.audit import in_several_chains
from trellis.core.context import Origin, coming_from
from trellis.core.files import FileKind, made_here
from trellis.core.models import SentMail
from trellis.core.rules.mail import SECRET, MailState
from trellis.demonstration import words
from trellis.demonstration.applications import apply_for_places
from trellis.demonstration.clock import Clock, figure, in_time_for_a_visit, one_of, when_open
from trellis.demonstration.county import ask_everybody, release_for_counting
from trellis.demonstration.holdings import say_who_holds_what
from trellis.demonstration.places import (
    ASKING,
    AUTHORITIES,
    DISTRICTS,
    GROUP,
    INVITED,
    OFFICES,
    REGION,
    SETTINGS,
    UNCLAIMED,
    Place,
)
from trellis.demonstration.planning import plan_a_cohort
from trellis.demonstration.releases import release_a_few, release_and_ask
from trellis.demonstration.training import hold_programmes
from trellis.demonstration.visits import finish_a_peer_visit, plan_a_visit
from trellis.demonstration.voices import let_be_heard
from trellis.demonstration.weeks import write_weeks
from trellis.organisations.actions.claims import ask_without_account
from trellis.organisations.actions.providers import add_words
from trellis.organisations.models import LocalAuthority, Membership, Organisation, Provider, Region
from trellis.organisations.rules.register import NOTHING_KNOWN, found_by
from trellis.organisations.rules.searching import plain
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.actions.ratings import Answer
from trellis.review.models import Action, Framework, Level, Rating, Round
from trellis.review.rules.rounds import period_of

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTH = timedelta(days=30)


@dataclass
class Setting:
    """A setting that was made: the place it came from, the organisation, and as whom its people act."""

    place: Place
    organisation: Organisation
    people: list[Acting]

    @property
    def lead(self) -> Acting:
        """Who leads its reviews."""
        return self.people[0]

    @property
    def visitor(self) -> Acting | None:
        """Who visits it, if anybody does: after its last agreed review, and again soon."""
        return next((each for each in self.people if each.role == Role.PEER_REVIEWER), None)

    def one_who_rates(self, *about: object) -> Acting:
        """Someone who may rate, the same every time."""
        return one_of([each for each in self.people if each.role != Role.PEER_REVIEWER], *about)  # type: ignore[no-any-return]


@in_several_chains()
def load_demonstration(*, today: date) -> int:
    """Fill an empty installation as it would look on `today`; says how many reviews there are.

    Two authorities, twenty settings of all kinds, two years of reviews and actions, one person for each role;
    three hundred settings more of which there is only what they released; an award programme in 23 authorities.
    The frameworks must have been loaded. Does nothing to what is there: call it only when there is no user.
    """
    now = timezone.now()
    noon = datetime(today.year, today.month, today.day, 12, 30, tzinfo=now.tzinfo)
    clock = Clock(noon - 25 * MONTH)
    with clock.running(), coming_from(Origin(request_id="", address="demonstration")):
        authorities = _make_authorities()
        offices = _make_offices(authorities)
        settings = [_make_setting(place, authorities, offices[GROUP]) for place in SETTINGS]
        _make_unclaimed(authorities)
        framework = Framework.objects.filter(key="trellis-early-years").latest("edition")
        reviews = sum(_live_through(setting, framework, clock, noon) for setting in settings)
        leads = {setting.place.name: setting.lead for setting in settings}
        release_for_counting(framework, offices["Fenwickshire Council"], clock, noon)
        release_and_ask(leads, offices["Fenwickshire Council"], clock, noon)
        ask_everybody(framework, offices["Fenwickshire Council"], noon)
        release_a_few(leads, offices["Harrowmere Council"], clock, noon)
        programme = hold_programmes(offices["Marches Early Years Training"], offices["Lakeside Learning"], clock, noon)
        apply_for_places(programme, clock, noon)
        holding = [(setting.organisation, setting.people) for setting in settings[:6]]
        say_who_holds_what(holding, offices["Fenwickshire Council"], clock, noon)
        managers = {
            setting.place.name: each
            for setting in settings
            for each in setting.people
            if each.may(Permission.BOOK_TRAINING)
        }
        plan_a_cohort(programme, managers, clock, noon)
        clock.at = when_open(noon - timedelta(days=2))
        write_weeks(leads, today)
        _ask_for_settings()
        _hand_over_before(noon - timedelta(days=2))
    return reviews


def _hand_over_before(moment: datetime) -> None:
    """E-mails of the past were handed over then; only the newest are still to come where people look for them."""
    past = SentMail.objects.filter(state=MailState.QUEUED, created_at__lt=moment)
    past.filter(Q(kind__in=SECRET) | Q(user=None)).update(link="")
    past.update(state=MailState.SENT, sent_at=F("created_at"), attempts=1)


def _ask_for_settings() -> None:
    """Somebody waits for an answer at each authority."""
    for name, person in ASKING:
        provider = Provider.objects.get(name=name)
        ask_without_account(
            name=person,
            email=f"{person.lower().replace(' ', '.')}@demonstration.example",
            looked_for=provider.number,
            setting_name="",
            setting_kind="",
            authority=None,
            position="Manager",
            message="You can ring me at the setting; the number is in your directory.",
        )


def _make_authorities() -> dict[str, LocalAuthority]:
    region, _ = Region.objects.get_or_create(code=REGION[0], defaults={"name": REGION[1]})
    return {
        key: LocalAuthority.objects.create(code=code, name=name, region=region)
        for key, (code, name) in AUTHORITIES.items()
    }


def _make_offices(authorities: dict[str, LocalAuthority]) -> dict[str, Organisation]:
    made = {}
    for name, kind, authority, people in OFFICES:
        made[name] = Organisation.objects.create(name=name, kind=kind, authority=authorities.get(authority))
        for person, role in people:
            _make_person(person, made[name], role)
    return made


def _make_setting(place: Place, authorities: dict[str, LocalAuthority], group: Organisation) -> Setting:
    authority = authorities[place.authority]
    organisation = Organisation.objects.create(
        name=place.name,
        kind="setting",
        setting_kind=place.kind,
        sector=place.sector,
        authority=authority,
        group=group if place.in_group else None,
        provider=_make_provider(place.name, place.kind, place.sector, place.town, place.places, authority),
    )
    return Setting(place, organisation, [_make_person(name, organisation, role) for name, role in place.people])


def _make_provider(
    name: str, kind: str, sector: str, town: str, places: int, authority: LocalAuthority
) -> Provider | None:
    """Its row in the register; schools’ nurseries are not in it."""
    if sector == "maintained":
        return None
    provider = Provider.objects.create(
        number=f"EY9{figure(name):02}{figure(town, name):02}{figure(kind, name):02}",
        name=name,
        name_key=plain(name),
        kind=kind,
        sector=sector,
        status="Active",
        town=town,
        postcode=f"{DISTRICTS[town]} {figure(name) % 9}AB",
        postcode_district=DISTRICTS[town],
        places=places,
        authority=authority,
        authority_name=authority.name,
    )
    listing = NOTHING_KNOWN._replace(name_key=provider.name_key, town=town, authority_id=authority.code)
    add_words([(word, provider.number) for word in found_by(listing)])
    return provider


def _make_unclaimed(authorities: dict[str, LocalAuthority]) -> None:
    for name in UNCLAIMED:
        authority = one_of(list(authorities.values()), name)
        _make_provider(name, "full_day_care", "pvi", "Fenwick", 30, authority)


def _make_person(name: str, organisation: Organisation, role: str) -> Acting:
    """A person without a password: the demonstration signs them in by their name."""
    first, *_, last = name.lower().replace("ó", "o").replace("’", "").split()
    user = User(name=name, email=f"{first}.{last}@demonstration.example")
    user.set_unusable_password()
    user.save()
    membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    return Acting(
        user=user,
        membership_id=membership.pk,
        role=Role(role),
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        setting_kind=organisation.setting_kind,
        authority_id=organisation.authority_id,
    )


def _live_through(setting: Setting, framework: Framework, clock: Clock, noon: datetime) -> int:
    """Let a setting review itself as often as its place says; the last review may still be open."""
    reviews = setting.place.reviews
    for number, months in enumerate(reviews):
        last_and_open = setting.place.still_open and number == len(reviews) - 1
        to_come = len(reviews) - 1 - number
        start = when_open(noon - months * MONTH - timedelta(days=figure(setting.place.name, number) % 12 + 5))
        clock.at = in_time_for_a_visit(start) if to_come == 1 and setting.visitor else start
        round = _review(setting, framework, clock, number, finish=not last_and_open)
        if to_come == 1 and setting.visitor:
            finish_a_peer_visit(round=round, lead=setting.lead, visitor=setting.visitor, clock=clock, noon=noon)
        _live_with_the_plan(setting, clock, noon, reviews_to_come=to_come)
        if to_come == 0 and setting.visitor:
            name, email = INVITED
            plan_a_visit(round=round, lead=setting.lead, name=name, email=email, noon=noon)
    return len(reviews)


def _review(setting: Setting, framework: Framework, clock: Clock, number: int, *, finish: bool) -> Round:
    lead = setting.lead
    reasons = words.REASONS_ALONE if lead.alone else words.REASONS
    round = actions.start_round(
        organisation=setting.organisation,
        framework=framework,
        period=period_of(clock.at.date()),
        reason=reasons[number % len(reasons)],
        colleagues=[each.user for each in setting.people[1:] if each.role != Role.PEER_REVIEWER],
        by=lead,
    )
    for asked in setting.place.asked:
        actions.ask_person(round=round, name=asked, by=lead)
    _rate(setting, round, clock, number, share=100 if finish else 55)
    _keep_evidence(setting, round, clock, last=number == len(setting.place.reviews) - 1)
    _plan(setting, round, clock)
    let_be_heard(round, setting.people, clock, finish=finish)
    if finish:
        clock.go_on(timedelta(days=9))
        if not lead.alone:
            actions.move_round(round=round, to="discussing", by=lead)
        clock.go_on(timedelta(days=7))
        actions.move_round(
            round=round, to="agreed", note="At the staff meeting" if len(setting.people) > 1 else "", by=lead
        )
    return round


def _rate(setting: Setting, round: Round, clock: Clock, number: int, *, share: int) -> None:
    """Rate about `share` in a hundred of the statements, better from review to review."""
    levels = list(Level.objects.filter(framework=round.framework).order_by("position"))
    ratings = (
        Rating.objects.filter(round=round).select_related("statement", "level", "round").order_by("statement__code")
    )
    wanted = list(ratings)
    for rating in wanted[: len(wanted) * share // 100]:
        name, code = setting.place.name, rating.statement.code
        clock.at += timedelta(minutes=4)
        said = figure(name, code, number // 3) + setting.place.start + 8 * number
        if said % 23 == 0:
            answer = Answer("not_applicable", reason="No child here needs this at the moment; we know whom to ask")
        else:
            rank = 0 if said < 30 else 1 if said < 62 else 2
            kind = ("weak", "middle", "strong")[rank]
            note = one_of(words.NOTES[kind], name, code, number) if figure(code, name, number) < 60 else ""
            answer = Answer("rated", level=levels[rank], notes=note, unsure=said % 17 == 0, work="finished")
        actions.rate(rating=rating, answer=answer, version=0, by=setting.one_who_rates(code, number))


def _keep_evidence(setting: Setting, round: Round, clock: Clock, *, last: bool) -> None:
    """A few pieces, found again in later reviews and given a new date, behind what is rated."""
    rated = list(
        Rating.objects.filter(round=round, state="rated")
        .select_related("statement", "round")
        .order_by("statement__code")
    )
    for number, (title, where, months) in enumerate(words.EVIDENCE):
        text = words.FILES.get(title)
        said: dict[str, Any] = {"where_kept": where, "look_again_on": when_open((clock.at + months * MONTH).date())}
        piece = setting.organisation.evidence.filter(title=title).first()
        if piece is None:
            upload = made_here(name=f"{title}.txt", kind=FileKind.TEXT, content=text.encode()) if text else None
            piece = actions.add_evidence(title=title, upload=upload, by=setting.lead, **said)
        elif not (last and title == words.FORGOTTEN):
            actions.change_evidence(evidence=piece, title=title, version=piece.version, by=setting.lead, **said)
        for rating in rated[number :: len(words.EVIDENCE)][:3]:
            actions.link_evidence(evidence=piece, rating=rating, by=setting.lead)


def _plan(setting: Setting, round: Round, clock: Clock) -> None:
    """An action for the first few things that need development; a reason for none for one of them."""
    weak = list(
        Rating.objects.filter(round=round, level__position=1)
        .select_related("statement", "round")
        .order_by("-statement__statutory", "statement__code")
    )
    begun = Counter[str]()
    for number, rating in enumerate(weak[:5]):
        area = rating.statement.area
        what, why, resources, success = _idea(setting, area, begun[area] + figure(round.period))
        begun[area] += 1
        if number == 4:
            actions.decide_no_action(
                rating=rating, because="The local authority is changing this in spring; we wait for it", by=setting.lead
            )
            continue
        owner = setting.one_who_rates(what, number) if figure(what, setting.place.name) < 88 else None
        intention = Intention(
            what=what,
            why=why,
            owner=owner.user if owner else None,
            start_on=clock.at.date(),
            due_on=when_open((clock.at + timedelta(days=45 + 40 * number)).date()),
            resources=resources,
            success=success,
        )
        actions.add_action(round=round, statement=rating.statement, intention=intention, by=setting.lead)


def _idea(setting: Setting, area: str, number: int) -> tuple[str, str, str, str]:
    """Something to do about a statement of an area, in words for a team or for somebody alone."""
    ideas = (words.ACTIONS_ALONE if setting.lead.alone else words.ACTIONS)[area]
    return ideas[(number + figure(setting.place.name)) % len(ideas)]


def _live_with_the_plan(setting: Setting, clock: Clock, noon: datetime, *, reviews_to_come: int) -> None:
    """Actions go on and are closed with what difference they made; the last but one leaves one with a new date."""
    for number, action in enumerate(setting.organisation.actions.open().soonest_first()):
        later = when_open(min(clock.at + timedelta(days=20 + 6 * number), noon - timedelta(hours=2)))
        if later <= clock.at or (not reviews_to_come and number > 1):
            continue
        clock.at = later
        if action.status == "planned":
            action = actions.move_action(action=action, to="under_way", note="Begun", by=setting.lead)
        if reviews_to_come == 1 and number == 3:
            _put_off(action, when_open((noon - timedelta(days=6)).date()), setting.lead)
        elif reviews_to_come:
            impact = one_of(words.IMPACTS, action.what, setting.place.name)
            actions.move_action(action=action, to="done", impact=impact, by=setting.lead)


def _put_off(action: Action, due_on: date, by: Acting) -> None:
    fields = ("what", "why", "owner", "owner_name", "start_on", "resources", "success")
    intention = Intention(**{name: getattr(action, name) for name in fields}, due_on=due_on)
    actions.change_action(action=action, intention=intention, version=action.version, by=by)


def people_shown(names: Sequence[str]) -> dict[str, User]:
    """The people whom the demonstration lets one be, by name."""
    return {user.name: user for user in User.objects.filter(name__in=names, email__endswith="@demonstration.example")}
