// SPDX-License-Identifier: GPL-3.0-or-later
import ForeignPrograms

/// Why a program never came to the point of being asked.
public enum StartError: Error, Hashable, CustomStringConvertible {
  /// There is no such program, or it cannot be executed.
  case program(ForeignProgramError)
  /// It was started and did not introduce itself, or ended at once, and why.
  case silent(command: String, reason: String)

  /// The program, what happened, and the end of its standard error, in one line of at most 500 characters.
  public var description: String {
    switch self {
    case .program(let error): return "\(error)"
    case .silent(let command, let reason):
      let name = command.printable
      return String("\(name.count <= 120 ? name : name.prefix(119) + "…"): \(reason)".prefix(500))
    }
  }

  /// It ended before it answered: how, and what it wrote on standard error or, if nothing, what its standard output ended with.
  public static func ended(_ command: String, _ what: String, errors: String, output: String = "") -> StartError {
    let (end, said) = (errors.endInOneLine(300), output.endInOneLine(200))
    let rest =
      !end.isEmpty
      ? "its standard error ends: \(end)"
      : "nothing is on its standard error" + (said.isEmpty ? "" : ", and on its standard output: \(said)")
    return .silent(command: command, reason: "\(what); \(rest)")
  }
}
