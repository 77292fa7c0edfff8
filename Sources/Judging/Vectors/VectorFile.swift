// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Oracle

/// The vectors of one operation, as one file holds them.
public struct VectorFile: Sendable, Hashable {
  /// The schema name.
  public static let schema = "cch.vectors/1"

  /// The operation.
  public let operation: OracleOperation
  /// The version of the vectors: vectors are only ever added, and each addition is a new version.
  public let version: String
  /// Where the vectors come from.
  public let source: String
  /// What each flag means.
  public let notes: [Note]
  /// The vectors.
  public let tests: [ConformanceVector]

  /// What one flag means.
  public struct Note: Sendable, Hashable {
    /// The flag.
    public let flag: String
    /// The kind of bug, in a few words.
    public let bugType: String
    /// The bug, in a sentence.
    public let description: String

    /// The note on `flag`.
    public init(flag: String, bugType: String, description: String) {
      (self.flag, self.bugType, self.description) = (flag, bugType, description)
    }
  }

  /// A file of vectors.
  public init(operation: OracleOperation, version: String, source: String, notes: [Note], tests: [ConformanceVector]) {
    (self.operation, self.version, self.source, self.notes, self.tests) = (operation, version, source, notes, tests)
  }
}

/// Why a text is no file of vectors.
public enum VectorFileError: Error, Equatable, CustomStringConvertible {
  /// Not JSON.
  case syntax(JSONSyntaxError)
  /// JSON of another shape.
  case shape(JSONShapeError)
  /// A schema that this version does not read.
  case schema(String)

  /// The place and the rule.
  public var description: String {
    switch self {
    case .syntax(let error): error.description
    case .shape(let error): error.description
    case .schema(let name):
      name.hasPrefix("cch.vectors/")
        ? "schema: \"\(name)\" is newer than this tool, which reads \"\(VectorFile.schema)\"; update the tool"
        : "schema: \"\(name)\" is no file of vectors (\"\(VectorFile.schema)\")"
    }
  }
}

extension VectorFile {
  private static let keys = ["schema", "version", "operation", "source", "notes", "tests"]

  /// The file as a document.
  public var document: JSONValue {
    [
      "schema": .string(VectorFile.schema), "version": .string(version), "operation": .string(operation.rawValue),
      "source": .string(source),
      "notes": .object(
        notes.map {
          .init(
            key: $0.flag, value: ["bug_type": .string($0.bugType), "description": .string($0.description)])
        }),
      "tests": .array(tests.map(\.document)),
    ]
  }

  /// Reads the bytes of a file, strictly: known keys only, every flag explained, no id twice.
  ///
  /// - Throws: ``VectorFileError``.
  public init(parsing bytes: some Sequence<UInt8>) throws(VectorFileError) {
    let document: JSONValue
    do throws(JSONSyntaxError) { document = try JSONValue(parsing: bytes) } catch { throw .syntax(error) }
    let reader = JSONReader(document)
    let schema: String
    do throws(JSONShapeError) { schema = try reader.required("schema").string() } catch { throw .shape(error) }
    guard schema == VectorFile.schema else { throw .schema(schema) }
    do throws(JSONShapeError) { try self.init(reader) } catch { throw .shape(error) }
  }

  private init(_ reader: JSONReader) throws(JSONShapeError) {
    try reader.requireKeys(among: VectorFile.keys)
    let name = try reader.required("operation")
    guard let operation = OracleOperation(rawValue: try name.string()) else {
      throw name.failure(
        "unknown operation; known: \(OracleOperation.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let notes = try reader.required("notes")
    guard case .object(let members) = notes.value else { throw notes.failure("expected an object") }
    self.init(
      operation: operation, version: try reader.required("version").string(),
      source: try reader.required("source").string(),
      notes: try members.map { member throws(JSONShapeError) in try Note(notes.required(member.key), flag: member.key)
      },
      tests: try reader.required("tests").elements().map { test throws(JSONShapeError) in try ConformanceVector(test) })
    try requireConsistency(reader)
  }

  private func requireConsistency(_ reader: JSONReader) throws(JSONShapeError) {
    var ids = Set<String>()
    let flags = Set(notes.map(\.flag))
    for (index, test) in tests.enumerated() {
      func failure(_ problem: String) -> JSONShapeError { JSONShapeError(path: "tests[\(index)]", problem: problem) }
      guard ids.insert(test.id).inserted else { throw failure("the id \"\(test.id)\" is there twice") }
      if let unknown = test.flags.first(where: { !flags.contains($0) }) {
        throw failure("the flag \(unknown) is not explained in notes")
      }
    }
  }
}

extension VectorFile.Note {
  fileprivate init(_ reader: JSONReader, flag: String) throws(JSONShapeError) {
    try reader.requireKeys(among: ["bug_type", "description"])
    self.init(
      flag: flag, bugType: try reader.required("bug_type").string(),
      description: try reader.required("description").string())
  }
}
