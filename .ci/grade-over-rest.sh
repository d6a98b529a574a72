#!/usr/bin/env bash
# Grades a lab on a running server as a stranger would: becomes a guest through the pages, makes a token on the
# account page, and grades over REST a right script, a wrong one and a broken one.
# Needs bash, curl, grep and sed only.
#   .ci/grade-over-rest.sh http://127.0.0.1:8080
set -euo pipefail
base=${1:?usage: $0 URL}
base=${base%/}
lab=c1-handshake
labs=$(cd "$(dirname "$0")/../labs" && pwd)/$lab
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step() { echo "[rest +${SECONDS}s] $*"; }
die() {
  step "FAILED: $*" >&2
  exit 1
}

# Every request goes through here: prints the status, leaves the body in $work/body.
request() {
  curl -sS --max-time 60 -b "$work/cookies" -c "$work/cookies" -o "$work/body" -w '%{http_code}' "$@"
}

expect() {
  local wanted=$1 what=$2 status
  shift 2
  status=$(request "$@") || die "$what: no answer"
  if [ "$status" != "$wanted" ]; then
    head -c 600 "$work/body" >&2
    die "$what: HTTP $status instead of $wanted"
  fi
}

csrf() {
  local token
  token=$(sed -n 's/.*name="_csrf"[^>]*value="\([^"]*\)".*/\1/p' "$work/body" | sed 1q)
  [ -n "$token" ] || die "the page has no hidden input named _csrf"
  echo "$token"
}

# the first value of that name in the body, which is JSON without spaces; of a text, what stands before a quote
field() {
  grep -o "\"$1\":\(\"[^\"]*\|[^\",}]*\)" "$work/body" | sed -n '1{s/^[^:]*:"\{0,1\}//;p}'
}

grade() {
  local wanted=$1 script=$2 text
  # a JSON string: backslashes and quotes escaped, tabs and line ends by their names
  text=$(sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/\t/\\t/g' -e 's/\r$//' -e 's/$/\\n/' "$script" | tr -d '\n')
  printf '{"seed":1,"script":"%s"}' "$text" >"$work/request.json"
  expect "$wanted" "grading $(basename "$script")" \
    -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    --data-binary "@$work/request.json" "$base/api/v1/labs/$lab/grade"
}

until [ "$(request --max-time 5 "$base/actuator/health" 2>/dev/null || true)" = 200 ]; do
  [ "$SECONDS" -lt 120 ] || die "$base/actuator/health does not answer 200 within 120 s"
  sleep 1
done
step "$base is up"

expect 200 "the catalogue" "$base/"
expect 302 "becoming a guest" --data-urlencode "_csrf=$(csrf)" "$base/guest"
expect 200 "the account page" "$base/account"
step "is a guest"

expect 200 "making a token" -L --data-urlencode "_csrf=$(csrf)" \
  --data-urlencode "name=grade-over-rest" -d days=1 -d scope=read -d scope=grade "$base/account/tokens"
token=$(sed -n 's/.*id="token-value"[^>]*>\([^<]*\)<.*/\1/p' "$work/body")
[ -n "$token" ] || die "the account page does not show the token"
step "has a token"
# from here on nothing but the token says who asks
rm -f "$work/cookies"

grade 200 "$labs/solution/plain.pkt"
[ "$(field verdict)" = PASS ] || die "the solution's verdict is $(field verdict)"
[ "$(field score)" = "$(field max_score)" ] || die "the solution scores $(field score) of $(field max_score)"
step "the solution passes with $(field score) of $(field max_score)"

grade 200 "$labs/mutants/no_accept.pkt"
[ "$(field verdict)" != PASS ] || die "a script without accept() passes"
[ "$(field score)" != "$(field max_score)" ] || die "a script without accept() gets the full score"
step "without accept(): $(field verdict) with $(field score) of $(field max_score)"

printf 'server: socket(AF_INET, SOCK_STREAM, 0) = 3\nserver: bind(3 *:80) = 0\n' >"$work/broken.pkt"
grade 422 "$work/broken.pkt"
[ "$(field line)" = 2 ] || die "the broken line is said to be '$(field line)', and it is 2"
[[ "$(field column)" =~ ^[1-9][0-9]*$ ]] || die "the broken script's column is '$(field column)'"
step "a broken script: line $(field line), column $(field column): $(field detail)"

expect 401 "grading with a token that nobody made" \
  -H "Authorization: Bearer slt_nobody" -H 'Content-Type: application/json' \
  --data-binary "@$work/request.json" "$base/api/v1/labs/$lab/grade"
step "a token that nobody made: 401"
