# SPDX-License-Identifier: GPL-3.0-or-later
"""A campaign on a Ray cluster of two node processes on this machine, one of which is killed in the middle (run.sh).

usage: ray_test.py CCH FOLDER
"""
import os
import pathlib
import subprocess
import sys
import time

CCH, FOLDER = sys.argv[1:]
DRIVER = pathlib.Path(__file__).resolve().parents[2] / "python/campaign_ray.py"
os.environ["RAY_DISABLE_IMPORT_WARNING"] = "1"


def main():
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    second = cluster.add_node(num_cpus=1)
    listing = f"{FOLDER}/submit/shards.txt"
    os.makedirs(os.path.dirname(listing), exist_ok=True)
    with open(listing, "w", encoding="utf-8") as file:
        file.write("".join(f"{n}\n" for n in range(8)))
    driver = subprocess.Popen(
        [sys.executable, DRIVER, "--program", CCH, "--folder", FOLDER, "--list", listing, "--address", cluster.address],
        stdout=subprocess.PIPE, text=True)
    # As soon as anything runs, one node and all on it is gone.
    for _ in range(600):
        if any(pathlib.Path(FOLDER, "parts").rglob("*.jsonl")):
            break
        time.sleep(0.05)
    cluster.remove_node(second, allow_graceful=False)
    out, _ = driver.communicate(timeout=600)
    assert driver.returncode == 0, (driver.returncode, out)
    assert "8 of 8 shards done" in out, out
    cluster.shutdown()


main()
