# syntax=docker/dockerfile:1
# Feedmaker in a container; docs/running.md says how it is run, compose.yaml with what rights.

FROM python:3.13-alpine AS build
COPY . /src
# Every library with C has a wheel for musl, so no compiler is needed. Babel, which finds the language in addresses that
# are crawled (Feedmaker crawls none), brings 30 MB of languages: the root and English do.
RUN python -m venv --without-pip /opt/feedmaker \
    && pip --python /opt/feedmaker/bin/python install --no-cache-dir --no-compile '/src[web,metrics]' \
    && find /opt/feedmaker -path '*/babel/locale-data/*' ! -name root.dat ! -name 'en*.dat' -delete \
    && /opt/feedmaker/bin/python -m compileall -q /opt/feedmaker/lib

FROM python:3.13-alpine
LABEL org.opencontainers.image.title="Feedmaker" \
      org.opencontainers.image.description="Clean RSS, Atom and JSON feeds of news sections that have none" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/feedmaker /opt/feedmaker
COPY packaging/sources.yaml /etc/feedmaker/sources.yaml
# The only folder that is written to; a new volume in its place takes over whose it is.
RUN adduser -D -H -u 10001 feedmaker \
    && install -d -o feedmaker -g feedmaker /var/lib/feedmaker
ENV PATH="/opt/feedmaker/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    FEEDMAKER_CONFIG=/etc/feedmaker/sources.yaml
USER 10001:10001
WORKDIR /var/lib/feedmaker
VOLUME /var/lib/feedmaker
EXPOSE 9100
HEALTHCHECK --interval=1m --timeout=10s --start-period=2m --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9100/healthz', timeout=8)"]
ENTRYPOINT ["feedmaker"]
CMD ["run", "--listen", "0.0.0.0:9100"]
