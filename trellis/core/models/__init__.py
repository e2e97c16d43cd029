"""Records that every part of Trellis needs and that know no domain."""

from trellis.core.models.audit import AuditEvent

__all__ = ["AuditEvent"]
