"""What a load balancer is told."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from iltb.pages import health


@pytest.fixture
def closed_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_a_living_process_says_so_without_asking_anything_else(
    client, django_assert_num_queries, settings, closed_port
):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{closed_port}/0"

    response = client.get(reverse("pages:healthz"))

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
def test_ready_when_database_migrations_and_broker_are_there(client):
    response = client.get(reverse("pages:readyz"))

    assert (response.status_code, response.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
def test_not_ready_when_nothing_listens_at_the_broker(client, settings, closed_port):
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{closed_port}/0"

    response = client.get(reverse("pages:readyz"))

    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "failed": {"broker": "no answer"}}


@pytest.mark.django_db
def test_not_ready_when_the_broker_is_frozen(client, settings):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"

        response = client.get(reverse("pages:readyz"))

    assert response.json()["failed"] == {"broker": "no answer"}


@pytest.mark.django_db
def test_not_ready_when_a_migration_is_missing(client):
    MigrationRecorder(connection).migration_qs.filter(app="audit").delete()

    response = client.get(reverse("pages:readyz"))

    assert response.status_code == 503
    assert response.json()["failed"]["migrations"].endswith("not applied")


@pytest.mark.django_db
def test_not_ready_when_the_database_refuses(closed_port):
    def ask_in_a_thread_with_its_own_connection():
        connection.settings_dict = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": closed_port}
        return health.failures()

    with ThreadPoolExecutor(max_workers=1) as pool:
        failed = pool.submit(ask_in_a_thread_with_its_own_connection).result()

    assert failed == {"database": "no answer"}
