"""What else has to hold at a moment: levels, experience, first aid, and who is in charge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trellis.staffing.rules.days import WORDS, Band, Provision
from trellis.staffing.rules.needs import UNDER_2, Need, needs
from trellis.staffing.rules.people import Level, has_first_aid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trellis.staffing.rules.days import Day
    from trellis.staffing.rules.edition import Edition
    from trellis.staffing.rules.moments import Counted, Moment


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold, and what is missing, as the end of a sentence that begins with a time."""

    rule: str
    sentence: str
    room: str = ""
    helps: Callable[[Counted], bool] | None = field(default=None, compare=False)
    """Who would mend it, by coming into the room."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one age asks of those who work with it: which rules say so."""

    bands: tuple[Band, ...]
    level_3: str
    others: str
    words: str
    experienced: bool = False


def broken(moment: Moment, found: list[Need], day: Day, edition: Edition) -> Iterator[Broken]:
    """Every condition that does not hold at a moment, ratios apart."""
    if not moment.rooms:
        return
    yield from _levels(moment, found, day, edition)
    yield from _under_2(moment, edition)
    yield from _teachers(moment, day, edition)
    yield from first_aid(moment, day, edition)
    yield from _in_charge(moment, day, edition)


def settled(moment: Moment, day: Day, edition: Edition) -> tuple[Moment, list[Need], list[Broken]]:
    """A moment once who is free has gone where they mend something, what is then needed, and what is still broken.

    Of those who would mend it, whoever can do the least else goes first.
    """
    while True:
        found = needs(moment, day, edition)
        wrong = list(broken(moment, found, day, edition))
        for each in wrong:
            if each.helps and (able := [one for one in moment.free if each.helps(one)]):
                moment = moment.placing(min(able, key=lambda one: _worth(one, day)), each.room)
                break
        else:
            return moment, found, wrong


def _worth(one: Counted, day: Day) -> tuple[bool, bool, bool, int]:
    person = one.person
    return (person.under_2_experience, person.trained_in_babies, has_first_aid(person, day.on), one.level)


def _asked(moment: Moment, found: list[Need], day: Day) -> list[Asked]:
    """Which ages are there, and what they ask."""
    there = moment.children
    asked = []
    if not there.keys().isdisjoint(UNDER_2):
        words = "children under two"
        asked.append(Asked(UNDER_2, "under-2-level-3", "under-2-others-level-2", words, experienced=True))
    if there.get(Band.TWO):
        asked.append(Asked((Band.TWO,), "two-level-3", "two-others-level-2", WORDS[Band.TWO][1]))
    if there.get(Band.THREE_PLUS) and day.provision != Provision.MAINTAINED:
        plain = not all(_led(need) for need in found if need.bands == (Band.THREE_PLUS,))
        words = WORDS[Band.THREE_PLUS][1]
        asked.append(Asked((Band.THREE_PLUS,), "three-level-3", "three-others-level-2" if plain else "", words))
    return asked


def _led(need: Need) -> bool:
    return need.rule in LED


LED = ("ratio-3-plus-level-6", "ratio-3-plus-independent-level-6", "ratio-3-plus-independent-most-five")


def _levels(moment: Moment, found: list[Need], day: Day, edition: Edition) -> Iterator[Broken]:
    """Whether each age has one at Level 3, and enough of the others at Level 2."""
    for asked in _asked(moment, found, day):
        staff = moment.working_with(*asked.bands)
        room = moment.room_with(*asked.bands)
        asks = bool(edition.number(asked.level_3))
        if asks and not any(_is_level_3(each, asked) for each in staff):
            yield _no_level_3(moment, asked, staff, room)
            continue
        share = edition.share(asked.others)
        qualified = sum(each.level >= Level.TWO for each in staff) - asks
        if qualified * share.denominator < share.numerator * (len(staff) - asks):
            sentence = f"fewer than half of the other staff with {asked.words} hold Level 2"
            yield Broken(asked.others, sentence, room, helps=lambda each: each.level >= Level.TWO)


def _is_level_3(each: Counted, asked: Asked) -> bool:
    return each.level >= Level.THREE and (each.person.under_2_experience or not asked.experienced)


def _no_level_3(moment: Moment, asked: Asked, staff: list[Counted], room: str) -> Broken:
    rule, sentence = asked.level_3, f"nobody with {asked.words} holds Level 3"
    if moment.put_lower:
        rule = "experience-share"
        sentence = (
            f"nobody with {asked.words} counts at Level 3, because at most half of those at Level 3 may be there by "
            "experience"
        )
    elif asked.experienced and any(each.level >= Level.THREE for each in staff):
        sentence = "nobody with children under two has Level 3 and experience with that age"
    return Broken(rule, sentence, room, helps=lambda each: _is_level_3(each, asked))


def _under_2(moment: Moment, edition: Edition) -> Iterator[Broken]:
    if moment.children.keys().isdisjoint(UNDER_2):
        return
    staff = moment.working_with(*UNDER_2)
    share = edition.share("under-2-trained-in-babies")
    trained = sum(each.person.trained_in_babies for each in staff)
    if trained * share.denominator < share.numerator * len(staff):
        yield Broken(
            "under-2-trained-in-babies",
            "fewer than half of the staff with children under two are trained in the care of babies",
            moment.room_with(*UNDER_2),
            helps=lambda each: each.person.trained_in_babies,
        )
    for room in moment.rooms:
        experienced = sum(each.person.under_2_experience for each in room.staff)
        if room.under_2 and experienced < edition.number("under-2-in-charge"):
            yield Broken(
                "under-2-in-charge",
                f"nobody in {room.group.called} has experience with children under two to be in charge there",
                room.group.key,
                helps=lambda each: each.person.under_2_experience,
            )


def _teachers(moment: Moment, day: Day, edition: Edition) -> Iterator[Broken]:
    ratio = edition.number("ratio-reception")
    for room in moment.rooms:
        children = room.children.get(Band.RECEPTION, 0)
        if not children:
            continue
        teachers = sum(each.person.school_teacher for each in room.staff)
        if edition.number("reception-teacher") and teachers * ratio < children:
            yield Broken(
                "reception-teacher",
                f"{room.group.called} has too few school teachers",
                room.group.key,
                helps=lambda each: each.person.school_teacher,
            )
    if day.provision != Provision.MAINTAINED or not moment.children.get(Band.THREE_PLUS):
        return
    staff = moment.working_with(Band.THREE_PLUS)
    teachers = sum(each.person.school_teacher for each in staff)
    if teachers < edition.number("maintained-teacher"):
        yield Broken(
            "maintained-teacher",
            "no school teacher is with the nursery class",
            moment.room_with(Band.THREE_PLUS),
            helps=lambda each: each.person.school_teacher,
        )
    # One teacher is the teacher; any other is at Level 3 too.
    level_3 = sum(each.level >= Level.THREE or each.person.school_teacher for each in staff) - min(1, teachers)
    if level_3 < edition.number("maintained-other-level-3"):
        yield Broken(
            "maintained-other-level-3",
            "nobody but the teacher holds Level 3 in the nursery class",
            moment.room_with(Band.THREE_PLUS),
            helps=lambda each: each.level >= Level.THREE,
        )


def first_aid(moment: Moment, day: Day, edition: Edition) -> Iterator[Broken]:
    """Paediatric first aid on the premises, and in the room while children eat: whoever is there, counted or not."""
    aiders = [person for person in moment.present if has_first_aid(person, day.on)]
    if len(aiders) < edition.number("first-aid-on-premises"):
        yield Broken("first-aid-on-premises", "nobody on the premises has a current paediatric first aid certificate")
    needed = edition.number("first-aid-at-meals")
    eating = [room for room in moment.rooms if room.eating]
    if not needed or not eating:
        return
    places = {room.group.key for room in moment.rooms}
    where = [moment.place_of(person) for person in aiders]
    free = sum(place not in places for place in where)
    for room in eating:
        here = where.count(room.group.key)
        free -= max(0, needed - here)
        if here < needed and free < 0:
            yield Broken(
                "first-aid-at-meals",
                f"nobody in {room.group.called} has a current paediatric first aid certificate while children eat",
                room.group.key,
            )


def _in_charge(moment: Moment, day: Day, edition: Edition) -> Iterator[Broken]:
    """The manager or the deputy, where it is said who they are."""
    known = any(person.manager or person.deputy for person in day.staff)
    there = sum(person.manager or person.deputy for person in moment.present)
    if known and there < edition.number("manager-or-deputy"):
        yield Broken("manager-or-deputy", "neither the manager nor the deputy is on site")
