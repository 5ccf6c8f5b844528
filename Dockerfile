FROM python:3.11-slim

# The Speech SDK links against these at run time.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libasound2 libssl3 ca-certificates \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements/build.lock requirements/server.lock requirements/
# The server alone: no local Azure, no tests, no type checker, and nothing that needs a compiler.
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/build.lock \
 && pip install --no-cache-dir --no-deps --no-build-isolation --require-hashes -r requirements/server.lock
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY backend backend
COPY agent_store agent_store
COPY prompt_store prompt_store
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
 && useradd --system --home /app ringmaster && mkdir -p var && chown ringmaster var
USER ringmaster

ENV HOST=0.0.0.0 PORT=8080 LOG_FORMAT=json
EXPOSE 8080
# SIGTERM drains: readiness goes, calls end by themselves.
STOPSIGNAL SIGTERM
CMD ["ringmaster", "serve"]
