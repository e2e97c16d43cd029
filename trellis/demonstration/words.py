"""What invented settings say: notes, evidence, actions and what came of them. No child in any of it."""

from __future__ import annotations

NOTES = {
    "strong": (
        "Everyone could say how we do this when we asked round the table.",
        "We have done this for two years now and it shows in the rooms.",
        "New staff are shown this in their first week.",
        "Parents told us this works well for them.",
        "Our Area SENCO saw this on her last visit and liked it.",
        "This is part of every team meeting.",
    ),
    "middle": (
        "Works in the pre-school room, not yet with the two-year-olds.",
        "We do it, but it depends on who is in that day.",
        "Written down, not yet second nature.",
        "Better than last year. Still too much in one person’s head.",
        "Two of the four room leaders feel confident.",
    ),
    "weak": (
        "We have talked about it and never started.",
        "Nobody could say where this is written down.",
        "Slipped since two colleagues left in the summer.",
        "We only do this when someone asks.",
        "Not enough time set aside.",
    ),
}

EVIDENCE = (
    ("SENCO job description", "Blue folder in the office", 8),
    ("Minutes of the SEND meeting", "Shared drive, SEND, meetings", 2),
    ("Inclusion policy", "Shared drive, policies", 13),
    ("Training log of the team", "Office computer, staff, training", 5),
    ("Photographs of the quiet corner, without children", "Display folder by the door", 11),
    ("Parents’ comments, collected at pick-up", "Comments book in the hall", 3),
)
"""A piece of evidence, where it is kept, and in how many months to look at it again."""

FORGOTTEN = "Inclusion policy"
"""What nobody has looked at in the last review, so that its day has come."""

FILES = {
    "Minutes of the SEND meeting": """Minutes of the SEND meeting

1. What we heard from parents at pick-up: they want to know sooner whom to ask.
2. The SENCO’s two hours a week stay on the rota until the end of term.
3. Everyone reads the section on targeted support before we meet again.
"""
}
"""What stands in the file of a piece of evidence, for those that have one."""

ACTIONS = {
    "A": (
        (
            "Set aside two hours a week for the SENCO and put them on the rota",
            "The time is always the first thing to go",
            "Cover from the deputy on Wednesdays",
            "The hours are on the rota four weeks in a row",
        ),
        (
            "Put SEND on the agenda of every team meeting, with one thing that changed",
            "We talk about it only when something goes wrong",
            "Ten minutes",
            "Each room has brought something by Easter",
        ),
    ),
    "B": (
        (
            "Try picture cards for the day’s routine in the two-year-old room",
            "Waiting is hard when one cannot see what comes next",
            "Cards, laminator",
            "Tidy-up time is calmer on most days",
        ),
        (
            "Watch one another at snack time, and say one thing that worked",
            "Each of us does it differently",
            "Cover for half an hour",
            "Everyone has watched and been watched once",
        ),
    ),
    "C": (
        (
            "Agree with each family how we tell them about support before it starts",
            "Two families heard later than they should have",
            "Ten minutes at drop-off",
            "Every family can say what is being tried and why",
        ),
        (
            "Give every parent a note on the day of the review",
            "Some get it in a week, some never",
            "A form of one page",
            "No family waits longer than a day",
        ),
    ),
    "D": (
        (
            "Put the review dates of all plans in one calendar",
            "Dates are in four notebooks",
            "The shared calendar",
            "No review is more than a week late",
        ),
        (
            "Practise the four-part cycle with one plan at the next team meeting",
            "Plans are written but not reviewed on the day we said",
            "Thirty minutes, the local authority’s template",
            "Every plan has a review date in the diary",
        ),
        (
            "Write a one-page hand-over for children who move to school",
            "Schools ask for the same things in June",
            "Half a day in May",
            "Each school has it before the summer holiday",
        ),
    ),
    "E": (
        (
            "Walk round with the sensory checklist, room by room",
            "The dining room is loud",
            "One staff meeting",
            "Each room has one change that the team can name",
        ),
        (
            "Look at the rota together and move one adult to lunchtime",
            "At lunch there are too few of us where help is needed",
            "Half an hour",
            "Lunch is calm four days out of five",
        ),
    ),
    "F": (
        (
            "Ask the local authority for a visit on communication and interaction",
            "We are not sure what to try next",
            "A visit",
            "The team has three things to try",
        ),
        (
            "Keep a box of things that help in each room",
            "They are all in the office",
            "Six boxes",
            "Nobody has to go and fetch them",
        ),
    ),
}
"""By area, an action: what, why, what it needs, how one will know."""

ACTIONS_ALONE = {
    "A": (
        (
            "Keep an hour on Friday afternoon for SEND paperwork",
            "It always ends up on Sunday",
            "A later collection on Fridays",
            "Nothing is waiting on Monday",
        ),
    ),
    "B": (
        (
            "Try picture cards for getting ready to go out",
            "Waiting in the hall is hard",
            "Cards, string",
            "We leave the house without a fuss on most days",
        ),
    ),
    "C": (
        (
            "Ask each family how they want to hear about extra support",
            "I told one family too late",
            "Ten minutes at the door",
            "Every family can say what I am trying",
        ),
    ),
    "D": (
        (
            "Write down once a month what each child can do now",
            "I know it and could not show it",
            "Half an hour",
            "There is a page for each month",
        ),
    ),
    "E": (
        (
            "Join the local authority’s network for childminders",
            "I have nobody to ask",
            "One evening a term",
            "I know whom to ring",
        ),
    ),
    "F": (
        (
            "Write down what helps at nap time",
            "My assistant does it differently",
            "Half an hour",
            "We both do the same",
        ),
    ),
}
"""The same for a childminder."""

IMPACTS = (
    "The room is calmer at that time of day, and the newer colleagues use it without being asked.",
    "Families told us at the next meeting that they feel part of it.",
    "We no longer look for papers. Reviews happen in the week they are due.",
    "Three colleagues said they feel surer what to do first.",
)

REASONS = (
    "Our first look together.",
    "A year on: what has changed, and what has slipped.",
    "Two new room leaders, and a plan to renew.",
    "Before the next local authority network meeting.",
)
REASONS_ALONE = (
    "My first look.",
    "A year on: what has changed, and what has slipped.",
    "Two new children since summer, and a room to set up differently.",
    "Before the next evening of the childminders’ network.",
)

SEEN_OF_CHILDREN = (
    ("E2", "Two children go behind the curtain when the hall gets loud at lunchtime."),
    ("C4", "A child who does not speak yet puts the picture of the garden into our hands three times a morning."),
)
"""What was seen of children, and the statement that it is about."""

PARENTS_SAID = (
    "The picture cards help at home too. Could we have a set?",
    "I would like to know who to ask when the manager is away.",
)
"""What parents added in their own words."""
