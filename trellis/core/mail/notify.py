"""GOV.UK Notify as Django’s e-mail backend, for public bodies: https://docs.notifications.service.gov.uk/python.html"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage

ARRIVED = "delivered"
DID_NOT_ARRIVE = {
    "permanent-failure": "The address does not exist",
    "temporary-failure": "The mailbox did not take it for three days",
    "technical-failure": "GOV.UK Notify could not send it",
}


class EmailBackend(BaseEmailBackend):
    """Sends through the template that the settings name; Notify keeps our id as its reference."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand messages over and note what Notify calls each. Returns how many it took."""
        notify = client()
        for message in email_messages:
            message.service_id = _sent_before(notify, message) or _send(notify, message)  # type: ignore[attr-defined]
        return len(email_messages)


def client() -> Any:
    """Notify’s own client, with the installation’s key."""
    try:
        from notifications_python_client.notifications import NotificationsAPIClient
    except ImportError as missing:
        raise ImproperlyConfigured(
            "TRELLIS_EMAIL is notify, which needs the package notifications-python-client: "
            "install requirements-scale.txt"
        ) from missing
    make: Any = NotificationsAPIClient
    return make(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_ADDRESS, timeout=20)


def arrival_of(service_id: str) -> str:
    """What Notify knows of a message: “delivered”, “permanent-failure” …, or that it is still on its way."""
    return str(client().get_notification_by_id(service_id)["status"])


def _send(notify: Any, message: EmailMessage) -> str:
    """Hand one message over; what Notify calls it."""
    answer = notify.send_email_notification(
        email_address=message.to[0],
        template_id=settings.NOTIFY_TEMPLATE_ID,
        personalisation={"subject": message.subject, "body": message.body},
        reference=getattr(message, "reference", None) or None,
    )
    return str(answer["id"])


def _sent_before(notify: Any, message: EmailMessage) -> str:
    """What Notify calls a message that an earlier, interrupted attempt did get through; empty if none did."""
    if not getattr(message, "again", False):
        return ""
    found = notify.get_all_notifications(template_type="email", reference=message.reference)["notifications"]  # type: ignore[attr-defined]
    return str(found[0]["id"]) if found else ""
