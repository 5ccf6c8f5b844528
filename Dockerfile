# The base, in this one place. Looked up on 2026-11-26, in public Dockerfiles that pin this tag, because no registry of images
# is reached from where this is made; `docker buildx imagetools inspect python:3.11-slim-trixie` says which one is current.
ARG BASE=python:3.11.15-slim-trixie@sha256:db3ff2e1800a8581e2c48a27c3995339d47bdf046da21c7627accd3d51053a93

FROM ${BASE}

# The Speech SDK links against these at run time.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libasound2 libssl3 ca-certificates \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements/build.lock requirements/server.lock requirements/
# The server alone: no local Azure, no tests, no type checker, and nothing that needs a compiler.
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/build.lock \
 && pip install --no-cache-dir --no-deps --no-build-isolation --require-hashes -r requirements/server.lock
COPY pyproject.toml README.md LICENSE THIRD_PARTY_NOTICES.md requirements/sbom.cdx.json ./
COPY config config
COPY backend backend
COPY stand_in stand_in
COPY agent_store agent_store
COPY prompt_store prompt_store
# All of it belongs to root and is only read; what the server writes goes into var, which is a volume where it should last.
# Compiled here: where nothing can be written each worker would do it at every start, for two seconds of the processor.
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
 && python -m compileall -q config backend stand_in \
 && useradd --system --uid 10001 --home /app ringmaster && mkdir -p var && chown ringmaster var
USER 10001

ENV HOST=0.0.0.0 PORT=8080 LOG_FORMAT=json PYTHONDONTWRITEBYTECODE=1 PHRASES_DIR=/app/var/phrases
# The image's store is root's and a seed: the first start copies it to where the server may write. See docs/changing-agents.md.
ENV STORE_SEED=/app AGENT_STORE=/app/var/store/agent_store PROMPT_STORE=/app/var/store/prompt_store
EXPOSE 8080
VOLUME ["/app/var"]
# SIGTERM drains: readiness goes, calls end by themselves.
STOPSIGNAL SIGTERM
CMD ["ringmaster", "serve"]
