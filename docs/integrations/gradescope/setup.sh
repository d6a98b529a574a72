#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image of the autograder: a Java 25 to run it with.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends openjdk-25-jre-headless
