"""Tells which small changes to the matching code no test would notice: ``make mutants``.

mutmut changes ``trials/matching`` in thousands of small ways, one at a time, and runs the plain Python tests that reach
the changed function. It works on a copy below ``var``, configured by ``[tool.mutmut]`` in ``pyproject.toml``.

``python -m benchmarks.mutants [--again] [--report] [--children N] [MODULE ...]``: ``--again`` keeps what was noticed in
the last run and tries the rest anew, ``--report`` only prints the last run, ``MODULE`` is a name such as ``decide`` or
``facts.therapy``.

Left out of the score are texts: changes to nothing but the letters of a sentence, that is of a string of at least three
words. mutmut itself changes neither f-strings nor what stands outside of functions, such as questions and labels.
"""

import argparse
import ast
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
COPY: Final = ROOT / "var" / "mutants"
COPIED: Final = ("cases", "iltb", "tests", "trials", "pyproject.toml")
PACKAGE: Final = "trials.matching"
CODE: Final = Path("mutants", *PACKAGE.split("."))
LEFT_OUT: Final = 34
NOTICED: Final = {1: "killed", 3: "killed", 36: "timeout", 24: "timeout", -24: "timeout", 152: "timeout"}
WORDS_OF_A_SENTENCE: Final = 3
# The same hashes and so the same order each time; each mutant starts pytest, a third faster with two plugins only.
SETTINGS: Final = {
    "PYTHONHASHSEED": "0",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "pytest_timeout,_hypothesis_pytestplugin",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed function: ``fate`` is killed, timeout, survived, not run or text."""

    name: str
    module: str
    fate: str
    source: Path


def main() -> int:
    """Run the mutants and print the score of each module, then every survivor."""
    arguments = _arguments()
    if not arguments.report:
        if not arguments.again:
            shutil.rmtree(COPY, ignore_errors=True)
        _refresh_copy()
        _try_survivors_again(arguments.modules)
        status = _run([] if arguments.again else arguments.modules, arguments.children)
        if status:
            return status
    mutants = list(_mutants(arguments.modules))
    _print_scores(mutants)
    _print_survivors(mutants)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1)
    parser.add_argument("modules", nargs="*")
    return parser.parse_args()


def _refresh_copy() -> None:
    """Copy what tests and matching read; only what changed is written, since mutmut goes by the dates of files."""
    wanted = {path.relative_to(ROOT) for name in COPIED for path in _files(ROOT / name)}
    for path in {path.relative_to(COPY) for name in COPIED for path in _files(COPY / name)} - wanted:
        (COPY / path).unlink()
    for path in wanted:
        if not (COPY / path).is_file() or (COPY / path).read_bytes() != (ROOT / path).read_bytes():
            (COPY / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, COPY / path)
    shutil.rmtree(COPY / "mutants" / "tests", ignore_errors=True)


def _files(path: Path) -> Iterator[Path]:
    found = [path] if path.is_file() else path.rglob("*")
    return (one for one in found if one.is_file() and "__pycache__" not in one.parts)


def _try_survivors_again(modules: list[str]) -> None:
    """Let mutmut try again what no test noticed, in these modules or in all: tests may have come since."""
    for path in (COPY / "mutants").rglob("*.meta"):
        results = json.loads(path.read_text(encoding="utf-8"))
        otherwise = None if not modules or _module_of(path) in modules else LEFT_OUT
        codes = results["exit_code_by_key"]
        results["exit_code_by_key"] = {name: code if code in NOTICED else otherwise for name, code in codes.items()}
        path.write_text(json.dumps(results, indent=4), encoding="utf-8")


def _run(modules: list[str], children: int) -> int:
    mutmut = Path(sys.executable).with_name("mutmut")
    names = [f"{PACKAGE}.{module}.x*" for module in modules]
    command = [mutmut, "run", "--max-children", str(children), *names]
    return subprocess.run(command, cwd=COPY, env=os.environ | SETTINGS, check=False).returncode


def _mutants(modules: list[str]) -> Iterator[Mutant]:
    paths = sorted((COPY / CODE).rglob("*.meta"))
    for path in [path for path in paths if not modules or _module_of(path) in modules]:
        source = path.with_suffix("")
        for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            fate = NOTICED.get(code, "not run" if code in (None, LEFT_OUT) else "survived")
            yield Mutant(name, _module_of(path), "text" if _is_text(name, source) else fate, source)


def _module_of(path: Path) -> str:
    parts = path.relative_to(COPY / CODE).with_suffix("").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__") or "matching"


@cache
def _functions(source: Path) -> dict[str, ast.AST]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _pair(name: str, source: Path) -> tuple[ast.AST, ast.AST]:
    """Return a function as it is written and as it was changed."""
    functions, changed = _functions(source), name.rpartition(".")[2]
    return functions[changed.rpartition("__mutmut_")[0] + "__mutmut_orig"], functions[changed]


def _is_text(name: str, source: Path) -> bool:
    """Whether nothing but the letters of one sentence was changed."""
    other = []
    for one, two in zip(*map(ast.walk, _pair(name, source)), strict=False):
        if type(one) is not type(two):
            return False
        if isinstance(one, ast.Constant) and isinstance(two, ast.Constant) and one.value != two.value:
            other.append(one.value)
    return len(other) == 1 and isinstance(other[0], str) and len(other[0].split()) >= WORDS_OF_A_SENTENCE


def _print_scores(mutants: list[Mutant]) -> None:
    print(
        f"{'module':<22}{'mutants':>8}{'killed':>8}{'timeout':>9}{'survived':>10}{'not run':>9}{'texts':>7}{'score':>9}"
    )
    for module in (*dict.fromkeys(mutant.module for mutant in mutants), "all"):
        fates = Counter(mutant.fate for mutant in mutants if module in (mutant.module, "all"))
        noticed, lost = fates["killed"] + fates["timeout"], fates["survived"]
        score = f"{100 * noticed / (noticed + lost):.1f} %" if noticed + lost else ""
        print(
            f"{module:<22}{fates.total():>8}{fates['killed']:>8}{fates['timeout']:>9}{lost:>10}{fates['not run']:>9}"
            f"{fates['text']:>7}{score:>9}"
        )


def _print_survivors(mutants: list[Mutant]) -> None:
    for mutant in mutants:
        if mutant.fate == "survived":
            written, changed = (ast.unparse(node).splitlines()[1:] for node in _pair(mutant.name, mutant.source))
            print(f"\n{mutant.name.removeprefix(PACKAGE + '.')}")
            for one, other in zip(written, changed, strict=False):
                if one != other:
                    print(f"  - {one.strip()}\n  + {other.strip()}")
                    break


if __name__ == "__main__":
    sys.exit(main())
