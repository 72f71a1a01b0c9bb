#!/usr/bin/env bash
# usage: rules.sh [ROOT]
#
# Rules of docs/protocol (W-…, K-…, G-…, S-…) that no test and no vector's tag cites. A rule that
# cannot be observed is excused in tests/tools/rules_excused.txt, with the reason. Exit 1 if a rule
# is neither cited nor excused, or an excuse is no longer one.
set -euo pipefail
root=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
cd "$root"

pages=(docs/protocol/wire.md docs/protocol/crypto.md docs/protocol/gateway.md)
rule='[WKGS]-[0-9]+[a-z]?'

# A rule is stated where it begins a table row, a bold sentence or a heading.
stated=$(grep -nEo "^(\| |\*\*|#{2,4} )$rule\>" "${pages[@]}" | sed -E "s/^([^:]*:[0-9]+):.*[ *]($rule)$/\2 \1/" |
  sort -u -k1,1)
# tests/tools speaks of rules only to test this script.
cited=$({
  find tests -path tests/tools -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -exec grep -hoE "\b$rule\b" {} +
  find tests/vectors -name '*.jsonl' -exec grep -hoE '"tags":\[[^]]*\]' {} + | grep -oE "\b$rule\b"
} | sort -u)
excuses=tests/tools/rules_excused.txt
excused=$(grep -oE "^$rule" "$excuses" 2>/dev/null | sort -u || true)

has() { grep -qxF -- "$1" <<<"$2"; }
total=0 good=0 pardoned=0 bad=0
while read -r id place; do
  [[ $id ]] || continue
  total=$((total + 1))
  if has "$id" "$cited"; then
    good=$((good + 1))
    if has "$id" "$excused"; then echo "$id: is cited now, remove its excuse from $excuses"; bad=$((bad + 1)); fi
  elif has "$id" "$excused"; then
    pardoned=$((pardoned + 1))
  else
    echo "$place: $id is cited by no test and no vector's tag"
    bad=$((bad + 1))
  fi
done <<<"$stated"
while read -r id; do
  [[ ! $id ]] || grep -q "^$id " <<<"$stated" || { echo "$id: no such rule, remove its excuse from $excuses"; bad=$((bad + 1)); }
done <<<"$excused"
echo "$total rules: $good cited, $pardoned excused, $((total - good - pardoned)) neither"
((bad == 0))
