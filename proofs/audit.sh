#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What each statement of Statements*.v rests on, in Coq's own words: prints the table, and fails unless
# - no source file holds a command that admits or assumes something;
# - each statement has exactly one theorem, which says it or its negation;
# - no theorem rests on an axiom, but those of Nats on the three of mathcomp-analysis;
# - coqchk has rechecked every file and found nothing unsafe;
# - what a statement supposes of Imported.v, by its own definition, is listed with it as "assuming";
# - index.json, graph.json and ProofIndex.swift are what comes out (`audit.sh write` writes them).
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"
swift=../Sources/Theory/Claims/ProofIndex.swift
allowed='propositional_extensionality functional_extensionality_dep constructive_indefinite_description'
fail() { echo "audit: $*" >&2; exit 1; }

forbidden='Admitted|admit|give_up|Abort|Axioms?|Parameters?|Conjectures?|bypass_check|Unset +(Guard|Positivity|Universe) +Checking'
! grep -nwE "$forbidden" ./*.v generated/*.v || fail 'a forbidden word in the sources'

rm -rf audit && mkdir audit
modules='Claim Fact Nats Satisfiable'
ask() { coqc -q -w none -Q . Proofs "audit/$1.v" > audit/log 2>&1 || { cat audit/log >&2; fail "a query failed: $1"; }; }

# The statements: what the modules of Statements*.v hold of type "field -> Prop".
sources=$(ls Statements*.v | sed 's/\.v$//')
parts=$(for source in $sources; do for module in $modules; do
  grep -q "^Module $module\.$" "$source.v" && echo "$source.$module"; done; done)
{ echo "From Proofs Require Import $(paste -sd' ' <<< "$sources")."; echo 'Set Printing Width 1000.'
  for part in $parts; do echo "Redirect \"audit/module.$part\" Print Module Proofs.$part."; done; } > audit/modules.v
ask modules
for part in $parts; do
  sed 's/ Definition /\nDefinition /g' "audit/module.$part.out" |
    sed -nE "s/^Definition ([a-z0-9_]+) : .*/$part.\1/p" >> audit/definitions
  sed 's/ Definition /\nDefinition /g' "audit/module.$part.out" |
    sed -nE "s/^Definition ([a-z0-9_]+) : (ssrnum.Num.RealField.type|reals.Real.type) -> Prop\.( End)?$/${part#*.}.\1/p"
done > audit/statements
[ -s audit/statements ] || fail 'no statement found'
[ -z "$(sort audit/statements | uniq -d)" ] || fail "two statements of one name: $(sort audit/statements | uniq -d)"

# What each is made of, and which facts of Imported.v are among that
# (row_moments, of LinearStudent.v, are residual moments that differ by row).
imported='row_moments|'$(sed -nE 's/^Definition ([a-z_]+) .*: Prop :=.*/\1/p; s/^Definition ([a-z_]+) : Prop :=.*/\1/p' Imported.v | sort -u | paste -sd'|')
[ "$imported" != 'row_moments|' ] || fail 'nothing is imported'
{ echo "From Proofs Require Import $(paste -sd' ' <<< "$sources")."; echo 'Set Printing Width 1000.'
  while read -r definition; do
    echo "Redirect \"audit/body.${definition#*.}\" Print Proofs.$definition."
  done < audit/definitions; } > audit/bodies.v
ask bodies
assuming() { # the facts that the definition named $1 mentions, itself or through others
  local seen="$1" todo="$1" next
  while [ -n "$todo" ]; do
    next=
    for name in $todo; do
      [ -f "audit/body.$name.out" ] || continue
      grep -oE "\b($imported)\b" "audit/body.$name.out" >&3 || true
      for used in $(grep -oE "\b(${modules// /|})\.[a-z0-9_]+" "audit/body.$name.out" | sort -u); do
        grep -qxF "$used" <<< "$seen" || { seen="$seen"$'\n'"$used"; next="$next $used"; }
      done
    done
    todo=$next
  done
}
while read -r statement; do
  case "$statement" in Satisfiable.*) facts= ;; *) facts=$({ assuming "$statement"; } 3>&1 | sort -u | paste -sd' ') ;; esac
  echo "$statement|$facts"
done < audit/statements > audit/assumed

# What says anything about each of them, among everything that is proved, and what is known of the instances.
files=$(ls ./*.v generated/*.v | sed -E 's|^\./||; s|/|.|g; s|\.v$||; s|^|Proofs.|')
everything() {
  echo 'From mathcomp Require Import all_ssreflect all_algebra reals.'
  echo "From Proofs Require Import $(paste -sd' ' <<< "$sources") Agreement."
  echo "Require $(paste -sd' ' <<< "$files")."
  echo 'Set Printing Width 1000.'
}
{ everything
  echo "Redirect \"audit/search\" Search [ $(paste -sd'|' audit/statements | sed 's/|/ | /g') | moments_agree | training_agree
    | qmoments_agree | qtraining_agree ] inside $(paste -sd' ' <<< "$files")."; } > audit/searches.v
ask searches
{ everything
  while read -r statement; do
    found=$(sed -nE "s/^([A-Za-z0-9_.]+): forall [[]?R : (realFieldType|realType)[]]?, (~ )?$statement R$/\1|\2|\3/p" audit/search.out)
    [ "$(grep -c . <<< "$found")" = 1 ] || fail "$statement: exactly one theorem must say it or its negation; found: ${found:-none}"
    IFS='|' read -r theorem field negation <<< "$found"
    echo "$statement|$theorem|${negation:+false}" >> audit/theorems
    echo "Check (@$theorem : forall R : $field, $negation$statement R)."
    echo "Redirect \"audit/about.$statement\" About $theorem."
  done < audit/statements
  sed -nE 's/^(Proofs\.)?(generated\.)?([a-z0-9_]+)\.(moments|training)_agree: forall .*/\3.\4_agree/p' audit/search.out | sort > audit/agreements
  # Of many theorems at once, since Coq walks through all that they rest on each time: those about every ordered
  # field and about the program's numbers, and those about the real numbers.
  while IFS='|' read -r statement theorem _; do
    case "$statement" in Nats.* | *_nats) echo "$theorem" >> audit/real ;; *) echo "$theorem" >> audit/any ;; esac
  done < audit/theorems
  sed 's/^/Proofs.generated./' audit/agreements >> audit/any
  for group in any real; do
    echo "Definition together_$group := ($(sed 's/^/@/' "audit/$group" | paste -sd,))."
    echo "Redirect \"audit/axioms.$group\" Print Assumptions together_$group."
  done; } > audit/assumptions.v
ask assumptions

grep -qx 'Closed under the global context' audit/axioms.any.out || fail "an axiom is used: $(cat audit/axioms.any.out)"
axioms=$(sed -nE 's/^([A-Za-z0-9_.]+)( :.*)?$/\1/p' audit/axioms.real.out | sed 's/.*\.//' | sort)
for axiom in $axioms; do grep -qw "$axiom" <<< "$allowed" || fail "an axiom is used: $axiom"; done
columns='%-36s %-6s %-49s %6s %8s  %s\n'
row() { printf "$columns" "$@"; }
# The claims that the program lists as decided. A statement about another one is kept under "ahead", until it is listed.
decided=$(sed -nE 's/^ *let id = "([a-z0-9-]+)".*/\1/p' ../Sources/Theory/Claims/Proved/*.swift ../Sources/Theory/Claims/Refuted/*.swift | tr - _)
touch audit/ahead
{
  row statement is 'theorem' axioms seconds assuming
  while IFS='|' read -r statement theorem truth; do
    constant=$(sed -nE 's/^Expands to: Constant Proofs\.(.*)$/\1/p' "audit/about.$statement.out")
    file=${constant%.*}; file=${file//.//}.v; name=${constant##*.}
    grep -qE "(^|[.])$name is opaque$" "audit/about.$statement.out" || fail "$theorem: is no theorem"
    facts=$(sed -nE "s/^$statement\|(.*)$/\1/p" audit/assumed)
    list=
    case "$statement" in Nats.* | *_nats) list=$axioms ;; esac
    row "$statement" "${truth:-true}" "$name in $file" "$(wc -w <<< "$list")" "$(cat "${file%.v}.seconds")" "$facts"
    quoted() { tr ' ' '\n' <<< "$1" | sed -nE 's/(.+)/"\1"/p' | paste -sd, | sed 's/,/, /g'; }
    rows=audit/rows
    case "$statement" in Claim.*) grep -qxF "${statement#Claim.}" <<< "$decided" || rows=audit/ahead ;; esac
    case "$statement" in Satisfiable.*) # what a claim that is not listed yet supposes goes with it
      grep -qE "\"Claim\.${statement#Satisfiable.}\"" audit/ahead 2> audit/log && rows=audit/ahead ;; esac
    echo "    {\"statement\": \"$statement\", \"holds\": ${truth:-true}, \"theorem\": \"$name\", \"file\": \"proofs/$file\", \"axioms\": [$(quoted "$(paste -sd' ' <<< "$list")")], \"assuming\": [$(quoted "$facts")]}" >> $rows
  done < audit/theorems
} > audit/table
for file in $files; do
  grep -qx "Checking library: $file" rechecked.txt rechecked-data.txt || fail "$file was not rechecked by coqchk"
done
for log in rechecked.txt rechecked-data.txt; do
  grep -q '^\* Axioms:' "$log" || fail "coqchk did not finish; see proofs/$log"
  ! sed -n '/^\* Axioms:/,/^\* Constants/p' "$log" | grep 'Proofs\.' || fail 'an axiom of our own'
  [ "$(grep -cE '^\* .*: <none>$' "$log")" = 3 ] || fail "coqchk found something unsafe; see proofs/$log"
done

{
  echo '{'; echo '  "schema": "cch.proofs/1",'; echo '  "statements": ['
  sed '$!s/$/,/' audit/rows
  echo '  ],'; echo '  "ahead": ['; sed '$!s/$/,/' audit/ahead
  echo '  ],'; echo '  "agreements": ['; sed -E 's/(.*)/    "\1"/; $!s/$/,/' audit/agreements; echo '  ]'; echo '}'
} > audit/index.json
{
  echo '// SPDX-License-Identifier: GPL-3.0-or-later'
  echo '// Written by `make -C proofs index` from what Coq prints; not to be edited.'
  echo '// swift-format-ignore-file'; echo
  echo 'extension Theorem {'
  echo '  /// What Coq has checked about each claim, by the name of its statement.'
  echo '  static let index: [String: Theorem] = ['
  sed -nE 's|^ *\{"statement": "Claim\.([a-z0-9_]+)", "holds": ([a-z]+), "theorem": "([a-z0-9_]+)", "file": "([^"]+)", "axioms": \[\], "assuming": \[(.*)\]\}$|    "\1": Theorem(holds: \2, name: "\3", file: "\4", assuming: [\5]),|p' audit/rows | sed 's/, assuming: \[\])/)/'
  echo '  ]'; echo '}'
} > audit/ProofIndex.swift
cat audit/table
if [ "${1:-}" = write ]; then
  cp audit/index.json index.json; cp audit/ProofIndex.swift "$swift"
  python3 graph.py
else
  diff index.json audit/index.json && diff "$swift" audit/ProofIndex.swift || fail 'the index is not what Coq says; see `make -C proofs index`'
  python3 graph.py --check || fail 'the graph is not what Coq says'
fi
total=$(cat ./*.seconds generated/*.seconds | awk '{ s += $1 } END { printf "%.0f", s }')
echo "$(wc -l < audit/statements) statements, and the numbers of the program on $(grep -c moments audit/agreements) instances: no axiom but in Nats."
echo "Seconds: to check the theorem's own file; all files $total. coqchk has rechecked all $(wc -l <<< "$files") of them."
