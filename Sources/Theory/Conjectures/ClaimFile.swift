// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import PlainText

/// A file of named statements.
///
/// A line `name: statement` begins one, and indented lines go on with it; from `#` to the end of a line is a comment. A name
/// is of letters, digits and `-`.
public struct ClaimFile: Sendable {
  /// The most statements of a file.
  public static let mostStatements = 1_000

  /// The statements, in their order.
  public let conjectures: [Conjecture]

  /// Reads the text of a file.
  ///
  /// - Throws: ``ClaimFileError`` with the line.
  public init(_ text: String) throws(ClaimFileError) {
    var parts: [Part] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let code = line.prefix { $0 != "#" }
      if code.allSatisfy(\.isWhitespace) { continue }
      if code.first?.isWhitespace == true {
        guard !parts.isEmpty else { throw ClaimFileError(line: number + 1, .indented) }
        parts[parts.count - 1].lines.append((number + 1, String(code), 0))
        continue
      }
      let name = code.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" }
      let rest = code.dropFirst(name.count)
      guard !name.isEmpty, rest.first == ":" else { throw ClaimFileError(line: number + 1, .unnamed) }
      if parts.contains(where: { $0.name == name }) { throw ClaimFileError(line: number + 1, .twice(String(name))) }
      guard parts.count < ClaimFile.mostStatements else { throw ClaimFileError(line: number + 1, .tooMany) }
      parts.append(Part(name: String(name), lines: [(number + 1, String(code), name.count + 1)]))
    }
    var list: [Conjecture] = []
    for part in parts {
      do throws(ConjectureError) { list.append(try Conjecture(part.text, name: part.name)) } catch {
        let (line, found) = part.placed(error)
        throw ClaimFileError(line: line, .statement(part.name, found))
      }
    }
    guard !list.isEmpty else { throw ClaimFileError(line: 1, .empty) }
    conjectures = list
  }

  /// A statement of several lines: the number of each, what stands on it before a comment, and where the statement begins there.
  private struct Part {
    let name: String
    var lines: [(number: Int, code: String, start: Int)]

    var text: String { lines.map { String($0.code.dropFirst($0.start)) }.joined(separator: "\n") }

    /// The number of the line at which an error is, and the error at its place there.
    func placed(_ error: ConjectureError) -> (line: Int, error: ConjectureError) {
      var rest = error.place.lowerBound
      for line in lines {
        let own = line.code.unicodeScalars.count - line.start
        // What ends a statement is behind its last line.
        if rest <= own || line.number == lines.last?.number {
          if error.text != text { break }
          let place = (line.start + rest)..<(line.start + min(rest + error.place.count, max(own, rest + 1)))
          return (line.number, ConjectureError(error.rule, line.code, place, error.message))
        }
        rest -= own + 1
      }
      return (lines[0].number, error)
    }
  }

  /// The statement called `name`; nil where there is none.
  public func conjecture(_ name: String) -> Conjecture? { conjectures.first { $0.name == name } }
}

/// Why a text is no file of statements.
public struct ClaimFileError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Rule: Equatable, Sendable {
    case indented, unnamed, tooMany, empty
    case twice(String)
    case statement(String, ConjectureError)
  }

  /// The line, from 1.
  public let line: Int
  /// What is wrong there.
  public let rule: Rule

  init(line: Int, _ rule: Rule) { (self.line, self.rule) = (line, rule) }

  /// The line and the rule that it breaks.
  public var description: String {
    let what =
      switch rule {
      case .indented: "an indented line goes on with a statement, and none has begun"
      case .unnamed:
        "a statement begins with its name and a colon, as in \"mine: c < var(y|x2)\"; lines that go on are indented"
      case .tooMany: "more than \(ClaimFile.mostStatements) statements"
      case .empty: "no statement in it"
      case .twice(let name): "\(quoted(name)) is the name of two statements"
      case .statement(let name, let error): "\(name): \(error)"
      }
    return "line \(line): \(what)"
  }

  /// Two lines that show the place, where there is one.
  public var excerpt: String? { if case .statement(_, let error) = rule { error.excerpt } else { nil } }
}
