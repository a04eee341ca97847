#!/bin/sh
# Install what the machine lacks, and nothing else: Python 3.11+ with venv, Tesseract 5 with its
# Vietnamese and orientation models, and fonts with the metrics of Times New Roman.
# Debian 12+ and Ubuntu 24.04+; as root, or as a user with sudo. Elsewhere it says what to install.
set -eu

python_ok() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}
has_model() { tesseract --list-langs 2>/dev/null | grep -qx "$1"; }
tesseract_ok() { tesseract --version 2>&1 | head -n 1 | grep -q '^tesseract v\{0,1\}[5-9]'; }
fonts_ok() { ls /usr/share/fonts/truetype/liberation*/LiberationSerif-Regular.ttf >/dev/null 2>&1; }

missing=""
python_ok "${PYTHON:-python3}" || python_ok /usr/bin/python3 || missing="$missing python3 python3-venv"
tesseract_ok || missing="$missing tesseract-ocr"
has_model vie || missing="$missing tesseract-ocr-vie"
has_model osd || missing="$missing tesseract-ocr-osd"
fonts_ok || missing="$missing fonts-liberation2"
[ -n "$missing" ] || exit 0

echo "sohoa: this machine lacks:$missing" >&2
by_hand() {
    echo "sohoa: $1" >&2
    echo "Install these by hand, then call make again:" >&2
    echo "    apt-get install$missing" >&2
    echo "(other systems: Python 3.11 or later with venv, Tesseract 5 with the models vie and osd," >&2
    echo "the fonts Liberation 2)" >&2
    exit 1
}
command -v apt-get >/dev/null 2>&1 || by_hand "there is no apt-get here."
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || by_hand "you are not root, and there is no sudo."
    sudo="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq || by_hand "the package lists could not be fetched."
# Newer releases carry Liberation 2 under the old name.
case "$missing" in
    *fonts-liberation2*)
        apt-cache show fonts-liberation2 >/dev/null 2>&1 ||
            missing=$(echo "$missing" | sed 's/fonts-liberation2/fonts-liberation/') ;;
esac
# shellcheck disable=SC2086 # a list of names
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 ||
    by_hand "the packages could not be installed."
tesseract_ok || by_hand "the Tesseract of this release is older than 5."
