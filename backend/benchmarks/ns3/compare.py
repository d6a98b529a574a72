#!/usr/bin/env python3
"""Runs the same work on SocketLab and on ns-3 in turn and prints medians and their ratios.

    ./mvnw package -DskipTests
    make -C backend/benchmarks/ns3
    backend/benchmarks/ns3/compare.py [--rounds=3] [--socketlab='java -jar …']

Every figure is processor time of one run of either program; they take turns, so that a machine
that becomes slower does so for both.
"""

import argparse
import json
import shlex
import statistics
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
JAR = HERE.parents[1] / "server" / "target" / "socketlab.jar"

# name, workload and options, figure, whether more is better
WORK = [
    ("bulk, frames per CPU-second", ("bulk",), "framesPerCpuSecond", True),
    ("bulk with 1 % loss, frames per CPU-second", ("bulk", "--loss=0.01"), "framesPerCpuSecond", True),
    ("worlds per CPU-second", ("worlds",), "worldsPerCpuSecond", True),
    ("10,000 connections, CPU-seconds", ("connections",), "cpuSeconds", False),
    ("cost per connection at 10,000 over that at 1,000", ("connections",), "costRatio", False),
    ("heap per idle connection, both ends, octets", ("connections",), "heapBytesPerConnection", False),
]


def run(command):
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--socketlab", default=f"java -jar {JAR}")
    arguments = options.parse_args()
    socketlab = shlex.split(arguments.socketlab)
    ours, theirs = {}, {}
    for _ in range(arguments.rounds):
        for work in dict.fromkeys(work for _, work, _, _ in WORK):
            theirs.setdefault(work, []).append(run([HERE / "workloads", *work, "--rounds=1"]))
            ours.setdefault(work, []).append(run([*socketlab, "bench", *work]))
    print("| | SocketLab | ns-3 | ratio |\n| --- | --- | --- | --- |")
    for name, work, figure, more in WORK:
        a = [report[figure] for report in ours[work]]
        b = [report[figure] for report in theirs[work]]
        ratio = statistics.median(x / y if more else y / x for x, y in zip(a, b))
        print(
            f"| {name} | {statistics.median(a):,.4g} [{min(a):,.4g} to {max(a):,.4g}]"
            f" | {statistics.median(b):,.4g} [{min(b):,.4g} to {max(b):,.4g}] | {ratio:.3g} |"
        )


if __name__ == "__main__":
    main()
