"""E-mail: a link and a reason, never content.

`send(...)` writes the message down in the transaction of what it tells about; a worker hands it over after the
commit, tries again when the mail service does not take it, and notes whether it arrived.
"""

from trellis.core.mail.delivery import deliver_due
from trellis.core.mail.preferences import choose_mail
from trellis.core.mail.sending import send, tell_anew, withdraw
from trellis.core.rules.mail import MailKind, Wish

__all__ = ["MailKind", "Wish", "choose_mail", "deliver_due", "send", "tell_anew", "withdraw"]
