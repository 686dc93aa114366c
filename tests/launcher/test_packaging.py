"""What is written for an installation must fit the code: variables, images, hashes, scripts."""

import os
import re
import subprocess

import pytest
import yaml

from launcher import lock
from launcher.checks import SCRIPTS
from launcher.commands import ROOT

VARIABLE = re.compile(r"^#? ?([A-Z][A-Z_]+)=", re.MULTILINE)
READ_BY_THE_CODE = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def read_by_the_code():
    return set(READ_BY_THE_CODE.findall((ROOT / "iltb" / "env.py").read_text()))


def named_in_the_example():
    return set(VARIABLE.findall((ROOT / ".env.example").read_text()))


def asked_by_compose():
    return set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))


def test_every_variable_that_the_code_reads_is_explained():
    assert read_by_the_code() - named_in_the_example() == set()


def test_every_variable_that_compose_asks_for_is_explained():
    assert asked_by_compose() - named_in_the_example() == set()


def test_no_variable_is_explained_that_nobody_reads():
    assert named_in_the_example() - read_by_the_code() - asked_by_compose() == set()


def test_every_variable_has_a_comment_above_it():
    paragraphs = (ROOT / ".env.example").read_text().split("\n\n")

    assert [text for text in paragraphs if VARIABLE.search(text) and not text.startswith("# ")] == []


def test_the_example_holds_no_secret():
    lines = (ROOT / ".env.example").read_text().splitlines()

    assert [line for line in lines if re.match(r"(SECRET_KEY|EMAIL_URL|\w*PASSWORD)=.", line)] == []


def test_only_the_preparing_container_knows_the_owner(compose):
    knows = [
        name for name, service in compose["services"].items() if "DATABASE_OWNER_URL" in service.get("environment", {})
    ]

    assert knows == ["prepare"]


def test_every_container_is_hardened_and_none_runs_as_root(compose):
    for name, service in compose["services"].items():
        hardened = (service["read_only"], service["cap_drop"], service["security_opt"])
        assert hardened == (True, ["ALL"], ["no-new-privileges:true"]), name
    assert "\nUSER 10001\n" in (ROOT / "Dockerfile").read_text()


def test_every_lasting_container_has_a_check_and_time_to_stop(compose):
    own_image = {"web"}  # its check is the image's
    for name, service in compose["services"].items():
        if name != "prepare":
            assert "stop_grace_period" in service, name
            assert name in own_image or "test" in service["healthcheck"], name


def test_database_and_broker_are_reached_from_inside_only(compose):
    assert compose["networks"]["inside"] == {"internal": True}
    assert [compose["services"][name]["networks"] for name in ("database", "broker")] == [["inside"], ["inside"]]


def test_the_broker_keeps_what_it_has_and_refuses_when_full(compose):
    assert "appendonly yes" in (command := compose["services"]["broker"]["command"][-1])
    assert "maxmemory-policy noeviction" in command


@pytest.mark.parametrize("name", lock.NAMES)
def test_lock_files_have_hashes_and_name_no_host(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()

    pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
    assert len(re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]) == len(pins) <= text.count("--hash=sha256:")
    assert "://" not in text


@pytest.mark.parametrize("smaller", ["base", "demo"])
def test_the_larger_set_holds_the_smaller_one(smaller):
    pins = {
        name: set(re.findall(r"^\S+==[^ ]+", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))
        for name in (smaller, "dev")
    }

    assert pins[smaller] - pins["dev"] == set()


@pytest.mark.parametrize("name", [*(f"bin/{name}" for name in SCRIPTS), ".ci/run"])
def test_scripts_can_be_run_and_read_by_their_shell(name):
    assert os.access(ROOT / name, os.X_OK)
    shell = (ROOT / name).read_text().splitlines()[0].split("/")[-1].split()[-1]
    assert subprocess.run([shell, "-n", ROOT / name], check=False).returncode == 0


def test_the_image_takes_no_secret_of_a_working_tree():
    rules = (ROOT / ".dockerignore").read_text().splitlines()

    taken = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    assert "*" in rules
    assert taken & {".env", "var", ".git", "."} == set()


def test_a_dead_database_is_told_by_the_container():
    environment = {
        "PATH": f"{ROOT / '.venv' / 'bin'}:{os.defpath}",
        "DATABASE_URL": "postgres://app@127.0.0.1:9/iltb",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "ILTB_WAIT_SECONDS": "0.1",
    }

    started = subprocess.run(
        [ROOT / "bin" / "entrypoint", "web"], env=environment, capture_output=True, text=True, check=False
    )

    assert started.returncode == 1
    assert started.stderr.startswith("The database does not answer:")
