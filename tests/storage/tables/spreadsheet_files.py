"""Workbooks and documents of a test's own making, also such as no program would write."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*targets: str) -> str:
    """Return a list of relations: rId1 and so on to sheets, styles and shared texts."""
    kinds = {"styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kinds.get(target, "worksheet")}"'
        f' Target="{target}"/>'
        for number, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{listed}</Relationships>'


def workbook(path: Path, rows: str, **more: str) -> Path:
    """Write a workbook whose one sheet has the XML `rows`.

    `texts` is the XML of the shared texts, `styles` that of the styles, `about` comes before the
    list of sheets, `sheet` is a whole sheet; any other name replaces a part (`xl_workbook`).
    """
    sheets = more.get("sheets", '<sheet name="First" sheetId="1" r:id="rId1"/>')
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1"'
            f' Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{more.get("about", "")}'
            f"<sheets>{sheets}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": more.get(
            "targets",
            relations("worksheets/sheet1.xml", "styles.xml", "sharedStrings.xml", "../other.xml"),
        ),
        "xl/worksheets/sheet1.xml": more.get(
            "sheet", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        ),
    }
    if "texts" in more:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{more["texts"]}</sst>'
    if "styles" in more:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{more["styles"]}</styleSheet>'
    if "second" in more:
        parts["other.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{more["second"]}</sheetData></worksheet>'
        )
    return archive(path, parts)


def document(path: Path, tables: str, **more: str) -> Path:
    """Write an OpenDocument spreadsheet with the XML of its `tables`; `manifest` lists its parts."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "draw", "manifest")
    )
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": (
            f"<office:document-content{spaces}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>"
        ),
        "META-INF/manifest.xml": f"<manifest:manifest{spaces}>{more.get('manifest', '')}"
        "</manifest:manifest>",
    }
    return archive(path, parts)


def archive(path: Path, parts: dict[str, str]) -> Path:
    """Write a zip archive of texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return path
