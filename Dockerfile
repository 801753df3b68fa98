# One image, not root, for every part: the web server by default, `manage.py work` and `celery beat` in compose.yaml.

FROM python:3.13-slim AS packages
RUN python -m venv /opt/factcheck
COPY requirements-prod.txt /tmp/
# The lock lists everything with its hash; wheels only, so nothing is built here and no compiler is needed.
RUN /opt/factcheck/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --no-deps --only-binary=:all: -r /tmp/requirements-prod.txt

FROM python:3.13-slim
# libfribidi0 orders Arabic in card images; the rest reads PDF text, film and metadata, where evidence holds them.
RUN apt-get update \
 && apt-get install --no-install-recommends --yes libfribidi0 poppler-utils ffmpeg libimage-exiftool-perl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin factcheck \
 && install --directory --owner=factcheck --group=factcheck --mode=0700 /data

COPY --from=packages /opt/factcheck /opt/factcheck
ENV PATH=/opt/factcheck/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FACTCHECK_NO_BOOTSTRAP=1 \
    DATA_DIR=/data

WORKDIR /app
COPY . .
# Collecting needs settings but no secret: the key made for it stays in a folder that is dropped.
RUN DATA_DIR=/tmp/collect python manage.py collectstatic --no-input --verbosity 0 \
 && rm -rf /tmp/collect \
 && python -m compileall -q claims factcheck

USER factcheck
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# More by GUNICORN_CMD_ARGS. Files stream through threads; /dev/shm keeps the workers' heartbeat off a slow disk.
CMD ["gunicorn", "factcheck.wsgi:application", "--bind=0.0.0.0:8000", "--workers=2", "--threads=8", \
     "--worker-tmp-dir=/dev/shm", "--timeout=120", "--max-requests=5000", "--max-requests-jitter=500", \
     "--access-logfile=-"]
