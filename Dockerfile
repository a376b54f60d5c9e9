# The local stack for a machine without Python: docs/operations.md says how it is started. It runs
# as a user of its own, and what it holds is in /heed/state.
FROM python:3.13-slim-bookworm

RUN useradd --create-home --uid 10001 heed && install --directory --owner=heed --group=heed /heed
USER 10001
WORKDIR /heed

# What is installed changes less often than the code.
COPY --chown=heed:heed infra/install.sh infra/install.py infra/requirements-*.txt infra/
RUN sh infra/install.sh run aws sam inbox

COPY --chown=heed:heed .chalice .chalice
COPY --chown=heed:heed app.py requirements.txt ./
COPY --chown=heed:heed chalicelib chalicelib
COPY --chown=heed:heed infra infra
COPY --chown=heed:heed templates templates
# The first start needs no network then.
RUN .local/venvs/run/bin/python -c "from infra.package import package; package()" && mkdir state

# In here only a port that `docker run` publishes can be reached from outside.
ENV HEED_BIND=0.0.0.0 HEED_LOCAL_DIR=/heed/state
EXPOSE 4566 1080
CMD [".local/venvs/run/bin/python", "-m", "infra.cli", "run"]
