#!/bin/sh
# Has GTK's own tool read the template $1. It knows neither our widgets nor our handlers: something like them stands in.
set -e
copy=$(mktemp --suffix=.ui)
trap 'rm -f "$copy"' EXIT
sed -e '/<signal /d' -e '/<binding /,/<\/binding>/d' -e '/<property name="kept">/d' \
  -e '/<property name="list">/d' -e 's/"LecSplit"/"GtkPaned"/' \
  -e 's/"LecTitleLayout"/"GtkBoxLayout"/' -e 's/<object class="Lec[A-Za-z]*"/<object class="GtkBox"/' \
  "$1" > "$copy"
xvfb-run -a gtk4-builder-tool validate "$copy"
