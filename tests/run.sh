#!/usr/bin/env bash
# Everything the tests need on a bare Debian machine, then lint, types, tests and benchmarks.
# Usage: bash tests/run.sh [pytest arguments]
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc)
/usr/bin/python3 -c 'import uno' 2>/dev/null || missing+=(python3-uno)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v npm >/dev/null || missing+=(nodejs npm)
command -v chromium >/dev/null || missing+=(chromium)
command -v python3 >/dev/null || missing+=(python3)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
fc-list 2>/dev/null | grep -qi liberation || missing+=(fontconfig fonts-liberation fonts-dejavu-core)
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${missing[*]}"
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
# Further judges; tests that need one say so and are skipped where it cannot be had.
further=()
command -v firefox-esr >/dev/null || further+=(firefox-esr)
command -v wine >/dev/null || further+=(wine wine64)
if [ ${#further[@]} -gt 0 ]; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    $as_root apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${further[@]}" >/dev/null ||
        echo "Not to be had here: ${further[*]}"
fi

venv=.tools/venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[test]'

echo "== ruff"
"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check .
echo "== mypy"
"$venv/bin/mypy"
echo "== benchmarks (printed, not gating)"
"$venv/bin/python" tests/benchmarks/run.py || echo "a benchmark did not finish"
echo "== pytest"
exec "$venv/bin/python" -m pytest --numprocesses auto --dist loadfile --durations 15 "$@"
