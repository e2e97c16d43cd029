"""Where an applicant works, and what of an application follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trellis.organisations.models import Organisation

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.organisations.models import Provider


@dataclass(frozen=True)
class Work:
    """Where an applicant works: a row of the register, an organisation on Trellis, or only a name."""

    provider: Provider | None = None
    setting: Organisation | None = None
    name: str = ""


def setting_columns(work: Work) -> dict[str, Any]:
    """What of an application follows from where somebody works. The register and Trellis name the same place."""
    provider = work.provider or (work.setting.provider if work.setting else None)
    setting = work.setting or (getattr(provider, "organisation", None) if provider else None)
    known = provider or setting
    authority = known.authority_id if known else None
    columns: dict[str, Any] = {"provider": provider, "setting": setting}
    columns["setting_name"] = work.name or (str(known) if known else "")
    if authority:
        columns |= {"authority_id": authority, "in_england": True}
    return columns


def work_of(by: Acting) -> Work:
    """The setting that somebody acts for."""
    return Work(setting=Organisation.objects.get(pk=by.organisation_id))
