"""How long an officer waits for "Kiểm tra sâu": process start to cells written, xlwings' import included.

Usage: python tests/benchmarks/button_latency.py FILE.xlsm
Measured through xlwings' remote engine; what Excel and COM add is not in it. Nothing here gates.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]
RUN = (
    "import json, sys, xlwings, cchc_xl.buttons;"
    "book = xlwings.Book(json=json.load(open(sys.argv[1], encoding='utf-8')));"
    "cchc_xl.buttons.kiem_tra_sau(book);"
    "assert any(a['func'] == 'setValues' for a in book.json()['actions'])"
)
ENVIRONMENT = {**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "PYTHONPATH": str(TESTS.parent)}


def seconds(*command: str) -> float:
    """Shortest of five whole processes."""
    spent = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, env=ENVIRONMENT)
        spent.append(time.perf_counter() - started)
    return min(spent)


def main() -> None:
    driver = [sys.executable, str(TESTS / "support" / "remote_driver.py"), "--payload", sys.argv[1]]
    sent = subprocess.run(driver, check=True, capture_output=True, env=ENVIRONMENT).stdout
    with tempfile.TemporaryDirectory() as folder:
        payload = Path(folder, "payload.json")
        payload.write_bytes(sent)
        bare = seconds("-c", "import xlwings.pro")
        whole = seconds("-c", RUN, str(payload))
    print(f"import xlwings            {bare:.2f} s")
    print(f"process start → written   {whole:.2f} s  ({whole / bare:.2f} × the import)")


if __name__ == "__main__":
    main()
