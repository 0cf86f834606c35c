"""Lists the licences of the packages that the program needs, and refuses an unknown one.

    python packaging/licences.py [--texts FILE]

`--texts` also writes the licences in full, to be shipped with a built program. Run it with the Python of an environment that holds Novita Desktop and nothing else. Each line is
a package, its version and its licence. It ends with 1 if a package states no licence, or one that
has not been looked at yet.
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib.metadata import Distribution, PackageMetadata, distributions
from pathlib import Path

LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)

LOOKED_AT = (
    "Apache",
    "BSD",
    "ISC",
    "LGPL",  # Qt and PySide6: linked dynamically, so that they can be replaced
    "MIT",
    "MPL",
    "PSF",
    "Python Software Foundation",
    "Zlib",
)
READ_IN_FULL = {"httpx-aiohttp": "BSD-3-Clause"}  # states its licence as a text without a name


def first(about: PackageMetadata, field: str) -> str:
    """Return the first value of `field`; empty when there is none."""
    return str(next(iter(about.get_all(field) or []), "")).strip()


def licence_of(package: Distribution) -> str:
    """Return what `package` says about its licence, in one line; empty when it says nothing."""
    about = package.metadata
    if about["Name"] in READ_IN_FULL:
        return READ_IN_FULL[about["Name"]]
    classifiers = [
        value.rsplit("::", 1)[-1].strip()
        for value in about.get_all("Classifier") or []
        if value.startswith("License ::") and not value.endswith(":: OSI Approved")
    ]
    stated = first(about, "License-Expression") or ", ".join(classifiers) or first(about, "License")
    return stated.split("\n", 1)[0]


def texts_of(package: Distribution) -> str:
    """Return the licence files that `package` ships, or what it says where it ships none."""
    files = [
        Path(str(package.locate_file(file)))
        for file in package.files or []
        if LICENCE_FILE.match(file.name) and file.suffix != ".py"
    ]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    title = f"{package.metadata['Name']} {package.version}: {licence_of(package)}"
    return "\n\n".join([f"{'=' * 80}\n{title}", *texts])


def main() -> int:
    """Print the list; return 1 if somebody has to look at a licence."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=Path, metavar="FILE")
    chosen = options.parse_args()
    packages = sorted(distributions(), key=lambda each: each.metadata["Name"].lower())
    if chosen.texts is not None:
        chosen.texts.write_text("\n\n".join(map(texts_of, packages)), encoding="utf-8")
    unknown = []
    for package in packages:
        licence = licence_of(package)
        print(f"{package.metadata['Name']:24} {package.version:16} {licence or 'none stated'}")
        if not any(re.search(rf"\b{name}", licence) for name in LOOKED_AT):
            unknown.append(package.metadata["Name"])
    if unknown:
        print(f"Look at the licence of: {', '.join(unknown)}", file=sys.stderr)
    return bool(unknown)


if __name__ == "__main__":
    sys.exit(main())
