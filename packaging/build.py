"""Builds what people install: a folder with everything in it, and this system's installer.

    .venv/bin/python packaging/build.py                        build into dist/
    .venv/bin/python packaging/build.py --environment FOLDER   only install into a new venv

The program's packages have the versions of `requirements.lock`, PyInstaller that of
`packaging/requirements.lock`. `dist/novita-desktop/` then starts without Python; beside it comes a
.deb on Debian, an installer on Windows (with NSIS) and a disk image on macOS.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

PACKAGING = Path(__file__).parent
ROOT = PACKAGING.parent
BUILD = ROOT / "build" / "packaging"
DIST = ROOT / "dist"
PROGRAM = DIST / "novita-desktop"
APPLICATION_ID = "io.github.novita_desktop.NovitaDesktop"

sys.path.insert(0, str(ROOT))

from novita_desktop import __version__  # noqa: E402  the source tree need not be installed

# What Qt loads from the system, as Debian and Ubuntu name it.
DEBIAN_NEEDS = (
    "libc6, libgl1, libegl1, libglib2.0-0 | libglib2.0-0t64, libdbus-1-3, libxkbcommon0, "
    "libfontconfig1, libfreetype6, libxcb-cursor0, libxcb-icccm4, libxcb-keysyms1, libxcb-shape0, "
    "libxcb-xkb1, libxkbcommon-x11-0"
)


def run(*command: str | Path) -> None:
    """Run `command`; raises CalledProcessError when it fails."""
    subprocess.run([str(part) for part in command], check=True)


def versions_of(lock: Path) -> Iterable[str]:
    """Yield the requirements of `lock` without their hashes, for use as constraints.

    With hashes, pip would ask for one of the program's own package as well.
    """
    for line in lock.read_text(encoding="utf-8").splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            yield line.removesuffix("\\").rstrip()


def make_environment(folder: Path) -> Path:
    """Build the wheel and install it into a new venv; return the venv's Python.

    The Python that runs this builds the wheel, with the hatchling of the lock file.
    """
    shutil.rmtree(DIST, ignore_errors=True)
    run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-build-isolation", "--wheel-dir", DIST, ROOT),
    )
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(versions_of(ROOT / "requirements.lock")), encoding="utf-8")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--constraint", constraints, *DIST.glob("*.whl"))
    return python


def build_program() -> None:
    """Build the folder that starts without Python, with the licences of all that is in it."""
    python = make_environment(BUILD / "environment")
    licences = BUILD / "LICENCES.txt"
    run(python, PACKAGING / "licences.py", "--texts", licences)
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "--requirement", PACKAGING / "requirements.lock")
    run(
        *(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", DIST, "--workpath", BUILD / "pyinstaller"),
        PACKAGING / "novita-desktop.spec",
    )
    shutil.copy(ROOT / "LICENSE", PROGRAM)
    shutil.copy(licences, PROGRAM)


def build_deb() -> Path:
    """Build the Debian package around the folder; return its path."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    share = tree / "usr" / "share"
    for folder in ("applications", "metainfo", "mime/packages", "icons/hicolor/scalable/apps"):
        (share / folder).mkdir(parents=True)
    shutil.copytree(PROGRAM, tree / "opt" / "novita-desktop")
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "novita-desktop").symlink_to("/opt/novita-desktop/novita-desktop")
    shutil.copy(PACKAGING / "linux" / f"{APPLICATION_ID}.desktop", share / "applications")
    shutil.copy(PACKAGING / "linux" / f"{APPLICATION_ID}.metainfo.xml", share / "metainfo")
    kinds = share / "mime" / "packages" / f"{APPLICATION_ID}.xml"
    shutil.copy(PACKAGING / "linux" / f"{APPLICATION_ID}.mime.xml", kinds)
    shutil.copy(
        ROOT / "resources" / "icons" / "novita-desktop.svg",
        share / "icons/hicolor/scalable/apps" / f"{APPLICATION_ID}.svg",
    )
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    kilobytes = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(
        "Package: novita-desktop\n"
        f"Version: {__version__}\n"
        f"Architecture: {machine}\n"
        "Maintainer: The Novita Desktop maintainers <maintainers@novita-desktop.invalid>\n"
        "Section: utils\n"
        "Priority: optional\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {DEBIAN_NEEDS}\n"
        "Recommends: gnome-keyring | kwalletmanager\n"
        "Description: run the open models that Novita AI hosts, without writing code\n",
        encoding="utf-8",
    )
    package = DIST / f"novita-desktop_{__version__}_{machine}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, package)
    return package


def build_windows_installer() -> Path:
    """Build the installer for Windows around the folder; return its path."""
    installer = DIST / f"novita-desktop-{__version__}-setup.exe"
    run(
        *("makensis", f"-DVERSION={__version__}", f"-DPROGRAM={PROGRAM}", f"-DOUT={installer}"),
        PACKAGING / "windows" / "installer.nsi",
    )
    return installer


def build_disk_image() -> Path:
    """Build the disk image for macOS around the application; return its path."""
    image = DIST / f"novita-desktop-{__version__}.dmg"
    run(
        *("hdiutil", "create", "-ov", "-format", "UDZO", "-volname", "Novita Desktop"),
        *("-srcfolder", DIST / "Novita Desktop.app", image),
    )
    return image


INSTALLERS = {
    "dpkg-deb": build_deb,
    "makensis": build_windows_installer,
    "hdiutil": build_disk_image,
}
TOOL = {"linux": "dpkg-deb", "win32": "makensis", "darwin": "hdiutil"}


def main() -> int:
    """Build what the options ask for."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--environment", type=Path, metavar="FOLDER")
    chosen = options.parse_args()
    if chosen.environment is not None:
        make_environment(chosen.environment)
        return 0
    build_program()
    print(f"built {PROGRAM}")
    tool = TOOL.get(sys.platform, "")
    if shutil.which(tool):
        print(f"built {INSTALLERS[tool]()}")
    else:
        print(f"no installer: {tool or 'a tool for this system'} was not found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
