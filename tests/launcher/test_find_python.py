import os
import subprocess
import sys

from launcher.commands import ROOT


def find_python(*folders):
    path = os.pathsep.join(map(str, folders))
    return subprocess.run(
        [ROOT / "bin" / "find-python"], env={"PATH": path}, capture_output=True, text=True, check=False
    )


def test_a_supported_python_is_found(script):
    script("bin/python3", f'exec {sys.executable} "$@"')

    found = find_python(script("bin/other").parent)

    assert found.stdout.strip().endswith("/bin/python3")


def test_a_command_that_only_prints_an_error_is_passed_over(script):
    script("bin/python3.13", "echo 'not installed in this version manager' >&2", "exit 127")
    good = script("bin/python3", f'exec {sys.executable} "$@"')

    assert find_python(good.parent).stdout.strip() == str(good)


def test_an_unsupported_python_gets_one_plain_sentence(script):
    folder = script("bin/python3", "exit 1").parent

    found = find_python(folder)

    assert (found.returncode, found.stderr.count("\n")) == (1, 1)
    assert "needs Python 3.11, 3.12, 3.13 or 3.14" in found.stderr
