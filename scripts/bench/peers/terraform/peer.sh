#!/usr/bin/env bash
# The same clients by Terraform, for --peer. "peer.sh build" builds the provider beforehand; otherwise $BENCH_STEP is done.
set -euo pipefail

sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$sources/../../../.." && pwd)
# A changed source has another sum, and so another folder.
sum=$(cat "$sources"/go.mod "$sources"/go.sum "$sources"/*.go | cksum)
build=$root/.thinkgeo/peers/terraform-${sum// /-}
terraform=${BENCH_TERRAFORM:-terraform}

refuse() {
  echo "$1" >&2
  exit 1
}

build_provider() {
  command -v go >/dev/null || refuse "The Terraform provider cannot be built: install Go 1.25 or newer."
  rm -rf "$build.part"
  mkdir -p "$build.part"
  echo "Building the Terraform provider, once" >&2
  go build -C "$sources" -mod=readonly -buildvcs=false -trimpath -ldflags="-s -w" \
    -o "$build.part/terraform-provider-thinkgeo" . ||
    refuse "The Terraform provider could not be built: see what Go says above."
  # The provider that was built here, so that no registry is asked and "init" is not needed.
  cat >"$build.part/terraform.rc" <<RC
provider_installation {
  dev_overrides { "bench.invalid/bench/thinkgeo" = "$build" }
}
RC
  rm -rf "$build"
  mv "$build.part" "$build"
}

step=${1:-${BENCH_STEP:-}}
case $step in
  build)
    [[ -d $build ]] || build_provider
    exit
    ;;
  up | noop | drift | update | destroy) ;;
  *) refuse "peer.sh does not know the step \"$step\": say build, or set BENCH_STEP to up, noop, drift, update or destroy." ;;
esac

command -v "$terraform" >/dev/null ||
  refuse "There is no \"$terraform\" on PATH: install Terraform, or name another command in BENCH_TERRAFORM."
[[ -d $build ]] || refuse "The Terraform provider is not built, or its source has changed: run \"bash $0 build\" first."

export TF_CLI_CONFIG_FILE=$build/terraform.rc CHECKPOINT_DISABLE=1
export TF_VAR_clients=$BENCH_CLIENTS TF_VAR_release=$BENCH_VERSION
flags=(-input=false -no-color -parallelism="$BENCH_PARALLEL")

case $step in
  up)
    cp "$sources/main.tf" .
    exec "$terraform" apply -auto-approve "${flags[@]}"
    ;;
  noop) exec "$terraform" plan -detailed-exitcode -refresh=true "${flags[@]}" ;;
  drift) exec "$terraform" plan -refresh-only -detailed-exitcode "${flags[@]}" ;;
  update) exec "$terraform" apply -auto-approve "${flags[@]}" ;;
  destroy) exec "$terraform" apply -destroy -auto-approve "${flags[@]}" ;;
esac
