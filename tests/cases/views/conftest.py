"""A treating physician who is signed in, with a draft."""

import pytest

from cases.models import Case
from tests.factories.accounts import sign_in
from tests.factories.cases import draft


@pytest.fixture
def case(client, db) -> Case:
    made = draft()
    sign_in(client, made.author)
    return made
