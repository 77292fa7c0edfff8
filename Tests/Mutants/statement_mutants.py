#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that evaluate statements, each with one mistake: the exact oracle behind a filter of what is asked and answered.

    Tests/Mutants/statement_mutants.py CCH NAME

speaks the line protocol as the mutant NAME, or as the right program where NAME is "right".
"""
import json
import re
import subprocess
import sys

STATEMENT = re.compile(r'"statement": ?"(?:[^"\\]|\\.)*"')
ASCII = {"≤": "<=", "≥": ">=", "≠": "!=", "∧": " and ", "∨": " or ", "¬": " not ", "⇒": "=>", "⇔": "<=>", "∀": "for all ", "∃": "for some "}


def replaced(old, new):
    return lambda text: re.sub(old, new, text)


def unless(condition, value):
    return lambda output: {**output, "holds": value(output) if condition(output) else output["holds"]}


def without_premise(text):
    return text.split("=>", 1)[1] if text.count("=>") == 1 and "(" not in text.split("=>")[0] and ":" not in text else text


def sides(change):
    return lambda output: {**output, "sides": change(output["sides"])}


def in_bits(value):
    return {"nats": float(value["nats"]) / 0.6931471805599453} if isinstance(value, dict) else value


def rational(value):
    return value if isinstance(value, dict) else float(eval(value.replace("/", "*1.0/")))


# Name, what is done to the statement, what is done to the output.
MUTANTS = {
    "undefined is false": (None, unless(lambda o: o["holds"] is None, lambda o: False)),
    "undefined is true": (None, unless(lambda o: o["holds"] is None, lambda o: True)),
    "a false premise is false": (None, unless(lambda o: o["premise"] is False, lambda o: False)),
    "the conclusion before the premise": (None, unless(lambda o: o["premise"] is None, lambda o: o["conclusion"] or None)),
    "the conclusion alone": (without_premise, None),
    "always true": (None, lambda o: {"holds": True}),
    "always false": (None, lambda o: {"holds": False}),
    "always undefined": (None, lambda o: {"holds": None}),
    "the words true and false": (None, lambda o: {"holds": json.dumps(o["holds"])}),
    "no verdict": (None, lambda o: {"sides": o["sides"]}),
    "the premise in place of the statement": (None, lambda o: {"holds": o["premise"]}),
    "a wrong premise beside a right verdict": (None, lambda o: {**o, "premise": not o["premise"]}),
    "weak is strict": (lambda text: replaced(r"(?<!=)>=", ">")(replaced(r"(?<!<)<=(?!>)", "<")(text)), None),
    "strict is weak": (lambda text: replaced(r"(?<![=>])>(?!=)", ">=")(replaced(r"<(?![=>])", "<=")(text)), None),
    "= is always true": (replaced(r"(?<![<>!=])=(?![>])", "<= 1000000000*"), None),
    "not is passed over": (replaced(r"\bnot\b(?! same)", ""), None),
    "or for and": (replaced(r"\band\b", "or"), None),
    "and for or": (replaced(r"\bor\b", "and"), None),
    "<=> is =>": (replaced("<=>", "=>"), None),
    "=> is <=>": (replaced("(?<!<)=>", "<=>"), None),
    "some for all": (replaced(r"for (all|every)\b(?! small)", lambda m: "for some"), None),
    "all for some": (lambda text: replaced(r"for some(?! output)", "for all")(text), None),
    "closed ends": (replaced(r" in [(\[]([^()]*?)[)\]]:", r" in [\1]:"), None),
    "open ends": (replaced(r" in [(\[]([^()]*?)[)\]]:", r" in (\1):"), None),
    "ranges passed over": (replaced(r"(for (?:all|some) \w+) in [(\[][^()]*?[)\]]:", r"\1:"), None),
    "given nothing": (replaced(r"\|[^()]*\)", ")"), None),
    "bits": (replaced(r"\bI\(([^()]*)\)", r"1.4426950408889634*I(\1)"), None),
    "twice the information": (replaced(r"\bI\(([^()]*)\)", r"2*I(\1)"), None),
    "I(s;y) for I(t;s)": (replaced(r"I\(t;s\)", "I(s;y)"), None),
    "A and B exchanged": (replaced(r"\.([AB])\b", lambda m: ".B" if m.group(1) == "A" else ".A"), None),
    "A for B": (replaced(r"\.B\b", ".A"), None),
    "min for max": (replaced(r"\bmax\(", "min("), None),
    "max for min": (replaced(r"\bmin\(", "max("), None),
    "abs passed over": (replaced(r"\babs\(", "1*("), None),
    "c for B": (replaced(r"\bB\b", "c"), None),
    "R0 for the limit": (replaced("R_inf|R∞", "R0"), None),
    "var(y) for var(y|x2)": (replaced(r"var\(y\|x2\)|σε²|residual_variance", "var(y)"), None),
    "inf as 1000": (replaced(r"\binf\b|∞", "1000"), None),
    "the teacher is always least squares": (replaced("teacher = ols", "1 = 1"), None),
    "Σ22 is always 1": (replaced("(Σ22|Sigma22) = 1", "1 = 1"), None),
    "everything is independent": (replaced(r"x1 (⊥|indep) (x2|y)( \| \w+)?", "1 = 1"), None),
    "sides in bits": (None, sides(lambda all: [{**side, "value": in_bits(side["value"])} for side in all])),
    "sides exchanged": (None, sides(lambda all: [{**a, "value": b["value"]} for a, b in zip(all, all[::-1])])),
    "sides as texts": (None, sides(lambda all: [{**side, "value": "a number"} for side in all])),
    "sides as a mapping": (None, sides(lambda all: {side["name"]: side["value"] for side in all})),
    "sides of another sign": (None, sides(lambda all: [{**side, "value": -rational(side["value"])} if not isinstance(side["value"], dict) else side for side in all])),
    "sides of six digits": (None, sides(lambda all: [{**side, "value": float("%.6g" % rational(side["value"]))} if not isinstance(side["value"], dict) else side for side in all])),
    "unknown words are 0": ("lenient", None),
    "a cut-off text": (lambda text: text.split(" and ")[0], None),
}

# Right, however they answer.
RIGHT = {
    "statements: as the oracle": (None, None),
    "statements: the verdict alone": (None, lambda o: {"holds": o["holds"]}),
    "statements: sides in ASCII and doubles": (None, sides(lambda all: [
        {"name": side["name"].replace("σε²", "residual_variance").replace("β", "beta").replace("·", "*").replace(" ", ""),
         "value": float(side["value"]["nats"]) if isinstance(side["value"], dict) else rational(side["value"])} for side in all])),
    "statements: half of the sides": (None, sides(lambda all: all[::2])),
    "statements: sides of its own": (None, sides(lambda all: all + [{"name": "what I like", "value": 1}])),
}


def main():
    cch, name = sys.argv[1:]
    ask, answer = {**MUTANTS, **RIGHT}[name]
    oracle = subprocess.Popen([cch, "oracle"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf8")

    def asked(line):
        oracle.stdin.write(line.rstrip("\n") + "\n")
        oracle.stdin.flush()
        return json.loads(oracle.stdout.readline())

    for line in sys.stdin:
        request = json.loads(line)
        if request["kind"] == "stop":
            break
        if request["kind"] == "start":
            reply = {**asked(line), "operations": ["evaluate"], "name": name}
        else:
            text = request["input"].get("statement")
            reply = None
            if callable(ask) and isinstance(text, str):
                for symbol, word in ASCII.items():
                    text = text.replace(symbol, word)
                # Numbers stay as they were written.
                reply = asked(STATEMENT.sub(lambda _: '"statement": ' + json.dumps(ask(text)), line, count=1))
            # What a change of the text made unreadable is asked as it was.
            if reply is None or reply["kind"] != "result":
                reply = asked(line)
            if ask == "lenient" and reply["kind"] == "errored" and "statement" in reply["message"]:
                reply = {"kind": "result", "seq": request["seq"], "output": {"holds": False}}
            if answer and reply["kind"] == "result":
                reply["output"] = answer(reply["output"])
        print(json.dumps(reply), flush=True)
    oracle.stdin.close()
    oracle.wait()


if __name__ == "__main__":
    main()
