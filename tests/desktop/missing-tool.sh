#!/bin/sh
echo "$1 is not installed"
exit 77
