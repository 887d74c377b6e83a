#!/bin/sh
# Installs what comes from the system on Debian or Ubuntu: run as root, once. The product works without these; then Word
# files and scans stay open as to-dos, and the browser tests are skipped with a reason.
#   libreoffice-writer       Word files to PDF
#   tesseract-ocr(-nld)      text in scans
#   poppler-utils            one more independent reader when a redacted file is verified
#   fonts-crosextra-*        the letters of Word's own fonts, so that pages look as their writer saw them
#   fonts-liberation         the same for Arial and Times; also what tools/make_sample.py writes with
#   chromium                 browser tests only
set -eu
if [ "$(id -u)" -ne 0 ]; then
    echo "Run this as root: sudo $0" >&2
    exit 1
fi
missing=""
for package in libreoffice-writer tesseract-ocr tesseract-ocr-nld poppler-utils \
    fonts-crosextra-carlito fonts-crosextra-caladea fonts-liberation chromium; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
if [ -n "$missing" ]; then
    apt-get update -qq
    # shellcheck disable=SC2086 - one word per package is meant
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi
echo "System packages are in place."
