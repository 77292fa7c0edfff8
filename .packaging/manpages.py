#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manual pages from what the program says of itself: cch.1 and one page a command, such as cch-verify.1.

usage: manpages.py CCH FOLDER
"""
import json
import pathlib
import re
import subprocess
import sys


def escaped(text):
    """Text as troff shows it as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha").replace("~", "\\(ti")
    return "\n".join("\\&" + line if line.startswith((".", "\\(aq")) else line for line in text.split("\n"))


def paragraphs(text):
    """Blocks of text; one whose lines are set in is an example."""
    parts = []
    for block in re.split(r"\n\s*\n", text.strip()):
        parts.append(".PP\n" + escaped(block))
    return "\n".join(parts)


def option_name(argument):
    names = [("-" if name["kind"] == "short" else "--") + name["name"] for name in argument.get("names", [])]
    value = f"<{argument['valueName']}>"
    if argument["kind"] == "positional":
        return f"\\fI{escaped(value)}\\fR"
    bold = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names)
    return bold if argument["kind"] == "flag" else f"{bold} \\fI{escaped(value)}\\fR"


def synopsis(path, command):
    parts = ["\\fB" + escaped(" ".join(path)) + "\\fR"]
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    if any(argument["kind"] != "positional" for argument in shown):
        parts.append("[\\fIoptions\\fR]")
    if command.get("subcommands"):
        parts.append("\\fIcommand\\fR")
    for argument in shown:
        if argument["kind"] == "positional":
            name = option_name(argument) + (" ..." if argument["isRepeating"] else "")
            dashes = "\\-\\- " if argument["parsingStrategy"] == "postTerminator" else ""
            parts.append(f"[{dashes}{name}]" if argument["isOptional"] else dashes + name)
    return " ".join(parts)


def described(argument):
    text = argument.get("abstract", "")
    if argument.get("allValues") and not all(value in text for value in argument["allValues"]):
        text += ("" if not text or text.endswith((".", ";")) else ".") + " One of: " + ", ".join(argument["allValues"]) + "."
    if argument.get("defaultValue") and argument["kind"] != "flag":
        text += f" Default: {argument['defaultValue']}."
    return escaped(text.strip() or "No description.")


def page(path, command, version):
    """One page, troff with the macros of man."""
    name = "-".join(path)
    lines = [f'.TH "{escaped(name.upper())}" 1 "" "cch {escaped(version)}" "User commands"', ".SH NAME",
             f"{escaped(name)} \\- {escaped(command.get('abstract', '').rstrip('.'))}", ".SH SYNOPSIS", synopsis(path, command)]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", paragraphs(command["discussion"])]
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    for title, kinds in (("ARGUMENTS", ["positional"]), ("OPTIONS", ["option", "flag"])):
        chosen = [argument for argument in shown if argument["kind"] in kinds]
        if chosen:
            lines.append(f".SH {title}")
        for argument in chosen:
            lines += [".TP", option_name(argument), described(argument)]
    below = [c for c in command.get("subcommands", []) if c["shouldDisplay"] and c["commandName"] != "help"]
    if below:
        lines.append(".SH COMMANDS")
        for c in below:
            lines += [".TP", f"\\fB{escaped('-'.join([*path, c['commandName']]))}\\fR(1)", escaped(c.get("abstract", ""))]
    lines += [".SH EXIT STATUS", "0 as expected, 1 something false was found, 2 bad usage or input, 130 interrupted."]
    if len(path) > 1:
        lines += [".SH SEE ALSO", "\\fBcch\\fR(1)"]
    return "\n".join(lines) + "\n"


def pages(path, command, version):
    """Every page by its name."""
    yield "-".join(path), page(path, command, version)
    for below in command.get("subcommands", []):
        if below["shouldDisplay"] and below["commandName"] != "help":
            yield from pages([*path, below["commandName"]], below, version)


def main(tool, folder):
    document = json.loads(subprocess.run([tool, "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout)
    version = subprocess.run([tool, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(["cch"], document["command"], version):
        (folder / f"{name}.1").write_text(text, encoding="utf8")


if __name__ == "__main__":
    main(*sys.argv[1:])
