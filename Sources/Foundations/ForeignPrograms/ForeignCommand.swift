// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A program of somebody else's and its arguments: nothing that it does may hang, flood or end this process.
public struct ForeignCommand: Sendable, Hashable, CustomStringConvertible {
  /// The program: a path where it holds a slash, else a name that is looked up in `PATH`.
  public let program: String
  /// What it is given.
  public let arguments: [String]

  /// The command of these words: the program, then its arguments.
  ///
  /// - Throws: ``ForeignProgramError/emptyCommand`` where there is no word or the first is empty.
  public init(_ words: [String]) throws(ForeignProgramError) {
    guard let program = words.first, !program.isEmpty else { throw .emptyCommand }
    (self.program, arguments) = (program, Array(words.dropFirst()))
  }

  /// The command of a line such as `python3 "my adapter.py"`: words end at blanks, quotes and backslashes protect these.
  ///
  /// No shell is involved: nothing is expanded.
  ///
  /// - Throws: ``ForeignProgramError/emptyCommand``, ``ForeignProgramError/openQuote(_:)``.
  public init(line: String) throws(ForeignProgramError) { try self.init(ForeignCommand.words(of: line)) }

  /// The words as they could be typed in a shell.
  public var description: String {
    ([program] + arguments).map { word in
      let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,+@%".contains($0) }
      return isPlain ? word : "'" + word.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }

  private static func words(of line: String) throws(ForeignProgramError) -> [String] {
    var (words, word, quote, isEscaped) = ([String](), String?.none, Character?.none, false)
    for character in line {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        (quote, word) = (character, word ?? "")
      } else if character.isWhitespace {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil, !isEscaped else { throw .openQuote(line) }
    return words + (word.map { [$0] } ?? [])
  }

  /// The file that is to be executed.
  ///
  /// - Throws: ``ForeignProgramError/missing(_:)``, ``ForeignProgramError/notExecutable(_:reason:)``.
  public func executable() throws(ForeignProgramError) -> String {
    if program.contains("/") { return try ForeignCommand.checked(program) }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    for folder in folders {
      let candidate = "\(folder)/\(program)"
      if let file = try? ForeignCommand.checked(candidate) { return file }
    }
    throw .missing(program)
  }

  private static func checked(_ path: String) throws(ForeignProgramError) -> String {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { throw .missing(path) }
    if isDirectory.boolValue { throw .notExecutable(path, reason: "it is a folder") }
    guard access(path, X_OK) == 0 else {
      throw .notExecutable(path, reason: "it lacks the permission; try chmod +x, or name its interpreter first")
    }
    return path
  }
}
