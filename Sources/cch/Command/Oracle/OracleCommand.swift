// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Foundation
import Oracle

/// `cch oracle`: the protocol on standard input and output, answered exactly.
struct OracleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oracle", abstract: "Answer the operations of the protocol exactly, a JSON line each.",
    discussion: """
      Reads one JSON object a line, {"kind":"run","seq":1,"operation":"cch","input":{…}}, and writes one answer a line, in \
      order: numbers as exact fractions, informations as r of ½ ln r with 50 digits in nats. A line that is no request \
      gets one "errored" answer. It ends at "stop" or at the end of the input.
      """)

  @Flag(help: "As it is: every answer is a JSON document of its own.")
  var json = false

  func run() throws {
    let session = OracleSession(version: CCH.release)
    var lines = OracleLines(session)
    let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
    defer { chunk.deallocate() }
    while !session.isStopped {
      let count = read(STDIN_FILENO, chunk.baseAddress, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw UserError("standard input: \(String(cString: strerror(errno)))") }
      if count == 0 {
        lines.end()
        try flush(session)
        return
      }
      lines.take(UnsafeBufferPointer(rebasing: chunk[..<count]))
      try flush(session)
    }
  }

  private func flush(_ session: OracleSession) throws {
    guard !session.answers.isEmpty else { return }
    try StandardOutput.write(session.answers)
    session.removeAnswers()
  }
}
