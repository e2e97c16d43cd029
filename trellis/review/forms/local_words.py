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
    from collections.abc import Mapping, Sequence

EMPTY_ROWS, MOST_LINKS = 2, 20
TITLE_LENGTH, ADDRESS_LENGTH = 200, 500
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

    def __init__(self, data: Any = None, *, initial: dict[str, Any], links: Sequence[Mapping[str, str]]) -> None:
        """The words as they are, and for each page that helps a title and an address: as many as there are, and two more."""
        super().__init__(data, initial=initial)
        self.rows = min(max(len(links), _rows_sent(data)) + EMPTY_ROWS, MOST_LINKS)
        for row in range(self.rows):
            shown = links[row] if row < len(links) else {}
            self.fields[f"link_title_{row}"] = forms.CharField(
                label=f"Page that helps {row + 1}: its title",
                help_text="For example, Our Local Offer" if row == 0 else "",
                initial=shown.get("title", ""),
                max_length=TITLE_LENGTH,
                required=False,
            )
            self.fields[f"link_url_{row}"] = forms.CharField(
                label=f"Page that helps {row + 1}: its address",
                help_text="It begins with https://. Leave both empty to take the page away" if row == 0 else "",
                initial=shown.get("url", ""),
                max_length=ADDRESS_LENGTH,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Each page that helps has a title and an address; `links` are those that were typed."""
        said, links = super().clean() or {}, []
        for row in range(self.rows):
            title, address = (said.pop(f"link_{part}_{row}", "").strip() for part in ("title", "url"))
            if (title or address) and not title:
                self.add_error(f"link_title_{row}", "Enter the title of the page")
            elif title and not re.match(LINK, address):
                self.add_error(f"link_url_{row}", "Enter the address of the page, beginning with https://")
            elif title:
                links.append({"title": title, "url": address})
        return said | {"links": links}


def _rows_sent(data: Any) -> int:
    """How many pages that help a form was sent with: the last that says something, counted from one."""
    sent = (re.fullmatch(r"link_(?:title|url)_(\d{1,2})", name) for name in data or () if data[name].strip())
    return max((int(match.group(1)) + 1 for match in sent if match), default=0)


class RewordForm(LocalWordsForm):
    """Other words for a statement of the framework; what is left as it is, stays the framework’s."""

    def __init__(self, data: Any = None, *, base: files.Statement, now: files.Statement) -> None:
        """The words as they are now; for an audience that has words of its own, those too."""
        self.base = base
        shown = {"text": now.text, "plain_text": now.plain_text, "guidance": now.guidance or ""}
        own = {audience: now.text_for.get(audience, text) for audience, text in base.text_for.items()}
        shown |= {f"text_{audience}": text for audience, text in own.items()}
        super().__init__(data, initial=shown, links=[link.model_dump() for link in now.links])
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
        super().__init__(data, initial=shown, links=shown.pop("links", None) or ())

    @property
    def statement(self) -> dict[str, Any]:
        """The statement as a file would have it, without its code."""
        said = self.cleaned_data
        return said | {"guidance": said["guidance"] or None, "statutory": False}
