#!/bin/sh
# Makes far-end.ogg from far-end.txt: each line is `pause behind it in seconds|what is said`. Needs espeak-ng and sox.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0
while IFS='|' read -r pause said; do
  number=$((number + 1))
  espeak-ng -v it+f3 -s 145 -p 45 -w "$work/said.wav" "$said"
  sox "$work/said.wav" -r 16000 -c 1 "$work/$(printf %02d "$number").wav" pad 0 "$pause"
done < "$here/far-end.txt"
sox "$work"/[0-9]*.wav -C 3 "$here/far-end.ogg" gain -n -3
