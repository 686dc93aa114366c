import pytest
from django.db import transaction

from tests.boards.letters.vignette import letter_of, vignette_two


@pytest.fixture
def story():
    return vignette_two()


@pytest.fixture(scope="module")
def letter(django_db_setup, django_db_blocker):
    """The letter of the vignette as it stands, composed once; its rows are gone again."""
    with django_db_blocker.unblock(), transaction.atomic():
        composed = letter_of(vignette_two())
        transaction.set_rollback(True)
    return composed
