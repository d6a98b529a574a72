#!/bin/sh
# Runs scenarios on this machine's Linux, compiled with its own cc, between two network namespaces 10 ms apart: what
# the programs print there is what they have to print in the simulation. Needs root, ip and tc.
#
#   native.sh SCENARIO…    prints the transcript of each
#   native.sh --check      says whether all transcripts beside this script are those of this Linux
#   native.sh --write      writes them anew
#
# A scenario is a file of transcripts/: "$ HOST PROGRAM ARGUMENTS…" starts a program on client (10.0.0.1) or server
# (10.0.0.2), all at once and in that order; the lines below are what it printed, its mistakes with it. A file of transcripts/ may stand
# behind its arguments, "< FILE": what it finds on its standard input.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Fresh namespaces for each scenario: no connection of the last one is left in TIME_WAIT.
network() {
    ip netns add "$work_name-client"
    ip netns add "$work_name-server"
    ip link add eth0 netns "$work_name-client" type veth peer name eth0 netns "$work_name-server"
    ip -n "$work_name-client" address add 10.0.0.1/24 broadcast + dev eth0
    ip -n "$work_name-server" address add 10.0.0.2/24 broadcast + dev eth0
    for host in client server; do
        ip -n "$work_name-$host" link set lo up
        ip -n "$work_name-$host" link set eth0 up
        ip netns exec "$work_name-$host" tc qdisc add dev eth0 root netem delay 10ms 2>/dev/null || true
    done
}

gone() {
    ip netns delete "$work_name-client"
    ip netns delete "$work_name-server"
}

# The commands of a scenario, each with what it prints here.
transcript() {
    work_name=socketlab-$$
    network
    number=0
    grep '^\$ ' "$1" >"$work/commands"
    while read -r _ host program arguments; do
        number=$((number + 1))
        [ -x "$work/$program" ] || cc -O1 -pthread -o "$work/$program" "$here/programs/$program.c"
        input=/dev/null
        case $arguments in *'< '*) input=$here/transcripts/${arguments##*< } ;; esac
        arguments=${arguments%%< *}
        # shellcheck disable=SC2086
        timeout 30 ip netns exec "$work_name-$host" stdbuf -oL "$work/$program" $arguments \
            <"$input" >"$work/$number.out" 2>&1 &
        sleep 0.2
    done <"$work/commands"
    wait
    number=0
    while read -r command; do
        number=$((number + 1))
        echo "$command"
        cat "$work/$number.out"
    done <"$work/commands"
    gone
}

case "${1:-}" in
--check | --write)
    for scenario in "$here"/transcripts/*.txt; do
        transcript "$scenario" >"$work/transcript"
        if [ "$1" = --write ]; then cp "$work/transcript" "$scenario"; fi
        diff "$scenario" "$work/transcript" && echo "$(basename "$scenario" .txt): as on this Linux"
    done
    ;;
'')
    grep '^#' "$0" | sed 's/^# \{0,1\}//'
    exit 64
    ;;
*) for scenario in "$@"; do transcript "$here/transcripts/$scenario.txt"; done ;;
esac
