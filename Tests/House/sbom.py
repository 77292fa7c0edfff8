#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what the tool is made of, with versions and licences, as an SPDX 2.3 document (make sbom).

Swift packages as they were resolved, Debian's packages as they are installed here. The same machine gives the same bytes.
"""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOP = re.compile(r"^License: *(.+)$", re.M)
#: Names that Debian's files give to licences, as SPDX spells them.
SPELLED = {"GPL-3+": "GPL-3.0-or-later", "GPL-2+": "GPL-2.0-or-later", "LGPL-3+": "LGPL-3.0-or-later", "LGPL-2.1+": "LGPL-2.1-or-later",
           "BSD-3-clause": "BSD-3-Clause", "Zlib": "Zlib", "zlib": "Zlib"}
#: Where Debian's file is not machine-readable: read by us.
READ = {"libflint-dev": "LGPL-2.1-or-later", "libgmp-dev": "LGPL-3.0-or-later OR GPL-2.0-or-later", "libmpfr-dev": "LGPL-3.0-or-later",
        "libgsl-dev": "GPL-3.0-or-later", "zlib1g-dev": "Zlib", "liblapacke-dev": "BSD-3-Clause", "libopenblas-dev": "BSD-3-Clause"}


def output(*words):
    return subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def swift_packages():
    """Name, version and address of every package below this one."""
    def walk(node):
        for child in node["dependencies"]:
            yield child["identity"], child["version"], child["url"]
            yield from walk(child)

    return sorted(set(walk(json.loads(output("swift", "package", "show-dependencies", "--format", "json")))))


def swift_licence(identity):
    for path in sorted((ROOT / ".build/checkouts").glob("*")):
        if path.name.lower() == identity.lower():
            text = "".join(f.read_text(encoding="utf8") for f in path.glob("LICENSE*"))
            return "Apache-2.0" if "Apache License" in text else "MIT" if "Permission is hereby granted" in text else "NOASSERTION"
    return "NOASSERTION"


def debian_packages():
    named = re.search(r"^PACKAGES = (.*)$", (ROOT / "Makefile").read_text(encoding="utf8"), re.M)[1].split()
    for name in sorted(named):
        yield name, output("dpkg-query", "-W", "-f", "${Version}", name)


def debian_licence(name):
    path = pathlib.Path("/usr/share/doc") / name / "copyright"
    found = TOP.search(path.read_text(encoding="utf8", errors="replace")) if path.exists() else None
    return READ.get(name) or SPELLED.get(found[1].strip() if found else "", "NOASSERTION")


def main():
    version = re.search(r'version = "([^"]+)"', (ROOT / "python/pyproject.toml").read_text(encoding="utf8"))[1]
    packages = [("cch", version, "NOASSERTION", "GPL-3.0-or-later")]
    packages += [(i, v, u, swift_licence(i)) for i, v, u in swift_packages()]
    packages += [(n, v, f"https://packages.debian.org/bookworm/{n}", debian_licence(n)) for n, v in debian_packages()]
    unknown = [name for name, _, _, licence in packages if licence == "NOASSERTION"]
    if unknown:
        sys.exit(f"no licence is known of {', '.join(unknown)}")

    def identifier(name):
        return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)

    print(json.dumps({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"cch-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/cch-{version}",
        "creationInfo": {"created": output("git", "log", "-1", "--format=%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ").strip(),
                         "creators": ["Tool: Tests/House/sbom.py"]},
        "packages": [{"SPDXID": identifier(n), "name": n, "versionInfo": v, "downloadLocation": u, "licenseConcluded": l,
                      "licenseDeclared": l, "copyrightText": "NOASSERTION", "filesAnalyzed": False} for n, v, u, l in packages],
        "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": identifier("cch")}]
        + [{"spdxElementId": identifier("cch"), "relationshipType": "DEPENDS_ON", "relatedSpdxElement": identifier(n)}
           for n, _, _, _ in packages[1:]],
    }, indent=2, ensure_ascii=False))


main()
