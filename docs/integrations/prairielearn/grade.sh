#!/usr/bin/env bash
# PrairieLearn runs this for each submission, and reads results/results.json.
set -uo pipefail
root=${GRADE_ROOT:-/grade}
results=$root/results/results.json
mkdir -p "$root/results"

java -jar "${SOCKETLAB_JAR:?}" grade "${SOCKETLAB_LAB:?}" --script "$root/student/answer.pkt" \
  --format prairielearn --output "$results"
code=$?
# 0 to 2 are verdicts, 65 and 70 have written a result too
case $code in
  0 | 1 | 2 | 65 | 70) ;;
  *) printf '{"gradable": false, "message": "The grader is not set up as it must be (exit code %d)."}\n' "$code" >"$results" ;;
esac
