// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Oracle

/// All vectors, made anew: the content of `fixtures/vectors`.
public enum VectorBook {
  /// The version: vectors are added at the end of their list, never changed, and every addition is a new version.
  public static let version = "6"

  /// The version of an operation's file: that of the last addition to it.
  static func version(of operation: OracleOperation) -> String {
    if operation == .evaluate { return "6" }
    if VersionFiveDrafts.operations.contains(operation) { return "5" }
    return VersionFourDrafts.operations.contains(operation) ? "4" : "3"
  }

  /// The files, one an operation; the same bytes on every machine.
  public static func files() -> [VectorFile] {
    let problems = ProblemList.all
    return OracleOperation.allCases.map { file($0, problems) }
  }

  /// The name of the file of an operation.
  public static func fileName(_ operation: OracleOperation) -> String { operation.rawValue + ".json" }

  private static func file(_ operation: OracleOperation, _ problems: [VectorProblem]) -> VectorFile {
    let isNew = operation == .evaluate || VersionFourDrafts.operations.contains(operation)
    let version = version(of: operation)
    let drafts =
      switch operation {
      case .evaluate: StatementDrafts.all
      case _ where isNew: VersionFourDrafts.drafts(operation)
      case .mutualInformation: InformationDrafts.all
      case .fitStudent: StudentDrafts.all
      case .ksg: NeighbourDrafts.all
      case .gaussianPlugIn: PlugInDrafts.all
      default: ProblemDrafts.all(operation, problems)
      }
    let earlier = drafts + (isNew ? [] : VersionTwoDrafts.drafts(operation) + VersionThreeDrafts.drafts(operation))
    let all = earlier + VersionFiveDrafts.drafts(operation)
    let tests = all.enumerated().map { vector($1, operation, number: $0 + 1) }
    let used = Set(tests.flatMap(\.flags))
    return VectorFile(
      operation: operation, version: version, source: "cch vectors \(version): exact rational arithmetic",
      notes: Flag.allCases.filter { used.contains($0.rawValue) }.map(\.note), tests: tests)
  }

  private static func vector(_ draft: Draft, _ operation: OracleOperation, number: Int) -> ConformanceVector {
    let assessment = draft.assessment ?? Assessment(operation, input: draft.input)
    precondition(
      draft.isExactOnly || draft.isSafeTie || assessment.isRobust,
      "\(operation.rawValue) \(number) (\(draft.comment)): double precision does not decide the answer")
    let digits = String(number)
    let id = "\(operation.rawValue)-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    var flags: [String] = []
    for flag in draft.flags.map(\.rawValue) where !flags.contains(flag) { flags.append(flag) }
    return ConformanceVector(
      id: id, comment: draft.comment, flags: flags, catches: draft.catches, exactOnly: draft.isExactOnly,
      input: draft.input, expected: assessment.expected)
  }
}

extension VectorFile {
  /// The file as text: one vector a paragraph, its matrices on one line.
  public var text: String { document.pretty + "\n" }
}
