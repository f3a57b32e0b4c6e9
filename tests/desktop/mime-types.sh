#!/bin/bash
# Do our MIME types tell traces apart, by content where the name says nothing and by name where the content cannot?
set -u
xml=$1 samples=$2
for tool in update-mime-database gio xxd gzip; do
  command -v $tool >/dev/null || { echo "$tool is not installed"; exit 77; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/share/mime/packages" "$work/files"
cp "$xml" "$work/share/mime/packages/"
update-mime-database "$work/share/mime" || exit 1
export XDG_DATA_HOME=$work/share HOME=$work
failures=0

expect() { # FILE TYPE
  local type
  type=$(gio info -a standard::content-type "$work/files/$1" | sed -n 's/.*standard::content-type: //p')
  if [ "$type" = "$2" ]; then
    echo "$1: $type"
  else
    echo "$1: $type, expected $2"
    failures=$((failures + 1))
  fi
}

magic() { # NAME HEX TYPE: a file of that name that begins with these bytes
  { xxd -r -p <<<"$2"; head -c 64 /dev/zero; } >"$work/files/$1"
  expect "$1" "$3"
}

pcap=application/vnd.tcpdump.pcap
magic microseconds-big a1b2c3d4 $pcap
magic microseconds-little d4c3b2a1 $pcap
magic nanoseconds-big a1b23c4d $pcap
magic nanoseconds-little 4d3cb2a1 $pcap
magic kuznetzov-big a1b2cd34 $pcap
magic kuznetzov-little 34cdb2a1 $pcap
magic pcapng-big 0a0d0d0a0000001c1a2b3c4d application/x-pcapng
magic pcapng-little 0a0d0d0a1c0000004d3c2b1a application/x-pcapng
magic monitor.cap 474d4255 application/x-netmon-capture
magic tcpdump.cap d4c3b2a1 $pcap
magic old-textbook 736e6f6f7000000000000002 application/x-snoop

for sample in "$samples"/*.pcap "$samples"/*.pcapng; do
  cp "$sample" "$work/files/"
  case $sample in
  *.pcap) expect "${sample##*/}" $pcap ;;
  *) expect "${sample##*/}" application/x-pcapng ;;
  esac
done
gzip -c "$samples/redirect.pcap" >"$work/files/redirect.pcap.gz"
expect redirect.pcap.gz application/x-gzpcap

exit $((failures > 0))
