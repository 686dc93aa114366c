import re
from pathlib import Path

from iltb.celery import app
from iltb.core import jobs

ROOT = Path(__file__).parents[2]
QUEUED = re.compile(r'enqueue_on_commit\(\s*"([^"]+)"')
SCHEDULED = {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_what_is_queued_by_name_is_a_task_and_a_registered_job():
    queued = {
        name
        for folder in ("iltb", "cases", "trials", "boards")
        for file in (ROOT / folder).rglob("*.py")
        for name in QUEUED.findall(file.read_text())
    }
    app.loader.import_default_modules()
    tasks = {name for name in app.tasks if not name.startswith("celery.")}

    assert queued == {kind.task for kind in jobs.registered()}
    assert queued | SCHEDULED == tasks


def test_every_registered_job_has_rows_with_a_state():
    for kind in jobs.registered():
        assert issubclass(kind.model, jobs.JobModel)
