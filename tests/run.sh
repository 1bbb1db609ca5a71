#!/usr/bin/env bash
# Lint, types and tests, on a bare Debian machine too: what is missing is installed at the first start.
#
#   bash tests/run.sh quick          before every commit: every test that needs no other program
#   bash tests/run.sh                before every merge: all of them, and benchmarks
#   bash tests/run.sh [arguments]    as the whole, arguments as pytest takes them
set -euo pipefail
cd "$(dirname "$0")/.."
started=$SECONDS
quick=""
if [ "${1:-}" = quick ]; then quick=1; shift; fi

missing=()
command -v python3 >/dev/null || missing+=(python3)
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
if [ -z "$quick" ]; then
    command -v soffice >/dev/null || missing+=(libreoffice-calc)
    [ -e /usr/lib/libreoffice/program/libswlo.so ] || missing+=(libreoffice-writer)
    /usr/bin/python3 -c 'import uno' 2>/dev/null || missing+=(python3-uno)
    command -v ssconvert >/dev/null || missing+=(gnumeric)
    command -v pdftoppm >/dev/null || missing+=(poppler-utils)
    command -v chromium >/dev/null || missing+=(chromium)
    command -v npm >/dev/null || missing+=(nodejs npm)
    fonts=$(fc-list 2>/dev/null || true) # whole first: a pipe that grep leaves early fails under pipefail
    grep -qi liberation <<<"$fonts" || missing+=(fontconfig fonts-liberation fonts-dejavu-core)
fi
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${missing[*]}"
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
# Further judges; tests that need one say so and are skipped where it cannot be had.
further=()
if [ -z "$quick" ]; then
    command -v firefox-esr >/dev/null || further+=(firefox-esr)
    command -v wine >/dev/null || further+=(wine wine64)
fi
if [ ${#further[@]} -gt 0 ]; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    $as_root apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "${further[@]}" >/dev/null ||
        echo "Not to be had here: ${further[*]}"
fi

# The packages are installed anew when pyproject.toml or the place of this checkout has changed.
venv=.tools/venv
ready=$venv/ready-for
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
if [ "$(cat "$ready" 2>/dev/null)" != "$PWD" ] || [ pyproject.toml -nt "$ready" ]; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[test]'
    echo "$PWD" >"$ready"
fi

echo "== ruff"
"$venv/bin/ruff" check --quiet .
"$venv/bin/ruff" format --quiet --check .
if [ -n "$quick" ]; then
    echo "== mypy and quick tests"
    "$venv/bin/mypy" --no-error-summary &
    types=$!
    status=0
    "$venv/bin/python" -m pytest --numprocesses auto --dist loadfile \
        -m "not (slow or libreoffice or validator or end_to_end)" "$@" || status=$?
    wait "$types" || status=1
    echo "$((SECONDS - started)) s"
    exit "$status"
fi
echo "== mypy"
"$venv/bin/mypy"
echo "== benchmarks (printed, not gating)"
"$venv/bin/python" tests/benchmarks/run.py || echo "a benchmark did not finish"
echo "== pytest"
exec "$venv/bin/python" -m pytest --numprocesses auto --dist loadfile --durations 15 "$@"
