"""What every test may use."""

import gc
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.template import Template
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.architecture.security import TESTS, is_about_security
from tests.factories.installation import prepare_installation, restore_installation, sharing_one_installation

# A test whose transactions are real leaves the database as it found it.
TransactionTestCase._fixture_teardown = lambda _test: restore_installation()

settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")

RENDER = Template._render

CONFORMANCE = Path(os.environ.get("ILTB_CONFORMANCE_DATA", Path(__file__).parents[2] / "shared" / "data"))


def pytest_collection_modifyitems(items):
    """Mark what ``make test-security`` runs, in one place for all files."""
    for item in items:
        if TESTS in item.path.parents and is_about_security(item.path):
            item.add_marker(pytest.mark.security)


def keep_for_good():
    """What was imported and prepared stays to the end: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()


pytest_collection_finish = keep_for_good


@pytest.fixture(scope="session", autouse=True)
def _only_pages_tell_what_they_render(django_test_environment):
    """Django copies the context of each template for ``response.context``; of a page's hundreds of parts nobody asks."""
    telling = Template._render
    Template._render = lambda part, context: (telling if context.template is part else RENDER)(part, context)


@pytest.fixture(scope="session")
def conformance_data() -> Path:
    """Real data from outside; tests that read it are skipped where it is absent."""
    if not CONFORMANCE.is_dir():
        pytest.skip("no conformance data: set ILTB_CONFORMANCE_DATA")
    return CONFORMANCE


@pytest.fixture(scope="session")
def all_media(tmp_path_factory) -> Path:
    """One folder for the files of all tests: most write none, and a folder for each costs more than many a test."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def media(all_media, settings) -> Path:
    """Where the files of a test go; no other test has the same place."""
    settings.MEDIA_ROOT = all_media / uuid4().hex
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def installation_is_ready(request, tmp_path_factory, django_db_modify_db_settings, django_db_blocker):
    """Says that this worker's database is prepared, so that the others can copy it."""
    if not hasattr(request.config, "workerinput"):
        yield lambda: None
        return
    with django_db_blocker.unblock(), sharing_one_installation(tmp_path_factory.getbasetemp().parent) as ready:
        yield ready


@pytest.fixture(scope="session")
def django_db_setup(installation_is_ready, django_db_setup, django_db_blocker):
    """Terminologies and the trial catalogue are part of every installation, so of every test database."""
    with django_db_blocker.unblock():
        prepare_installation()
        installation_is_ready()
    keep_for_good()
