// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ExactJSON
import ForeignPrograms
import Foundation
import PlainText

/// Standard output, where results go.
package enum StandardOutput {
  /// Whether a person reads it.
  package static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether to colour: on a terminal that can, unless `NO_COLOR` is set.
  package static var isColoured: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Checks, before anything is computed, that results can go anywhere.
  ///
  /// - Throws: ``UserError`` where the descriptor is closed.
  package static func requireOpen() throws {
    if fcntl(STDOUT_FILENO, F_GETFD) == -1 {
      throw UserError("standard output is closed; results need somewhere to go")
    }
  }

  /// Writes all of `text`, whose characters that a terminal would obey are escaped, but for line ends, tabs and colours.
  ///
  /// - Throws: `ExitCode.readerGone` where the reader has gone, ``UserError`` where the disk is full.
  package static func write(_ text: String) throws {
    try write(Array(Palette.coloured(printableText(text, keeping: ["\n", "\t"])).utf8))
  }

  /// Writes all of these bytes.
  ///
  /// - Throws: as ``write(_:)-(String)``.
  package static func write(_ bytes: [UInt8]) throws {
    guard let code = writeAll(bytes, to: STDOUT_FILENO) else { return }
    if code == EPIPE { throw ExitCode.readerGone }
    throw UserError("standard output: \(String(cString: strerror(code))); not all results were written")
  }
}

/// Standard error, where progress and logs go.
package enum StandardError {
  /// Whether a person reads it.
  package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes what it can, what a terminal would obey as escapes: there is nowhere to report a failure to.
  package static func write(_ text: String) {
    _ = writeAll(Array(printableText(text, keeping: ["\n", "\t"]).utf8), to: STDERR_FILENO)
  }

  /// Writes notes, a line each.
  package static func note(_ notes: [String]) { write(notes.map { printableText($0, limit: 490) + "\n" }.joined()) }

  /// Writes the end of what a program wrote on its own standard error, at most 20 lines; nothing where there is none.
  package static func quote(_ errors: String) {
    guard !errors.isEmpty else { return }
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false).suffix(20)
    write("the end of its standard error:\n" + lines.map { "  \(String($0).printable)\n" }.joined())
  }

  /// Writes a line of progress, with the controls that draw it over the last one; never with names in it.
  package static func draw(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}

/// Writes to a descriptor, past short writes and interruptions; nothing any more once the process is ending.
///
/// - Returns: the `errno` that it failed with, or nil.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  Interruption.stopWhereEnding()
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno != EINTR {
      return errno
    }
  }
  return nil
}

/// Terminal colours, or none.
package struct Palette {
  package let isOn: Bool

  package init(isOn: Bool) { self.isOn = isOn }

  package func good(_ text: String) -> String { styled("32", text) }
  package func bad(_ text: String) -> String { styled("31", text) }
  package func strong(_ text: String) -> String { styled("1", text) }
  package func faint(_ text: String) -> String { styled("2", text) }

  /// What stands for the escape character until the text is written: a private character drawn for this run, which no file
  /// can foresee.
  private static let mark = Unicode.Scalar(UInt32.random(in: 0xF0000..<0xFFFFE)).map(String.init) ?? ""

  @inline(never) private func styled(_ code: String, _ text: String) -> String {
    isOn ? "\(Palette.mark)[\(code)m\(text)\(Palette.mark)[0m" : text
  }

  /// The text without its colours.
  package static func plain(_ text: String) -> String {
    guard text.contains(mark) else { return text }
    return ["32", "31", "1", "2", "0"].reduce(text) { $0.replacing("\(mark)[\($1)m", with: "") }
  }

  /// The text with its colours as a terminal takes them.
  package static func coloured(_ text: String) -> String {
    StandardOutput.isColoured ? text.replacing(mark, with: "\u{1B}") : text
  }
}
