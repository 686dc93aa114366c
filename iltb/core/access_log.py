"""One line for each request that says which kind of page was asked for, never which case, person or link.

Address, query, referrer and browser are left out: codes of cases, searches and signed links stand in them. The
request id leads to the application's own log, and from there to the audit for whoever may read it.
"""

from typing import Any, Final

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from iltb.core.routes import route_of

FORMAT: Final = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms %({x-request-id}o)s'


class AccessLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's logger with a format of its own and the route in place of the address."""

    def setup(self, cfg: Any) -> None:
        """Take our format, whatever the command line says."""
        cfg.set("access_log_format", FORMAT)
        super().setup(cfg)

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What the format can name."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return {**found, "U": route_of(str(environ.get("PATH_INFO", "")))}
