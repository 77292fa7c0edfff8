// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Conformance
import ExactJSON
import FileWriting
import Foundation
import PlainText
import Vectors

/// What guards an implementation in continuous integration: known failures, flags that are left out, a badge.
struct GuardOptions: ParsableArguments {
  @Option(
    help: """
      A list of vectors that are known to fail, an id a line: these do not count, and one that passes unexpectedly does.
      """)
  var xfails: String?

  @Option(help: "Write the list of vectors that fail now to this file, for --xfails.")
  var writeXfails: String?

  @Option(help: "Leave out the vectors of this flag, such as SCALE; may be repeated.")
  var skipFlag: [String] = []

  @Option(help: "Write a badge to this file: the JSON that shields.io reads from an address.")
  var badge: String?

  /// Reads the list and opens the files, before anything is run.
  func open() throws -> Guards {
    Guards(
      known: try xfails.map(readKnown), list: try writeXfails.map { try outputFile($0, "--write-xfails") },
      badge: try badge.map { try outputFile($0, "--badge") })
  }

  private func readKnown(_ path: String) throws -> KnownFailures {
    let data = try readFile(path)
    do { return try KnownFailures(parsing: String(decoding: data, as: UTF8.self)) } catch {
      throw UserError(file: path, error)
    }
  }

  /// The vectors without the flags that are left out.
  func keep(of suite: VectorSuite) throws -> VectorSuite {
    let known = Set(suite.files.flatMap(\.tests).flatMap(\.flags))
    for flag in skipFlag where !known.contains(flag) {
      let hint = nearestName(to: flag, among: known.sorted()).map { "did you mean \($0)?" }
      throw UserError("--skip-flag \(flag): no vector has it; \(hint ?? "there are \(listed(known.sorted()))")")
    }
    return skipFlag.isEmpty ? suite : suite.without(flags: Set(skipFlag))
  }
}

/// The files of ``GuardOptions``.
struct Guards {
  let known: KnownFailures?
  let list, badge: OutputFile<POSIXFileSystem>?

  func save(_ report: ConformanceReport) throws {
    try list?.save(KnownFailures(report).text)
    try badge?.save(report.badge.pretty + "\n")
  }
}
