"""The invented places: two authorities, a group, twenty settings of all kinds."""

from __future__ import annotations

from dataclasses import dataclass, field

from trellis.demonstration.elsewhere import TRAINERS

REGION = ("E12000099", "Middle Marches")
AUTHORITIES = {"fenwickshire": ("E10000098", "Fenwickshire"), "harrowmere": ("E08000099", "Harrowmere")}
GROUP = "Bramble Nurseries Ltd"


DISTRICTS = {
    "Fenwick": "FW1",
    "Otterford": "FW2",
    "Hexley": "FW3",
    "Saltings": "FW4",
    "Harrow Mere": "HM1",
    "Lakeside": "HM2",
    "Castle Green": "HM3",
}
"""The first part of the postcodes of a town."""


@dataclass(frozen=True)
class Place:
    """An invented setting: its name, kind, sector, authority, town, places, people by role, and reviews so far.

    `reviews` gives, for each review from the oldest, how many months ago it started; a last one with `still_open`
    is not agreed yet. `start` shifts how well things stand at first: higher is better.
    """

    name: str
    kind: str
    authority: str
    town: str
    people: tuple[tuple[str, str], ...]
    sector: str = "pvi"
    places: int = 40
    in_group: bool = False
    reviews: tuple[int, ...] = (22, 14, 6)
    still_open: bool = False
    start: int = 0
    asked: tuple[str, ...] = field(default=("Parents at pick-up, two mornings",))


SETTINGS: tuple[Place, ...] = (
    Place(
        "Bramble Lane Nursery",
        "full_day_care",
        "fenwickshire",
        "Fenwick",
        (
            ("Amara Okafor", "manager"),
            ("Priya Nair", "senco"),
            ("Tomasz Wójcik", "deputy_senco"),
            ("Leila Haddad", "practitioner"),
            ("Hannah Lindqvist", "peer_reviewer"),
        ),
        in_group=True,
        reviews=(23, 13, 0),
        still_open=True,
        places=62,
    ),
    Place(
        "Kingfisher Day Nursery",
        "full_day_care",
        "fenwickshire",
        "Otterford",
        (("Rosalind Achterberg", "manager"), ("Imogen Tate", "senco")),
        in_group=True,
        start=10,
        places=48,
    ),
    Place(
        "Little Foxes Day Nursery",
        "full_day_care",
        "fenwickshire",
        "Fenwick",
        (("Kwame Boateng", "manager"), ("Siobhan Daly", "senco")),
        in_group=True,
        reviews=(20, 9),
        start=-10,
        places=70,
    ),
    Place(
        "St Ola’s Pre-school",
        "sessional",
        "fenwickshire",
        "Hexley",
        (("Margaret Illingworth", "manager"),),
        reviews=(21, 12, 3),
        places=24,
    ),
    Place(
        "Harbour Street Playgroup",
        "sessional",
        "fenwickshire",
        "Saltings",
        (("Nadia Rahmani", "manager"), ("Owen Pugh", "senco")),
        reviews=(18, 7),
        start=5,
        places=26,
    ),
    Place(
        "The Old Forge After-School Club",
        "out_of_school",
        "fenwickshire",
        "Hexley",
        (("Callum Reid", "manager"),),
        reviews=(10,),
        places=32,
    ),
    Place(
        "Market Square Crèche",
        "creche",
        "fenwickshire",
        "Fenwick",
        (("Beatriz Almeida", "manager"),),
        reviews=(11,),
        start=-5,
        places=16,
    ),
    Place(
        "Hollybank House Childcare",
        "childcare_on_domestic_premises",
        "fenwickshire",
        "Otterford",
        (("Deborah Quaye", "manager"), ("Saffron Kelly", "practitioner")),
        reviews=(16, 4),
        places=14,
    ),
    Place(
        "Megan Price, childminder",
        "childminder",
        "fenwickshire",
        "Hexley",
        (("Megan Price", "childminder"),),
        reviews=(19, 8, 0),
        still_open=True,
        places=6,
        asked=("Parents of all four families",),
    ),
    Place(
        "Fenwick Nursery School",
        "maintained_nursery_school",
        "fenwickshire",
        "Fenwick",
        (("Helena Marchetti", "manager"), ("Dilip Chaudhuri", "senco")),
        sector="maintained",
        start=20,
        places=78,
    ),
    Place(
        "Mill Lane Primary School, nursery class",
        "nursery_class",
        "fenwickshire",
        "Saltings",
        (("Aled Bowen", "manager"), ("Grainne Foley", "senco")),
        sector="maintained",
        reviews=(15, 5),
        start=10,
        places=52,
    ),
    Place(
        "Alderbrook School, nursery",
        "independent_nursery",
        "fenwickshire",
        "Otterford",
        (("Philippa Thorne", "manager"),),
        reviews=(12,),
        start=15,
        places=30,
    ),
    Place(
        "Tall Oaks Pre-school",
        "sessional",
        "harrowmere",
        "Harrow Mere",
        (("Joanna Firth", "manager"), ("Bashir Karimi", "senco")),
        reviews=(22, 11, 1),
        still_open=True,
        places=28,
    ),
    Place(
        "Sunny Corner Nursery",
        "full_day_care",
        "harrowmere",
        "Lakeside",
        (("Chidinma Eze", "manager"), ("Ewa Kowalczyk", "senco")),
        reviews=(17, 6),
        places=55,
    ),
    Place(
        "Yusuf Demir, childminder",
        "childminder",
        "harrowmere",
        "Lakeside",
        (("Yusuf Demir", "childminder"),),
        reviews=(14, 2),
        places=6,
        asked=("Parents of all three families",),
    ),
    Place(
        "Wren’s Nest Home Childcare",
        "home_childcarer",
        "harrowmere",
        "Castle Green",
        (("Lucia Fernandes", "childminder"),),
        reviews=(9,),
        places=3,
        asked=("The family I work with",),
    ),
    Place(
        "Harrowmere Childminding Agency",
        "childminder_agency",
        "harrowmere",
        "Harrow Mere",
        (("Patrick Oduya", "manager"),),
        reviews=(13,),
        places=0,
    ),
    Place(
        "Lakeside Nursery School",
        "maintained_nursery_school",
        "harrowmere",
        "Lakeside",
        (("Ingrid Solberg", "manager"), ("Farah Aziz", "senco")),
        sector="maintained",
        reviews=(24, 16, 8),
        start=15,
        places=64,
    ),
    Place(
        "Castle Green Breakfast Club",
        "out_of_school",
        "harrowmere",
        "Castle Green",
        (("Jerome Baptiste", "manager"),),
        reviews=(5,),
        places=24,
    ),
    Place(
        "Meadow View Playgroup",
        "other",
        "harrowmere",
        "Harrow Mere",
        (("Winifred Ashby", "manager"),),
        reviews=(),
        places=20,
    ),
)

OFFICES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (GROUP, "group", "", (("Grace Oyelaran", "group_overview"),)),
    (
        "Fenwickshire Council",
        "authority",
        "fenwickshire",
        (("Daniel Whitfield", "authority_lead"), ("Ruth Abara", "area_senco")),
    ),
    ("Harrowmere Council", "authority", "harrowmere", (("Idris Vaughan", "authority_lead"),)),
    (
        "Marches Early Years Training",
        "centre",
        "",
        (
            ("Mei Castellano", "programme_lead"),
            ("Kofi Ansah", "centre_administrator"),
            ("Zofia Marek", "trainer"),
            *((name, "trainer") for name in TRAINERS),
        ),
    ),
    (
        "Lakeside Learning",
        "centre",
        "",
        (("Rafael Duarte", "programme_lead"), ("Anneke Visser", "trainer")),
    ),
    ("Trellis operators", "operator", "", (("Sam Ellery", "system_administrator"),)),
)
"""Organisations that are no settings: name, kind, authority, people by role."""

UNCLAIMED = (
    "Puddle Lane Nursery",
    "Rainbow Steps Pre-school",
    "Dovecote Day Nursery",
    "The Treehouse Club",
    "Willow Bank Playgroup",
)
"""Places in the register that do not use Trellis yet."""

INVITED = ("Ruth Abara", "ruth.abara@demonstration.example")
"""Whom Bramble Lane Nursery has invited to a visit and who has not answered yet."""

SHOWN: tuple[tuple[str, str], ...] = (
    ("Amara Okafor", "Manager of Bramble Lane Nursery, with a review half way through. Start here"),
    ("Priya Nair", "SENCO of Bramble Lane Nursery: finish the review with Amara"),
    ("Tomasz Wójcik", "Deputy SENCO of Bramble Lane Nursery"),
    ("Leila Haddad", "Practitioner at Bramble Lane Nursery: takes part in the review"),
    ("Megan Price", "Childminder on her own"),
    ("Yusuf Demir", "Another childminder, in another authority"),
    ("Grace Oyelaran", "Looks after the three nurseries of a group"),
    ("Daniel Whitfield", "Leads at Fenwickshire Council, to which three hundred settings have released"),
    ("Ruth Abara", "Area SENCO at Fenwickshire Council"),
    ("Idris Vaughan", "Leads at Harrowmere Council, to which fewer than five settings have released"),
    ("Hannah Lindqvist", "Visiting reviewer: a SENCO from elsewhere who visited Bramble Lane Nursery"),
    ("Mei Castellano", "Leads the award programme of a training centre, in 23 authorities"),
    ("Kofi Ansah", "Looks after the centre’s cohorts, dates and places"),
    ("Zofia Marek", "Trainer: teaches two cohorts of the centre"),
    ("Rafael Duarte", "Leads a small programme of another training centre"),
    ("Sam Ellery", "Keeps this installation running"),
)
"""Whom the demonstration lets one be: one person for each role, and what they are there for."""

ASKING: tuple[tuple[str, str], ...] = (
    ("Puddle Lane Nursery", "Marisol Ibarra"),
    ("Rainbow Steps Pre-school", "Anwen Griffiths"),
    ("Dovecote Day Nursery", "Solomon Achebe"),
)
"""Who asks to use Trellis for a place in the register and waits for an answer."""
