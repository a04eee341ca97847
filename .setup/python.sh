#!/bin/sh
# Make the virtual environment and put the pinned wheels of one set (run, dev) into it.
set -eu
set=$1
venv=.venv
python_ok() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}
if [ ! -x "$venv/bin/python" ]; then
    python=${PYTHON:-python3}
    python_ok "$python" || python=/usr/bin/python3
    echo "sohoa: making the virtual environment $venv" >&2
    "$python" -m venv "$venv"
fi
echo "sohoa: installing the pinned packages ($set)" >&2
"$venv/bin/python" -m pip install -q --only-binary :all: -r ".setup/$set.lock" || {
    echo "sohoa: the packages of .setup/$set.lock could not be installed." >&2
    echo "They come from the Python package index: check the network (or PIP_INDEX_URL), call make again." >&2
    exit 1
}
if [ "$set" = run ]; then
    "$venv/bin/python" -m pip install -q --no-deps --no-build-isolation -e .
fi
touch "$venv/ready-$set"
