#!/usr/bin/env python3
"""Makes Swift sources of the Swift blocks in the documentation, so that the tests compile, and run, what readers see.

usage: generate.py          writes Tests/SnippetTests again
       generate.py --check  exit status 1 where a file there is not what the documentation gives

What a block takes for given stands in a comment before it, which no reader sees:

    <!-- given
    import Claims
    let sigma: RationalMatrix = [[2, 1], [1, 2]]
    -->

A block of declarations becomes the body of a type, so that its tests run; a block of statements the body of a function.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "Tests/SnippetTests"
DECLARATION = re.compile(r"(@\w|(public )?(struct|enum|final class|actor|func|extension|protocol)\b)")
BLOCK = re.compile(r"(?:^<!-- given\n(?P<given>.*?)^-->\n\s*)?^```swift\n(?P<code>.*?)^```$", re.S | re.M)
#: An expression on a line of its own, whose value the comment behind it tells.
SHOWN_VALUE = re.compile(r"^(?!return\b|let\b|var\b)(?:try )?(?:await )?[\w(][^={]*$")


def documents():
    yield ROOT / "README.md"
    yield from sorted(ROOT.glob("Sources/**/*.docc/*.md"))


def is_statement_expression(code, index, lines):
    """Whether line `index`, at the left margin, is a whole expression whose value is only shown."""
    following = lines[index + 1] if index + 1 < len(lines) else ""
    text = code.split("//")[0].rstrip()
    return bool(SHOWN_VALUE.match(text)) and text[-1:] not in "({[," and not following.startswith((" ", ")"))


def source(document, number, given, code):
    name = re.sub(r"\W", "", document.stem) + str(number)
    lines = (given or "").splitlines() + code.splitlines()
    imports = sorted({line for line in lines if line.startswith("import ")})
    body = [line for line in lines if not line.startswith("import ")]
    while body and not body[0].strip():
        body.pop(0)
    if any(re.match(r"extension\b", line) for line in body):
        wrapped = body
    else:
        if any(DECLARATION.match(line) for line in code.splitlines()):
            head = f"struct {name} {{"
        else:
            head = f"func snippet{name}() async throws {{"
            start = len((given or "").splitlines()) - sum(l.startswith("import ") for l in (given or "").splitlines())
            body = [f"_ = {line}" if index >= start and is_statement_expression(line, index, body) else line
                    for index, line in enumerate(body)]
        wrapped = [head] + [f"  {line}" if line else "" for line in body] + ["}"]
    where = document.relative_to(ROOT)
    text = [f"// swift-format-ignore-file: made by Tests/Snippets/generate.py from {where}.", *imports, "", *wrapped]
    return name + ".swift", "\n".join(text) + "\n"


def sources():
    made = {}
    for document in documents():
        for number, block in enumerate(BLOCK.finditer(document.read_text(encoding="utf8")), 1):
            name, text = source(document, number, block["given"], block["code"])
            if name in made:
                sys.exit(f"error: two documents called {document.stem}")
            made[name] = text
    return made


def main(arguments):
    made = sources()
    present = {path.name: path.read_text(encoding="utf8") for path in FOLDER.glob("*.swift")}
    if arguments == ["--check"]:
        stale = sorted(name for name in made.keys() | present.keys() if made.get(name) != present.get(name))
        if stale:
            sys.exit(f"error: Tests/SnippetTests: not what the documentation gives: {', '.join(stale)}; run 'make snippets'")
        return
    FOLDER.mkdir(exist_ok=True)
    for name in present.keys() - made.keys():
        (FOLDER / name).unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf8")
    print(f"{len(made)} snippets")


main(sys.argv[1:])
