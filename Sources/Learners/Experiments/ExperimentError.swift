// SPDX-License-Identifier: GPL-3.0-or-later
/// Why an experiment cannot be run, resumed or summed up.
public enum ExperimentError: Error, Equatable, CustomStringConvertible {
  /// A setting is outside of what it may be.
  case invalidSetting(name: String, value: String, rule: String)
  /// Fewer rows than the parts need.
  case tooFewRows(rows: Int, needed: Int)
  /// A class has fewer rows than the parts need.
  case rareClass(String, rows: Int, needed: Int)
  /// Modalities that do not belong to the same rows.
  case unpairedViews(String)
  /// An outcome is NaN or infinite.
  case notFinite(outcome: String, trial: String)
  /// A record cannot be opened or written.
  case recordNotUsable(String)
  /// A record is of another experiment, seed or setting.
  case otherRecord(name: String, recorded: String, asked: String)
  /// A line of a record, which is not its last, is broken; lines count from 1.
  case brokenRecord(line: Int, problem: String)

  /// What is wrong, the rule, and what to do.
  public var description: String {
    switch self {
    case .invalidSetting(let name, let value, let rule): "\(name) \(value): \(rule)"
    case .tooFewRows(let rows, let needed):
      "the data have \(rows) rows; \(needed) are needed to cut them into training, information and test rows; take more"
    case .rareClass(let name, let rows, let needed):
      "class \"\(name)\" has \(rows) rows; \(needed) are needed to have some in every part: take more, join it with another, or leave it out"
    case .unpairedViews(let reason): reason
    case .notFinite(let outcome, let trial): "\(trial): \(outcome) came out as no finite number"
    case .recordNotUsable(let reason): reason
    case .otherRecord(let name, let recorded, let asked):
      "the record has \(name) \(recorded), but \(asked) is asked for; name another file, or run with what it has"
    case .brokenRecord(let line, let problem):
      "line \(line): \(problem); only the last line may be incomplete: remove this one, and its trial is run again"
    }
  }
}
