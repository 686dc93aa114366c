FROM python:3.11-slim-bookworm AS packages

COPY requirements/uv.txt requirements/base.txt /requirements/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements/uv.txt \
    && /opt/venv/bin/uv pip sync --no-cache --compile-bytecode --require-hashes \
        --python /opt/venv/bin/python /requirements/base.txt \
    && /opt/venv/bin/pip uninstall --yes uv pip


FROM python:3.11-slim-bookworm

# What WeasyPrint needs for the letters; fonts come with the portal.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libharfbuzz-subset0=6.0.* \
        libpango-1.0-0=1.50.* \
        libpangoft2-1.0-0=1.50.* \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin iltb \
    && install --directory --owner iltb --group iltb /srv/media /srv/static

COPY --from=packages /opt/venv /opt/venv
COPY . /app
WORKDIR /app

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache \
    DJANGO_SETTINGS_MODULE=iltb.settings.production \
    ILTB_MEDIA_ROOT=/srv/media \
    ILTB_STATIC_ROOT=/srv/static

USER 10001

# The values stand for this one command only and are known to nobody's installation.
RUN SECRET_KEY=build-only ALLOWED_HOSTS=build.invalid ILTB_BASE_URL=https://build.invalid EMAIL_URL=dummymail:// \
    DATABASE_URL=postgres://build@build.invalid/build REDIS_URL=redis://build.invalid/0 \
    python manage.py collectstatic --no-input --verbosity 0

VOLUME /srv/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["bin/healthcheck", "web"]
ENTRYPOINT ["bin/entrypoint"]
CMD ["web"]
