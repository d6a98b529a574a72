#!/usr/bin/env bash
# Sourced by .ci/run. Sees to a Docker engine that answers, and to local images under the names that
# docker-compose.yml, the Dockerfile and the tests use, on a machine that reaches Debian's packages and
# no container registry. Where an engine runs already it is used; an image that is there is kept.
#
#   start_docker_engine           the engine, or an error
#   provide_image postgres:17     builds the image if it is neither here nor to be had
#   stop_docker_engine            only the one started here

docker_pid=
docker_log=${TMPDIR:-/tmp}/dockerd.$$.log
base_image=debian:trixie-slim

docker_answers() { docker info >/dev/null 2>&1; }

start_docker_engine() {
  if docker_answers; then return; fi
  if ! command -v dockerd >/dev/null; then
    install_packages docker.io docker-compose
  fi
  setsid dockerd >"$docker_log" 2>&1 </dev/null &
  docker_pid=$!
  for _ in $(seq 1 300); do
    if docker_answers; then
      say "Docker engine $(docker version --format '{{.Server.Version}}')"
      return
    fi
    kill -0 "$docker_pid" 2>/dev/null || break
    sleep 0.1
  done
  tail -20 "$docker_log" >&2
  die "the Docker engine did not start"
}

stop_docker_engine() {
  if [ -n "$docker_pid" ]; then
    kill "$docker_pid" 2>/dev/null || true
    wait "$docker_pid" 2>/dev/null || true
    docker_pid=
  fi
}

# A small Debian to build the others on, made from Debian's packages.
provide_base() {
  if docker image inspect "$base_image" >/dev/null 2>&1; then return; fi
  command -v mmdebstrap >/dev/null || install_packages mmdebstrap
  local site
  site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Codename: bookworm' | sort -u | head -1)
  mmdebstrap --quiet --mode=root --variant=minbase --format=tar --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' trixie - "deb $site trixie main" \
    | docker import - "$base_image" >/dev/null
  say "built $base_image"
}

# provide_image TAG: from a folder .ci/TAG's name with a Dockerfile, extra files by copy_NAME.
provide_image() {
  local tag=$1 name=${1%%:*} context
  if docker image inspect "$tag" >/dev/null 2>&1; then return; fi
  if timeout 60 docker pull --quiet "$tag" >/dev/null 2>&1; then return; fi
  provide_base
  context=$(mktemp -d)
  cp -a "$ci/$name/." "$context/"
  if [ "$name" = eclipse-temurin ]; then
    cp -a "$(jdk_home)" "$context/jdk"
  fi
  DOCKER_BUILDKIT=0 docker build --tag "$tag" --build-arg "BASE=$base_image" "$context" >"$context.log" 2>&1 || {
    tail -30 "$context.log" >&2
    die "could not build $tag"
  }
  rm -rf "$context" "$context.log"
  say "built $tag"
}
