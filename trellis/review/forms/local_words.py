"""An authority’s own words for a statement, and a statement of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from trellis.core.forms import Checkboxes
from trellis.core.topics import LABELS
from trellis.review import framework as files
from trellis.review.framework.shape import LINK
from trellis.review.models import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping

LINKS_HELP = "One on each line: its title, a vertical bar, and its address. For example, Our Local Offer | https://…"
LONGEST = 2000


def _text(label: str, help_text: str = "", *, required: bool = True, rows: int = 3, missing: str = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or "Write something"},
    )


class LocalWordsForm(forms.Form):
    """What both forms ask: the words, those for parents, guidance, links."""

    text = _text("What the statement says", "One thing that can be rated by itself", missing="Write the statement")
    plain_text = _text(
        "For parents, in plain words", "Short sentences and no trade words", rows=2, missing="Write it for parents"
    )
    guidance = _text("A note to whoever rates it", required=False, rows=2)
    links = _text("Pages that help", LINKS_HELP, required=False, rows=3)

    def clean_links(self) -> list[dict[str, str]]:
        """Each line is a title and an address."""
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["links"].splitlines())):
            title, bar, address = (part.strip() for part in line.rpartition("|"))
            if not (title and bar and re.match(LINK, address)):
                raise forms.ValidationError(
                    f"Write a title, a vertical bar and an address that begins with https:// – “{line}”"
                )
            found.append({"title": title, "url": address})
        return found


def as_lines(links: Any) -> str:
    """Links as they are typed.

    >>> as_lines([{"title": "Our offer", "url": "https://fenwick.example"}])
    'Our offer | https://fenwick.example'
    """
    return "\n".join(f"{link['title']} | {link['url']}" for link in links)


class RewordForm(LocalWordsForm):
    """Other words for a statement of the framework; what is left as it is, stays the framework’s."""

    def __init__(self, data: Any = None, *, base: files.Statement, now: files.Statement) -> None:
        """The words as they are now; for an audience that has words of its own, those too."""
        self.base = base
        shown = {"text": now.text, "plain_text": now.plain_text, "guidance": now.guidance or ""}
        shown["links"] = as_lines(link.model_dump() for link in now.links)
        own = {audience: now.text_for.get(audience, text) for audience, text in base.text_for.items()}
        super().__init__(data, initial=shown | {f"text_{audience}": text for audience, text in own.items()})
        for audience in base.text_for:
            label = f"What it says to a {Audience(audience.value).label.lower()}"
            self.fields[f"text_{audience}"] = _text(label, missing="Write the statement")

    @property
    def changes(self) -> dict[str, Any]:
        """What says something else than the framework."""
        said, base = self.cleaned_data, self.base
        found = {name: said[name] for name in ("text", "plain_text") if said[name] != getattr(base, name)}
        if said["guidance"] and said["guidance"] != base.guidance:
            found["guidance"] = said["guidance"]
        if said["links"] != [link.model_dump() for link in base.links]:
            found["links"] = said["links"]
        own = {audience.value: said[f"text_{audience}"] for audience in base.text_for}
        different = {name: text for name, text in own.items() if text != base.text_for[files.Audience(name)]}
        return found | ({"text_for": different} if different else {})


class LocalStatementForm(LocalWordsForm):
    """A statement of the authority’s own."""

    audience = forms.MultipleChoiceField(
        label="For which settings?",
        choices=Audience.choices,
        widget=Checkboxes,
        error_messages={"required": "Choose for which settings"},
    )
    topics = forms.MultipleChoiceField(
        label="What is it about?",
        help_text="By these, training about the same thing is found",
        choices=[(topic.value, label) for topic, label in LABELS.items()],
        widget=Checkboxes,
        required=False,
    )

    def __init__(self, data: Any = None, *, now: Mapping[str, Any] | None = None) -> None:
        """Empty, or with the words of one that is there."""
        shown: dict[str, Any] = dict(now or {"audience": list(Audience.values)})
        super().__init__(data, initial=shown | {"links": as_lines(shown.get("links") or ())})

    @property
    def statement(self) -> dict[str, Any]:
        """The statement as a file would have it, without its code."""
        said = self.cleaned_data
        return said | {"guidance": said["guidance"] or None, "statutory": False}
