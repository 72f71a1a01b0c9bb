#!/usr/bin/env bash
# usage: compare_digests.sh REPEATS SCENARIOS SIM... -> "EQUAL DIFFERENT", one count a scenario
#
# Runs every scenario REPEATS times with each program and compares the member "digest" of what
# `sim run FILE --json` prints. A scenario may fail its expectations (exit 1, the digest decides);
# exit 2 or more and a missing digest count as different. Details go to stderr.
set -euo pipefail
repeats=$1 scenarios=$2
shift 2
cd "$scenarios/.." 2>/dev/null || { echo "0 0"; exit; }  # reports name files from the root
equal=0 different=0
for file in "${scenarios##*/}"/*.yaml; do
  [[ -f $file ]] || continue
  first='' first_sim='' trouble=''
  for sim; do
    for ((i = 0; i < repeats && ${#trouble} == 0; ++i)); do
      status=0
      output=$("$sim" run "$file" --json 2>&1 </dev/null) || status=$?
      digest=$(sed -n 's/.*"digest" *: *"\([0-9a-f]\{16,\}\)".*/\1/p' <<<"$output" | head -n 1)
      if ((status > 1)) || [[ -z $digest ]]; then
        trouble="$sim ended with $status and digest '$digest': $(head -c 2000 <<<"$output")"
      elif [[ -z $first ]]; then
        first=$digest first_sim=$sim
      elif [[ $digest != "$first" ]]; then
        trouble="digest $first of $first_sim, but $digest of $sim (run $((i + 1)))"
      fi
    done
  done
  if [[ $trouble ]]; then
    different=$((different + 1))
    printf '%s: %s\n' "$file" "$trouble" >&2
  else
    equal=$((equal + 1))
  fi
done
echo "$equal $different"
