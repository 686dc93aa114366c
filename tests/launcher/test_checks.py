import shutil

import pytest

from launcher import checks, lock
from launcher.checks import Check, Context, Outcome


@pytest.fixture
def context(tree, script):
    """A tree whose tools are scripts that a test writes."""
    shutil.rmtree(tree.venv)
    scratch = tree.root / "scratch"
    scratch.mkdir()
    return Context(tree, {"PATH": "/bin:/usr/bin"}, scratch)


@pytest.fixture
def tests_run(context, script, monkeypatch):
    """Run the launcher's test step with a script in the place of pytest."""

    def run(arguments, *lines):
        script(".venv/bin/python", *lines)
        with checks.tests_under_way(context, arguments) as tests:
            return checks.followed(tests, arguments)

    monkeypatch.delenv("CI", raising=False)
    return run


def test_a_tool_that_ends_well_has_passed(context, script):
    script(".venv/bin/ruff", "echo fine")

    assert checks.program("ruff", "check")(context) == Outcome(passed=True, text="fine")


def test_every_check_runs_even_when_one_fails(context, monkeypatch, capsys):
    outcomes = {"first": Outcome(passed=False, text="line 1\nline 2"), "second": Outcome(None, "no network")}
    every = [Check(title, lambda _, outcome=outcome: outcome) for title, outcome in outcomes.items()]
    monkeypatch.setattr(checks, "CHECKS", [*every, Check("third", lambda _: Outcome(passed=True))])

    assert checks.run_checks(context) == ["first"]
    printed = capsys.readouterr().out
    assert "    line 1\n    line 2\n" in printed
    assert [line.split()[0] for line in printed.splitlines() if line[2:4] in {"FA", "sk", "pa"}] == [
        "FAILED",
        "skipped",
        "passed",
    ]


def test_a_check_is_left_out_while_there_is_nothing_to_look_at(context, monkeypatch):
    monkeypatch.setattr(checks, "CHECKS", [Check("images", lambda _: Outcome(passed=False), "Dockerfile")])

    assert checks.run_checks(context) == []


def test_the_summary_line_of_pytest_is_found(tests_run):
    status, summary = tests_run(["-k", "x"], "echo '3 passed'", "echo '== 3 passed, 1 skipped in 2.1s =='", "echo bye")

    assert (status, summary) == (0, "== 3 passed, 1 skipped in 2.1s ==")


def test_arguments_are_passed_to_pytest(tests_run, capsys):
    tests_run(["-k", "two words"], 'for part in "$@"; do echo "[$part]"; done')

    assert "[-k]\n[two words]\n" in capsys.readouterr().out


def test_the_order_is_random_and_its_seed_is_printed(tests_run, capsys):
    seeds = set()
    for _ in range(2):
        tests_run([], "true")
        seeds.add(capsys.readouterr().out.split("--randomly-seed=")[1].split()[0])

    assert len(seeds) == 2


def test_the_order_is_fixed_on_the_build_server(tests_run, monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")

    tests_run([], "true")

    assert f"--randomly-seed={checks.FIXED_SEED} -n 3 --dist worksteal" in capsys.readouterr().out


def test_failed_tests_fail_the_command(tests_run):
    assert tests_run([], "exit 1")[0] == 1


def test_choosing_no_test_fails_the_command_but_an_empty_project_does_not(tests_run):
    assert [tests_run(arguments, "exit 5")[0] for arguments in (["-k", "nothing"], [])] == [5, 0]


def test_a_file_that_is_out_of_date_shows_how_and_what_to_do():
    outcome = checks.same("a\nb\n", "a\nc\n", "docs/openapi.yaml", "make openapi")

    assert outcome.passed is False
    assert outcome.text.splitlines()[-3:] == ["-b", "+c", "docs/openapi.yaml is out of date: make openapi"]


def test_a_lock_file_that_would_change_fails(context, script):
    (context.project.root / "requirements").mkdir()
    for name in lock.NAMES:
        context.project.requirements(name).write_text("a==1\n")
    script(".venv/bin/uv", 'for output in "$@"; do :; done', 'case $output in *dev.txt) echo "a==2" >"$output";; esac')

    assert checks.lock_check(context).text.endswith("requirements/dev.txt is out of date: make lock")


def test_without_a_network_the_lock_files_are_skipped_with_the_reason(context, script):
    (context.project.root / "requirements").mkdir()
    context.project.requirements("base").touch()
    script(".venv/bin/uv", "echo 'error: dns error: Temporary failure in name resolution' >&2; exit 2")

    assert checks.lock_check(context) == Outcome(None, "the package index cannot be reached")


def test_a_key_in_a_file_is_found(context, script, monkeypatch):
    script(".venv/bin/detect-secrets-hook", 'case "$*" in *settings.py*) echo found; exit 1;; esac')
    script("git-fake/git", "printf 'settings.py\\nrequirements/dev.txt\\n'")
    (context.project.root / "settings.py").touch()
    monkeypatch.chdir(context.project.root)
    context.environment["PATH"] = f"{context.project.root}/git-fake:/bin:/usr/bin"

    assert checks.secrets_check(context) == Outcome(passed=False, text="found")


def test_programs_get_addresses_but_nothing_of_the_shell(tree, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "nonsense")

    values = checks.check_environment(tree.var, {"DATABASE_URL": "postgres://x"}, tree)

    assert (values["DATABASE_URL"], values["DJANGO_SETTINGS_MODULE"]) == ("postgres://x", "iltb.settings.test")
    assert "PYTHONPATH" not in values


def test_tests_that_have_begun_are_ended_where_somebody_stops_the_checks(context, script):
    script(".venv/bin/python", "exec sleep 60")
    begun = []

    def stopped():
        with checks.tests_under_way(context, ["-k", "x"]) as tests:
            begun.append(tests)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert begun[0].poll() is not None
