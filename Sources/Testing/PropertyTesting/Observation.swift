// SPDX-License-Identifier: MIT

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
    /// By a change of a case that reached something new.
    case guided
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
    return Observation.line(record)
  }

  /// One line of JSON in the form that the viewer Tyche reads: a record of type "test_case", with the value, the labels and
  /// scores as features, the phase and the time.
  public var testCaseLine: String {
    struct Record: Encodable {
      let type = "test_case", runStart: Double, property: String, status: String, statusReason: String
      let representation: String, arguments: [String: String], howGenerated: String, features: [String: Feature]
      let timing: [String: Double], coverage: String?, metadata: [String: Int]
    }
    enum Feature: Encodable {
      case given
      case score(Double)

      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .given: try container.encode(true)
        case .score(let value): try container.encode(value)
        }
      }
    }
    let (word, reason): (String, String) =
      switch status {
      case .passed: ("passed", "")
      case .failed(let failure): ("failed", failure.description)
      case .rejected(let reason): ("gave_up", reason)
      }
    var features: [String: Feature] = [:]
    for label in labels { features[label] = .given }
    for (name, score) in scores where score.isFinite { features[name] = .score(score) }
    return Observation.line(
      Record(
        runStart: Observation.start, property: property, status: word, statusReason: reason,
        representation: representation, arguments: [:], howGenerated: "phase \(phase.rawValue)", features: features,
        timing: ["execute": seconds], coverage: nil, metadata: ["index": index]))
  }

  /// When this process first observed something, in seconds since 1970.
  private static let start = Date().timeIntervalSince1970

  private static func line(_ record: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return (try? encoder.encode(record)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
