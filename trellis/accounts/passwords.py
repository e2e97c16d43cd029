"""What a password must be, and how we say that it is not."""

from __future__ import annotations

from django.contrib.auth import password_validation

HINT = "At least 10 characters. Three words that have nothing to do with each other are easy to remember."


class LongEnough(password_validation.MinimumLengthValidator):
    """Length is what makes a password hard to guess; we ask for nothing else."""

    def get_error_message(self) -> str:
        """What to do."""
        return f"Choose a password with at least {self.min_length} characters"


class NotTheirOwnName(password_validation.UserAttributeSimilarityValidator):
    """A person’s name or e-mail address is the first thing that is tried."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email"))

    def get_error_message(self) -> str:
        """What to do."""
        return "Choose a password that is less like your name or e-mail address"


class NotCommon(password_validation.CommonPasswordValidator):
    """The passwords that most people choose are tried next."""

    def get_error_message(self) -> str:
        """What to do."""
        return "Choose a password that fewer people use: this one is on every list that is tried"
