# SPDX-License-Identifier: MIT
"""Runs shards of a campaign as tasks of Ray; 'cch campaign submit DIR --engine ray' prints the command.

usage: campaign_ray.py --program CCH --folder DIR --list FILE [--threads N] [--limit N] [--address auto]

A task is one shard: the same command that every other engine runs. Ray runs a task again whose process or node is lost, and so does
this script where the tool itself was killed; a shard that was done twice has the same record. Exit status 1 where a shard failed.
"""
import argparse
import subprocess
import sys

import ray


class Killed(Exception):
    """The tool was ended by a signal: worth another try."""


def shard(program, folder, number, threads):
    """Runs one shard; what went wrong with it, or None."""
    run = subprocess.run(
        [program, "campaign", "run", folder, "--shard", str(number), "--threads", str(threads), "--quiet"],
        capture_output=True, text=True)
    if run.returncode < 0 or run.returncode > 128:
        raise Killed(f"shard {number}: exit status {run.returncode}")
    return run.stderr.strip() or f"exit status {run.returncode}" if run.returncode else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="the cch that planned the campaign")
    parser.add_argument("--folder", required=True, help="the campaign's folder, on every node")
    parser.add_argument("--list", required=True, help="a file with the number of a shard on each line")
    parser.add_argument("--threads", type=int, default=1, help="processors of a task")
    parser.add_argument("--limit", type=int, help="tasks at a time")
    parser.add_argument("--address", help="of a cluster that runs; without, one of this machine is started")
    options = parser.parse_args()
    with open(options.list, encoding="utf-8") as file:
        numbers = [int(line) for line in file if line.strip()]
    ray.init(address=options.address, log_to_driver=False, include_dashboard=False)
    task = ray.remote(num_cpus=options.threads, max_retries=5, retry_exceptions=[Killed], scheduling_strategy="SPREAD")(shard)
    waiting, running, failures = list(reversed(numbers)), {}, 0
    limit = options.limit or len(numbers)
    while waiting or running:
        while waiting and len(running) < limit:
            number = waiting.pop()
            running[task.remote(options.program, options.folder, number, options.threads)] = number
        ready, _ = ray.wait(list(running), num_returns=1)
        for reference in ready:
            number = running.pop(reference)
            try:
                problem = ray.get(reference)
            except (ray.exceptions.RayError, Killed) as error:
                problem = str(error).strip().splitlines()[-1]
            if problem:
                failures += 1
                print(f"shard {number}: {problem}", file=sys.stderr)
    print(f"{len(numbers) - failures} of {len(numbers)} shards done")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
