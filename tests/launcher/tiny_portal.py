"""A portal of a few lines in the place of the real one, and ``bin/demo`` started on it as a person starts it."""

import os
import re
import shutil
import subprocess
import time

from launcher import environment, ports
from launcher.commands import ROOT
from launcher.project import Project, read_json, write_json

READY = "Ctrl-C stops it"
SECONDS_TO_START = 60
FILES = {
    "requirements/demo.txt": "",
    "iltb/__init__.py": "",
    "iltb/wsgi.py": """
import os
def application(request, start_response):
    start_response("200 OK" if os.path.exists("var/run/prepared.json") else "503 Soon", [("Content-Type", "text/plain")])
    return [os.environ["DATABASE_URL"].partition(":")[2].encode()]
""",
    # Stands before the real one in the path of "python -m celery", whose start takes seconds.
    "celery/__init__.py": "",
    "celery/__main__.py": """
import sys, time
print(sys.argv, "is ready.", flush=True)
time.sleep(600)
""",
    # A story of one step, which asks no page.
    "bin/launcher/scenes/__init__.py": """
from launcher.story import Step
STEPS = (Step("The audit trail holds", lambda stage: stage.manage("verify_audit")),)
""",
    "manage.py": """
import os, sys
server = os.environ["DATABASE_URL"].partition(":")[0]
with open("calls", "a") as calls:
    print(sys.argv[1], os.environ["ILTB_DB_ROLE"], os.environ["DJANGO_SETTINGS_MODULE"], server, file=calls)
os.makedirs(os.environ["ILTB_STATIC_ROOT"], exist_ok=True)
sys.exit(os.path.exists("broken") and "ValueError: no such column")
""",
}


def fill(project: Project) -> None:
    """Put the launcher and the tiny portal into the tree, its packages marked as installed."""
    shutil.copytree(ROOT / "bin", project.root / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in FILES.items():
        (project.root / name).parent.mkdir(parents=True, exist_ok=True)
        (project.root / name).write_text(text)
    write_json(project.venv / "installed.json", environment.state(project, "demo"))


class Demo:
    """One started ``bin/demo`` with what it wrote."""

    def __init__(self, project: Project, *arguments: str, shell: str = "") -> None:
        self.project = project
        self.log = project.root / f"output{time.monotonic_ns()}"
        command = [project.root / "bin" / "demo", "--port", str(ports.free_port()), *arguments]
        if shell:
            command = ["sh", "-c", f'{shell}; exec "$@"', "sh", *command]
        hostile = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        hostile |= {
            "PYTHONPATH": "/nowhere",
            "DJANGO_SETTINGS_MODULE": "nonsense",
            "PGPORT": "1",
            "SECRET_KEY": "short",
        }
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=hostile, stdout=log, stderr=log, cwd="/", stdin=subprocess.DEVNULL
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    @property
    def address(self) -> str:
        return re.search(r"The portal is ready: (\S+)", self.output)[1]

    @property
    def pids(self) -> list[int]:
        return list(read_json(self.project.var / "run" / "demo.json")["pids"].values())

    @property
    def calls(self) -> list[str]:
        """How ``manage.py`` was called in this tree."""
        return (self.project.root / "calls").read_text().splitlines()

    def wait_for(self, text: str) -> "Demo":
        deadline = time.monotonic() + SECONDS_TO_START
        while text not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.05)
        return self

    def ended(self) -> int:
        return self.process.wait(SECONDS_TO_START)

    def stop(self) -> int:
        self.process.terminate()
        return self.ended()
