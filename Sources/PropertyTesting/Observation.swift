import Foundation

/// A record of one case, for machines.
public struct Observation: Sendable {
  /// How the case was made.
  public enum Phase: String, Sendable {
    /// From the example store.
    case stored
    /// At random.
    case random
    /// By a change of a case with good scores.
    case targeted
  }

  /// The name of the property.
  public let property: String
  /// The number of the case.
  public let index: Int
  /// How it was made.
  public let phase: Phase
  /// What came of it.
  public let status: CaseStatus
  /// What it was classified as.
  public let labels: Set<String>
  /// Its scores.
  public let scores: [String: Double]
  /// How long generator and property took, in seconds.
  public let seconds: Double
  /// The value, in words.
  public let representation: String

  /// One line of JSON with the keys property, index, phase, status, reason, labels, scores, seconds.
  public var jsonLine: String {
    struct Record: Encodable {
      let property: String, index: Int, phase: String, status: String, reason: String?
      let labels: [String], scores: [String: Double], seconds: Double
    }
    let (word, reason): (String, String?) =
      switch status {
      case .passed: ("passed", nil)
      case .failed(let failure): ("failed", failure.description)
      case .rejected(let reason): ("rejected", reason)
      }
    let record = Record(
      property: property, index: index, phase: phase.rawValue, status: word, reason: reason, labels: labels.sorted(),
      scores: scores.filter { $0.value.isFinite }, seconds: seconds)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
