#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The compiler of `make build` and `make test`, one build for both. Rooms that parse, print and keep the books are not optimized:
# that saves two thirds to four fifths of their compile time, and no run spends a noticeable part of its time in them.
# PlainText is not among them: every text that is read or written as JSON goes through it. Rooms that leave what is slow to others,
# as to BLAS, are optimized for size: that saves a fifth, and no time measured here changed with it. All others get just what
# SwiftPM says. Tests are not optimized, what they test is: they run in a third of the time that all without optimization takes.
unoptimized=" ArgumentParser Campaigns CommandSupport Conformance Experiments FileWriting ForeignPrograms IndependentCheck LineProtocol Mustache Plotting Reporting Spawning Vectors VerdictCommands cch verdicts "
small=" Advice Conjectures DataTables Datasets Estimation "
module= previous=
for argument; do
  [ "$previous" != -module-name ] || module=$argument
  previous=$argument
done
# The last of several levels counts.
case $module in
  *Tests | TestSupport) set -- "$@" -Onone ;;
  ?*)
    # A program says nothing of the folder that it was built in, so that builds can be compared; tests look for their files there.
    set -- "$@" -enable-testing -file-prefix-map "$(cd "$(dirname "$0")/../.." && pwd)=."
    ;;
esac
case $unoptimized in *" $module "*) set -- "$@" -Onone ;; esac
case $small in *" $module "*) set -- "$@" -Osize ;; esac
exec swiftc "$@"
