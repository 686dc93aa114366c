import shutil

import pytest

from launcher import environment
from launcher.console import LauncherError
from launcher.project import read_json

SAYS = "{ printf '%s ' \"$@\"; echo; } >>"


@pytest.fixture
def fake_venv(tree, script):
    """A virtual environment whose programs only note how they were called."""
    shutil.rmtree(tree.venv)
    calls = tree.root / "calls"
    script(".venv/bin/python", f"{SAYS} {calls}")
    script(".venv/bin/uv", f"{SAYS} {calls}")
    (tree.venv / "pyvenv.cfg").write_text(f"command = python -m venv {tree.venv}\n")
    (tree.root / "requirements").mkdir()
    for name in ("uv", "demo", "dev"):
        tree.requirements(name).write_text(f"# {name}\n")
    return lambda: [line for line in calls.read_text().splitlines() if "pip sync" in line] if calls.exists() else []


def test_a_set_is_installed_from_its_lock_file_with_hashes(tree, fake_venv):
    environment.prepare(tree, "demo")

    assert fake_venv() == [f"pip sync --python {tree.python} --require-hashes {tree.requirements('demo')} "]


def test_a_second_start_installs_nothing(tree, fake_venv):
    environment.prepare(tree, "demo")
    environment.prepare(tree, "demo")

    assert len(fake_venv()) == 1


def test_a_changed_lock_file_is_installed(tree, fake_venv):
    environment.prepare(tree, "demo")
    tree.requirements("demo").write_text("# newer\n")
    environment.prepare(tree, "demo")

    assert len(fake_venv()) == 2


def test_the_demo_takes_no_tool_from_a_developer(tree, fake_venv):
    environment.prepare(tree, "dev")
    tree.requirements("dev").write_text("# newer\n")
    environment.prepare(tree, "demo")

    assert [line.split("/")[-1].strip() for line in fake_venv()] == ["dev.txt", "dev.txt"]


def test_tests_add_their_tools_to_a_demo(tree, fake_venv):
    environment.prepare(tree, "demo")
    environment.prepare(tree, "dev")

    assert read_json(tree.venv / "installed.json")["set"] == "dev"


def test_pip_takes_over_where_uv_fails(tree, script, fake_venv):
    script(".venv/bin/uv", "exit 2")

    environment.prepare(tree, "demo")

    installed = (tree.root / "calls").read_text().splitlines()[-1]
    assert installed.endswith(f"--require-hashes --no-deps -r {tree.requirements('demo')} ")


def test_without_a_network_there_is_one_sentence_and_no_stamp(tree, script, fake_venv):
    script(".venv/bin/python", '[ "$2" = -c ] || { echo "Temporary failure in name resolution"; exit 1; }')

    with pytest.raises(LauncherError, match="connect to the network, then start again"):
        environment.prepare(tree, "demo")

    assert not (tree.venv / "installed.json").exists()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("THESE PACKAGES DO NOT MATCH THE HASHES: do not match the hashes", "not the one that is locked"),
        ("[Errno 28] No space left on device", "The disk is full"),
        ("error sending request for url", "connect to the network"),
        ("Could not fetch: CERTIFICATE_VERIFY_FAILED", "a certificate that this machine does not trust"),
        ("something else", "could not be installed"),
    ],
)
def test_each_trouble_has_its_sentence(tree, output, sentence):
    assert sentence in environment.sync_sentence(output, tree.logs / "setup.log")


def test_a_virtual_environment_that_was_copied_from_elsewhere_is_made_anew(tree, fake_venv):
    (tree.venv / "pyvenv.cfg").write_text("command = python -m venv /somewhere/else/.venv\n")

    assert not environment.venv_works(tree)


def test_a_virtual_environment_without_its_python_is_made_anew(tree, fake_venv):
    (tree.venv / "bin" / "python").unlink()

    assert not environment.venv_works(tree)
