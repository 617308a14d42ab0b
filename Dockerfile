# Two images: `app`, the one static program, and `proxy`, TLS in front of it.
#
#   docker build --target app -t chautari .
#   docker build --target proxy -t chautari-proxy .

# The pages, built on the machine's own platform: they are the same everywhere.
FROM --platform=$BUILDPLATFORM node:20-alpine AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY models/calendar /src/models/calendar
COPY models/fault /src/models/fault
COPY frontend ./
RUN npm run build

# The program, without C, so that it needs nothing around it.
FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS build
WORKDIR /src
ENV CGO_ENABLED=0 GOFLAGS=-mod=readonly
COPY go.mod go.sum ./
RUN go mod download && go mod verify
COPY models models
COPY routes routes
COPY server server
COPY frontend/*.go frontend/
COPY --from=pages /src/frontend/dist frontend/dist
ARG TARGETOS TARGETARCH
RUN GOOS=$TARGETOS GOARCH=$TARGETARCH sh server/release/build.sh /out/server
RUN install -d -m 0700 /out/empty

# No shell, no package manager: the program, root certificates and time zones.
FROM gcr.io/distroless/static-debian12:nonroot AS app
COPY --from=build /out/server /server
COPY --from=build --chown=65532:65532 /out/empty /data
COPY --from=build --chown=65532:65532 /out/empty /backups
USER 65532:65532
ENV ADDRESS=0.0.0.0 PORT=8080 DATA_DIR=/data BACKUP_DIR=/backups
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["/server", "healthcheck"]
ENTRYPOINT ["/server"]
CMD ["serve"]

# The proxy listens on high ports, so the right to take low ones goes: with it
# the program wouldn't start once every right is dropped.
FROM caddy:2.10-alpine AS proxy
RUN setcap -r /usr/bin/caddy && install -d -o 65532 -g 65532 -m 0700 /state
COPY server/deploy/Caddyfile /etc/caddy/Caddyfile
USER 65532:65532
ENV XDG_DATA_HOME=/state XDG_CONFIG_HOME=/tmp
EXPOSE 8080 8443
HEALTHCHECK --interval=15s --timeout=5s --start-period=10s --retries=3 CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8081/"]
