# SPDX-License-Identifier: GPL-3.0-or-later
"""KSG against scikit-learn, ennemi and SciPy's tree on the same samples, MINE against PyTorch, latent MI against latentmi."""
import json

from run import slope

SYSTEM = "/usr/bin/python3"


def ksg(rows, dimension, threads=1):
    return f"ksg1 {dimension}+{dimension}, n={rows}, threads={threads}"


def shared(run, name):
    """What our side wrote beside the sample."""
    return json.loads((run.folder / f"{name}.json").read_text())


def seconds(run, rows, dimension):
    return shared(run, "ksg-1-1000000")["seconds"] if rows == 1_000_000 else run.seconds(ksg(rows, dimension))


def measure(run):
    run.swift("Estimators")
    for rows, peers, repeats in ((10_000, ("sklearn", "ennemi"), 5), (100_000, ("sklearn", "ennemi"), 2),
                                 (1_000_000, ("sklearn",), 1)):
        against(run, rows, 1, peers, repeats, 8)
    against(run, 10_000, 10, ("ckdtree",), 1, 8)
    for rows, dimension in ((100_000, 1), (10_000, 10)):
        run.faster(f"KSG-1 {dimension}+{dimension}, n={rows:,}, 2 threads against 1", run.seconds(ksg(rows, dimension, 2)),
                   run.seconds(ksg(rows, dimension)), 1.5, unit="s", peer="1 thread")
    memory(run)
    growth(run)
    mine(run)
    latent_mi(run)


def against(run, rows, dimension, peers, repeats, goal):
    """One size against the faster of the peers, the estimates of which must be ours."""
    file = run.folder / f"ksg-{dimension}-{rows}"
    results = {peer: run.peer("ksg.py", peer, f"{file}.f64", dimension, repeats) for peer in peers}
    fastest = min(results, key=lambda peer: results[peer]["seconds"])
    run.faster(f"KSG-1 {dimension}+{dimension}, n={rows:,}", seconds(run, rows, dimension), results[fastest]["seconds"],
               goal, unit="s", peer=fastest)
    own = shared(run, file.name)["nats"]
    # scikit-learn scales the columns, which changes a few counts.
    run.note("estimates: ours " + f"{own:.6f}, " + ", ".join(f"{peer} {result['nats']:.6f}" for peer, result in results.items()))
    run.is_met = run.is_met and all(abs(result["nats"] - own) < 0.02 for result in results.values())


def memory(run):
    # All beyond what the process had before, the sample included.
    bytes_a_row = shared(run, "ksg-1-1000000")["bytes"] / 1_000_000
    run.row("peak memory of KSG-1 1+1, n=1,000,000, a row", f"{bytes_a_row:.0f} bytes", "", "", "≤ 200 bytes", bytes_a_row <= 200)


def growth(run):
    sizes = [1_000, 10_000, 100_000, 1_000_000]
    costs = [seconds(run, rows, 1) for rows in sizes]
    run.note("1+1 at n=" + ", ".join(f"{rows:,}: {1e9 * cost / rows:.0f} ns a row" for rows, cost in zip(sizes, costs))
             + f"; exponent of n {slope(sizes, costs):.2f}")
    sizes = [2_500, 5_000, 10_000]
    run.note(f"10+10 at n=2,500 to 10,000: exponent of n {slope(sizes, [run.seconds(ksg(rows, 10)) for rows in sizes]):.2f}")
    dimensions = [1, 2, 3, 5, 10]
    costs = [run.seconds(ksg(10_000, d)) for d in dimensions]
    run.note("n=10,000 at " + ", ".join(f"{d}+{d}: {1e3 * cost:.3g} ms" for d, cost in zip(dimensions, costs))
             + f"; exponent of the dimension {slope(dimensions, costs):.2f}")


def mine(run):
    peer = run.peer("mine.py", run.folder / "mine.f64", 5, 2_000, interpreter=SYSTEM)
    own = shared(run, "mine")["nats"]
    run.faster("MINE 64-64, batch 256, 2,000 steps", run.seconds("mine 64-64, batch 256, 2000 steps"), peer["seconds"], 3,
               unit="s", peer="PyTorch")
    run.note(f"held-out bound: ours {own:.3f}, PyTorch {peer['nats']:.3f}; the truth is 0.511")
    run.is_met = run.is_met and own > peer["nats"] - 0.03


def latent_mi(run):
    """The networks differ; ours must leave no greater a loss on rows that did not train them, and come as near the truth."""
    peer = run.peer("latent_mi.py", run.folder / "latent-mi.f64", 10, interpreter=SYSTEM,
                    packages=run.install("requirements-latentmi.txt"))
    own = shared(run, "latent-mi")
    run.faster("latent MI 10+10, n=5,000", own["seconds"], peer["seconds"], 3, unit="s",
               peer="latentmi 0.1.3")
    run.note(f"held-out loss: ours {own['held-out loss']:.3f}, latentmi {peer['loss']:.3f}; estimates: ours {own['nats']:.3f}, "
             f"latentmi {peer['nats']:.3f}; the truth is 1.327")
    run.is_met = run.is_met and own["held-out loss"] <= peer["loss"] and abs(own["nats"] - 1.327) < 0.1
