# SPDX-License-Identifier: GPL-3.0-or-later
"""The planted bugs of Benchmarks/PlantedBugs in Python, found by Hypothesis. Usage: planted_bugs.py [SEEDS]

Prints, as JSON, for each bug the seeds that found it, mean cases until the first failure, seconds with shrinking, and the length of
the written value. The same wrong programs, properties and domains.
"""
import json
import sys
import time
import unicodedata

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

SMALL = st.integers(0, 100)
ITEMS = st.lists(st.tuples(SMALL, SMALL), max_size=20)
SORTED = st.lists(SMALL, max_size=20).map(sorted)
STEPS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4)), max_size=30)


# The search tree of "How to Specify It!": (left, key, value, right) or None.
def items(tree):
    return [] if tree is None else items(tree[0]) + [(tree[1], tree[2])] + items(tree[3])


def insert(tree, key, value, bug):
    if tree is None or bug == 1:
        return None, key, value, None
    left, own, old, right = tree
    if key < own:
        return insert(left, key, value, bug), own, old, right
    if key > own or bug == 2:
        return left, own, old, insert(right, key, value, bug)
    return tree if bug == 3 else (left, own, value, right)


def make(pairs):
    tree = None
    for key, value in pairs:
        tree = insert(tree, key, value, 0)
    return tree


def join(a, b):
    return b if a is None else (a[0], a[1], a[2], join(a[3], b))


def delete(tree, key, bug):
    if tree is None:
        return None
    left, own, old, right = tree
    is_left = key > own if bug == 5 else key < own
    if key == own:
        return join(left, right)
    if bug == 4:
        return delete(left if is_left else right, key, bug)
    return (delete(left, key, bug), own, old, right) if is_left else (left, own, old, delete(right, key, bug))


def below(tree, key):
    if tree is None:
        return None
    return below(tree[0], key) if tree[1] >= key else (tree[0], tree[1], tree[2], below(tree[3], key))


def above(tree, key):
    if tree is None:
        return None
    return above(tree[3], key) if tree[1] <= key else (above(tree[0], key), tree[1], tree[2], tree[3])


def unite(a, b, bug):
    if a is None or b is None:
        return a or b
    if bug == 6:
        return join(a, b)
    if bug == 7:
        if a[1] == b[1]:
            return unite(a[0], b[0], 7), a[1], a[2], unite(a[3], b[3], 7)
        return (a[0], a[1], a[2], unite(a[3], b, 7)) if a[1] < b[1] else unite(b, a, 7)
    if bug == 8:
        return unite(b, a, 0)
    return unite(a[0], below(b, a[1]), 0), a[1], a[2], unite(a[3], above(b, a[1]), 0)


def is_same(found, expected):
    return len(found) == len(expected) and dict(found) == expected


# Terms: ("v", n), ("n", n), ("l", kind, body), ("a", f, x); kinds: "N" or (from, to).
def kind_of(term, context=()):
    if term[0] == "v":
        return context[term[1]] if term[1] < len(context) else None
    if term[0] == "n":
        return "N"
    if term[0] == "l":
        body = kind_of(term[2], (term[1],) + context)
        return None if body is None else (term[1], body)
    f = kind_of(term[1], context)
    return f[1] if isinstance(f, tuple) and kind_of(term[2], context) == f[0] else None


def shift(term, by, depth=0):
    if term[0] == "v":
        return "v", term[1] + by if term[1] >= depth else term[1]
    if term[0] == "n":
        return term
    if term[0] == "l":
        return "l", term[1], shift(term[2], by, depth + 1)
    return "a", shift(term[1], by, depth), shift(term[2], by, depth)


def substitute(term, index, other, bug):
    if term[0] == "v":
        return other if term[1] == index else ("v", term[1] - 1) if term[1] > index else term
    if term[0] == "n":
        return term
    if term[0] == "l":
        return "l", term[1], substitute(term[2], index if bug == 2 else index + 1, other if bug == 1 else shift(other, 1), bug)
    return "a", substitute(term[1], index, other, bug), substitute(term[2], index, other, bug)


def step(term, bug):
    if term[0] == "a":
        if term[1][0] == "l":
            return substitute(term[1][2], 0, term[2], bug)
        next_ = step(term[1], bug)
        if next_ is not None:
            return "a", next_, term[2]
        next_ = step(term[2], bug)
        return None if next_ is None else ("a", term[1], next_)
    if term[0] == "l":
        body = step(term[2], bug)
        return None if body is None else ("l", term[1], body)
    return None


@st.composite
def kinds(draw, depth=2):
    if depth == 0 or draw(st.integers(0, 1)) == 0:
        return "N"
    return draw(kinds(depth - 1)), draw(kinds(depth - 1))


@st.composite
def terms(draw, kind=None, context=(), depth=4):
    if kind is None:
        kind = draw(kinds())
    variables = [i for i, own in enumerate(context) if own == kind]
    choice = draw(st.integers(0, 1 if depth == 0 else 2))
    if choice == 1 and variables:
        return "v", variables[draw(st.integers(0, len(variables) - 1))]
    if choice == 2:
        source = draw(kinds(1))
        return "a", draw(terms((source, kind), context, depth - 1)), draw(terms(source, context, depth - 1))
    if kind == "N":
        return "n", draw(st.integers(0, 9))
    return "l", kind[0], draw(terms(kind[1], (kind[0],) + context, max(0, depth - 1)))


def show_kind(kind):
    return kind if kind == "N" else f"({show_kind(kind[0])}>{show_kind(kind[1])})"


def show_term(term):
    if term[0] == "v":
        return f"#{term[1]}"
    if term[0] == "n":
        return str(term[1])
    if term[0] == "l":
        return f"(\\{show_kind(term[1])}.{show_term(term[2])})"
    return f"({show_term(term[1])} {show_term(term[2])})"


def scalars(*texts):
    return " ".join(f"{ord(c):04x}" for text in texts for c in text)


def insert_bug(bug):
    def check(value):
        pairs, key, new = value
        assert is_same(items(insert(make(pairs), key, new, bug)), {**dict(pairs), key: new})
    return f"search tree, insert {bug}", st.tuples(ITEMS, SMALL, SMALL), check, repr


def delete_bug(bug):
    def check(value):
        pairs, key = value
        expected = dict(pairs)
        expected.pop(key, None)
        assert is_same(items(delete(make(pairs), key, bug)), expected)
    return f"search tree, delete {bug}", st.tuples(ITEMS, SMALL), check, repr


def union_bug(bug):
    def check(value):
        a, b = value
        found = items(unite(make(a), make(b), bug))
        assert is_same(found, {**dict(b), **dict(a)})
        assert all(x[0] < y[0] for x, y in zip(found, found[1:]))
    return f"search tree, union {bug}", st.tuples(ITEMS, ITEMS), check, repr


def term_bug(bug):
    def check(term):
        next_ = step(term, bug)
        assert next_ is None or kind_of(next_) == kind_of(term)
    return f"λ-calculus, substitution {bug}", terms(), check, show_term


def sorted_insert(value):
    values, new = value
    found = [x for x in values if x < new] + [new] + [x for x in values if x > new]
    assert len(found) == len(values) + 1


def sorted_merge(value):
    a, b = value
    i = j = 0
    merged = []
    while i < len(a) and j < len(b):
        if a[i] <= b[j]:
            merged.append(a[i])
            i += 1
        else:
            merged.append(b[j])
            j += 1
    merged += a[i:] if i < len(a) else b[j:][1 if j > 0 else 0:]
    assert merged == sorted(a + b)


def normal_form(value):
    a, b = value
    assert unicodedata.normalize("NFC", a + b) == unicodedata.normalize("NFC", a) + unicodedata.normalize("NFC", b)


def upper_case(text):
    assert len(text.upper()) == len(text)


def leap_years(value):
    year, month = value
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = [31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    wrong = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert days[month - 1] == wrong[month - 1]


def month_later(value):
    year, month, _ = value
    next_year, next_month = year + (month + 1) // 13, (month + 1) % 13
    assert next_month >= 1 and 12 * next_year + next_month == 12 * year + month + 1


def json_string(text):
    escaped = "".join('\\"' if c == '"' else f"\\u{ord(c):04x}" if ord(c) < 32 else c for c in text)
    assert json.loads(f'"{escaped}"') == text


def json_number(number):
    assert int(float(number)) == number


def least_recent(steps):
    wrong, right = [], []
    for kind, key in steps:
        if kind == 0:
            found, expected = key in wrong, key in right
            if expected:
                right = [k for k in right if k != key] + [key]
            assert found == expected
        else:
            wrong = ([k for k in wrong if k != key] + [key])[-2:]
            right = ([k for k in right if k != key] + [key])[-2:]


def ring_buffer(steps):
    model, first, end = [], 0, 0
    for kind, value in steps:
        if kind == 1 and len(model) < 4:
            model.append(value)
            end = (end + 1) % 4
        elif kind == 0 and model:
            model.pop(0)
            first = (first + 1) % 4
        assert (end - first) % 4 == len(model)


SHORT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
BUGS = (
    [insert_bug(b) for b in (1, 2, 3)] + [delete_bug(b) for b in (4, 5)] + [union_bug(b) for b in (6, 7, 8)]
    + [term_bug(b) for b in (1, 2)] + [
        ("sorted list, insert", st.tuples(SORTED, SMALL), sorted_insert, repr),
        ("sorted lists, merge", st.tuples(SORTED, SORTED), sorted_merge, repr),
        ("Unicode, normal form of a sum", st.tuples(SHORT, SHORT), normal_form, lambda value: scalars(*value)),
        ("Unicode, length of upper case", SHORT, upper_case, scalars),
        ("date, leap years of centuries", st.tuples(st.integers(1, 9999), st.integers(1, 12)), leap_years, repr),
        ("date, a month later", st.tuples(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)), month_later, repr),
        ("JSON, a string", st.text(st.characters(exclude_categories=["Cs"]), max_size=20), json_string, scalars),
        ("JSON, a number", st.integers(-(1 << 63), (1 << 63) - 1), json_number, repr),
        ("cache, least recently used", STEPS, least_recent, repr),
        ("ring buffer, full or empty", STEPS, ring_buffer, repr),
    ])


def find(strategy, check, number):
    """The number of cases until the first failure, and the last failing value, which Hypothesis shows; None for none."""
    seen = {"cases": 0, "first": None, "value": None}

    @seed(number)
    @settings(max_examples=10_000, database=None, deadline=None, suppress_health_check=list(HealthCheck),
              phases=[Phase.generate, Phase.shrink], report_multiple_bugs=False)
    @given(strategy)
    def test(value):
        seen["cases"] += 1
        try:
            check(value)
        except Exception:
            seen["first"] = seen["first"] or seen["cases"]
            seen["value"] = value
            raise

    try:
        test()
    except Exception:
        pass
    return None if seen["first"] is None else (seen["first"], seen["value"])


def main(seeds):
    lines = []
    for name, strategy, check, show in BUGS:
        found = cases = size = 0
        example = ""
        start = time.perf_counter()
        for number in range(seeds):
            result = find(strategy, check, number)
            if result is None:
                continue
            found, cases, example = found + 1, cases + result[0], show(result[1])
            size += len(example.replace(" ", ""))
        seconds = (time.perf_counter() - start) / seeds
        lines.append({"name": name, "found": found, "cases": cases / max(1, found), "seconds": seconds,
                      "size": size / max(1, found), "example": example})
    rate_start = time.perf_counter()
    count = 0

    @settings(max_examples=2_000, database=None, deadline=None, phases=[Phase.generate])
    @given(st.integers(-(1 << 63), (1 << 63) - 1))
    def empty(_):
        nonlocal count
        count += 1

    empty()
    print(json.dumps({"bugs": lines, "emptyRate": count / (time.perf_counter() - rate_start)}))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
