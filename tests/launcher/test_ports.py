import socket

import pytest

from launcher import ports


@pytest.fixture
def taken():
    with socket.create_server((ports.LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


def test_a_port_with_a_listener_is_taken(taken):
    assert (ports.is_free(taken), ports.answers(taken)) == (False, True)


def test_a_port_is_free_again_when_its_listener_is_gone():
    with socket.create_server((ports.LOOPBACK, 0)) as server:
        port = server.getsockname()[1]

    assert (ports.is_free(port), ports.answers(port)) == (True, False)


def test_the_remembered_port_is_taken_again_where_it_is_free():
    port = ports.free_port()

    assert ports.free_port(port) == port


def test_another_port_replaces_a_remembered_one_that_is_taken(taken):
    assert ports.free_port(taken) != taken
