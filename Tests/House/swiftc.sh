#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The compiler of `make build`. Rooms that parse, print and keep the books are not optimized: that saves two thirds to four
# fifths of their compile time, and no run spends a noticeable part of its time in them. All others get just what SwiftPM says.
# PlainText is not among them: every text that is read or written as JSON goes through it.
unoptimized=" ArgumentParser Campaigns Conformance FileWriting ForeignPrograms IndependentCheck LineProtocol Mustache Plotting Reporting Vectors cch "
module= previous=
for argument; do
  [ "$previous" != -module-name ] || module=$argument
  previous=$argument
done
# The last of several levels counts.
case $unoptimized in *" $module "*) set -- "$@" -Onone ;; esac
# A program says nothing of the folder that it was built in, so that builds can be compared.
root=$(cd "$(dirname "$0")/../.." && pwd)
exec swiftc "$@" -file-prefix-map "$root=."
