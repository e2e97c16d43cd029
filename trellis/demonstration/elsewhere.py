"""The authorities of the demonstration’s programme that have nobody on Trellis: what is held there, and what they owe.

They are invented like all others: of a real authority nothing untrue could be said so, least of all that it is late.
"""

from __future__ import annotations

from dataclasses import dataclass

CODE = "E0600{number:04}"
FIRST_CODE = 9001
"""ONS codes that no authority has."""


@dataclass(frozen=True)
class Going:
    """A cohort: how many days ago it began, with how many learners, and how far it has come.

    It begins in so many days when it began fewer than none ago.
    """

    began: int
    learners: int
    goes_to: str = "finished"
    cadence: str = "weekly"


@dataclass(frozen=True)
class Elsewhere:
    """An authority: its name, how many days ago its contract was made, where its duty stands, its cohorts."""

    name: str
    contract: int
    duty: str
    cohorts: tuple[Going, ...]


# Two years after its contract an authority owes the second cohort. The first of these are past that day or near it.
ELSEWHERE: tuple[Elsewhere, ...] = (
    Elsewhere("Ashmarch", 757, "met", (Going(640, 16), Going(330, 14))),
    Elsewhere("Brackendale", 754, "met", (Going(634, 18), Going(312, 15, cadence="fortnightly"))),
    Elsewhere("Calderstow", 751, "met", (Going(628, 13), Going(262, 17))),
    Elsewhere("Dunmere", 748, "running", (Going(619, 15), Going(52, 14, "running"))),
    Elsewhere("Eastholme", 742, "planned", (Going(611, 12), Going(-32, 4, "open"))),
    Elsewhere("Fallowshire", 739, "promised", (Going(603, 16),)),
    Elsewhere("Gannetport", 697, "met", (Going(556, 17, cadence="fortnightly"), Going(241, 16))),
    Elsewhere("Hartlow", 690, "running", (Going(549, 14), Going(66, 17, "running"))),
    Elsewhere("Ivelbridge", 676, "running", (Going(541, 19), Going(110, 15, "running", "fortnightly"))),
    Elsewhere("Kestrelham", 662, "running", (Going(528, 15), Going(38, 18, "running"))),
    Elsewhere("Linnetshire", 648, "planned", (Going(507, 16), Going(-46, 3, "open"))),
    Elsewhere("Marlowick", 627, "planned", (Going(486, 14), Going(-95, 0, "planned"))),
    Elsewhere("Netherwold", 557, "running", (Going(430, 17), Going(24, 16, "running"))),
    Elsewhere("Ottersea", 543, "planned", (Going(416, 13), Going(-60, 2, "open"))),
    Elsewhere("Penwithy", 522, "promised", (Going(402, 15, cadence="fortnightly"),)),
    Elsewhere("Quernbury", 501, "excused", (Going(381, 16),)),
    Elsewhere("Rookshire", 480, "promised", (Going(353, 18), Going(45, 0, "cancelled"))),
    Elsewhere("Saltersby", 297, "promised", (Going(96, 17, "running", "fortnightly"),)),
    Elsewhere("Thistleborough", 269, "promised", (Going(59, 15, "running"),)),
    Elsewhere("Underwick", 241, "promised", (Going(45, 16, "running"),)),
    Elsewhere("Wrensford", 213, "promised", (Going(31, 14, "running"),)),
)
HARROWMERE = (Going(620, 14), Going(-88, 0, "planned"))
"""What is held in the second authority that is on Trellis; it is to deliver the second one itself."""

EXCUSED = "The council has joined with another for early years, whose second cohort takes its settings too"
CANCELLED = "Three people had applied two weeks before the first day; they were offered places next door"
VENUES = (
    "Library, first floor",
    "Town Hall, Committee Room",
    "Children’s Centre",
    "Community Hall",
    "Sports Centre, studio",
)
ACCESS = (
    "Level from the car park. The lift is to the left of the desk",
    "A ramp at the side door: ring and somebody comes. There is a hearing loop",
    "Steps at the front; the step-free way is through the garden. A quiet room is beside ours",
    "All on the ground floor. Blue badge spaces are behind the building",
)
TRAINERS = ("Benedict Osei", "Sunita Rao", "Gareth Pryce", "Harriet Lowe")

GIVEN = (
    "Aisling", "Amina", "Bethan", "Blessing", "Caitlin", "Chloe", "Dalia", "Denise", "Efua", "Elif", "Fern", "Gabriela",
    "Hafsa", "Helen", "Ifeoma", "Joy", "Karolina", "Kirsty", "Lakshmi", "Leanne", "Magda", "Meera", "Michelle", "Nadine",
    "Oksana", "Paul", "Rhiannon", "Rukhsana", "Samuel", "Sinead", "Tamsin", "Tracey", "Uzma", "Victoria", "Wendy", "Yetunde",
    "Zainab",
)  # fmt: skip
FAMILY = (
    "Acheampong", "Ali", "Appleby", "Begum", "Birch", "Bowes", "Chowdhury", "Coleman", "Dixon", "Dos Santos", "Elliott",
    "Farooq", "Finch", "Georgiou", "Gill", "Hargreaves", "Hussain", "Ivanova", "Jarvis", "Kamara", "Kelly", "Larkin",
    "Lewandowska", "McBride", "Mistry", "Moyo", "Newell", "Nguyen", "Okeke", "Palmer", "Parekh", "Quaye", "Rashid", "Rowan",
    "Sandhu", "Tanner", "Usman", "Vickers", "Walsh", "Yeo", "Zielinski",
)  # fmt: skip
SETTING = (
    (
        "Acorn",
        "Beech",
        "Clover",
        "Dewdrop",
        "Elm",
        "Foxglove",
        "Gosling",
        "Hedgerow",
        "Ivy",
        "Jackdaw",
        "Kite",
        "Ladybird",
    ),
    ("Cottage", "Court", "Way", "Yard", "Meadow", "Row", "Steps"),
    ("Nursery", "Pre-school", "Day Nursery", "Playgroup", "Childcare"),
)


def learner(number: int) -> str:
    """The name of the learner of a number: another one for each of fifteen hundred.

    >>> learner(0), learner(1), learner(37)
    ('Aisling Acheampong', 'Amina Finch', 'Aisling Sandhu')
    """
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number * 12 % len(FAMILY)]}"


def setting_of(number: int) -> str:
    """Where the learner of a number works; now and then two are of one place.

    >>> setting_of(0), setting_of(5)
    ('Acorn Cottage Nursery', 'Foxglove Row Nursery')
    """
    at = number - (number % 9 == 4)
    return " ".join(words[at % len(words)] for words in SETTING)
