from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.live.stack import LiveStack


@pytest.fixture
def stack(transactional_db, settings):
    """Broker up, nothing else started yet; this process nudges the same broker.

    The folder lies outside pytest's own, which the broker's unprivileged account cannot enter.
    """
    with TemporaryDirectory(prefix="iltb-live-", ignore_cleanup_errors=True) as folder:
        live = LiveStack(Path(folder))
        live.broker.start()
        settings.MEDIA_ROOT = live.folder / "media"
        with pointing_at(live.broker.url):
            yield live
        live.stop()


class pointing_at:  # noqa: N801 -- reads as a sentence where it is used
    """Celery read its broker's address when Django started; tests move it for a while."""

    def __init__(self, url):
        self.url = url

    def __enter__(self):
        from iltb.celery import app

        self.app, self.before = app, app.conf.broker_url
        app.conf.broker_url = app.conf.broker_write_url = self.url

    def __exit__(self, *_):
        self.app.conf.broker_url = self.app.conf.broker_write_url = self.before
