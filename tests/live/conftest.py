import pytest

from tests.live.stack import LiveStack


@pytest.fixture
def stack(transactional_db, installation, tmp_path, settings):
    """Broker up, nothing else started yet; this process nudges the same broker."""
    live = LiveStack(tmp_path)
    live.broker.start()
    settings.CELERY_BROKER_URL = live.broker.url
    settings.MEDIA_ROOT = tmp_path / "media"
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
