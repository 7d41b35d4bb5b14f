# Types the lines of a `try` as a learner does who knows the answer: programs in terminals of their own, the other
# commands one after the other, with a line typed into each. Prints `=== <line>` and what came of it, for each.
# Arguments: Node, the command of the course, a file with the lines. They stand in files alone, for `pgrep -f` finds its
# words in every command line.
node=$1 dojo=$2

pnpm() { "$node" "$dojo" start --in solutions "${@:3}"; }

# A line that was too long for the report goes on in the next one.
lines=()
while read -r line; do
  if ((${#lines[@]})) && ! bash -n <<<"${lines[-1]}" 2>/dev/null; then lines[-1]+=$'\n'$line; else lines+=("$line"); fi
done <"$3"

count=0
background() {
  out=out.$((count += 1))
  echo "=== $1" >"$out"
  (eval "$1"; printf '\nstatus %s\n' $?) >>"$out" 2>&1 </dev/null &
  [[ $1 == pnpm* ]] || return 0
  until grep -qE '^(Talk to it|status)' "$out"; do sleep 0.1; done
}

for line in "${lines[@]}"; do
  if [[ $line == 'pnpm dojo start'* || $line == 'nc '*'-l '* ]]; then
    background "$line"
    last=$line
  else
    # A server that has served enough clients is started again.
    if [[ $line == *43211* && -z $(ss -Hltun 'sport = 43211') ]]; then
      until grep -q ^status "$out"; do sleep 0.1; done
      background "$last"
    fi
    printf '\n=== %s\n' "${line//$'\n'/ }"
    echo "$line" >line.sh
    (echo hi; sleep 1) | timeout 2 bash line.sh 2>&1
  fi
done
echo
cat out.*
