"""Why a document was not made: each a mistake in a template, never in what somebody wrote."""


class UndefinedVariable(Exception):
    """A template asked for names that its context does not have."""


class RefusedAddress(Exception):
    """A document asked for something outside the packaged fonts and stylesheets."""


class IncompleteDocument(Exception):
    """The renderer left out something that the document asked for."""
