// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// What an implementation answered once, to compare a later release with.
public struct ConformanceRecord: Sendable, Hashable {
  /// The schema name.
  public static let schema = "cch.conform-record/1"

  /// What was run.
  public let subject: String
  /// Its version, as it introduced itself.
  public let version: String
  /// By the vector's id: how it came out, and the output where there was one.
  public let entries: [String: Entry]

  /// How one vector came out.
  public struct Entry: Sendable, Hashable {
    /// The verdict.
    public let verdict: VectorVerdict.Kind
    /// The output, where the answer was a result.
    public let output: JSONValue?
  }

  /// The record of a report.
  public init(_ report: ConformanceReport) {
    (subject, version) = (report.subject, report.introduction?.version ?? "")
    entries = Dictionary(
      report.outcomes.map { outcome in
        var output: JSONValue?
        if case .result(let value)? = outcome.reply { output = value }
        return (outcome.vector.id, Entry(verdict: outcome.verdict.kind, output: output))
      }, uniquingKeysWith: { $1 })
  }

  /// The record as a document, ordered by id.
  public var document: JSONValue {
    let members = entries.sorted { $0.key < $1.key }.map { id, entry -> JSONValue.Member in
      let output = entry.output.map { [JSONValue.Member(key: "output", value: $0)] } ?? []
      return .init(key: id, value: .object([.init(key: "verdict", value: .string(entry.verdict.rawValue))] + output))
    }
    return [
      "schema": .string(ConformanceRecord.schema), "subject": .string(subject), "version": .string(version),
      "vectors": .object(members),
    ]
  }

  /// Reads a record.
  ///
  /// - Throws: `JSONSyntaxError` or `JSONShapeError` that name the place and the rule.
  public init(parsing bytes: some Sequence<UInt8>) throws {
    let reader = JSONReader(try JSONValue(parsing: bytes))
    let schema = try reader.required("schema")
    guard try schema.string() == ConformanceRecord.schema else {
      throw schema.failure("\"\(try schema.string())\" is no \"\(ConformanceRecord.schema)\"; make one with --record")
    }
    try reader.requireKeys(among: ["schema", "subject", "version", "vectors"])
    (subject, version) = (try reader.required("subject").string(), try reader.required("version").string())
    let vectors = try reader.required("vectors")
    guard case .object(let members) = vectors.value else { throw vectors.failure("expected an object") }
    entries = try Dictionary(
      members.map { member in
        let entry = JSONReader(member.value, path: "vectors.\(member.key)")
        try entry.requireKeys(among: ["verdict", "output"])
        let verdict = try entry.required("verdict")
        guard let kind = VectorVerdict.Kind(rawValue: try verdict.string()) else {
          throw verdict.failure("unknown verdict")
        }
        return (member.key, Entry(verdict: kind, output: member.value["output"]))
      }, uniquingKeysWith: { $1 })
  }
}

/// What changed between two releases of an implementation.
public struct RecordDifference: Sendable, Hashable {
  /// Vectors that are wrong now and were not.
  public private(set) var newlyFailing: [String] = []
  /// Vectors that pass now and did not.
  public private(set) var newlyPassing: [String] = []
  /// Vectors whose verdict is the same, with another output: the old one and the new one.
  public private(set) var changed: [Change] = []
  /// Vectors that the old record does not have.
  public private(set) var added: [String] = []
  /// Vectors that only the old record has, or that are no longer answered.
  public private(set) var missing: [String] = []

  /// An output that changed.
  public struct Change: Sendable, Hashable {
    /// The vector.
    public let id: String
    /// The outputs.
    public let old, new: JSONValue
  }

  /// What changed from `old` to `new`.
  public init(from old: ConformanceRecord, to new: ConformanceRecord) {
    for (id, entry) in new.entries.sorted(by: { $0.key < $1.key }) {
      guard let before = old.entries[id] else {
        added.append(id)
        continue
      }
      let (isWrong, wasWrong) = (entry.verdict.isWrong, before.verdict.isWrong)
      if isWrong && !wasWrong {
        newlyFailing.append(id)
      } else if entry.verdict == .passed && before.verdict != .passed {
        newlyPassing.append(id)
      } else if entry.verdict == .skipped && before.verdict != .skipped {
        missing.append(id)
      } else if let output = entry.output, let previous = before.output, output != previous {
        changed.append(Change(id: id, old: previous, new: output))
      }
    }
    missing += old.entries.keys.filter { new.entries[$0] == nil }.sorted()
  }

  /// Whether a vector fails that did not, or is not answered any more.
  public var isWorse: Bool { !newlyFailing.isEmpty || !missing.isEmpty }

  /// Whether nothing changed.
  public var isEmpty: Bool {
    newlyFailing.isEmpty && newlyPassing.isEmpty && changed.isEmpty && added.isEmpty && missing.isEmpty
  }
}
