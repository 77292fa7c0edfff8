import Foundation
import PlainText

/// Standard output, where results go.
enum StandardOutput {
  /// Whether a person reads it.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether to colour: on a terminal that can, unless `NO_COLOR` is set.
  static var isColoured: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Checks, before anything is computed, that results can go anywhere.
  ///
  /// - Throws: ``UserError`` where the descriptor is closed.
  static func requireOpen() throws {
    if fcntl(STDOUT_FILENO, F_GETFD) == -1 {
      throw UserError("standard output is closed; results need somewhere to go")
    }
  }

  /// Writes all of `text`, of which nothing but our own colours can steer a terminal.
  ///
  /// - Throws: ``UserError`` where the reader has gone or the disk is full.
  static func write(_ text: String) throws {
    var shown = printable(text, keepingLines: true)
    if isColoured { for code in Palette.codes { shown = shown.replacing(printable(code), with: code) } }
    try write(Array(shown.utf8))
  }

  /// Writes all of these bytes.
  ///
  /// - Throws: ``UserError`` as ``write(_:)-(String)``.
  static func write(_ bytes: [UInt8]) throws {
    guard let problem = writeAll(bytes, to: STDOUT_FILENO) else { return }
    throw UserError("standard output: \(problem); not all results were written")
  }
}

/// Standard error, where progress and logs go.
enum StandardError {
  /// Whether a person reads it.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes what it can: there is nowhere to report a failure to.
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes notes, a line each, of which nothing can steer a terminal.
  static func note(_ lines: [String]) {
    write(lines.map { shortened(printable($0), atMost: 490) + "\n" }.joined())
  }
}

/// Writes to a descriptor, past short writes and interruptions.
///
/// - Returns: why it failed, or nil.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno != EINTR {
      return String(cString: strerror(errno))
    }
  }
  return nil
}

/// Terminal colours, or none.
struct Palette {
  let isOn: Bool

  func good(_ text: String) -> String { styled("32", text) }
  func bad(_ text: String) -> String { styled("31", text) }
  func strong(_ text: String) -> String { styled("1", text) }
  func faint(_ text: String) -> String { styled("2", text) }

  /// What it writes to switch styles on and off.
  static let codes = ["0", "1", "2", "31", "32"].map { "\u{1B}[\($0)m" }

  private func styled(_ code: String, _ text: String) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
