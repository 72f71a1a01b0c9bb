#!/usr/bin/env bash
# usage: count_cases.sh RESULTS -> "PASSED FAILED" of all test cases of one ctest run
#
# RESULTS holds ctest.junit, one testcase for each program, and NAME.xml written by the program NAME
# itself. A program that failed without naming a case (it crashed, leaked, hung, or never wrote its
# file) counts as one failure, so that no trouble is lost.
set -euo pipefail
results=$1
passed=0 failed=0
while IFS=$'\t' read -r name status; do
  run=0 bad=0
  if [[ -s $results/$name.xml ]]; then
    read -r run bad < <(awk '
      /<testcase / && /status="run"/ && !/result="skipped"/ { run++; open = 1 }
      /<failure / && open { bad++; open = 0 }
      END { print run + 0, bad + 0 }' "$results/$name.xml")
  fi
  if [[ $status != run && $bad == 0 ]]; then
    echo "count_cases: $name ended badly outside of its test cases" >&2
    bad=1 run=$((run + 1))
  fi
  passed=$((passed + run - bad)) failed=$((failed + bad))
done < <(sed -n 's/.*<testcase name="\([^"]*\)".* status="\([a-z]*\)".*/\1\t\2/p' "$results/ctest.junit" 2>/dev/null)
[[ -s $results/ctest.junit ]] || { echo "count_cases: ctest left no result" >&2; failed=1; }
echo "$passed $failed"
