#!/usr/bin/env bash
# Tries Flawsmith's engines on a Linux x64 machine with a graphics card and Vulkan, without a network, and writes one JSON report.
# Make what it needs on a machine with the repository: npm run device-bundle. Then, on the other machine, in under five minutes:
#
#   bash check.sh [--steps 200] [--seconds 255] [--engines webgpu,wasm] [--out FILE]
#
# The report goes to $OUT/device-report.json where OUT names a folder, else to ./device-report.json. FLAWSMITH_SOFTWARE_ADAPTER=1 also
# takes a card in software, to try the script itself; FLAWSMITH_PEER_PYTHON names a Python with torch other than python3.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
name=flawsmith-device
archive=
for folder in "$here" "$here/../../device-bundle" "$PWD/device-bundle"; do
  if [ -f "$folder/$name.tar.xz" ]; then archive=$folder/$name.tar.xz; break; fi
done
if [ -z "$archive" ]; then
  echo "There is no $name.tar.xz here or in device-bundle: make it with npm run device-bundle." >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Not every machine has xz; one with PyTorch has Python.
tar -xJf "$archive" -C "$work" 2>/dev/null || python3 -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])' "$archive" "$work"
root=$work/$name

loaders=$({ ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null || true)
case $loaders in
  *libvulkan.so.1*) ;;
  *) if [ -d "$root/loader" ]; then export LD_LIBRARY_PATH=$root/loader${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}; fi ;;
esac
# Where a container brings NVIDIA's driver along, its description lies outside the folders that the loader searches.
carried=/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json
if [ -z "${VK_DRIVER_FILES:-}" ] && [ -f "$carried" ] && ! ls /etc/vulkan/icd.d/*nvidia* /usr/share/vulkan/icd.d/*nvidia* >/dev/null 2>&1; then
  export VK_DRIVER_FILES=$carried
fi

FLAWSMITH_DEVICE_BUNDLE=$(cat "$root/commit.txt")
export FLAWSMITH_DEVICE_BUNDLE FLAWSMITH_GOLDEN=$root/golden FLAWSMITH_CACHE=$work/cache FLAWSMITH_DATA=$work/data
"$root/node" "$root/app/check.js" --out "${OUT:-.}/device-report.json" "$@"
