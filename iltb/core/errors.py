"""What a service may refuse, each with the HTTP status that tells a browser so."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """A refusal in one clear sentence, shown to the user as it is."""

    http_status = 409

    def __init__(self, message: str) -> None:
        super().__init__(str(message))
        self.message = str(message)


class NotFound(DomainError):
    """Unknown, or not for these eyes: nobody can tell which."""

    http_status = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(message)


class NotAllowed(DomainError):
    """Visible to this person, but not theirs to do."""

    http_status = 403


class Conflict(DomainError):
    """Right person, wrong moment."""

    http_status = 409


class TransitionNotAllowed(Conflict):
    """The workflow table has no such move."""


class StaleVersion(Conflict):
    """Somebody else saved the row since it was read."""


class InvalidInput(DomainError):
    """Input that breaks a rule; ``errors`` names the fields, "" is the form as a whole."""

    http_status = 422

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors: dict[str, list[str]] = {field: [str(text) for text in texts] for field, texts in errors.items()}
        super().__init__(" ".join(text for texts in self.errors.values() for text in texts))
