"""E-mail for a demonstration: printed as a short block of plain text, so that a link in it is found and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail.backends.console import EmailBackend as WholeMessages

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

FOOT = "\n--\n"


class EmailBackend(WholeMessages):
    """Prints to whom, what about, why, and the link: nothing of what only a mail programme reads."""

    def write_message(self, message: EmailMessage) -> None:
        """One message, between lines."""
        reason = str(message.body).partition(FOOT)[0].strip()
        self.stream.write(f"\n── E-mail to {', '.join(message.to)}: {message.subject}\n{reason}\n──\n\n")
