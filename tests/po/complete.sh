#!/bin/bash
# complete.sh SOURCE_ROOT: is every text that people see in the template, and every one of them translated?
cd "$1" || exit 1
for tool in xgettext msgcmp msgfmt; do
  command -v $tool >/dev/null || { echo "$tool is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

grep -rlE '\bN?_ ?\("|ngettext ?\(|translatable="yes"' src ui --include=*.c --include=*.ui | sort >"$work/with-texts"
if grep -vxFf po/POTFILES "$work/with-texts"; then
  echo "… have texts and are not in po/POTFILES"
  failures=1
fi

# A text that ends in a lone percent sign was cut by a macro in the middle of it, and is never found again.
xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 --keyword=C_:1c,2 -f po/POTFILES \
  -o "$work/lectern.pot" || exit 1
if grep -E "^(msgid )?\".*%'?\"$" "$work/lectern.pot" | grep -vE "%%'?\"$"; then
  echo "… are cut by a macro"
  failures=1
fi

while read -r language; do
  msgfmt -c -o /dev/null "po/$language.po" || failures=1
  msgcmp "po/$language.po" "$work/lectern.pot" || failures=1
done <po/LINGUAS
exit $failures
