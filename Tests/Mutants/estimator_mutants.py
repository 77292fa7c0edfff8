# SPDX-License-Identifier: GPL-3.0-or-later
"""Estimators for `cch validate`: variants of examples/estimators/npeet_ksg.py and of a Gaussian plug-in, wrong and right.

What, arguments of validate, (old text, new text)…
"""
import re

ADAPTER = "examples/estimators/npeet_ksg.py"

RESULT = "return digamma(k) + digamma(len(data)) - np.mean(digamma(inside)) * 2"
RADIUS = "radius - 1e-15"
START = "    data = np.hstack([x, y])\n"
FIND = "query(data, k + 1, p=np.inf)[0][:, k]"


def result(text):
    return [(RESULT, "return " + text.replace("KSG", "(" + RESULT.removeprefix("return ") + ")"))]


def before(text):
    """Something done to x and y first."""
    return [(START, f"    {text}\n" + START)]


PLUG_IN = """def estimate(x, y):
    p, n = x.shape[1], len(x)
    def logdet(m):
        if np.linalg.matrix_rank(np.atleast_2d(m)) < len(np.atleast_2d(m)): raise ValueError("singular")
        return np.linalg.slogdet(np.atleast_2d(m))[1]
    s = np.cov(np.hstack([x, y]), rowvar=False)
    return (logdet(s[:p, :p]) + logdet(s[p:, p:]) - logdet(s)) / 2
"""
COVARIANCE = "s = np.cov(np.hstack([x, y]), rowvar=False)"
VALUE = "return (logdet(s[:p, :p]) + logdet(s[p:, p:]) - logdet(s)) / 2"


def plug_in(*patches):
    """The plug-in with parts of it replaced, in place of KSG; singular covariances are declined."""
    text = PLUG_IN
    for old, new in patches:
        assert old in text, old
        text = text.replace(old, new)
    return text


GAUSSIAN = ["--family", "gaussian"]
# The textbook: nan where the sample is singular, or a number where rounding hides it.
TEXTBOOK = [("        if np.linalg.matrix_rank(np.atleast_2d(m)) < len(np.atleast_2d(m)): raise ValueError(\"singular\")\n", "")]
PRIME = "all(n % i for i in range(2, int(n ** 0.5) + 1))"


def at(condition, text="KSG * 1.5 + 0.3"):
    """KSG, but for numbers of rows n that `condition` holds of."""
    condition = re.sub(r"\bn\b", "len(data)", condition)
    return result(f"({text} if {condition} else KSG)")


def said(text):
    """Another line than the answer's, of which `line` is the text."""
    return [("    print(json.dumps(answer), flush=True)", f"    line = json.dumps(answer)\n    {text}\n    print(line, flush=True)")]

# For classes, counts and atoms, each by its definition over all pairs of rows.
# All pairs of some rows with all: what lies in the cache, column by column, is far faster than one array of everything.
FAR = """def far(m, rows):
    greatest = np.zeros((len(rows), len(m)))
    for c in m.T: np.maximum(greatest, np.abs(c[rows, None] - c[None, :]), out=greatest)
    return greatest

def parts(n):
    return np.array_split(np.arange(n), max(1, n * n // 100_000))
"""
MIXED = FAR + """def terms(x, y, k, rows):
    dx, dy = far(x, rows), far(y, rows)
    both = np.maximum(dx, dy)
    radius = np.partition(both, k, 1)[:, k]
    own = (both <= radius[:, None]).sum(1)
    tied = (radius == 0) | (own > k + 1)
    inside = lambda d: np.where(tied, (d <= radius[:, None]).sum(1), (d < radius[:, None]).sum(1))
    return digamma(np.where(tied, own, k)) - digamma(inside(dx)) - digamma(inside(dy))

def estimate(x, y, k=3):
    n = len(x)
    return digamma(n) + np.mean(np.concatenate([terms(x, y, k, rows) for rows in parts(n)]))
"""
ROSS = FAR + """def estimate(x, y, k=3):
    if len(np.unique(x, axis=0)) < len(np.unique(y, axis=0)): x, y = y, x
    n, classes = len(x), np.unique(y, axis=0, return_inverse=True)[1].ravel()
    total = 0.0
    for i, distance in ((i, one) for rows in parts(n) for i, one in zip(rows, far(x, rows))):
        mates = distance[classes == classes[i]]
        if len(mates) == 1: continue
        near = min(k, len(mates) - 1)
        radius = np.partition(mates, near)[near]
        m = (distance < radius).sum()
        total += digamma(near) - digamma(len(mates)) - digamma(max(m, 1))
    return digamma(n) + total / n
"""
COUNTS = """def estimate(x, y):
    a, b = (np.unique(m, axis=0, return_inverse=True)[1].ravel() for m in (x, y))
    if 2 * max(a.max(), b.max()) > len(a): raise ValueError("no classes")
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1 / len(a))
    outer = np.outer(table.sum(1), table.sum(0))
    return float((table[table > 0] * np.log(table[table > 0] / outer[table > 0])).sum())
"""


def changed(text, old, new):
    assert old in text, old
    return text.replace(old, new)


OF_MIXED, OF_CLASSES, OF_COUNTS = (["--family", family] for family in ("mixed", "classes", "discrete"))

RIGHT = [
    ("mixed, by all pairs", OF_MIXED, MIXED),
    # Ties are broken by 1e-10, which costs no bias here.
    ("KSG where values repeat", OF_MIXED, []),
    ("Ross, by all pairs", OF_CLASSES, ROSS),
    ("counts", OF_COUNTS, COUNTS),
    ("KSG-1, k = 3", [], []),
    ("KSG-1, k = 6", [], [("k=3", "k=6")]),
    ("KSG-1 on standardised columns", [], before("x, y = (x - x.mean(0)) / (x.std(0) + 1e-9), (y - y.mean(0)) / (y.std(0) + 1e-9)")),
    ("KSG-1, clipped at 0 (a warning)", [], result("max(0.0, KSG)")),
    ("KSG-1, mean of k = 3, 4, 5", [], [("float(estimate(", "float((lambda x, y: sum(estimate(x, y, k) for k in (3, 4, 5)) / 3)(")]),
    ("plug-in", GAUSSIAN, plug_in()),
    ("plug-in, canonical correlations", GAUSSIAN, plug_in((VALUE, "q = [np.linalg.svd(a - a.mean(0), full_matrices=False)[0] for a in (x, y)]\n    return -np.log1p(-np.linalg.svd(q[0].T @ q[1])[1] ** 2).sum() / 2"))),
    ("plug-in of the textbook: nan for a singular sample", GAUSSIAN, plug_in(*TEXTBOOK)),
    ("plug-in of the textbook, by determinants", GAUSSIAN, plug_in(*TEXTBOOK, ("np.linalg.slogdet(np.atleast_2d(m))[1]", "np.log(np.linalg.det(np.atleast_2d(m)))"))),
    ("plug-in of the textbook, nan as null", GAUSSIAN, plug_in(*TEXTBOOK) + "\n\ndumps = json.dumps\njson.dumps = lambda m: re.sub('NaN|-?Infinity', 'null', dumps(m))\nimport re\n"),
    ("KSG, seq as 3.0", [], [('"seq": message["seq"], "output"', '"seq": float(message["seq"]), "output"')]),
    ("KSG that talks", [], said("print('computing'); print(answer)")),
    ("plug-in, less p·q/2n", GAUSSIAN, plug_in((VALUE, VALUE + " - p * y.shape[1] / 2 / n"))),
]

WRONG = [
    ("mixed: counts inside also in atoms", OF_MIXED, changed(MIXED, "tied = (radius == 0) | (own > k + 1)", "tied = own < 0")),
    ("mixed: k neighbours also in atoms", OF_MIXED, changed(MIXED, "np.where(tied, own, k)", "k")),
    ("mixed: up to the distance everywhere", OF_MIXED, changed(MIXED, "inside = lambda d: np.where(tied, ", "inside = lambda d: np.where(own > 0, ")),
    ("mixed: rows at 0 left out", OF_MIXED, changed(
        changed(MIXED, "return digamma(np.where(tied, own, k)) - digamma(inside(dx)) - digamma(inside(dy))", "return (digamma(k) - digamma(inside(dx)) - digamma(inside(dy)))[~tied]"),
        "return digamma(n) + np.mean(np.concatenate([terms(x, y, k, rows) for rows in parts(n)]))",
        "left = np.concatenate([terms(x, y, k, rows) for rows in parts(n)])\n    return digamma(n) + np.mean(left) if len(left) else 0.0")),
    ("mixed: a column of 1/10 taken for equal", OF_MIXED, changed(MIXED, "dx, dy = far(x, rows), far(y, rows)", "dx, dy = (np.where(far(m, rows) < 0.1, 0, far(m, rows)) for m in (x, y))")),
    ("Ross in bits", OF_CLASSES, changed(ROSS, "return digamma(n) + total / n", "return (digamma(n) + total / n) / np.log(2)")),
    ("Ross: neighbours of every class", OF_CLASSES, changed(ROSS, "mates = distance[classes == classes[i]]", "mates = distance")),
    ("Ross: n for the rows of the class", OF_CLASSES, changed(ROSS, "digamma(len(mates))", "digamma(n)")),
    ("Ross: rows of other classes counted alone", OF_CLASSES, changed(ROSS, "m = (distance < radius).sum()", "m = (distance[classes != classes[i]] < radius).sum()")),
    ("Ross: the entropy of the class, whatever x is", OF_CLASSES, changed(ROSS, "return digamma(n) + total / n", "share = np.bincount(classes) / n\n    return float(-(share * np.log(share)).sum())")),
    ("counts in bits", OF_COUNTS, changed(COUNTS, "np.log(", "np.log2(")),
    ("counts: the marginal of y left out", OF_COUNTS, changed(COUNTS, "outer = np.outer(table.sum(1), table.sum(0))", "outer = np.outer(table.sum(1), np.ones(b.max() + 1) / (b.max() + 1))")),
    ("counts: the joint entropy", OF_COUNTS, changed(COUNTS, " / outer[table > 0])).sum())", ")).sum() * -1)")),
    ("KSG in bits", [], result("KSG / np.log(2)")),
    ("KSG halved", [], result("KSG / 2")),
    ("KSG without its sign", [], result("abs(KSG)")),
    ("KSG plus 0.1", [], result("KSG + 0.1")),
    ("KSG: ψ(n_x) for ψ(n_x + 1)", [], [("digamma(inside)", "digamma(np.maximum(np.array(inside) - 1, 1))")]),
    ("KSG: the row counts as its own neighbour", [], [(FIND, "query(data, k, p=np.inf)[0][:, k - 1]")]),
    ("KSG: k − 1 in ψ", [], result("digamma(k - 1) + digamma(len(data)) - np.mean(digamma(inside)) * 2")),
    ("KSG: up to the distance, not inside", [], [(RADIUS, "radius * (1 + 1e-12)")]),
    ("KSG-2's counts without 1/k", [], [(RADIUS, "radius * (1 + 1e-12)"), ("digamma(inside)", "digamma(np.array(inside) - 1)")]),
    ("KSG: Euclidean for the pair, greatest for the sides", [], [(FIND, "query(data, k + 1)[0][:, k]")]),
    ("KSG: greatest for the pair, Euclidean for the sides", [], [("inside = [", "x, y = (np.hstack([side, side]) for side in (x, y))\n    inside = ["), ("radius - 1e-15, p=np.inf", "radius - 1e-15, p=2")]),
    ("KSG: ψ(n − 3)", [], result("digamma(k) + digamma(len(data) - 3) - np.mean(digamma(inside)) * 2")),
    ("KSG: the mean of one side", [], result("digamma(k) + digamma(len(data)) - np.mean(digamma(inside[0])) * 2")),
    ("KSG: distances less 1/1000", [], [(RADIUS, "np.maximum(radius - 1e-3, 0)")]),
    ("KSG: noise of 1/10 against ties", [], [("1e-10", "0.1")]),
    ("KSG: columns sorted", [], before("x, y = np.sort(x, 0), np.sort(y, 0)")),
    ("KSG: the first 300 rows", [], before("x, y = x[:300], y[:300]")),
    ("KSG: the first column of x", [], before("x = x[:, :1]")),
    ("KSG: the last column of y for x's", [], before("x = np.hstack([x, y[:, -1:]])")),
    ("KSG: a row lost to a header", [], before("x, y = x[1:], y[1:]")),
    ("KSG: pairs torn apart", [], before("y = np.roll(y, 1, 0)")),
    ("KSG: rows standardised, not columns", [], [("data = data + 1e-10", "data = (data - data.mean(1, keepdims=True)) / (data.std(1, keepdims=True) + 1e-300) + 1e-10")]),
    ("KSG: x divided by y's deviation alone, as floats of 16 bits", [], before("x, y = (x / (1 + y.std(0).mean())).astype(np.float16).astype(float), y.astype(np.float16).astype(float)")),
    ("KSG of integers", [], before("x, y = np.trunc(x), np.trunc(y)")),
    ("histogram of 20 cells a side, bias left", [], plug_in((VALUE, "h = np.histogram2d(x[:, 0], y[:, 0], 20)[0] / n\n    q = np.outer(h.sum(1), h.sum(0))\n    return float((h[h > 0] * np.log(h[h > 0] / q[h > 0])).sum())"))),
    ("a table of answers: 0.4133", [], result("0.4133")),
    ("regression by a tree that learns the rows by heart", [], plug_in((VALUE, "order = np.argsort(x[:, 0])\n    fit = np.repeat(y[order].reshape(-1, 2, y.shape[1]).mean(1), 2, axis=0)\n    return -float(np.log(((y[order] - fit) ** 2).mean() / y.var()) / 2)"))),
    ("plug-in for any distribution", [], plug_in()),
    ("KSG: wrong where n is a multiple of 7", [], at("n % 7 == 0")),
    ("KSG: wrong where n is odd", [], at("n % 2")),
    ("KSG: wrong where n is even", [], at("n % 2 == 0")),
    ("KSG: wrong where n is a multiple of 13", [], at("n % 13 == 0")),
    ("KSG: wrong where n is a power of two", [], at("n & (n - 1) == 0")),
    ("KSG: wrong where n is prime", [], at(PRIME)),
    ("KSG: wrong at 1,000 rows", [], at("n == 1000")),
    ("KSG: wrong at 4,000 rows", [], at("n == 4000")),
    ("KSG: wrong at all but round numbers", [], at("n % 50")),
    ("KSG: slightly wrong where n is even", [], at("n % 2 == 0", "KSG + 0.008")),
    ("KSG: nan at multiples of 10", [], at("n % 10 == 0", "float('nan')")),
    ("KSG: infinite at 4,000 rows", [], at("n == 4000", "float('inf')")),
    ("KSG: −infinite for independent rows", [], result("(KSG if KSG > 0.05 else -np.inf)")),
    ("KSG: nan for a constant column", [], [(START, "    if (np.ptp(x, axis=0) == 0).any(): return float('nan')\n" + START)]),
    ("KSG: 1e400", [], said("line = line.replace('\"nats\": ', '\"nats\": 1e400, \"was\": ')")),
    ("KSG: 1e400 at 4,000 rows", [], said("n = len(message.get('input', {}).get('x', ()))\n    line = line.replace('\"nats\": ', '\"nats\": 1e400, \"was\": ') if n == 4000 else line")),
    ("KSG: seq as a text", [], [('"seq": message["seq"], "output"', '"seq": str(message["seq"]), "output"')]),
    ("KSG: seq in a list", [], [('"seq": message["seq"], "output"', '"seq": [message["seq"]], "output"')]),
    ("KSG: answers as Python prints them", [], said("line = repr(answer) if answer['kind'] == 'result' else line")),
    ("KSG: the estimate as null", [], [('{"nats": nats}', '{"nats": None}')]),
    ("KSG: never exits after stop", [], [("        break\n", "        import time\n        while True: time.sleep(1)\n")]),
    ("plug-in: wrong where n is a multiple of 7", GAUSSIAN, plug_in((VALUE, VALUE + " + (0.3 if n % 7 == 0 else 0)"))),
    ("plug-in: wrong where n is odd", GAUSSIAN, plug_in((VALUE, VALUE + " + (0.3 if n % 2 else 0)"))),
    ("plug-in: a wrong number for a singular sample", GAUSSIAN, plug_in(*TEXTBOOK, (VALUE, VALUE.replace("return ", "value = ") + "\n    return value if np.isfinite(value) else 18.0"))),
    ("plug-in: 0 for a singular sample", GAUSSIAN, plug_in(('raise ValueError("singular")', "return 0.0"))),
    ("plug-in: nan for every sample of two columns", GAUSSIAN, plug_in((VALUE, "return float('nan') if p > 1 else " + VALUE.removeprefix("return ")))),
    ("plug-in without ½", GAUSSIAN, plug_in((VALUE, VALUE.replace(" / 2", "")))),
    ("plug-in in bits", GAUSSIAN, plug_in((VALUE, VALUE + " / np.log(2)"))),
    ("plug-in: det Sy left out", GAUSSIAN, plug_in((" + logdet(s[p:, p:])", ""))),
    ("plug-in: the first columns alone", GAUSSIAN, plug_in((COVARIANCE, "x, y, p = x[:, :1], y[:, :1], 1\n    " + COVARIANCE))),
    ("plug-in: Σρ² of the columns", GAUSSIAN, plug_in((VALUE, "r = np.corrcoef(np.hstack([x, y]), rowvar=False)\n    return float((r[:p, p:] ** 2).sum()) / 2"))),
    ("plug-in: traces for determinants", GAUSSIAN, plug_in(("np.linalg.slogdet(np.atleast_2d(m))[1]", "np.log(np.trace(np.atleast_2d(m)))"))),
    ("plug-in: not centred", GAUSSIAN, plug_in((COVARIANCE, "z = np.hstack([x, y])\n    s = z.T @ z / n"))),
    ("plug-in: a ridge of 1/10", GAUSSIAN, plug_in((COVARIANCE, COVARIANCE + " + 0.1 * np.eye(p + y.shape[1])"))),
    ("plug-in: single precision in one pass", GAUSSIAN, plug_in((COVARIANCE, "z = np.hstack([x, y]).astype(np.float32)\n    s = z.T @ z / n - np.outer(z.mean(0), z.mean(0))"))),
    ("plug-in: p·q/n subtracted 50 times", GAUSSIAN, plug_in((VALUE, VALUE + " - 50 * p * y.shape[1] / n"))),
]
