// SPDX-License-Identifier: GPL-3.0-or-later
/// How a process ended.
public enum Termination: Sendable, Hashable, CustomStringConvertible {
  /// It exited with this status.
  case exited(Int32)
  /// This signal ended it.
  case signalled(Int32)

  /// "exit status 1" or "signal 11 (segmentation fault)".
  public var description: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signalled(let signal): "signal \(signal)\(Termination.names[signal].map { " (\($0))" } ?? "")"
    }
  }

  private static let names: [Int32: String] = [
    2: "interrupt", 4: "illegal instruction", 6: "abort", 8: "arithmetic exception", 9: "kill",
    11: "segmentation fault", 13: "broken pipe", 15: "terminate", 24: "processor time exceeded",
  ]
}

/// What went wrong with a foreign program; whatever it was, no process of its is left.
public enum ForeignProgramError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No program is named.
  case emptyCommand
  /// A command line ends inside a quotation.
  case openQuote(String)
  /// There is no such file.
  case missing(String)
  /// There is a file, but it cannot be executed.
  case notExecutable(String, reason: String)
  /// The system refused to start it.
  case cannotStart(String, reason: String)
  /// It ended with a status that is not 0 or by a signal; `errors` is the end of its standard error.
  case failed(Termination, errors: String)
  /// It took longer than this, and was ended with its whole process group.
  case timeLimit(Duration, errors: String)
  /// It wrote more than this number of bytes on standard output, and was ended with its whole process group.
  case flooded(limit: Int, errors: String)

  /// What happened, in one line, and what to do where that is known.
  public var description: String {
    switch self {
    case .emptyCommand: "no program is named; give a command, such as python3 adapter.py"
    case .openQuote(let line): "the command \(line) ends inside a quotation; close it"
    case .missing(let name):
      "\(name): no such program\(name.contains("/") ? "" : " in PATH"); check the name, or give a path"
    case .notExecutable(let path, let reason): "\(path): cannot be executed: \(reason)"
    case .cannotStart(let path, let reason): "\(path): cannot be started: \(reason)"
    case .failed(let termination, let errors): "it ended with \(termination)\(Self.quoted(errors))"
    case .timeLimit(let limit, let errors): "it was not done within \(limit) and was ended\(Self.quoted(errors))"
    case .flooded(let limit, let errors):
      "it wrote more than \(limit) bytes on standard output and was ended\(Self.quoted(errors))"
    }
  }
}

extension ForeignProgramError {
  /// The end of a standard error as an appendix to a message; empty where nothing was written.
  public static func quoted(_ errors: String) -> String {
    let end = errors.endInOneLine(240)
    return end.isEmpty ? "" : "; its standard error ends: \(end)"
  }
}
