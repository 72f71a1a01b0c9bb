# Completion of `sim` for bash: subcommands, their flags, scenario and vector files.
# Installed to share/bash-completion/completions/sim; to try it: source sim/cli/completion/sim.bash

_sim() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    if [[ ${COMP_WORDS[i]} != -* ]]; then command=${COMP_WORDS[i]}; break; fi
  done
  case $before in
    --revision) COMPREPLY=($(compgen -W '2026.3.28 2026.3.31 hardened' -- "$word")); return ;;
    --set) COMPREPLY=($(compgen -W "$(sim list policy 2>/dev/null | grep -oE '^[a-z_]+(\.[a-z_]+)*' | sed 's/$/=/')" -- "$word"))
      compopt -o nospace 2>/dev/null; return ;;
    --trace) COMPREPLY=($(compgen -f -- "$word")); return ;;
    --seed | --only | --show) return ;;
  esac
  if [[ $word == -* ]]; then
    local flags='--help'
    case $command in
      run) flags+=' --revision --set --seed --trace --json --quiet --interactive --strict' ;;
      conform) flags+=' --only --show --json' ;;
      list) flags+=' --json' ;;
    esac
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
    return
  fi
  case $command in
    '') COMPREPLY=($(compgen -W 'run conform list' -- "$word")) ;;
    list) COMPREPLY=($(compgen -W 'revisions policy properties scenarios' -- "$word")) ;;
    conform) _sim_files jsonl ;;
    *) _sim_files yaml ;;
  esac
}

# _sim_files EXTENSION: files that end so, and folders on the way to them.
_sim_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\n'
  COMPREPLY=($(compgen -f -X "!*.$1" -- "$word") $(compgen -d -- "$word"))
}

complete -F _sim sim
