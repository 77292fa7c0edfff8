#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The compiler of `make build`. Rooms that parse, print and keep the books are not optimized: that saves two thirds to four
# fifths of their compile time, and no run spends a noticeable part of its time in them.
# PlainText is not among them: every text that is read or written as JSON goes through it. Rooms that leave what is slow to others,
# as to BLAS, are optimized for size: that saves a fifth, and no time measured here changed with it. All others get just what
# SwiftPM says.
unoptimized=" ArgumentParser Campaigns Conformance FileWriting ForeignPrograms IndependentCheck LineProtocol Mustache Plotting Reporting Vectors cch "
small=" Advice ClassAdvice Conjectures DataTables Datasets Estimation Experiments "
module= previous=
for argument; do
  [ "$previous" != -module-name ] || module=$argument
  previous=$argument
done
# The last of several levels counts.
case $unoptimized in *" $module "*) set -- "$@" -Onone ;; esac
case $small in *" $module "*) set -- "$@" -Osize ;; esac
# A program says nothing of the folder that it was built in, so that builds can be compared.
root=$(cd "$(dirname "$0")/../.." && pwd)
exec swiftc "$@" -file-prefix-map "$root=."
