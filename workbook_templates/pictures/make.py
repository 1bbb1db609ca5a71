"""Make the README's pictures: run the demo, print to PDF with LibreOffice, cut the pages that are shown.

The offline page is shown as Chromium shows it after a merge.
Usage: python workbook_templates/pictures/make.py   (needs LibreOffice Calc, poppler-utils, Chromium, Node.js)
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from support.browser import Browser
from support.built_page import built_page

from cchc_xl.tasks.demo import run_demo

HERE = Path(__file__).parent
REAL_UNIT = "11284"
VIETNAMESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi-VN</value></prop></item>
</oor:items>
"""  # numbers as a Vietnamese PC shows them


def to_pdf(workbook: Path, folder: Path) -> Path:
    """Print a workbook to PDF, with a Vietnamese LibreOffice profile of its own."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(VIETNAMESE, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True)
    return folder / f"{workbook.stem}.pdf"


def page_with(pdf: Path, text: str) -> int:
    """Number of the first page that shows `text`."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    pages = subprocess.run(command, check=True, capture_output=True, text=True)
    for number, page in enumerate(pages.stdout.split("\f"), start=1):
        if text in page:
            return number
    raise SystemExit(f"no page of {pdf.name} shows {text!r}")


def picture(pdf: Path, page: int, name: str) -> None:
    """Save one page as PNG."""
    command = ["pdftoppm", "-png", "-r", "80", "-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run([*command, str(pdf), str(HERE / name)], check=True)
    print(f"{name}.png: page {page} of {pdf.name}")


def picture_of_page(submitted: Path, work: Path) -> None:
    """The offline page with the demo's files merged."""
    browser = Browser("chrome", work / "downloads")
    browser.open(built_page(), height=1180)
    browser.wait("!document.querySelector('#merge').disabled", 120)
    browser.choose(sorted(path for path in submitted.iterdir() if path.is_file()))
    browser.work("#merge")
    browser.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    browser.picture(HERE / "trang-html.png")
    browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (result,) = run_demo(work / "demo")[:1]
        form = to_pdf(next(result.submitted.glob(f"*{REAL_UNIT}*.xlsx")), work)
        picture(form, page_with(form, "Biểu mẫu 3"), "bieu-3")
        picture(form, 1, "trang-chinh")
        summary = to_pdf(result.merge.summary, work)
        picture(summary, 1, "tong-hop")
        picture(summary, page_with(summary, "Biểu đồ"), "bieu-do")
        picture_of_page(result.submitted, work)


if __name__ == "__main__":
    main()
